"""/announcements: the last ones, one whole, and the word that one was read."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.bulletin import statistics
from handlers.bulletin.callbacks import OpenEntry, TurnPage
from handlers.bulletin.keyboards import confirmed_keyboard, entry_keyboard, page_keyboard
from handlers.bulletin.texts import comes_below_toast, confirmed_toast, entry_text, page_text
from handlers.common.callbacks import ConfirmReading, GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import change_keyboard, show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.bulletin.service import BulletinService


async def open_bulletin(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    bulletin: BulletinService,
    reader: Reader,
) -> None:
    """The person looks at the last announcements; a form that was open is left."""
    await leave_form(state, raw_state)
    await _show_page(event, actor, 0, bulletin, reader)


async def turn_page(
    event: CallbackQuery, callback_data: TurnPage, actor: Actor, bulletin: BulletinService, reader: Reader
) -> None:
    """The person turns over, or comes back to a page."""
    await _show_page(event, actor, callback_data.page, bulletin, reader)


async def open_entry(
    event: CallbackQuery, tap: Tap, callback_data: OpenEntry, actor: Actor, bulletin: BulletinService, reader: Reader
) -> None:
    """The person looks at one whole; one with a file comes as a message of its own."""
    entry = await bulletin.open(actor, callback_data.announcement_id)
    if entry.announcement.content.file is not None:
        await tap.answer(comes_below_toast())
        return
    await tap.answer()
    await show(event, entry_text(entry, reader), entry_keyboard(entry, callback_data.page, reader))


async def confirm_reading(
    event: CallbackQuery,
    tap: Tap,
    callback_data: ConfirmReading,
    actor: Actor,
    bulletin: BulletinService,
    reader: Reader,
) -> None:
    """The person says that they have read one; the button says so from then on."""
    confirmation = await bulletin.confirm(actor, callback_data.announcement_id)
    await tap.answer(confirmed_toast())
    shown = event.message.reply_markup if isinstance(event.message, Message) else None
    await change_keyboard(event, confirmed_keyboard(shown, confirmation, reader))


async def _show_page(
    event: Message | CallbackQuery, actor: Actor, number: int, bulletin: BulletinService, reader: Reader
) -> None:
    page, guest = await bulletin.list_page(actor, number), actor.person is None
    await show(event, page_text(page, reader, guest=guest), page_keyboard(page, guest=guest))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="bulletin")
    router.message.register(open_bulletin, Command("announcements"))
    router.callback_query.register(open_bulletin, GoTo.filter(F.place == Place.BULLETIN))
    router.callback_query.register(turn_page, TurnPage.filter())
    router.callback_query.register(open_entry, OpenEntry.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(confirm_reading, ConfirmReading.filter(), flags=ANSWERS_TAP)
    router.include_router(statistics.create_router())
    return router
