"""One question as respondents see it in the chat; tapping on its answers does nothing."""

from collections.abc import Callable
from typing import Final

from aiogram import html
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import get_i18n
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import PreviewAnswer
from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES
from services.languages import Language
from services.questionnaires.dto import Item, ItemType, Questionnaire, ScaleKind
from services.questionnaires.errors import NoSuchQuestionnaire
from services.questionnaires.routes import pages

Row = list[InlineKeyboardButton]

_CELLS: Final = 10
#: Characters on a button that a narrow telephone shows whole.
_WIDEST: Final = 30
_IN_A_ROW: Final = 6
#: Of choices that are too long for a message, which a finished questionnaire never has.
_ROOM: Final = 3_000
_MISSING: Final = "—"
_PERIOD: Final = "{period}"


def page_within(asked: Questionnaire, page: int) -> int:
    """Return a page that there is; NoSuchQuestionnaire where nothing is asked yet."""
    last = len(pages(asked)) - 1
    if last < 0:
        raise NoSuchQuestionnaire
    return min(max(page, 0), last)


def asked_keyboard(
    asked: Questionnaire,
    page: int,
    language: Language,
    at: Callable[[int, Language], CallbackData],
    back: InlineKeyboardButton,
) -> InlineKeyboardMarkup:
    """Offer the answers, the questions beside it, the other languages, and the way back; `at`: leads to a page."""
    turns = [("←", page - 1)] if page else []
    turns += [("→", page + 1)] if page + 1 < len(pages(asked)) else []
    others = [_leads(OWN_NAMES[one], at(page, one)) for one in Language if one is not language]
    rows = [
        *answer_rows(asked, page, language),
        [_leads(sign, at(to, language)) for sign, to in turns],
        others,
        [back, menu_button()],
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def asked_text(asked: Questionnaire, page: int, language: Language) -> str:
    """Show a question, or a line of a table, in one language."""
    shown = pages(asked)
    item, row = shown[page].item, shown[page].row
    head = _("👁 <i>Preview, {language}</i>").format(language=OWN_NAMES[language])
    parts = [head]
    if not page and asked.period is not None:
        parts.append(html.italic(html.quote(asked.period.get(language).replace(_PERIOD, "…"))))
    parts += [_progress(page + 1, len(shown)), html.bold(html.quote(item.text.get(language)) or _MISSING)]
    if item.hint is not None:
        parts.append(html.italic(html.quote(item.hint.get(language)) or _MISSING))
    if row is not None:
        parts.append(f"▸ {html.quote(row.text.get(language)) or _MISSING}")
    with get_i18n().use_locale(language.value):
        parts += _below(item, language)
    return "\n\n".join(parts)


def answer_rows(asked: Questionnaire, page: int, language: Language) -> list[Row]:
    """Return the answers as buttons: short ones a line each, long ones by their numbers."""
    item = pages(asked)[page].item
    labels = _labels(item, language)
    if _is_numeric(item) or _is_wide(labels):
        said = labels if _is_numeric(item) else [str(number) for number in range(1, len(labels) + 1)]
        buttons = [_button(one) for one in said]
        rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    else:
        rows = [[_button(label or _MISSING)] for label in labels]
    if item.type is ItemType.TEXT:
        return rows
    with get_i18n().use_locale(language.value):
        others = [_("I don't know")] if item.dont_know else []
        return [*rows, *([_button(one)] for one in (*others, _("Prefer not to say")))]


def preview_toast() -> str:
    """Say that nothing is answered here."""
    return _("This is a preview: nothing is answered here.")


def _below(item: Item, language: Language) -> list[str]:
    """Return what stands below a question, in its own language."""
    if item.type is ItemType.TEXT:
        return [_("Reply to this message. Or tap “Skip”.")]
    labels, parts = _labels(item, language), []
    if item.most:
        parts.append(_("You can choose at most {number}.").format(number=item.most))
    if _is_numeric(item) and item.scale is not None:
        first, last = item.scale.labels[language]
        parts.append(html.quote(f"{item.scale.first} – {first}\n{item.scale.last} – {last}"))
    elif _is_wide(labels):
        parts.append(html.quote("\n".join(f"{number}. {one}" for number, one in enumerate(labels, start=1))[:_ROOM]))
    return parts


def _labels(item: Item, language: Language) -> list[str]:
    if item.scale is None:
        return [choice.text.get(language) for choice in item.choices]
    if _is_numeric(item):
        return [str(point) for point in item.scale.points]
    return list(item.scale.short.get(language) or item.scale.labels[language])


def _is_numeric(item: Item) -> bool:
    return item.scale is not None and item.scale.kind is ScaleKind.NUMBERS


def _is_wide(labels: list[str]) -> bool:
    return any(len(label) > _WIDEST for label in labels)


def _progress(number: int, total: int) -> str:
    full = round(number / total * _CELLS)
    return f"{'▓' * full}{'░' * (_CELLS - full)}  {number} / {total}"


def _button(text: str) -> InlineKeyboardButton:
    return _leads(text, PreviewAnswer())


def _leads(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
