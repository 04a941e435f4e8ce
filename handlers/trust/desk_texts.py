"""What an officer reads."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.common.talk_topics import topic_names
from handlers.trust.texts import time_of, when_and_where
from services.trust.dto import DeskSlot, SlotState, TypedTimes

#: As many times as a screen has room for; later ones come up as days pass.
MOST_SHOWN = 40


def desk_text(slots: Sequence[DeskSlot], reader: Reader, done: str = "") -> str:
    """List the officer's times."""
    parts = [done] if done else []
    parts.append(_("🗓 <b>My times for talks</b>"))
    if slots:
        lines = [_line(one, reader) for one in slots[:MOST_SHOWN]]
        if len(slots) > MOST_SHOWN:
            lines.append(_("… and others: {count}").format(count=len(slots) - MOST_SHOWN))
        parts.append("\n".join(lines))
    else:
        parts.append(_("You offer no times now, so nobody can book a talk with you."))
    parts.append(
        _(
            "Nobody but you sees this list. The day after a meeting, the bot deletes who came and about what; the "
            "messages about it stay in this chat until you delete them."
        )
    )
    return "\n\n".join(parts)


def slot_text(one: DeskSlot, reader: Reader, done: str = "") -> str:
    """Show one of the times."""
    lines = [done, ""] if done else []
    lines += [_state(one), when_and_where(one.slot, reader)]
    if one.talk is not None:
        lines += ["", _("Who: {person}").format(person=html.quote(one.talk.person.full_name))]
        lines.append(_("Topic: {topic}").format(topic=topic_names()[one.talk.topic]))
    return "\n".join(lines)


def times_question() -> str:
    """Ask for times."""
    return _(
        "When and where do you have time? Write the day, from when until when, and the place, such as:\n"
        "<code>25.11 14:00-16:00 Main Building, room 214</code>\n\n"
        "Without a place, that of your last times is taken."
    )


def length_question(typed: TypedTimes, reader: Reader) -> str:
    """Ask how long a talk takes."""
    lines = [
        _("Date: {date}").format(date=reader.day(typed.day)),
        _("Time: {time}").format(time=f"{typed.start:%H:%M}–{typed.until:%H:%M}"),
        _("Place: {place}").format(place=html.quote(typed.place)),
        "",
        _("How long is one talk?"),
    ]
    return "\n".join(lines)


def call_off_question(one: DeskSlot, reader: Reader) -> str:
    """Ask once more."""
    return _("Cancel this meeting? The person is told, and can choose another time.") + "\n\n" + slot_text(one, reader)


def offered_note(count: int) -> str:
    """Say how many talks can be booked now."""
    return ngettext("✅ {count} talk can be booked.", "✅ {count} talks can be booked.", count).format(count=count)


def withdrawn_note() -> str:
    """Say that a time is gone."""
    return _("✅ The time is taken back.")


def called_off_note() -> str:
    """Say that a talk is cancelled."""
    return _("✅ The meeting is cancelled; the person is told. The time cannot be booked, unless you offer it again.")


def offered_again_note() -> str:
    """Say that a time can be booked."""
    return _("✅ The time can be booked again.")


def _line(one: DeskSlot, reader: Reader) -> str:
    who = f" · {html.quote(one.talk.person.full_name)}" if one.talk is not None else ""
    return f"{mark_of(one)} {reader.dates.today(one.slot.starts_at):%d.%m} {time_of(one.slot, reader)}{who}"


def mark_of(one: DeskSlot) -> str:
    """Return the sign of a time: booked, free, closed."""
    if one.talk is not None:
        return "👤"
    return "▫️" if one.slot.state is SlotState.OPEN else "✖️"


def _state(one: DeskSlot) -> str:
    if one.talk is not None:
        return _("👤 <b>Booked</b>")
    return _("▫️ <b>Free</b>") if one.slot.state is SlotState.OPEN else _("✖️ <b>Closed: it cannot be booked</b>")
