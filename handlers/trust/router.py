"""/trust: where one can call; a personal talk by taps, without a typed word."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.discretion import UNNAMED
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.trust import desk, keyboards, texts
from handlers.trust.callbacks import (
    AskCancel,
    BeginTalk,
    BookTalk,
    CancelTalk,
    ChooseOfficer,
    ChooseSlot,
    ChooseTopic,
)
from handlers.trust.states import TrustForm
from services.access import Actor
from services.trust.dto import Hotlines
from services.trust.service import TrustService
from services.university import UniversityCard

#: Whatever is sent while a talk is chosen, files and voices too; commands pass by.
_ANYTHING = ~F.text.startswith("/")


async def open_trust(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    trust: TrustService,
    hotlines: Hotlines,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """Somebody, maybe a guest, wants to know where help is; a form that was open is left."""
    await leave_form(state, raw_state)
    view = await trust.look(actor)
    text = texts.trust_text(view, hotlines, university, reader)
    await show(event, text, keyboards.trust_keyboard(view, actor, reader))


async def begin_talk(
    event: CallbackQuery, actor: Actor, state: FSMContext, trust: TrustService, reader: Reader
) -> None:
    """The person asks for a talk, and reads first what that is."""
    officers = await trust.list_officers(actor)
    await state.set_state(TrustForm.talk)
    await show(event, texts.whom_question(), keyboards.officers_keyboard(officers, reader))


async def choose_officer(
    event: CallbackQuery, callback_data: ChooseOfficer, actor: Actor, state: FSMContext, trust: TrustService
) -> None:
    """The person chooses with whom."""
    free = await trust.list_free(actor, callback_data.officer_id)
    await state.set_state(TrustForm.talk)
    await show(event, texts.topic_question(), keyboards.topics_keyboard(free.officer.id))


async def choose_topic(
    event: CallbackQuery, callback_data: ChooseTopic, actor: Actor, trust: TrustService, reader: Reader
) -> None:
    """The person chooses what it is about."""
    free = await trust.list_free(actor, callback_data.officer_id)
    await show(event, texts.slot_question(), keyboards.slots_keyboard(free, callback_data.topic, reader))


async def choose_slot(
    event: CallbackQuery, callback_data: ChooseSlot, actor: Actor, trust: TrustService, reader: Reader
) -> None:
    """The person chooses when, and sees everything once more."""
    officer, slot = await trust.find_free(actor, callback_data.slot_id)
    text = texts.confirmation_text(officer, slot, callback_data.topic, reader)
    await show(event, text, keyboards.confirmation_keyboard(slot.id, officer.id, callback_data.topic))


async def book(
    event: CallbackQuery,
    callback_data: BookTalk,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    trust: TrustService,
    reader: Reader,
) -> None:
    """The person books the talk."""
    talk = await trust.book(actor, callback_data.slot_id, callback_data.topic)
    await leave_form(state, raw_state)
    await show(event, texts.booked_text(talk, reader), keyboards.booked_keyboard(talk, reader))


async def write_something(message: Message) -> None:
    """The person writes, or sends something, where nothing is to be written; it is not kept."""
    await show(message, texts.not_here_text(), keyboards.back_keyboard())


async def ask_cancel(
    event: CallbackQuery, callback_data: AskCancel, actor: Actor, trust: TrustService, reader: Reader
) -> None:
    """The person wants to cancel their talk."""
    talk = await trust.find(actor, callback_data.talk_id)
    await show(event, texts.cancel_question(talk, reader), keyboards.cancel_keyboard(talk.id))


async def cancel_talk(
    event: CallbackQuery,
    callback_data: CancelTalk,
    actor: Actor,
    trust: TrustService,
    hotlines: Hotlines,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person cancels their talk."""
    await trust.cancel(actor, callback_data.talk_id)
    view = await trust.look(actor)
    text = texts.trust_text(view, hotlines, university, reader, texts.cancelled_note())
    await show(event, text, keyboards.trust_keyboard(view, actor, reader))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="trust")
    taps, messages = router.callback_query, router.message
    messages.register(open_trust, Command("trust"), flags=UNNAMED)
    taps.register(open_trust, GoTo.filter(F.place == Place.TRUST), flags=UNNAMED)
    taps.register(begin_talk, BeginTalk.filter(), flags=UNNAMED)
    taps.register(choose_officer, ChooseOfficer.filter(), flags=UNNAMED)
    taps.register(choose_topic, ChooseTopic.filter(), flags=UNNAMED)
    taps.register(choose_slot, ChooseSlot.filter(), flags=UNNAMED)
    taps.register(book, BookTalk.filter(), flags=UNNAMED)
    taps.register(ask_cancel, AskCancel.filter(), flags=UNNAMED)
    taps.register(cancel_talk, CancelTalk.filter(), flags=UNNAMED)
    messages.register(write_something, TrustForm.talk, _ANYTHING, flags=UNNAMED)
    desk.register_desk(router)
    return router
