"""What is said above and in a unit's list."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import MARKS, due_words, unit_name
from handlers.common.reader import Reader
from handlers.common.roles import role_name
from services.access import Role
from services.duties.dto import DutyLine, DutyPage, Group
from services.university import UniversityCard

_LONGEST_TITLE = 160
_LONGEST_PRINTED = 80


def group_name(group: Group) -> str:
    """Return what a part of the list is called."""
    names = {
        Group.OVERDUE: _("🔴 Overdue"),
        Group.MONTH: _("🟡 This month"),
        Group.LATER: _("🟢 Later"),
        Group.UNDATED: _("⚪ Within the year, no exact date"),
        Group.DONE: _("✅ Reported and done"),
        Group.INFORMED: _("ℹ️ We take part"),
    }
    return names[group]


def list_text(page: DutyPage, reader: Reader) -> str:
    """Say what of the plans concerns the units, and list a part of it."""
    chosen = [unit for unit in page.units if page.unit_id in {None, unit.id}]
    names = ", ".join(unit_name(unit, reader.language) for unit in chosen)
    lines = [_("📋 <b>Work plan</b>"), html.quote(cut(names, 300))]
    if page.only_mine:
        lines.append(_("Only what was handed to me."))
    if not sum(page.counts.values()):
        return "\n".join([*lines, "", _("The plans ask nothing here at the moment.")])
    heading = f"<b>{group_name(page.group)}</b>"
    if page.pages > 1:
        heading += " · " + _("page {page} of {pages}").format(page=page.page + 1, pages=page.pages)
    lines += ["", heading]
    if not page.lines:
        lines.append(_("Nothing stands here."))
    several = len(chosen) > 1
    return "\n".join(
        [*lines, *(_line(place, line, reader, several=several) for place, line in enumerate(page.lines, 1))]
    )


def nobody_text(reader: Reader, university: UniversityCard, *, coordinator: bool) -> str:
    """Tell who speaks for no unit what this is, and who could change that."""
    about = _(
        "📋 <b>Work plan</b>\n\nHere the university’s units see what the work plan asks of them and until when, accept "
        "it, ask for time and report with evidence."
    )
    if coordinator:
        return about + "\n\n" + _("You coordinate the plan: everything of all units is at your desk.")
    return (
        about
        + "\n\n"
        + _(
            "Your account speaks for no unit. If it should, ask the coordinator of the work plan or {office}: an "
            "administrator gives the role “{head}” or “{staff}”."
        ).format(
            office=html.quote(university.study_office.name.get(reader.language)),
            head=role_name(Role.UNIT_HEAD),
            staff=role_name(Role.UNIT_STAFF),
        )
    )


def line_label(place: int, line: DutyLine) -> str:
    """Return what stands on the button of a line."""
    return cut(f"{place}. {MARKS[line.standing]} {line.title}", 60)


def count_label(group: Group, count: int) -> str:
    """Return what stands on the button of a group."""
    return f"{group_name(group)} ({count})"


def mine_label(count: int) -> str:
    """Return what stands on the button that leaves what was handed to oneself."""
    return ngettext("👤 Handed to me: {count}", "👤 Handed to me: {count}", count).format(count=count)


def cut(text: str, length: int) -> str:
    """Return a text that is not longer, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _line(place: int, line: DutyLine, reader: Reader, *, several: bool) -> str:
    printed = cut(line.printed, _LONGEST_PRINTED)
    due = due_words(line.due, printed, reader, soft=line.soft, doubtful=line.doubtful)
    unit = f" · {html.quote(cut(unit_name(line.unit, reader.language), 60))}" if several else ""
    mine = " 👤" if line.mine else ""
    title = html.quote(cut(line.title, _LONGEST_TITLE))
    return f"\n{place}. {MARKS[line.standing]} {title}\n<i>{due}</i>{unit}{mine}"
