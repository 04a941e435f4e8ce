"""The desk in chat; its parts stand beside this file."""

from aiogram import Router

from handlers.desk import bulk, counter, deciding, filling, queue, request


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="desk")
    for part in (queue, request, filling, deciding, counter, bulk):
        part.register_on(router)
    return router
