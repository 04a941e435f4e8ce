"""What is out is looked at, corrected, or taken back."""

import asyncio
from dataclasses import asdict

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n.context import get_i18n

from handlers.common.announcing import current_message
from handlers.common.callbacks import LookAtCorrection, OpenRevision
from handlers.common.filters import TYPED_TEXT
from handlers.common.formatting import html_of
from handlers.common.forms import leave_form, left_if_over
from handlers.common.keyboards import waiting_keyboard
from handlers.common.ports import SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show, show_below
from handlers.common.tap import ANSWERS_TAP
from handlers.revisions import elsewhere
from handlers.revisions.callbacks import (
    BeginCorrection,
    DecideCorrection,
    DropCorrection,
    ListUnreached,
    SendCorrection,
    TakeBack,
    WriteCorrection,
)
from handlers.revisions.keyboards import (
    back_keyboard,
    languages_keyboard,
    links_keyboard,
    preview_keyboard,
    take_back_keyboard,
    view_keyboard,
)
from handlers.revisions.sheets import unreached_sheet
from handlers.revisions.states import CorrectionForm
from handlers.revisions.texts import (
    approved_text,
    choose_language_text,
    dropped_text,
    not_a_text_text,
    preview_text,
    sent_back_text,
    sent_text,
    take_back_text,
    taken_back_text,
    unreached_caption,
    view_text,
    write_text,
    your_words_text,
)
from services.access import Actor
from services.announcements.rules import text_for
from services.languages import Language
from services.revisions.dto import Correcting, ShownCorrection, WaitingCorrection
from services.revisions.errors import CorrectionChanged
from services.revisions.rules import longest
from services.revisions.service import RevisionService

_ASKED_TWICE = 2
_UNREACHED_FILE = "not-reached.xlsx"


async def open_revision(
    event: CallbackQuery,
    callback_data: OpenRevision,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    revisions: RevisionService,
    reader: Reader,
) -> None:
    """The editor looks at what is out; a form that was open is left."""
    view = await revisions.get(actor, callback_data.announcement_id)
    await leave_form(state, raw_state)
    await show(event, view_text(view, reader), view_keyboard(view))


async def choose_language(
    event: CallbackQuery,
    callback_data: BeginCorrection,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    revisions: RevisionService,
) -> None:
    """The editor says which text is wrong."""
    correcting = await revisions.get_draft(actor, callback_data.announcement_id)
    await leave_form(state, raw_state)
    await show(event, choose_language_text(correcting), languages_keyboard(correcting))


async def ask_for_text(
    event: CallbackQuery,
    callback_data: WriteCorrection,
    actor: Actor,
    state: FSMContext,
    revisions: RevisionService,
) -> None:
    """The editor is asked for the text."""
    language = callback_data.language
    correcting = await revisions.get_draft(actor, callback_data.announcement_id)
    announcement, shown = correcting.announcement, correcting.shown
    await state.set_state(CorrectionForm.text)
    await state.set_data({"announcement_id": announcement.id, "language": language.value, **asdict(shown)})
    text = write_text(language, longest(announcement, language))
    await show(event, text, back_keyboard(announcement.id))
    if language in announcement.texts:
        await show_below(event, announcement.texts[language], back_keyboard(announcement.id))


async def write_correction(
    message: Message, actor: Actor, state: FSMContext, revisions: RevisionService, reader: Reader
) -> None:
    """The editor writes the text; it is shown as its readers will see it."""
    asked = await state.get_data()
    number, language, words = int(asked["announcement_id"]), Language(asked["language"]), html_of(message)
    shown = ShownCorrection(revision_id=asked["revision_id"], version=asked["version"])
    try:
        async with left_if_over(state):
            revision = await revisions.write(actor, number, shown, language, words)
    except CorrectionChanged:
        await _give_back(message, words, await revisions.get_draft(actor, number), state)
        return
    await state.clear()
    await _preview(message, await revisions.look(actor, revision.id), reader)


async def _give_back(message: Message, words: str, correcting: Correcting, state: FSMContext) -> None:
    """Somebody else was quicker: give the words (HTML) back, and show the correction as it is now."""
    await state.clear()
    await show(message, your_words_text())
    await show(message, words)
    await show(message, choose_language_text(correcting), languages_keyboard(correcting))


async def send_something_else(message: Message, state: FSMContext) -> None:
    """The editor sends a picture or a file where a text was asked for."""
    asked = await state.get_data()
    await show(message, not_a_text_text(), back_keyboard(int(asked["announcement_id"])))


async def look_at_correction(
    event: CallbackQuery, callback_data: LookAtCorrection, actor: Actor, revisions: RevisionService, reader: Reader
) -> None:
    """The editor or the approver looks at the correction in every language."""
    await _preview(event, await revisions.look(actor, callback_data.revision_id), reader)


async def send_correction(
    event: CallbackQuery, callback_data: SendCorrection, actor: Actor, revisions: RevisionService
) -> None:
    """The editor lets it go out, or to the approvers."""
    sent = await revisions.send(actor, callback_data.revision_id, callback_data.version)
    await show(event, sent_text(sent), back_keyboard(sent.announcement_id))


async def drop_correction(
    event: CallbackQuery, callback_data: DropCorrection, actor: Actor, revisions: RevisionService
) -> None:
    """The editor leaves everything as it is."""
    await revisions.drop(actor, callback_data.announcement_id, callback_data.version)
    await show(event, dropped_text(), back_keyboard(callback_data.announcement_id))


async def decide_correction(
    event: CallbackQuery, callback_data: DecideCorrection, actor: Actor, revisions: RevisionService
) -> None:
    """The approver agrees, or does not."""
    if callback_data.approved:
        sent = await revisions.approve(actor, callback_data.revision_id, callback_data.version)
        await show(event, approved_text(sent), waiting_keyboard())
        return
    await revisions.send_back(actor, callback_data.revision_id, callback_data.version)
    await show(event, sent_back_text(), waiting_keyboard())


async def take_back(event: CallbackQuery, callback_data: TakeBack, actor: Actor, revisions: RevisionService) -> None:
    """The editor takes it back, and is asked twice before."""
    number, asked = callback_data.announcement_id, callback_data.asked
    if asked >= _ASKED_TWICE:
        messages = await revisions.recall(actor, number)
        await show(event, taken_back_text(messages), back_keyboard(number))
        return
    reach = await revisions.count(actor, number)
    await show(event, take_back_text(reach, asked=asked), take_back_keyboard(number, asked=asked))


async def list_unreached(
    event: CallbackQuery, callback_data: ListUnreached, actor: Actor, revisions: RevisionService, sheets: SheetWriter
) -> None:
    """The editor takes along who keeps what was sent first."""
    unreached = await revisions.list_unreached(actor, callback_data.announcement_id)
    content = await asyncio.to_thread(sheets.write, [unreached_sheet(unreached)])
    keyboard = back_keyboard(callback_data.announcement_id)
    await send_file(event, content, _UNREACHED_FILE, unreached_caption(len(unreached)), keyboard)


async def _preview(event: Message | CallbackQuery, waiting: WaitingCorrection, reader: Reader) -> None:
    """Show every text as its readers will see it, and ask below."""
    after = waiting.after
    for language in (one for one in Language if one in after.texts):
        with get_i18n().use_locale(language.value):
            message = current_message(after, text_for(after, language), language, reader.dates)
        await show_below(event, message.text, links_keyboard(after, language))
    await show_below(event, preview_text(waiting), preview_keyboard(waiting))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="revisions")
    router.callback_query.register(open_revision, OpenRevision.filter())
    router.callback_query.register(choose_language, BeginCorrection.filter())
    router.callback_query.register(ask_for_text, WriteCorrection.filter())
    router.message.register(write_correction, CorrectionForm.text, TYPED_TEXT)
    router.message.register(send_something_else, CorrectionForm.text, ~F.text)
    router.callback_query.register(look_at_correction, LookAtCorrection.filter())
    router.callback_query.register(send_correction, SendCorrection.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(drop_correction, DropCorrection.filter())
    router.callback_query.register(decide_correction, DecideCorrection.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_back, TakeBack.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(list_unreached, ListUnreached.filter())
    elsewhere.register(router)
    return router
