"""Names of measures, rows and months."""

from datetime import date

from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import MARKS, standing_words, unit_name
from services.languages import Language
from services.plan_reports.dto import Axis, Discipline, Figures, Measure, Row
from services.plans.dto import NamedUnit, Standing

#: In the order in which numbers are shown: what needs somebody first.
SHOWN = (
    Measure.OVERDUE,
    Measure.NEAR,
    Measure.AHEAD,
    Measure.REPORTED,
    Measure.DONE,
    Measure.DONE_LATE,
    Measure.UNDATED,
    Measure.RELEASED,
    Measure.EXTENDED,
)


def measure_words(measure: Measure) -> str:
    """Return what a number counts."""
    if measure is Measure.ALL:
        return _("all")
    return _("put off") if measure is Measure.EXTENDED else standing_words(Standing(measure.value))


def mark(measure: Measure) -> str:
    """Return the sign of a number."""
    if measure is Measure.ALL:
        return "📋"
    return "⏩" if measure is Measure.EXTENDED else MARKS[Standing(measure.value)]


def row_name(row: Row, language: Language) -> str:
    """Return what a row is called."""
    if row.axis is Axis.PROGRAMME:
        return row.programme or _("No programme")
    if row.axis is Axis.UNIT:
        return unit_name(row.unit, language) if row.unit is not None else row.unit_code or _("Nobody is known")
    return month_words(row.month) if row.month is not None else _("No date")


def name_of(code: str, units: dict[str, NamedUnit], language: Language) -> str:
    """Return what the unit of a code is called, else the code."""
    return unit_name(units[code], language) if code in units else code


def axis_title(axis: Axis) -> str:
    """Return what a picture shows."""
    titles = {
        Axis.PROGRAMME: _("By programme"),
        Axis.UNIT: _("By unit"),
        Axis.MONTH: _("By month of the last day"),
    }
    return titles.get(axis, _("Everything"))


def plan_names(figures: Figures) -> str:
    """Return the plans that are counted, with their academic years."""
    return "; ".join(f"{plan.name} ({plan.year.label})" for plan in figures.plans)


def discipline_words(said: Discipline) -> str:
    """Return how much was done in time of what was due; a share only where there is enough of it."""
    if not said.whole:
        return _("Nothing was due yet.")
    text = _("In time: {number} of {whole}").format(number=said.in_time, whole=said.whole)
    return text if said.percent is None else f"{text} ({said.percent}%)"


def month_words(month: date) -> str:
    """Return a month with its year, in the nominative."""
    months = (
        _("January {year}"), _("February {year}"), _("March {year}"), _("April {year}"), _("May {year}"),
        _("June {year}"), _("July {year}"), _("August {year}"), _("September {year}"), _("October {year}"),
        _("November {year}"), _("December {year}"),
    )  # fmt: skip
    return months[month.month - 1].format(year=month.year)
