"""Words and buttons that all screens of this feature share."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.languages import Language, Trilingual
from services.questionnaires.dto import Item, ItemType, Questionnaire, Scale, ScaleKind

Row = list[InlineKeyboardButton]
_WIDEST = 48


def cut(text: str, longest: int) -> str:
    """Return a text on one line, with an ellipsis where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def read_in(text: Trilingual, language: Language) -> str:
    """Return a text in the reader's language, else in one that it has; empty if it has none."""
    return text.get(language) or next((said for one in Language if (said := text.get(one))), "")


def title_of(questionnaire: Questionnaire, language: Language) -> str:
    """Return what a questionnaire is called; its code while it has no title."""
    return read_in(questionnaire.title, language) or questionnaire.code


def wording_of(item: Item, language: Language) -> str:
    """Return what is asked, or that nothing is yet."""
    return read_in(item.text, language) or _("(no text yet)")


def type_name(kind: ItemType) -> str:
    """Return how an item is answered."""
    names = {
        ItemType.SCALE: _("one answer on a scale"),
        ItemType.SINGLE: _("one choice"),
        ItemType.MULTI: _("several choices"),
        ItemType.MATRIX: _("table: several lines on one scale"),
        ItemType.TEXT: _("own words"),
        ItemType.ROUTE: _("only decides what is asked next"),
    }
    return names[kind]


def scale_name(scale: Scale, language: Language) -> str:
    """Return a scale by its two ends."""
    said = scale.labels[language]
    ends = f"{said[0]} … {said[-1]}"
    return f"{scale.first}–{scale.last}: {ends}" if scale.kind is ScaleKind.NUMBERS else ends


def labels_of(item: Item, language: Language) -> list[str]:
    """Return what can be answered to an item, in its order, as its values have it."""
    if item.scale is None:
        return [read_in(choice.text, language) or choice.code for choice in item.choices]
    if item.scale.kind is ScaleKind.NUMBERS:
        return [str(point) for point in item.scale.points]
    return list(item.scale.labels[language])


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button, its label cut to what a phone shows."""
    return InlineKeyboardButton(text=cut(text, _WIDEST), callback_data=data.pack())


def ticked(text: str, *, on: bool) -> str:
    """Return a label that shows whether it holds."""
    return f"✅ {text}" if on else f"▫️ {text}"


def library_button() -> InlineKeyboardButton:
    """Return the way back to the library."""
    return place_button(_("← Questionnaires"), Place.QUESTIONNAIRES)


def markup(*rows: Row) -> InlineKeyboardMarkup:
    """Return a keyboard of the rows that are not empty."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def library_keyboard() -> InlineKeyboardMarkup:
    """Lead from a refusal on."""
    return markup([library_button(), menu_button()])
