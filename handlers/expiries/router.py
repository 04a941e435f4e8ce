"""One's own papers that end, and those that an office looks after."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.expiries.callbacks import ListEndings, NoteApplied, TakeBackApplied, day_of
from handlers.expiries.keyboards import endings_keyboard, own_papers_keyboard
from handlers.expiries.texts import applied_note, endings_text, own_papers_text, taken_back_note
from services.access import Actor
from services.expiries.service import ExpiryService


async def open_own_papers(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    expiries: ExpiryService,
    reader: Reader,
) -> None:
    """The person looks at their papers; a form that was open is left."""
    own = await expiries.list_own(actor)
    await leave_form(state, raw_state)
    await show(event, own_papers_text(own, reader), own_papers_keyboard(own))


async def note_applied(
    event: CallbackQuery, callback_data: NoteApplied, actor: Actor, expiries: ExpiryService, reader: Reader
) -> None:
    """The person has applied already."""
    own = await expiries.note_applied(actor, callback_data.paper, day_of(callback_data.day))
    await show(event, own_papers_text(own, reader, applied_note()), own_papers_keyboard(own))


async def take_back(
    event: CallbackQuery, callback_data: TakeBackApplied, actor: Actor, expiries: ExpiryService, reader: Reader
) -> None:
    """The person has not applied after all."""
    own = await expiries.take_back(actor, callback_data.paper, day_of(callback_data.day))
    await show(event, own_papers_text(own, reader, taken_back_note()), own_papers_keyboard(own))


async def open_endings(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    expiries: ExpiryService,
    reader: Reader,
) -> None:
    """The official looks at whose papers end; a form that was open is left."""
    shown = await expiries.list_near(actor)
    await leave_form(state, raw_state)
    await show(event, endings_text(shown, reader), endings_keyboard(shown))


async def turn_page(
    event: CallbackQuery, callback_data: ListEndings, actor: Actor, expiries: ExpiryService, reader: Reader
) -> None:
    """The official turns to another page."""
    shown = await expiries.list_near(actor, callback_data.page)
    await show(event, endings_text(shown, reader), endings_keyboard(shown))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="expiries")
    taps = router.callback_query
    taps.register(open_own_papers, GoTo.filter(F.place == Place.OWN_PAPERS), flags=ANSWERS_TAP)
    taps.register(note_applied, NoteApplied.filter(), flags=ANSWERS_TAP)
    taps.register(take_back, TakeBackApplied.filter(), flags=ANSWERS_TAP)
    taps.register(open_endings, GoTo.filter(F.place == Place.EXPIRING), flags=ANSWERS_TAP)
    taps.register(turn_page, ListEndings.filter(), flags=ANSWERS_TAP)
    return router
