"""Keyboards of this feature."""

from collections.abc import Sequence
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.workdays.callbacks import (
    AskToForgetDay,
    ChooseDayKind,
    ForgetDay,
    LeaveDecisionOut,
    NoteDay,
    OpenMonths,
)
from handlers.workdays.texts import kind_word
from services.workdays.dto import DayKind, WorkdayChange, WorkPeriod

_SIGNS = {DayKind.OFF: "🏖", DayKind.WORKING: "💼", DayKind.SHORT: "⏱"}


def months_keyboard(months: Sequence[WorkPeriod], reader: Reader) -> InlineKeyboardMarkup:
    """Offer to note a day, to delete a note, and other months."""
    noted = [one.change for month in months for one in month.notable if one.change is not None]
    rows = [[_button(f"🗑 {reader.day(one.day)}", AskToForgetDay(day=one.day.toordinal()))] for one in noted]
    before, after = months[0].first - timedelta(days=1), months[-1].first
    turns = [_turn("←", before), _turn("→", after)]
    return _keyboard([_button(_("➕ Note a day"), NoteDay())], *rows, turns, [_desks(), menu_button()])


def step_keyboard() -> InlineKeyboardMarkup:
    """Offer the way out of the form."""
    return _keyboard([_days_button()])


def kinds_keyboard(day: date) -> InlineKeyboardMarkup:
    """Offer how a day is worked."""
    rows = [
        [_button(f"{_SIGNS[kind]} {kind_word(kind)}", ChooseDayKind(day=day.toordinal(), kind=kind))]
        for kind in DayKind
    ]
    return _keyboard(*rows, [_days_button()])


def decision_keyboard(day: date) -> InlineKeyboardMarkup:
    """Offer to leave the day of the decision out."""
    return _keyboard([_button(_("Leave it out"), LeaveDecisionOut(day=day.toordinal()))], [_days_button()])


def forget_keyboard(change: WorkdayChange) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    return _keyboard([_button(_("🗑 Yes, delete"), ForgetDay(day=change.day.toordinal()))], [_days_button()])


def done_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the calendar."""
    return _keyboard([_days_button(), menu_button()])


def _turn(text: str, day: date) -> InlineKeyboardButton:
    return _button(text, OpenMonths(day=day.toordinal()))


def _days_button() -> InlineKeyboardButton:
    return place_button(_("📅 Working days"), Place.WORKDAYS)


def _desks() -> InlineKeyboardButton:
    return place_button(_("← Desks"), Place.DESKS)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
