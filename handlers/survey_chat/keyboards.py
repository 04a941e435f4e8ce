"""Buttons of surveys in the chat; each carries everything answered so far.

They are plain rows, not aiogram's models: building those takes a fifth of a tap's processor time.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from aiogram.utils.i18n import gettext as _

from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES
from handlers.survey_chat.callbacks import Action
from handlers.survey_chat.options import Option, is_numeric, is_wide, options_of, other_options
from handlers.survey_chat.visit import Visit
from services.languages import Language
from services.questionnaires.dto import ItemType

_Row = list[dict[str, str]]
#: Rows of buttons as the Bot API has them.
Keyboard = list[_Row]
_IN_A_ROW: Final = 6
_CHOSEN: Final = "✅ "


def promise_keyboard(visit: Visit) -> Keyboard:
    """Begin, later, not at all; the other languages."""
    others = [language for language in Language if language is not visit.language]
    return _keyboard(
        [_button(_("Understood, begin"), visit.to(Action.BEGIN))],
        [_button(_("Later"), visit.to(Action.LATER)), _button(_("I do not take part"), visit.to(Action.DECLINE))],
        [_button(OWN_NAMES[one], _in(visit, one).to(Action.PROMISE)) for one in others],
    )


def question_keyboard(visit: Visit, page: int, *, change: bool) -> Keyboard:
    """Everything that can be answered; a step back, a pause, a step on. `change`: all leads back to the summary."""
    several = visit.pages[page].item.type is ItemType.MULTI
    here, on = (Action.CHANGE, Action.SUMMARY) if change else (Action.ASK, Action.NEXT)
    options = options_of(visit, page)
    rows = [
        *_rows(visit, page, options, here if several else on),
        *([_button(_option_label(one), visit.to(on, page, one.answers))] for one in other_options(visit, page)),
    ]
    if change:
        return _keyboard(*rows, [_button(_("← To my answers"), visit.to(Action.SUMMARY))])
    return _keyboard(*rows, _ways(visit, page))


def prompt_keyboard(visit: Visit, page: int, *, change: bool) -> Keyboard:
    """Ways past a page that asks for words."""
    back = [_button(_("← To my answers"), visit.to(Action.SUMMARY))]
    return _keyboard(_ways(visit, page), *([back] if change else []))


def confirm_keyboard(visit: Visit, page: int) -> Keyboard:
    """Go on with the words that are shown, or write them anew."""
    send = _button(_("📨 Send"), visit.to(Action.SEND))
    on = send if visit.next(page) is None else _button(_("Next →"), visit.to(Action.NEXT, page))
    return _keyboard(
        [on],
        [
            _button(_("✏️ Write again"), visit.to(Action.REWRITE, page)),
            _button(_("🗑 Without it"), visit.to(Action.DROP, page)),
        ],
        [_button(_("← To my answers"), visit.to(Action.SUMMARY))],
    )


def summary_keyboard(visit: Visit) -> Keyboard:
    """Send, change something, or pause; a page that asks for words would take a reply to the summary for such."""
    last = max((page for page in visit.shown if not visit.is_text(page)), default=0)
    return _keyboard(
        [_button(_("📨 Send"), visit.to(Action.SEND))],
        [_button(_("✏️ Change"), visit.to(Action.CHOOSE))],
        [_button(_("⏸ Pause"), visit.to(Action.PAUSE, last))],
    )


def choice_keyboard(visit: Visit) -> Keyboard:
    """The numbers of all questions that are shown."""
    numbers = [_button(str(number), visit.to(Action.CHANGE, page)) for number, page in enumerate(visit.shown, start=1)]
    return _keyboard(*_in_rows(numbers, _IN_A_ROW), [_button(_("← To my answers"), visit.to(Action.SUMMARY))])


def pause_keyboard(visit: Visit, page: int) -> Keyboard:
    """Go on where one was."""
    return _keyboard([_button(_("▶️ Go on"), visit.to(Action.ASK, page))])


def later_keyboard(visit: Visit) -> Keyboard:
    """Open the survey."""
    return _keyboard([_button(_("Open"), visit.to(Action.PROMISE))])


def end_keyboard() -> Keyboard:
    """The menu, and nothing of the survey."""
    menu = menu_button()
    return _keyboard([_button(menu.text, str(menu.callback_data))])


def decline_keyboard(visit: Visit) -> Keyboard:
    """Yes, or back."""
    return _keyboard(
        [_button(_("Yes, I do not take part"), visit.to(Action.DECLINED))],
        [_button(_("← Back"), visit.to(Action.PROMISE))],
    )


def _ways(visit: Visit, page: int) -> _Row:
    before = visit.previous(page)
    on = _("Next →") if visit.has(page) else _("Skip →")
    row = [] if before is None else [_button(_("← Back"), visit.to(Action.ASK, before))]
    return [*row, _button(_("⏸ Pause"), visit.to(Action.PAUSE, page)), _button(on, visit.to(Action.NEXT, page))]


def _rows(visit: Visit, page: int, options: Sequence[Option], action: Action) -> list[_Row]:
    """Put options on buttons: numbers in rows where they are bare or the labels too long, else a line for each."""
    data = [visit.to(action, page, option.answers) for option in options]
    if is_numeric(visit.pages[page].item):
        labels = [_option_label(option) for option in options]
    elif is_wide(list(options)):
        labels = [f"{_CHOSEN if one.chosen else ''}{number}" for number, one in enumerate(options, start=1)]
    else:
        return [[_button(_option_label(option), one)] for option, one in zip(options, data, strict=True)]
    return _in_rows([_button(label, one) for label, one in zip(labels, data, strict=True)], _IN_A_ROW)


def _option_label(option: Option) -> str:
    return f"{_CHOSEN}{option.label}" if option.chosen else option.label


def _in(visit: Visit, language: Language) -> Visit:
    return replace(visit, language=language, texts={})


def _in_rows(buttons: _Row, width: int) -> list[_Row]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _button(text: str, data: str) -> dict[str, str]:
    return {"text": text, "callback_data": data}


def _keyboard(*rows: _Row) -> Keyboard:
    return list(rows)
