"""What is said about help and talks. No screen says more about a talk than its two people need."""

from collections.abc import Iterator

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.hotlines import write_hotlines
from handlers.common.reader import Reader
from handlers.common.talk_topics import topic_names
from handlers.common.texts import office_line
from services.languages import Language
from services.trust.dto import Hotlines, Officer, Slot, Talk, Topic, TrustView
from services.university import UniversityCard


def trust_text(view: TrustView, hotlines: Hotlines, university: UniversityCard, reader: Reader, done: str = "") -> str:
    """Show where one can call, and the talks of who asks; `done`: what was just done, to stand above."""
    parts = [done] if done else []
    parts.append(_("🤝 <b>Trust and help</b>"))
    lines = write_hotlines(hotlines, reader.language)
    parts.append(lines or _("You can ask here: {office}").format(office=office_line(university, reader.language)))
    parts += [own_talk_text(talk, reader) for talk in view.talks]
    if not view.linked:
        parts.append(_("Once your account is linked, you can also ask for a personal talk here."))
    elif not view.offered and not view.talks:
        parts.append(nobody_free_text(hotlines, university, reader.language))
    return "\n\n".join(parts)


def nobody_free_text(hotlines: Hotlines, university: UniversityCard, language: Language) -> str:
    """Say whom to call where nobody offers a time."""
    phone = hotlines.trust_phone.phone if hotlines.trust_phone is not None else ""
    whom = html.quote(phone or hotlines.counsellor or hotlines.anti_corruption) or office_line(university, language)
    return _("Nobody has a free time for a personal talk now. You can call: {phone}").format(phone=whom)


def own_talk_text(talk: Talk, reader: Reader) -> str:
    """Show a talk to the person."""
    lines = [_("📅 <b>Your meeting</b>"), html.quote(talk.officer.full_name), when_and_where(talk.slot, reader)]
    return "\n".join(lines)


def whom_question() -> str:
    """Say what a talk is, before anything is asked."""
    first = _(
        "A personal talk is not anonymous: the person you choose will see your name. Nobody else is told. "
        "Do not write your complaint here: you will tell it when you meet."
    )
    return first + "\n\n" + _("With whom would you like to talk?")


def topic_question() -> str:
    """Ask for a topic, by button."""
    return _("What is it about? One word is enough: choose it below.")


def slot_question() -> str:
    """Ask for a time."""
    return _("Choose a time that suits you.")


def confirmation_text(officer: Officer, slot: Slot, topic: Topic, reader: Reader) -> str:
    """Show everything once more."""
    lines = [
        _("📅 <b>Shall I book this meeting?</b>"),
        html.quote(officer_line(officer, reader.language)),
        when_and_where(slot, reader),
        _("Topic: {topic}").format(topic=topic_names()[topic]),
        "",
        _("Your name and the topic go to this person and to nobody else."),
    ]
    return "\n".join(lines)


def booked_text(talk: Talk, reader: Reader) -> str:
    """Say that it is booked."""
    booked = _("✅ You are booked. Date: {date}. Time: {time}. Place: {place}")
    facts = {
        "date": day_of(talk.slot, reader),
        "time": time_of(talk.slot, reader),
        "place": html.quote(talk.slot.place),
    }
    kept = _(
        "You will be reminded on the day. The day after, the bot keeps nothing of this; the messages about it stay in "
        "this chat until you delete them."
    )
    return booked.format(**facts) + "\n\n" + kept


def cancel_question(talk: Talk, reader: Reader) -> str:
    """Ask once more."""
    return _("Cancel this meeting? The time becomes free for others.") + "\n\n" + own_talk_text(talk, reader)


def cancelled_note() -> str:
    """Say that it is cancelled."""
    return _("✅ The meeting is cancelled; the person you chose is told.")


def not_here_text() -> str:
    """Answer whatever is written where nothing is to be written."""
    return _(
        "Please do not write it here: you will tell it when you meet. What you wrote is not kept; you can delete "
        "it from this chat. Go on with the buttons."
    )


def officer_line(officer: Officer, language: Language) -> str:
    """Return an officer's name and post; plain text."""
    return ", ".join(filter(None, (officer.name, officer.post.get(language) or officer.post.ky)))


def when_and_where(slot: Slot, reader: Reader) -> str:
    """Say when and where, in lines, as HTML."""
    return "\n".join(_when_and_where(slot, reader))


def day_of(slot: Slot, reader: Reader) -> str:
    """Return the day of a time."""
    return reader.day(reader.dates.today(slot.starts_at))


def time_of(slot: Slot, reader: Reader) -> str:
    """Return when it begins and ends."""
    return f"{reader.time(slot.starts_at)}–{reader.time(slot.ends_at)}"


def _when_and_where(slot: Slot, reader: Reader) -> Iterator[str]:
    yield _("Date: {date}").format(date=day_of(slot, reader))
    yield _("Time: {time}").format(time=time_of(slot, reader))
    yield _("Place: {place}").format(place=html.quote(slot.place))
