"""The author's answer about an announcement that waits; all the rest of the feature is put together here."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.announcements import approving, cards, sending
from handlers.announcements.callbacks import CancelHeld, SendHeld
from handlers.announcements.texts import cancelled_text, going_on_text
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.service import AnnouncementService


async def send_held(
    event: CallbackQuery, callback_data: SendHeld, actor: Actor, announcements: AnnouncementService
) -> None:
    """The author lets it go out after all."""
    change = await announcements.resume(actor, callback_data.announcement_id)
    await show(event, going_on_text(change.state), back_to_menu_keyboard())


async def cancel_held(
    event: CallbackQuery, callback_data: CancelHeld, actor: Actor, announcements: AnnouncementService
) -> None:
    """The author ends it."""
    await announcements.cancel(actor, callback_data.announcement_id)
    await show(event, cancelled_text(), back_to_menu_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="announcements")
    router.callback_query.register(send_held, SendHeld.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(cancel_held, CancelHeld.filter(), flags=ANSWERS_TAP)
    router.include_routers(sending.create_router(), approving.create_router(), cards.create_router())
    return router
