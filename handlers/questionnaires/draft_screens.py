"""Screens of a questionnaire that is being written: what is said, and the buttons under it."""

from collections.abc import Callable, Mapping
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.common.reader import Reader
from handlers.questionnaires import draft_keyboards, draft_texts, item_keyboards, item_texts
from handlers.questionnaires.callbacks import AskWords, Look
from services.questionnaires.draft_dto import Draft
from services.questionnaires.edits import item_at

Screen = tuple[str, InlineKeyboardMarkup]


def card_screen(draft: Draft, reader: Reader, page: int = 0, note: str = "") -> Screen:
    """Show a draft; of a page that it has no more, the last one."""
    last = max(0, len(draft.questionnaire.items) - 1) // draft_texts.PAGE
    page = min(page, last)
    text = draft_texts.card_text(draft, page, reader)
    return noted(note, text), draft_keyboards.card_keyboard(draft, page, reader)


def question_screen(draft: Draft, asked: AskWords, note: str = "") -> Screen:
    """Ask for a text."""
    text = draft_texts.question_text(draft, asked)
    return noted(note, text), draft_keyboards.question_keyboard(draft, asked)


def screen_of(look: Look, draft: Draft, reader: Reader, place: int = 0, value: int = 0, note: str = "") -> Screen:
    """Return a screen that needs nothing but the draft; a place that is gone shows the draft."""
    text, keyboard = _screen_of(look, draft, reader, place, value)
    return noted(note, text), keyboard


def noted(note: str, text: str) -> str:
    """Put a note above a screen."""
    return f"{note}\n\n{text}" if note else text


def _screen_of(look: Look, draft: Draft, reader: Reader, place: int, value: int) -> Screen:
    if look in _OF_DRAFT:
        say, offer = _OF_DRAFT[look]
        return say(draft, reader), offer(draft, reader)
    if look is Look.INDEX:
        return item_texts.index_text(draft, place), item_keyboards.index_keyboard(draft, place, reader)
    if look is Look.CARD:
        return card_screen(draft, reader, place)
    return _item_screen(look, draft, reader, place, value)


def _item_screen(look: Look, draft: Draft, reader: Reader, place: int, value: int) -> Screen:
    item_at(draft.questionnaire, place)
    match look:
        case Look.MOST:
            return item_texts.most_text(), item_keyboards.most_keyboard(draft, place)
        case Look.EXCLUSIVE:
            return item_texts.exclusive_text(), item_keyboards.exclusive_keyboard(draft, place, reader)
        case Look.LEADERS:
            leaders = item_keyboards.leaders_of(draft, place)
            text = item_texts.leaders_text(place + 1, any_earlier=bool(leaders))
            return text, item_keyboards.leaders_keyboard(draft, place, leaders, reader)
        case Look.VALUES:
            text = item_texts.values_text(draft.questionnaire, place, value, reader)
            return text, item_keyboards.values_keyboard(draft, place, value, reader)
        case _:
            return item_texts.item_text(draft, place, reader), item_keyboards.item_keyboard(draft, place)


#: What is said and what is offered on screens of the whole draft.
_OF_DRAFT: Final[
    Mapping[Look, tuple[Callable[[Draft, Reader], str], Callable[[Draft, Reader], InlineKeyboardMarkup]]]
] = {
    Look.SETTINGS: (
        lambda draft, _reader: draft_texts.settings_text(draft),
        lambda draft, _reader: draft_keyboards.settings_keyboard(draft),
    ),
    Look.DELETE: (draft_texts.delete_text, lambda draft, _reader: draft_keyboards.delete_keyboard(draft)),
    Look.FINISH: (draft_texts.finish_text, draft_keyboards.finish_keyboard),
    Look.WAYS: (
        lambda _draft, _reader: item_texts.ways_text(),
        lambda draft, _reader: item_keyboards.ways_keyboard(draft),
    ),
    Look.TYPES: (
        lambda _draft, _reader: item_texts.types_text(),
        lambda draft, _reader: item_keyboards.types_keyboard(draft),
    ),
    Look.INDICES: (
        lambda draft, reader: item_texts.indices_text(draft.questionnaire, reader),
        item_keyboards.indices_keyboard,
    ),
}
