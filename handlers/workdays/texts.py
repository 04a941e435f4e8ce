"""What is said at the desk of working days."""

from collections.abc import Iterator, Sequence
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from services.plan_reminders.ahead import DayMoved
from services.workdays.dto import CalendarDay, DayKind, WorkdayChange, WorkPeriod
from services.workdays.rules import LONGEST_SOURCE


def months_text(months: Sequence[WorkPeriod], reader: Reader) -> str:
    """Show months: how many days are worked, and what the week alone does not explain."""
    parts = [_("📅 <b>Working days</b>"), *(_month(month, reader) for month in months)]
    parts.append(_("A day that is worked otherwise than here, by an order or a decree, is noted with a button."))
    return "\n\n".join(parts)


def ask_for_day_text() -> str:
    """Ask which day."""
    return _("Which day? Write it so: 31.12.2026")


def not_a_day_text() -> str:
    """Say that this is no day."""
    return _("This is not a date. Write it so: 31.12.2026")


def ask_for_kind_text(day: date, reader: Reader) -> str:
    """Ask how the day is worked."""
    return _("How is this day worked? {day}").format(day=f"<b>{reader.day(day)}</b>")


def ask_for_source_text() -> str:
    """Ask who decided it."""
    return _(
        "Who decided it? Write the order or decree with its number, up to {limit} signs, for example: "
        "Order of the rector No. 7."
    ).format(limit=LONGEST_SOURCE)


def ask_for_decision_text() -> str:
    """Ask when it was decided."""
    return _("Of which day is that order or decree? Write it so: 20.11.2026, or leave it out.")


def noted_text(change: WorkdayChange, reader: Reader, moved: DayMoved | None = None) -> str:
    """Say what counts now, and what that does to reminders of plans."""
    return "\n".join([_("✅ Noted. It counts from now on."), "", *_lines(change, reader), *_moved(moved)])


def ask_to_forget_text(change: WorkdayChange, reader: Reader) -> str:
    """Ask once more."""
    question = _("Delete this note? Then the day is as the calendar of Kyrgyzstan has it.")
    return "\n".join([*_lines(change, reader), "", question])


def forgotten_text(day: date, reader: Reader, moved: DayMoved | None = None) -> str:
    """Say that the calendar holds again, and what that does to reminders of plans."""
    return "\n".join([_("The note is deleted: {day}").format(day=reader.day(day)), *_moved(moved)])


def earlier_step_toast() -> str:
    """Say that a button belongs to another step."""
    return _("This button belongs to an earlier step.")


def kind_word(kind: DayKind) -> str:
    """Say how a day is worked."""
    words = {DayKind.OFF: _("day off"), DayKind.WORKING: _("working day"), DayKind.SHORT: _("short working day")}
    return words[kind]


def _moved(moved: DayMoved | None) -> Iterator[str]:
    if moved is None or not (moved.reminders or moved.dues):
        return
    yield ""
    if moved.reminders:
        yield ngettext(
            "📌 {count} reminder of the plans comes on another day now.",
            "📌 {count} reminders of the plans come on another day now.",
            moved.reminders,
        ).format(count=moved.reminders)
    if moved.dues:
        yield ngettext(
            "📌 {count} last day in the plans falls on this day off.",
            "📌 {count} last days in the plans fall on this day off.",
            moved.dues,
        ).format(count=moved.dues)


def _month(month: WorkPeriod, reader: Reader) -> str:
    counted = ngettext("{count} working day", "{count} working days", month.working).format(count=month.working)
    lines = [f"<b>{month.first:%m.%Y}</b> · {counted}"]
    lines += [_day(one, reader) for one in month.notable]
    return "\n".join(lines)


def _day(one: CalendarDay, reader: Reader) -> str:
    said = [f"• {reader.day(one.day)}: {kind_word(one.kind)}"]
    if one.change is not None:
        said.append(f"✏️ {_source(one.change, reader)}")
    elif one.holiday is not None:
        name = html.quote(one.holiday.name.get(reader.language))
        said.append(_("{name} (the day is estimated)").format(name=name) if one.holiday.estimated else name)
    return " · ".join(said)


def _lines(change: WorkdayChange, reader: Reader) -> list[str]:
    return [f"<b>{reader.day(change.day)}</b>: {kind_word(change.kind)}", _source(change, reader)]


def _source(change: WorkdayChange, reader: Reader) -> str:
    source = html.quote(change.source)
    return f"{source}, {reader.day(change.decided_on)}" if change.decided_on else source
