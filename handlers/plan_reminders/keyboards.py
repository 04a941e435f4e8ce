"""Buttons under reminders and at the coordinator's looks."""

from collections.abc import Iterator

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenDuty, OpenForecast, OpenPlan, OpenPlanItem, OpenUnheard, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.notice_buttons import place_button as place_below
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_reminders.callbacks import TakeForecast, WriteLetter
from handlers.plan_reminders.desk_texts import PAGE, page_of
from handlers.plan_reminders.texts import MARKS, cut, titled
from services.delivery.dto import OutgoingButton
from services.plan_reminders.ahead import Forecast, Unheard
from services.plan_reminders.dto import Digest, Part

#: The most urgent tasks are opened with one tap.
MOST_BUTTONS = 4
_LABEL = 40


def digest_buttons(digest: Digest) -> Iterator[OutgoingButton]:
    """Offer under a digest what can be done at once."""
    ready = [line for line in digest.lines if line.own and line.part is not Part.INFORMED]
    if digest.standing is not None and digest.standing.asks:
        ready += [line for line in digest.standing.nearest if line.own]
    for line in ready[:MOST_BUTTONS]:
        if line.unit is not None:
            data = OpenDuty(instance_id=line.instance_id, unit_id=line.unit.id)
            yield OutgoingButton(text=f"{MARKS[line.part]} {titled(line, _LABEL)}", data=data.pack())
    yield from _coordinating(digest)
    yield place_below(_("📋 All my tasks"), Place.PLAN)


def unheard_keyboard(unheard: Unheard, page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer a letter to each unit of the page, other pages, and the ways back."""
    shown, plan_id = page_of(unheard, page), unheard.plan.id
    letters = [
        [
            _button(
                _("✉️ Letter: {unit}").format(unit=cut(unit_name(one.unit, reader.language), _LABEL)),
                WriteLetter(plan_id=plan_id, unit_id=one.unit.id),
            )
        ]
        for one in shown
        if one.unit is not None
    ]
    first = 0 if shown == unheard.silent[:PAGE] else page
    turns = []
    if first > 0:
        turns.append(_button("←", OpenUnheard(plan_id=plan_id, page=first - 1)))
    if (first + 1) * PAGE < len(unheard.silent):
        turns.append(_button("→", OpenUnheard(plan_id=plan_id, page=first + 1)))
    return _keyboard(*letters, *([turns] if turns else []), [_forecast_button(plan_id)], _back(plan_id))


def forecast_keyboard(forecast: Forecast) -> InlineKeyboardMarkup:
    """Offer the spreadsheet and the ways back."""
    plan_id = forecast.plan.id if forecast.plan is not None else 0
    rows = [[_button(_("📊 As a spreadsheet"), TakeForecast(plan_id=plan_id))]] if forecast.rows else []
    if plan_id:
        rows.append([_button(_("📵 Whom nobody hears"), OpenUnheard(plan_id=plan_id))])
    return _keyboard(*rows, _back(plan_id))


def letter_keyboard(plan_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the list."""
    return _keyboard([_button(_("📵 Whom nobody hears"), OpenUnheard(plan_id=plan_id))], [menu_button()])


def sheet_keyboard(plan_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the months."""
    return _keyboard([_forecast_button(plan_id)], [menu_button()])


def _coordinating(digest: Digest) -> Iterator[OutgoingButton]:
    """Offer a coordinator whom nobody hears, and the first item that nobody answers for."""
    unheard = [line for line in digest.lines if line.part is Part.UNHEARD]
    for plan_id in digest.unheard_plans:
        yield OutgoingButton(text=_("✉️ Whom nobody hears, letters"), data=OpenUnheard(plan_id=plan_id).pack())
    for line in [line for line in unheard if not line.unit_code][:1]:
        text = f"{MARKS[line.part]} {titled(line, _LABEL)}"
        yield OutgoingButton(text=text, data=OpenPlanItem(item_id=line.item_id).pack())


def _forecast_button(plan_id: int) -> InlineKeyboardButton:
    return _button(_("🔭 What will be sent"), OpenForecast(plan_id=plan_id))


def _back(plan_id: int) -> list[InlineKeyboardButton]:
    if not plan_id:
        return [place_button(_("← Plans"), Place.PLAN_DESK), menu_button()]
    return [_button(_("← The plan"), OpenPlan(plan_id=plan_id)), menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
