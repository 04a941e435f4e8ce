"""The library of questionnaires and the builder."""

from aiogram import Router

from handlers.questionnaires import adding, drafting, library, preview, writing


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="questionnaires")
    for part in (library, adding, drafting, writing, preview):
        part.register_on(router)
    return router
