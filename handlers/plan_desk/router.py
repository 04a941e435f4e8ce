"""The coordinator's desk."""

from aiogram import Router

from handlers.plan_desk import decisions, items, parties, plans, settings


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="plan_desk")
    for part in (plans, decisions, items, parties, settings):
        part.register_on(router)
    return router
