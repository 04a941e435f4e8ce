"""The manager looks at a draft and changes it by taps."""

from collections.abc import Callable, Mapping
from typing import Final

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.questionnaires import draft_texts
from handlers.questionnaires.callbacks import ChangeDraft, DeleteDraft, Do, FinishDraft, Look, LookAtDraft
from handlers.questionnaires.draft_screens import card_screen, screen_of
from handlers.questionnaires.item_keyboards import GOODS, leading_of
from handlers.questionnaires.library_keyboards import edition_keyboard, library_keyboard
from handlers.questionnaires.library_texts import edition_text, library_text
from services.access import Actor
from services.questionnaires.beginnings import usual_period
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.dto import SurveyMode
from services.questionnaires.edits import Edit, SetMode, SetPeriod
from services.questionnaires.errors import QuestionnaireChanged
from services.questionnaires.item_edits import (
    DropHint,
    MoveItem,
    RemoveItem,
    SetDontKnow,
    SetGood,
    SetMost,
    ToggleExclusive,
)
from services.questionnaires.joining import AddIndex, ClearSkip, RemoveIndex, ToggleIndexItem, ToggleSkip
from services.questionnaires.service import QuestionnaireService

_MODES: Final = tuple(SurveyMode)
_EDITS: Final[Mapping[Do, Callable[[int, int], Edit]]] = {
    Do.UP: lambda place, _value: MoveItem(place=place, up=True),
    Do.DOWN: lambda place, _value: MoveItem(place=place, up=False),
    Do.REMOVE: lambda place, _value: RemoveItem(place=place),
    Do.GOOD: lambda place, value: SetGood(place=place, good=GOODS[value % len(GOODS)]),
    Do.DONT_KNOW: lambda place, value: SetDontKnow(place=place, offered=bool(value)),
    Do.MOST: lambda place, value: SetMost(place=place, most=value),
    Do.EXCLUSIVE: lambda place, value: ToggleExclusive(place=place, choice=value),
    Do.HINT_OFF: lambda place, _value: DropHint(place=place),
    Do.SHOWN: lambda place, value: ToggleSkip(place=place, leading=leading_of(value)[0], value=leading_of(value)[1]),
    Do.SHOWN_ALWAYS: lambda place, _value: ClearSkip(place=place),
    Do.MODE: lambda _place, value: SetMode(mode=_MODES[value % len(_MODES)]),
    Do.PERIOD: lambda _place, value: SetPeriod(period=usual_period() if value else None),
    Do.INDEX_ADD: lambda _place, _value: AddIndex(),
    Do.INDEX_OFF: lambda place, _value: RemoveIndex(place=place),
    Do.INDEX_ITEM: lambda place, value: ToggleIndexItem(place=place, item=value),
}
#: Where one is after a change, if not at the question.
_AFTER: Final = {
    Do.REMOVE: Look.CARD,
    Do.MODE: Look.SETTINGS,
    Do.PERIOD: Look.SETTINGS,
    Do.MOST: Look.ITEM,
    Do.EXCLUSIVE: Look.EXCLUSIVE,
    Do.SHOWN: Look.VALUES,
    Do.INDEX_ADD: Look.INDEX,
    Do.INDEX_OFF: Look.INDICES,
    Do.INDEX_ITEM: Look.INDEX,
}


async def look_at_draft(
    event: CallbackQuery,
    callback_data: LookAtDraft,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager looks at a screen of a draft; on one that has changed meanwhile, at the draft as it is."""
    draft = await questionnaires.get_draft(actor, callback_data.draft_id)
    await leave_form(state, raw_state)
    is_old = callback_data.version != draft.version and callback_data.look is not Look.CARD
    look = Look.CARD if is_old else callback_data.look
    await show(event, *screen_of(look, draft, reader, callback_data.place, callback_data.value))


async def change_draft(
    event: CallbackQuery,
    callback_data: ChangeDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    questionnaire_drafts: QuestionnaireDraftService,
    reader: Reader,
) -> None:
    """The manager changes something by a tap; where somebody else was faster, the draft is shown as it is."""
    edit = _EDITS[callback_data.do](callback_data.place, callback_data.value)
    try:
        draft = await questionnaire_drafts.change(actor, callback_data.draft_id, callback_data.version, edit)
    except QuestionnaireChanged:
        fresh = await questionnaires.get_draft(actor, callback_data.draft_id)
        await show(event, *card_screen(fresh, reader, note=draft_texts.changed_text()))
        return
    look = _AFTER.get(callback_data.do, Look.ITEM)
    place, value = _place_after(callback_data, len(draft.questionnaire.items), len(draft.questionnaire.indices))
    await show(event, *screen_of(look, draft, reader, place, value))


async def finish_draft(
    event: CallbackQuery,
    callback_data: FinishDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager lets the draft be an edition."""
    try:
        edition = await questionnaires.finish(actor, callback_data.draft_id, callback_data.version)
    except QuestionnaireChanged:
        fresh = await questionnaires.get_draft(actor, callback_data.draft_id)
        await show(event, *card_screen(fresh, reader, note=draft_texts.changed_text()))
        return
    text = f"{draft_texts.finished_note()}\n\n{edition_text(edition, reader)}"
    await show(event, text, edition_keyboard(edition, reader))


async def delete_draft(
    event: CallbackQuery,
    callback_data: DeleteDraft,
    actor: Actor,
    questionnaires: QuestionnaireService,
    reader: Reader,
) -> None:
    """The manager deletes the draft."""
    try:
        await questionnaires.delete(actor, callback_data.draft_id, callback_data.version)
    except QuestionnaireChanged:
        fresh = await questionnaires.get_draft(actor, callback_data.draft_id)
        await show(event, *card_screen(fresh, reader, note=draft_texts.changed_text()))
        return
    library = await questionnaires.open_library(actor)
    text = f"{draft_texts.deleted_note()}\n\n{library_text(library, reader)}"
    await show(event, text, library_keyboard(library, 0, reader))


def _place_after(tapped: ChangeDraft, items: int, indices: int) -> tuple[int, int]:
    """Return the place and the value of the screen after a change."""
    match tapped.do:
        case Do.UP:
            return max(0, tapped.place - 1), 0
        case Do.DOWN:
            return min(items - 1, tapped.place + 1), 0
        case Do.SHOWN:
            return tapped.place, leading_of(tapped.value)[0]
        case Do.INDEX_ADD:
            return indices - 1, 0
        case Do.REMOVE:
            return tapped.place // draft_texts.PAGE, 0
        case _:
            return tapped.place, 0


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(look_at_draft, LookAtDraft.filter(F.look.not_in(SERVED_ELSEWHERE)))
    taps.register(change_draft, ChangeDraft.filter())
    taps.register(finish_draft, FinishDraft.filter())
    taps.register(delete_draft, DeleteDraft.filter())


#: Screens that need more than the draft.
SERVED_ELSEWHERE: Final = frozenset({Look.SCALES, Look.TOPICS, Look.BANK, Look.BANK_TOPIC})
