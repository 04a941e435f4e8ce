"""What coordinators look at: whom nobody hears, and the year in a dry run."""

from collections.abc import Iterator

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.plan_reminders.texts import cut, named
from services.plan_reminders.ahead import Forecast, Letter, Silence, SilentUnit, Unclear, Unheard
from services.plan_reminders.rules import MOST_A_DAY

#: Units on one screen.
PAGE = 8
_MOST_UNCLEAR, _MOST_CROWDED, _PIECE = 5, 8, 60


def page_of(unheard: Unheard, page: int) -> tuple[SilentUnit, ...]:
    """Return the units of a page, from 0; a page behind the last is the first one."""
    shown = unheard.silent[page * PAGE : (page + 1) * PAGE] if page > 0 else ()
    return shown or unheard.silent[:PAGE]


def unheard_text(unheard: Unheard, page: int, reader: Reader) -> str:
    """Show whom nobody would hear, why, and who hears instead."""
    head = [_("📵 <b>Nobody would hear these</b>"), html.quote(cut(unheard.plan.name, _PIECE))]
    parts = ["\n".join(head)]
    if not unheard.silent and not unheard.unclear:
        parts.append(_("Every responsible unit and post has somebody who gets its reminders."))
    parts += ["\n".join(_silent(one, reader)) for one in page_of(unheard, page)]
    if len(unheard.silent) > PAGE:
        parts.append(_("Units and posts in all: {count}").format(count=len(unheard.silent)))
    if unheard.unclear:
        parts.append("\n".join(_unclear(unheard.unclear)))
    if unheard.silent:
        parts.append(_("Give somebody a role there at the desk of roles, or print a letter."))
    return "\n\n".join(parts)


def forecast_text(forecast: Forecast, reader: Reader) -> str:
    """Show the months to come, and days that are crowded."""
    name = html.quote(cut(forecast.plan.name, _PIECE)) if forecast.plan is not None else _("All plans")
    parts = ["\n".join([_("🔭 <b>What will be sent</b>"), name])]
    if forecast.months:
        parts.append("\n".join(_months(forecast)))
    else:
        parts.append(_("Nothing of this plan lies ahead."))
    if forecast.overdue:
        parts.append(
            ngettext(
                "🔴 {count} item is overdue now and is told of until it is reported.",
                "🔴 {count} items are overdue now and are told of until they are reported.",
                forecast.overdue,
            ).format(count=forecast.overdue)
        )
    if forecast.crowded:
        parts.append("\n".join(_crowded(forecast, reader)))
    parts.append(_("This is so if everything is reported on its last day; who reports earlier hears less."))
    return "\n\n".join(parts)


def letter_caption(letter: Letter, reader: Reader) -> str:
    """Say what the letter is."""
    unit = named(letter.unit, letter.unit.code, reader)
    return _("✉️ A letter to print and hand over: {unit}").format(unit=unit)


def forecast_caption() -> str:
    """Say what the spreadsheet is."""
    return _("🔭 Every reminder by day and unit, and the days that are crowded.")


def silence_word(silence: Silence) -> str:
    """Say why nobody hears."""
    words = {
        Silence.NO_HOLDER: _("nobody holds a role there"),
        Silence.NOT_LINKED: _("who holds the role has not linked an account"),
        Silence.BLOCKED: _("who holds the role cannot be written to"),
        Silence.EMPTY_GROUP: _("the group has no members"),
        Silence.OUTSIDE: _("not in the directory of units"),
    }
    return words[silence]


def _silent(one: SilentUnit, reader: Reader) -> Iterator[str]:
    yield f"• <b>{named(one.unit, one.code, reader)}</b>: {silence_word(one.silence)}"
    items = ngettext("{count} item", "{count} items", one.items).format(count=one.items)
    if one.nearest is not None:
        items = _("{items}, the nearest: {date}").format(items=items, date=reader.day(one.nearest))
    heard = named(one.heard_by, "", reader) if one.heard_by is not None else _("the coordinator of the plan")
    yield _("{items}. Heard by: {unit}").format(items=items, unit=heard)


def _unclear(unclear: tuple[Unclear, ...]) -> Iterator[str]:
    yield _("❓ <b>Words that stand for nobody yet</b>")
    for one in unclear[:_MOST_UNCLEAR]:
        pieces = "; ".join(one.pieces)
        yield f"• {html.quote(cut(one.number, _PIECE))} {html.quote(cut(pieces, _PIECE))}".replace("•  ", "• ")
    if len(unclear) > _MOST_UNCLEAR:
        yield _("… and others: {count}").format(count=len(unclear) - _MOST_UNCLEAR)


def _months(forecast: Forecast) -> Iterator[str]:
    for month in forecast.months:
        reminders = ngettext("{count} reminder", "{count} reminders", month.items).format(count=month.items)
        units = ngettext("{count} unit", "{count} units", month.units).format(count=month.units)
        days = ngettext("on {count} day", "on {count} days", month.days).format(count=month.days)
        yield f"{month.month:%m.%Y}: {reminders}, {units}, {days}"


def _crowded(forecast: Forecast, reader: Reader) -> Iterator[str]:
    yield _("⚠️ <b>More than {count} items for one unit on one day</b>").format(count=MOST_A_DAY)
    for one in forecast.crowded[:_MOST_CROWDED]:
        yield f"• {reader.day(one.day)} · {named(one.unit, one.unit_code, reader)} · {one.items}"
    if len(forecast.crowded) > _MOST_CROWDED:
        yield _("… and others: {count}").format(count=len(forecast.crowded) - _MOST_CROWDED)
