"""What is said about how plans stand."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.plan_words import MARKS
from handlers.common.reader import Reader
from handlers.plan_reports.words import (
    SHOWN,
    discipline_words,
    mark,
    measure_words,
    name_of,
    plan_names,
    row_name,
)
from services.plan_reports.dto import Axis, Entry, EntryPage, Figures, Measure, Row, Tally
from services.plan_reports.figures import discipline_of
from services.plan_reports.quarters import Quarter
from services.plan_reports.service import PAGE

_LONGEST_TITLE = 160


def dashboard_text(figures: Figures, reader: Reader) -> str:
    """Say how plans stand."""
    lines = [
        _("📊 <b>How plans stand</b>"),
        html.quote(plan_names(figures)),
        _("As of: {date}").format(date=reader.day(figures.day)),
        "",
        *tally_lines(figures.total),
        "",
        discipline_words(discipline_of(figures.times, figures.day)),
    ]
    if figures.scope.codes is not None:
        seen = (code for code in figures.units if code in figures.scope.codes)
        names = [html.quote(name_of(code, figures.units, reader.language)) for code in seen]
        lines.append(_("Counted is what concerns: {units}").format(units=", ".join(names[:5]) + "…" * (len(names) > 5)))  # noqa: PLR2004 -- names
    lines.append(_("Tap a number to see what is behind it."))
    return "\n".join(lines)


def tally_lines(tally: Tally) -> list[str]:
    """Return a line for every number that is not nought."""
    lines = [_("Items, each time that they are due: <b>{number}</b>").format(number=tally.total)]
    return lines + [
        f"{mark(measure)} {measure_words(measure)}: <b>{tally.count(measure)}</b>"
        for measure in SHOWN
        if tally.count(measure)
    ]


def chart_caption(figures: Figures, reader: Reader) -> str:
    """Say under a picture what to do with it."""
    lines = [_("As of: {date}").format(date=reader.day(figures.day)), _("Tap a row to open its numbers.")]
    return "\n".join(lines)


def row_text(figures: Figures, row: Row, reader: Reader) -> str:
    """Say how one programme, unit or month stands."""
    lines = [f"<b>{html.quote(row_name(row, reader.language))}</b>", "", *tally_lines(row.tally), ""]
    lines.append(discipline_words(row.discipline))
    if row.discipline.waiting:
        lines.append(_("Reported and not looked at yet, not counted: {number}").format(number=row.discipline.waiting))
    lines.append(_("As of: {date}").format(date=reader.day(figures.day)))
    return "\n".join(lines)


def entries_text(page: EntryPage, reader: Reader) -> str:
    """List what is behind a number."""
    head = f"{mark(page.measure)} <b>{html.quote(_headline(page, reader))}</b>"
    found = ngettext("{number} entry", "{number} entries", page.number).format(number=page.number)
    lines = [head, found, ""]
    if not page.entries:
        lines.append(_("Nothing stands here now."))
    first = page.page * PAGE + 1
    lines += [_entry(entry, place, page, reader) for place, entry in enumerate(page.entries, start=first)]
    return "\n".join(lines)


def _headline(page: EntryPage, reader: Reader) -> str:
    words = measure_words(page.measure)
    return f"{row_name(page.row, reader.language)}: {words}" if page.row is not None else words


def _entry(entry: Entry, place: int, page: EntryPage, reader: Reader) -> str:
    title = entry.item.title
    title = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
    day = reader.day(entry.due) if entry.due is not None else _("no date")
    parts = [day]
    if page.axis is Axis.UNIT and page.row is None and entry.unit_code:
        parts.append(html.quote(name_of(entry.unit_code, page.figures.units, reader.language)))
    if page.measure is Measure.EXTENDED and entry.instance.first_due is not None:
        parts.append(_("at first: {date}").format(date=reader.day(entry.instance.first_due)))
    return f"{place}. {MARKS[entry.standing]} {html.quote(title)} – {', '.join(parts)}"


def state_caption() -> str:
    """Say what the file is."""
    return _("The state of the plan: by unit, by programme, by month, and every item.")


def plan_file_caption() -> str:
    """Say what was done with the file."""
    return _("The plan’s own file: how each item stands is in the column at the right. Nothing else is changed.")


def quarter_question() -> str:
    """Ask for a quarter."""
    return _("🗣 <b>Report on the state language</b>\n\nFor which quarter?")


def addressee_question(quarter: Quarter) -> str:
    """Ask to whom the report is made."""
    return _("🗣 <b>Report on the state language</b>\n{quarter}\n\nTo whom is it made?").format(
        quarter=quarter_words(quarter)
    )


def quarter_words(quarter: Quarter) -> str:
    """Return a quarter with its last day and its number in the academic year."""
    return _("{year}, quarter {number} (quarter {academic} of {label})").format(
        year=quarter.year,
        number=quarter.number,
        academic=quarter.academic_number,
        label=quarter.academic_year.label,
    )


def language_caption() -> str:
    """Say what is left to do with the report."""
    return _("The report is in Kyrgyz. Read it before it goes out: it repeats the words of the units.")
