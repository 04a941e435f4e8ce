"""/announce: the drafts, a draft, a new one; what is done with a draft stands in `texting` and `parts`."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announce import parts, texting
from handlers.announce.callbacks import BeginDraft, ThrowAway, TurnDesk
from handlers.announce.forms import Asked
from handlers.announce.keyboards import editors_desk_keyboard, throw_away_keyboard, voices_keyboard
from handlers.announce.screens import ask_for_text, show_card, show_desk
from handlers.announce.texts import choose_voice_text, throw_away_text, thrown_away_text
from handlers.common.callbacks import GoTo, OpenDraft, OpenEditorsDesk, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.drafts import DraftService
from services.announcements.writing import WritingService
from services.announcements.writing_dto import ANY_VOICE
from services.languages import Language


async def open_desk(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor wants to see the drafts; a form that was open is left."""
    await leave_form(state, raw_state)
    await show_desk(event, actor, writing, reader)


async def turn_desk(
    event: CallbackQuery, callback_data: TurnDesk, actor: Actor, writing: WritingService, reader: Reader
) -> None:
    """The editor looks at older or newer drafts."""
    await show_desk(event, actor, writing, reader, page=callback_data.page)


async def open_draft(
    event: CallbackQuery,
    callback_data: OpenDraft,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor looks at a draft; a form that was open is left."""
    view = await writing.look(actor, callback_data.draft_id)
    await leave_form(state, raw_state)
    await show_card(event, view, reader)


async def begin_draft(
    event: CallbackQuery, callback_data: BeginDraft, actor: Actor, state: FSMContext, writing: WritingService
) -> None:
    """The editor begins another one; nothing is kept before the first text."""
    desk = await writing.open_desk(actor)
    if callback_data.voice == ANY_VOICE and desk.voices > 1:
        await show(event, choose_voice_text(desk), voices_keyboard(desk, actor.language))
        return
    languages = tuple(language.value for language in Language)
    await ask_for_text(event, state, Asked(voice=callback_data.voice, languages=languages), is_first=True)


async def ask_to_throw_away(
    event: CallbackQuery, callback_data: ThrowAway, actor: Actor, announcement_drafts: DraftService
) -> None:
    """The editor wants to be rid of a draft."""
    draft = await announcement_drafts.get(actor, callback_data.draft_id)
    await show(event, throw_away_text(), throw_away_keyboard(draft.id, callback_data.version))


async def throw_away(
    event: CallbackQuery,
    callback_data: ThrowAway,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    announcement_drafts: DraftService,
) -> None:
    """The editor is sure."""
    await announcement_drafts.throw_away(actor, callback_data.draft_id, callback_data.version)
    await leave_form(state, raw_state)
    await show(event, thrown_away_text(), editors_desk_keyboard())


def create_router() -> Router:
    """Handlers of this feature, but for posts that are forwarded (see `posts`)."""
    router = Router(name="announce")
    taps = router.callback_query
    router.message.register(open_desk, Command("announce"))
    taps.register(open_desk, OpenEditorsDesk.filter(), flags=ANSWERS_TAP)
    taps.register(open_desk, GoTo.filter(F.place == Place.EDITORS_DESK), flags=ANSWERS_TAP)
    taps.register(turn_desk, TurnDesk.filter(), flags=ANSWERS_TAP)
    taps.register(open_draft, OpenDraft.filter(), flags=ANSWERS_TAP)
    taps.register(begin_draft, BeginDraft.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_throw_away, ThrowAway.filter(~F.sure), flags=ANSWERS_TAP)
    taps.register(throw_away, ThrowAway.filter(F.sure), flags=ANSWERS_TAP)
    texting.register_on(router)
    parts.register_on(router)
    return router
