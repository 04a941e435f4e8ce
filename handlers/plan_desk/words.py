"""Words and buttons that all screens of the desk share."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from services.plans.dto import NamedUnit

_WIDEST = 48


def cut(text: str, longest: int) -> str:
    """Return a text on one line, with an ellipsis where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def name_of(code: str, units: Mapping[str, NamedUnit], reader: Reader) -> str:
    """Return what a unit is called; its code where the directory has it no more."""
    unit = units.get(code)
    return unit_name(unit, reader.language) if unit is not None else code


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button, its label cut to what a phone shows."""
    return InlineKeyboardButton(text=cut(text, _WIDEST), callback_data=data.pack())


def end() -> list[InlineKeyboardButton]:
    """Return the way back to the desk and to the menu."""
    return [place_button(_("← Plans"), Place.PLAN_DESK), menu_button()]


def markup(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Return a keyboard of the rows that are not empty."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def desk_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the desk."""
    return markup(end())
