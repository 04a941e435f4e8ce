"""Readers of free answers look through them, one by one, and read what was confirmed."""

from typing import Any
from uuid import UUID

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from aiogram.utils.i18n import gettext as _

from handlers.common.forms import leave_form, mark_of
from handlers.common.ports import SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.survey_reports import keyboards, texts
from handlers.survey_reports.callbacks import (
    DecideText,
    LookThrough,
    OpenTexts,
    ReadTexts,
    TakeTexts,
    ToggleWord,
    TurnWords,
)
from handlers.survey_reports.marking import kept, taken, toggled
from handlers.survey_reports.states import ReviewForm
from services.access import Actor
from services.survey_reports.errors import TextDecided
from services.survey_reports.text_dto import TextToRead
from services.survey_reports.texts import FreeTextService
from services.tables.dto import SheetText


async def open_texts(
    event: CallbackQuery,
    callback_data: OpenTexts,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_texts: FreeTextService,
    reader: Reader,
) -> None:
    """Somebody looks where there are free answers."""
    asked, groups = await survey_texts.list_groups(actor, callback_data.survey_id)
    await leave_form(state, raw_state)
    keyboard = keyboards.groups_of_texts_keyboard(callback_data.survey_id, groups)
    await show(event, texts.groups_of_texts_text(asked, groups, reader), keyboard)


async def look_through(
    event: CallbackQuery,
    callback_data: LookThrough,
    actor: Actor,
    state: FSMContext,
    survey_texts: FreeTextService,
    reader: Reader,
) -> None:
    """Somebody begins to look through a group."""
    await _show_next(event, actor, state, survey_texts, reader, callback_data.survey_id, callback_data.place)


async def toggle_word(
    event: CallbackQuery,
    callback_data: ToggleWord,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    survey_texts: FreeTextService,
    reader: Reader,
) -> None:
    """Somebody hides a word, or shows it again."""
    data = await state.get_data()
    found = await _found(actor, data, callback_data.mark, survey_texts)
    if found is None:
        await tap.answer(texts.stale_toast())
        return
    spans = toggled(found.text.words, taken(data["hidden"]), callback_data.word)
    await state.update_data(hidden=kept(spans))
    page = keyboards.page_of(found, callback_data.word)
    keyboard = keyboards.review_keyboard(found, spans, page, callback_data.mark)
    await show(event, texts.review_text(found, spans, reader), keyboard)


async def turn_words(
    event: CallbackQuery,
    callback_data: TurnWords,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    survey_texts: FreeTextService,
    reader: Reader,
) -> None:
    """Somebody turns over the words of an answer."""
    data = await state.get_data()
    found = await _found(actor, data, callback_data.mark, survey_texts)
    if found is None:
        await tap.answer(texts.stale_toast())
        return
    spans = taken(data["hidden"])
    keyboard = keyboards.review_keyboard(found, spans, callback_data.page, callback_data.mark)
    await show(event, texts.review_text(found, spans, reader), keyboard)


async def decide(
    event: CallbackQuery,
    callback_data: DecideText,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    survey_texts: FreeTextService,
    reader: Reader,
) -> None:
    """Somebody decides what is shown of an answer; the next one follows, also where a colleague was quicker."""
    data = await state.get_data()
    if _mark(data) != callback_data.mark:
        await tap.answer(texts.stale_toast())
        return
    try:
        await survey_texts.decide(actor, UUID(data["text"]), taken(data["hidden"]) if callback_data.shown else None)
    except TextDecided:
        await tap.answer(_("A colleague has decided about this answer meanwhile."))
    await _show_next(event, actor, state, survey_texts, reader, data["survey"], data["place"])


async def read_texts(
    event: CallbackQuery, callback_data: ReadTexts, actor: Actor, survey_texts: FreeTextService, reader: Reader
) -> None:
    """Somebody reads confirmed answers."""
    asked = callback_data
    page = await survey_texts.list_page(actor, asked.survey_id, asked.place, asked.page)
    await show(event, texts.page_text(page, reader), keyboards.page_keyboard(asked.survey_id, page))


async def take_texts(
    event: CallbackQuery,
    callback_data: TakeTexts,
    actor: Actor,
    survey_texts: FreeTextService,
    sheets: SheetWriter,
    reader: Reader,
) -> None:
    """Somebody takes confirmed answers along."""
    asked, groups = await survey_texts.list_all(actor, callback_data.survey_id)
    rows = tuple(
        (texts.said(group.item.text, reader.language), texts.group_name(group.stratum, reader.language),
         texts.told(words))
        for group, shown in groups
        for words in shown
    )  # fmt: skip
    sheet = SheetText(
        title=_("Free answers"), heading=(_("Question"), _("Group of the report"), _("Answer")), rows=rows
    )
    keyboard = keyboards.seen_keyboard(callback_data.survey_id)
    await send_file(event, sheets.write([sheet]), f"survey-{asked.id}-texts.xlsx", texts.texts_caption(), keyboard)


async def _show_next(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    survey_texts: FreeTextService,
    reader: Reader,
    survey_id: int,
    place: int,
) -> None:
    _group, found = await survey_texts.find_waiting(actor, survey_id, place)
    if found is None:
        await state.clear()
        await show(event, texts.all_seen_text(), keyboards.seen_keyboard(survey_id))
        return
    data = {"text": str(found.text.id), "survey": survey_id, "place": place, "hidden": kept(found.spans)}
    await state.set_data(data)
    await state.set_state(ReviewForm.deciding)
    keyboard = keyboards.review_keyboard(found, found.spans, 0, _mark(data))
    await show(event, texts.review_text(found, found.spans, reader), keyboard)


async def _found(actor: Actor, data: dict[str, Any], mark: int, survey_texts: FreeTextService) -> TextToRead | None:
    """Return the answer that is looked at; None where a button is of an earlier one, or it was decided about."""
    if _mark(data) != mark:
        return None
    _group, found = await survey_texts.find_waiting(actor, data["survey"], data["place"])
    return found if found is not None and str(found.text.id) == data["text"] else None


def _mark(data: dict[str, Any]) -> int:
    return mark_of(data.get("text", ""))


def create_router() -> Router:
    """Handlers of free answers."""
    router = Router(name="survey texts")
    router.callback_query.register(open_texts, OpenTexts.filter())
    router.callback_query.register(look_through, LookThrough.filter())
    router.callback_query.register(toggle_word, ToggleWord.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(turn_words, TurnWords.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(decide, DecideText.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(read_texts, ReadTexts.filter())
    router.callback_query.register(take_texts, TakeTexts.filter())
    return router
