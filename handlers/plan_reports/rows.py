"""The rows of a picture, in the order in which it and its buttons show them."""

from services.plan_reports.dto import Axis, Figures, Measure, Row
from services.plan_reports.figures import rows_of


def shown_rows(figures: Figures, axis: Axis) -> list[Row]:
    """Return rows; units with the most that is overdue first."""
    rows = rows_of(figures, axis)
    if axis is Axis.UNIT:
        rows.sort(key=lambda row: -row.tally.count(Measure.OVERDUE))
    return rows
