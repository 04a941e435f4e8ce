"""What is said about papers that end."""

from collections.abc import Iterator
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import LocalDates
from handlers.common.reader import Reader
from services.expiries.dto import Ending, EndingsPage, OfficeNews, OwnPapers, Paper, PaperGuide
from services.expiries.rules import FARTHEST
from services.languages import Language

_MOST_LINES = 20
_LONGEST_NAME, _LONGEST_PLACE = 60, 30

SIGNS = {Paper.VISA: "🛂", Paper.REGISTRATION: "🏠", Paper.WORK_PERMIT: "💼"}


def reminder_text(ending: Ending, guide: PaperGuide, today: date, reader: Language, dates: LocalDates) -> str:
    """Remind the person: when it ends, how long that is, what to bring and where."""
    day = dates.date(ending.expires_on, reader)
    if ending.expires_on < today:
        head = [_has_ended(ending.paper, day), _("Please go to the office at once.")]
    else:
        head = [_ends(ending.paper, day), days_left(ending.expires_on, today)]
    return "\n\n".join(["\n".join(head), *_guidance(guide, reader)])


def own_papers_text(own: OwnPapers, reader: Reader, done: str = "") -> str:
    """Show the papers of who asks; `done`: what was just done, to stand above."""
    parts = [done] if done else []
    parts.append(_("🛂 <b>My papers</b>"))
    if not own.endings:
        parts.append(_("The roster knows of no visa, temporary registration or work permit of yours."))
    parts += ["\n".join(_own(ending, own, reader)) for ending in own.endings]
    if own.endings:
        parts.append(_("If a date is wrong or new, tell the office: reminders follow what the university knows."))
    return "\n\n".join(parts)


def endings_text(shown: EndingsPage, reader: Reader) -> str:
    """Show whose papers end soon at an office."""
    lines = [_("🛂 <b>Papers that end</b>"), ""]
    if not shown.endings:
        return "\n".join([*lines, _("Nobody’s paper ends in the next {days} days.").format(days=FARTHEST.days)])
    lines += [_line(ending, reader.language, reader.dates, shown.today) for ending in shown.endings]
    if shown.pages > 1:
        lines += ["", _("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages)]
    return "\n".join(lines)


def office_text(news: OfficeNews, today: date, reader: Language, dates: LocalDates) -> str:
    """Tell an office whose papers came to a threshold."""
    count = len(news.marked)
    head = ngettext("🛂 {count} paper ends soon or has ended:", "🛂 {count} papers end soon or have ended:", count)
    lines = [head.format(count=count), ""]
    lines += [_line(one.ending, reader, dates, today) for one in news.marked[:_MOST_LINES]]
    if count > _MOST_LINES:
        lines.append(_("… and others: {count}").format(count=count - _MOST_LINES))
    return "\n".join(lines)


def applied_note() -> str:
    """Say that nobody reminds any more."""
    return _("✅ Noted: you have applied. I will not remind you of this date again.")


def taken_back_note() -> str:
    """Say that reminders go on."""
    return _("🔔 I will remind you again.")


def paper_name(paper: Paper) -> str:
    """Return what a paper is called."""
    names = {
        Paper.VISA: _("visa"),
        Paper.REGISTRATION: _("temporary registration"),
        Paper.WORK_PERMIT: _("work permit"),
    }
    return names[paper]


def days_left(expires_on: date, today: date) -> str:
    """Say how long a paper is valid yet that has not ended."""
    left = (expires_on - today).days
    if left == 0:
        return _("Today is its last day.")
    return ngettext("{days} day is left.", "{days} days are left.", left).format(days=left)


def _left_in_short(expires_on: date, today: date) -> str:
    left = (expires_on - today).days
    if left < 0:
        return _("❗ ended")
    if left == 0:
        return _("⚠️ last day today")
    return ngettext("{days} day left", "{days} days left", left).format(days=left)


def _ends(paper: Paper, day: str) -> str:
    sentences = {
        Paper.VISA: _("🛂 <b>Your visa ends: {date}</b>"),
        Paper.REGISTRATION: _("🏠 <b>Your temporary registration ends: {date}</b>"),
        Paper.WORK_PERMIT: _("💼 <b>Your work permit ends: {date}</b>"),
    }
    return sentences[paper].format(date=day)


def _has_ended(paper: Paper, day: str) -> str:
    sentences = {
        Paper.VISA: _("❗ <b>Your visa has ended: {date}</b>"),
        Paper.REGISTRATION: _("❗ <b>Your temporary registration has ended: {date}</b>"),
        Paper.WORK_PERMIT: _("❗ <b>Your work permit has ended: {date}</b>"),
    }
    return sentences[paper].format(date=day)


def _guidance(guide: PaperGuide, reader: Language) -> Iterator[str]:
    if guide.documents:
        documents = [f"• {html.quote(document.get(reader))}" for document in guide.documents]
        yield "\n".join([_("The documents needed:"), *documents])
    if guide.where.get(reader):
        yield _("Where to go: {where}").format(where=html.quote(guide.where.get(reader)))


def _own(ending: Ending, own: OwnPapers, reader: Reader) -> Iterator[str]:
    ended = ending.expires_on < own.today
    day = reader.day(ending.expires_on)
    yield _has_ended(ending.paper, day) if ended else _ends(ending.paper, day)
    if ending.applied:
        yield _("✅ You have applied for a new one.")
        return
    if not ended:
        yield days_left(ending.expires_on, own.today)
    if ending.expires_on - own.today <= FARTHEST:
        yield from _guidance(own.guides[ending.paper], reader.language)


def _line(ending: Ending, reader: Language, dates: LocalDates, today: date) -> str:
    name, place = ending.person.full_name, ending.group_name or ending.person.person_no
    parts = [
        f"{SIGNS[ending.paper]} <b>{html.quote(_cut(name, _LONGEST_NAME))}</b>",
        html.quote(_cut(place, _LONGEST_PLACE)),
        f"{paper_name(ending.paper)}: {dates.date(ending.expires_on, reader)}",
        _left_in_short(ending.expires_on, today),
    ]
    if ending.applied:
        parts.append(_("✅ has applied"))
    if ending.account_id is None:
        parts.append(_("📵 not linked"))
    return " · ".join(parts)


def _cut(value: str, longest: int) -> str:
    return value if len(value) <= longest else value[: longest - 1] + "…"
