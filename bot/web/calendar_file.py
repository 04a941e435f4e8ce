"""A unit's calendar as calendar programs read it (RFC 5545)."""

from datetime import UTC, timedelta

from aiogram.utils.i18n import gettext as _
from icalendar import Calendar, Event

from handlers.common.plan_words import unit_name
from services.languages import Language
from services.plan_reports.calendar_dto import CalendarEntry, UnitCalendar

_PRODUCT = "-//Kabarchy//Plan//KY"
#: How often a program should look again.
_REFRESH = timedelta(hours=6)


def calendar_file(calendar: UnitCalendar, host: str, language: Language) -> bytes:
    """Return the file, in the language of the moment; the same entries give the same bytes."""
    name = unit_name(calendar.unit, language)
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _("Plan: {unit}").format(unit=name))
    file.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT6H")
    for entry in calendar.entries:
        file.add_component(_event(entry, calendar.unit.id, host))
    return bytes(file.to_ical())


def _event(entry: CalendarEntry, unit_id: int, host: str) -> Event:
    changed = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"plan-{entry.instance_id}-{unit_id}@{host}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.due)
    event.add("dtend", entry.due + timedelta(days=1))
    event.add("summary", _summary(entry))
    event.add("description", "\n".join(_description(entry)))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.soft else "CONFIRMED")
    return event


def _summary(entry: CalendarEntry) -> str:
    title = f"{entry.number} {entry.title}".strip()
    if entry.soft:
        title = _("{title} (planned to be done by this day)").format(title=title)
    return f"✅ {title}" if entry.done else title


def _description(entry: CalendarEntry) -> list[str]:
    lines = [_("Plan: {name}").format(name=entry.plan)]
    if entry.deadline_text:
        lines.append(_("Deadline as printed: {text}").format(text=entry.deadline_text))
    if entry.document:
        lines.append(_("Document: {text}").format(text=entry.document))
    return lines
