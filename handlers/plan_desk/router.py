"""The coordinator's desk."""

from aiogram import Router

from handlers.plan_desk import decisions


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="plan_desk")
    decisions.register_on(router)
    return router
