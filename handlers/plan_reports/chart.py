"""How plans stand, put into a picture."""

from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from handlers.plan_reports.rows import shown_rows
from handlers.plan_reports.words import axis_title, measure_words, plan_names, row_name
from services.plan_reports.dto import Axis, Figures, Measure, Row
from services.plan_reports.papers import BarPart, LegendPart, StackedBar, StackedChart
from services.university import UniversityCard

MOST_ROWS = 40
_LONGEST_LABEL = 90
#: Along a bar: what is behind us, then what needs somebody, then what lies ahead.
_ALONG = (
    Measure.DONE,
    Measure.DONE_LATE,
    Measure.REPORTED,
    Measure.OVERDUE,
    Measure.NEAR,
    Measure.AHEAD,
    Measure.UNDATED,
    Measure.RELEASED,
)


def compose_chart(figures: Figures, axis: Axis, reader: Reader, university: UniversityCard) -> StackedChart:
    """Return the picture in the reader's words; bars are as long as there is to do."""
    rows = shown_rows(figures, axis)
    shown = rows[:MOST_ROWS]
    longest = max((row.tally.total for row in shown), default=1)
    whole = figures.total
    counted = [measure for measure in _ALONG if any(row.tally.count(measure) for row in rows)]
    return StackedChart(
        language=reader.language.value,
        university=university.name.get(reader.language),
        title=axis_title(axis),
        subtitle=plan_names(figures),
        legend=tuple(
            LegendPart(tone=measure.value, label=_legend(measure, whole.count(measure), axis)) for measure in counted
        ),
        rows=tuple(_bar(row, longest, reader) for row in shown),
        foot=_foot(len(rows), figures, reader),
    )


def _legend(measure: Measure, number: int, axis: Axis) -> str:
    # What several units have to do is one item in the whole, so a number beside the bars of units would mislead.
    return measure_words(measure) if axis is Axis.UNIT else f"{measure_words(measure)}: {number}"


def _bar(row: Row, longest: int, reader: Reader) -> StackedBar:
    name = row_name(row, reader.language)
    return StackedBar(
        label=name if len(name) <= _LONGEST_LABEL else f"{name[:_LONGEST_LABEL]}…",
        said=_said(row),
        parts=tuple(
            BarPart(tone=measure.value, share=row.tally.count(measure) / longest)
            for measure in _ALONG
            if row.tally.count(measure)
        ),
    )


def _said(row: Row) -> str:
    """Return the numbers beside a bar: how many there are, how many were put off, the share in time of enough."""
    said = str(row.tally.total)
    if row.axis is Axis.UNIT and row.discipline.percent is not None:
        said = _("{number}; in time {percent}%").format(number=row.tally.total, percent=row.discipline.percent)
    put_off = row.tally.count(Measure.EXTENDED)
    return _("{said}; put off: {number}").format(said=said, number=put_off) if put_off else said


def _foot(rows: int, figures: Figures, reader: Reader) -> str:
    said = _("As of: {date}").format(date=reader.day(figures.day))
    if rows > MOST_ROWS:
        return _("{said}. Shown: {number} of {whole}.").format(said=said, number=MOST_ROWS, whole=rows)
    return said
