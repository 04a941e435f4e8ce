"""The state of plans, put into tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import standing_words, unit_name
from handlers.common.reader import Reader
from handlers.plan_reports.words import measure_words, plan_names, row_name
from services.plan_reports.dto import STANDINGS, Axis, Entry, Figures, Measure, Row
from services.plan_reports.figures import rows_of
from services.plan_reports.papers import BookTable, Cell, StateBook
from services.plan_reports.state_dto import ByInstance, PlanState
from services.plan_reports.statuses import by_instance
from services.plans.dto import PlanItem, Standing

_COUNTED = (*STANDINGS, Measure.EXTENDED)
#: Of the items' columns those that fit on paper: number, title, last day, standing, units.
_PRINTED = (3, 4, 8, 9, 11)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that thousands of rows repeat, looked up once."""

    standings: dict[Standing, str]
    units: dict[str, str]
    unsure: str

    @classmethod
    def of(cls, figures: Figures, reader: Reader) -> "_Words":
        """Look them up in the language of the moment."""
        return cls(
            standings={standing: standing_words(standing) for standing in Standing},
            units={code: unit_name(unit, reader.language) for code, unit in figures.units.items()},
            unsure=_("The deadline is not confirmed yet."),
        )


def compose_book(state: PlanState, reader: Reader) -> StateBook:
    """Return the tables: by unit, by programme, by month, and the items."""
    figures = state.figures
    date = reader.day(figures.day)
    return StateBook(
        language=reader.language.value,
        title=_("The state of the plan"),
        subtitle=f"{plan_names(figures)}. {_('As of: {date}').format(date=date)}",
        tables=(
            _counted(_("By unit"), figures, Axis.UNIT, reader),
            _counted(_("By programme"), figures, Axis.PROGRAMME, reader),
            _counted(_("By month"), figures, Axis.MONTH, reader),
            _items(state, reader),
        ),
    )


def _counted(title: str, figures: Figures, axis: Axis, reader: Reader) -> BookTable:
    heads = {Axis.UNIT: _("Unit"), Axis.PROGRAMME: _("Programme"), Axis.MONTH: _("Month")}
    heading = (
        heads[axis],
        _("Altogether"),
        *(measure_words(measure) for measure in _COUNTED),
        _("Was due"),
        _("Of that in time"),
        _("Share in time, %"),
    )
    rows = tuple(_row(row, reader) for row in rows_of(figures, axis))
    return BookTable(title=title, heading=heading, rows=rows)


def _row(row: Row, reader: Reader) -> tuple[Cell, ...]:
    said = row.discipline
    return (
        row_name(row, reader.language),
        row.tally.total,
        *(row.tally.count(measure) for measure in _COUNTED),
        said.whole,
        said.in_time,
        said.percent,
    )


def _items(state: PlanState, reader: Reader) -> BookTable:
    figures, units = state.figures, by_instance(state.figures)
    names = {plan.id: plan.name for plan in figures.plans}
    heading = (
        _("Plan"), _("Programme"), _("Section"), _("No."), _("Item"), _("Task"), _("Deadline as printed"),
        _("Last day at first"), _("Last day"), _("Standing"), _("Responsible as printed"),
        _("Units and how they stand"), _("Participants as printed"), _("Document"), _("Indicator"), _("Budget"),
        _("State language"), _("Remark"),
    )  # fmt: skip
    said = _Words.of(figures, reader)
    rows = [_entry(entry, names, units, said) for entry in figures.times]
    rows += [_line(item, names, (None, None, _("cancelled")), "", item.reason) for item in state.cancelled]
    return BookTable(title=_("Items"), heading=heading, rows=tuple(rows), printed=_PRINTED)


def _entry(entry: Entry, names: dict[int, str], units: ByInstance, said: _Words) -> tuple[Cell, ...]:
    of_units = "\n".join(_unit(one, said) for one in units[entry.instance.id] if one.unit_code)
    days = (entry.instance.first_due, entry.due, said.standings[entry.standing])
    return _line(entry.item, names, days, of_units, "" if entry.item.confirmed else said.unsure)


def _unit(entry: Entry, said: _Words) -> str:
    words = f"{said.units.get(entry.unit_code, entry.unit_code)}: {said.standings[entry.standing]}"
    if entry.duty is not None and entry.duty.done_on is not None:
        return f"{words} ({entry.duty.done_on:%d.%m.%Y})"
    return words


def _line(item: PlanItem, names: dict[int, str], days: Sequence[Cell], units: str, remark: str) -> tuple[Cell, ...]:
    return (
        names.get(item.plan_id, ""), item.programme, item.section, item.number, item.title, item.task,
        item.deadline.text, *days, item.responsible_text, units, item.participants_text, item.document,
        item.indicator, item.budget, _("yes") if item.state_language else "", remark,
    )  # fmt: skip
