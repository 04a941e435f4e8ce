"""What reminders of plans say."""

from collections.abc import Iterator
from itertools import groupby

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import days_left_words, due_words, unit_name
from handlers.common.reader import Reader
from services.plan_reminders.dto import Digest, Line, Part, StandingList, Week, WeekFigures
from services.plans.dto import NamedUnit

#: More lines than these are counted: a message has its limits, and so has a reader.
MOST_LINES = 12
_MOST_ESCALATED = 4
_TITLE, _SHORT_TITLE, _UNIT, _PRINTED = 100, 60, 45, 40

MARKS = {
    Part.ESCALATED: "❗",
    Part.OVERDUE: "🔴",
    Part.TODAY: "🟠",
    Part.SOON: "🟡",
    Part.UNHEARD: "📵",
    Part.INFORMED: "ℹ️",
}


def digest_text(digest: Digest, reader: Reader) -> str:
    """Say everything of a person's day, the most urgent first."""
    parts = ["\n".join([_("📌 <b>The plan: what is due</b>"), reader.day(digest.today)])]
    shown = digest.lines[:MOST_LINES]
    for part, lines in groupby(shown, key=lambda line: line.part):
        every = sum(line.part is part for line in digest.lines)
        parts.append("\n".join([_head(part, every), *(_line(line, digest, reader) for line in lines)]))
    if len(digest.lines) > len(shown):
        parts.append(_("… and others: {count}").format(count=len(digest.lines) - len(shown)))
    if digest.arrived:
        parts.append(_arrived(digest.arrived))
    if digest.standing is not None:
        parts.append("\n".join(_standing(digest.standing, digest, reader)))
    if digest.lines and all(line.part is Part.INFORMED for line in digest.lines):
        parts.append(_("You take part in this; the report is made by who is responsible."))
    return "\n\n".join(parts)


def week_text(week: Week, reader: Reader) -> str:
    """Say the week in five figures, and what needs a decision; short enough to stand under a picture."""
    posts = ", ".join(html.quote(cut(unit_name(post, reader.language), _UNIT)) for post in week.posts[:2])
    lines = [_("📊 <b>The plan this week</b>"), f"{posts} · {reader.day(week.today)}", ""]
    lines += [f"{mark} {label}: <b>{number}</b>" for mark, label, number in figures_of(week.figures)]
    if week.escalated:
        count = len(week.escalated)
        head = ngettext("❗ {count} item needs your decision:", "❗ {count} items need your decision:", count).format(
            count=count
        )
        lines += ["", head]
        lines += [_escalated(line, week, reader) for line in week.escalated[:_MOST_ESCALATED]]
        if count > _MOST_ESCALATED:
            lines.append(_("… and others: {count}").format(count=count - _MOST_ESCALATED))
    return "\n".join(lines)


def figures_of(figures: WeekFigures) -> tuple[tuple[str, str, int], ...]:
    """Return the five figures: a mark, a word, a number."""
    return (
        ("✅", _("done in time"), figures.done),
        ("☑️", _("done late"), figures.late),
        ("🔴", _("overdue"), figures.overdue),
        ("🟡", _("due within two weeks"), figures.near),
        ("📨", _("waiting for the coordinator’s decision"), figures.waiting),
    )


def titled(line: Line, longest: int = _TITLE) -> str:
    """Return an item's number and the beginning of its title; not quoted for HTML."""
    return cut(f"{line.number} {line.title}".strip(), longest)


def named(unit: NamedUnit | None, code: str, reader: Reader) -> str:
    """Return what a unit is called, quoted; its code where it is not in the directory."""
    if unit is None:
        return html.quote(code) if code else _("nobody is responsible")
    return html.quote(cut(unit_name(unit, reader.language), _UNIT))


def cut(value: str, longest: int) -> str:
    """Return the beginning of a text."""
    value = " ".join(value.split())
    return value if len(value) <= longest else value[: longest - 1] + "…"


def _head(part: Part, count: int) -> str:
    heads = {
        Part.ESCALATED: _("Needs your word"),
        Part.OVERDUE: _("Overdue"),
        Part.TODAY: _("Today is the last day"),
        Part.SOON: _("Soon"),
        Part.UNHEARD: _("Nobody hears these"),
        Part.INFORMED: _("For your information"),
    }
    return f"{MARKS[part]} <b>{heads[part]}</b> · {count}"


def _line(line: Line, digest: Digest, reader: Reader) -> str:
    said = [f"• {html.quote(titled(line))}"]
    said.append(due_words(line.due, cut(line.printed, _PRINTED), reader, soft=line.soft))
    if line.due is not None and line.part is not Part.TODAY:
        said.append(days_left_words(line.due, digest.today))
    if digest.several or not line.own:
        said.append(named(line.unit, line.unit_code, reader))
    return " · ".join(said)


def _escalated(line: Line, week: Week, reader: Reader) -> str:
    said = [f"• {html.quote(titled(line, _SHORT_TITLE))}"]
    if line.due is not None:
        said.append(days_left_words(line.due, week.today))
    return " · ".join([*said, named(line.unit, line.unit_code, reader)])


def _arrived(count: int) -> str:
    return ngettext(
        "🕰 {count} item was already overdue when its reminders began.",
        "🕰 {count} items were already overdue when their reminders began.",
        count,
    ).format(count=count)


def _standing(standing: StandingList, digest: Digest, reader: Reader) -> Iterator[str]:
    head = _("Within the year, or without a date")
    yield f"🗓 <b>{head}</b> · {standing.count}"
    for line in standing.nearest:
        due = due_words(line.due, cut(line.printed, _PRINTED), reader, soft=line.soft)
        unit = f" · {named(line.unit, line.unit_code, reader)}" if digest.several or not line.own else ""
        yield f"• {html.quote(titled(line))} · {due}{unit}"
    if standing.count > len(standing.nearest):
        yield _("… and others: {count}").format(count=standing.count - len(standing.nearest))
    if standing.asks:
        yield _("How far are these? Please open each, and write what is done so far.")
