"""The calendar address of a unit: looked at, made, ended."""

from collections.abc import Sequence

from aiogram import F, Router, html
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import GoTo, OpenCalendar, Place
from handlers.common.keyboards import menu_button
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan_reports.callbacks import MakeCalendar, RevokeCalendar
from handlers.plan_reports.keyboards import button, keyboard
from services.access import Actor
from services.plan_reports.calendar_dto import CalendarState
from services.plan_reports.calendars import CalendarService
from services.plan_reports.errors import CalendarChanged
from services.plans.dto import NamedUnit


async def open_calendars(event: CallbackQuery, actor: Actor, plan_calendars: CalendarService, reader: Reader) -> None:
    """Somebody of a unit comes for its calendar; of several units they choose one."""
    units = await plan_calendars.list_own(actor)
    if len(units) == 1:
        state = await plan_calendars.look(actor, units[0].id)
        await show(event, _calendar_text(state, reader), _calendar_keyboard(state))
        return
    await show(event, _("🗓 <b>Calendars of units</b>\n\nWhose calendar?"), _units_keyboard(units, reader))


async def open_calendar(
    event: CallbackQuery, callback_data: OpenCalendar, actor: Actor, plan_calendars: CalendarService, reader: Reader
) -> None:
    """Somebody looks whether a unit has a calendar."""
    state = await plan_calendars.look(actor, callback_data.unit_id)
    await show(event, _calendar_text(state, reader), _calendar_keyboard(state))


async def make_calendar(
    event: CallbackQuery,
    callback_data: MakeCalendar,
    actor: Actor,
    plan_calendars: CalendarService,
    reader: Reader,
) -> None:
    """Somebody lets a new address be made; it is said this once."""
    try:
        made = await plan_calendars.make(actor, callback_data.unit_id, callback_data.seen)
    except CalendarChanged:
        await _show_changed(event, await plan_calendars.look(actor, callback_data.unit_id), reader)
        return
    buttons = keyboard([_revoke(made.unit.id, made.mark)], [menu_button()])
    await show(event, _made_text(made.unit, made.address, reader), buttons)


async def revoke_calendar(
    event: CallbackQuery, callback_data: RevokeCalendar, actor: Actor, plan_calendars: CalendarService, reader: Reader
) -> None:
    """Somebody ends an address."""
    try:
        state = await plan_calendars.revoke(actor, callback_data.unit_id, callback_data.seen)
    except CalendarChanged:
        await _show_changed(event, await plan_calendars.look(actor, callback_data.unit_id), reader)
        return
    ended = _("✅ The address is ended: it opens nothing any more.")
    await show(event, f"{ended}\n\n{_calendar_text(state, reader)}", _calendar_keyboard(state))


async def _show_changed(event: CallbackQuery, state: CalendarState, reader: Reader) -> None:
    """Show how it is now; the address that a colleague made meanwhile stays as it is."""
    changed = _("⚠️ The unit’s address has changed since this screen was shown, so nothing was done.")
    await show(event, f"{changed}\n\n{_calendar_text(state, reader)}", _calendar_keyboard(state))


def _calendar_text(state: CalendarState, reader: Reader) -> str:
    name = html.quote(unit_name(state.unit, reader.language))
    lines = [_("🗓 <b>Calendar of the unit</b>"), name, ""]
    lines.append(_("With an address of its own the unit’s last days come into the calendar on a phone or computer."))
    if state.made_at is None:
        lines.append(_("The unit has no address yet."))
    else:
        made = reader.moment(state.made_at)
        lines.append(_("An address is in force since: {moment}").format(moment=made))
        lines.append(_("It is not shown again. A new one can be made; the present one then opens nothing."))
    return "\n".join(lines)


def _made_text(unit: NamedUnit, address: str, reader: Reader) -> str:
    lines = [
        _("🗓 <b>The calendar’s address is ready</b>"),
        html.quote(unit_name(unit, reader.language)),
        "",
        f"<code>{html.quote(address)}</code>",
        "",
        _("Add it to your calendar program as a subscription (“from URL”)."),
        _("Whoever has this address sees the unit’s items, so give it to colleagues only. It is shown this once."),
    ]
    return "\n".join(lines)


def _calendar_keyboard(state: CalendarState) -> InlineKeyboardMarkup:
    unit_id = state.unit.id
    if state.made_at is None:
        return keyboard([button(_("➕ Make an address"), MakeCalendar(unit_id=unit_id))], [menu_button()])
    anew = button(_("🔄 Make a new address"), MakeCalendar(unit_id=unit_id, seen=state.mark))
    return keyboard([anew], [_revoke(unit_id, state.mark)], [menu_button()])


def _units_keyboard(units: Sequence[NamedUnit], reader: Reader) -> InlineKeyboardMarkup:
    rows = [[button(unit_name(unit, reader.language), OpenCalendar(unit_id=unit.id))] for unit in units]
    return keyboard(*rows, [menu_button()])


def _revoke(unit_id: int, mark: int) -> InlineKeyboardButton:
    return button(_("⛔ End the address"), RevokeCalendar(unit_id=unit_id, seen=mark))


def create_router() -> Router:
    """Handlers of calendars."""
    router = Router(name="plan calendars")
    router.callback_query.register(open_calendars, GoTo.filter(F.place == Place.PLAN_CALENDARS), flags=ANSWERS_TAP)
    router.callback_query.register(open_calendar, OpenCalendar.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(make_calendar, MakeCalendar.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(revoke_calendar, RevokeCalendar.filter(), flags=ANSWERS_TAP)
    return router
