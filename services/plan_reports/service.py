"""How plans stand, for coordinators, the rectorate and heads of units."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.access import Actor, NotAllowed
from services.plan_reports.dto import Axis, EntryPage, Figures, Measure, Row
from services.plan_reports.errors import NoPlanFile, NotCounted, NothingPlanned
from services.plan_reports.figures import entries_of, rows_of
from services.plan_reports.language import activities_of, name_of, silent_of, undone_of
from services.plan_reports.language_dto import Addressee, LanguageReport
from services.plan_reports.loading import load_figures, load_plans
from services.plan_reports.ports import PlanReportsUnitOfWork
from services.plan_reports.quarters import Quarter, quarters_until
from services.plan_reports.rights import require_look
from services.plan_reports.state_dto import PlanFile, PlanState
from services.plan_reports.statuses import statuses_of
from services.plans.dto import ItemState, NamedUnit, PlanItem, PlannedItem
from services.ports import Calendar, Clock, Factory

#: Entries of a list on one screen.
PAGE = 8


class PlanReportService:
    """Figures, the lists behind them, and what is made of them on paper; nothing is written."""

    def __init__(self, reading: Factory[PlanReportsUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def get_figures(self, actor: Actor, plan_id: int = 0, day: date | None = None) -> Figures:
        """Return how a plan stands, or (0) all plans of the academic year, on a day, else today.

        Raises:
            NothingPlanned: there are none.
        """
        return (await self._figures(actor, plan_id, day))[0]

    async def get_row(self, actor: Actor, plan_id: int, axis: Axis, key: str) -> tuple[Figures, Row]:
        """Return the numbers of one programme, unit or month.

        Raises:
            NotCounted: there is no such one by now.
        """
        figures = await self.get_figures(actor, plan_id)
        return figures, _find_row(figures, axis, key)

    async def list_entries(
        self, actor: Actor, plan_id: int, axis: Axis, key: str, measure: Measure, page: int
    ) -> EntryPage:
        """Return a page of the list behind a number; a page that is too far is the last one.

        Raises:
            NotCounted: there is no such row by now.
        """
        figures = await self.get_figures(actor, plan_id)
        row = _find_row(figures, axis, key) if axis is not Axis.ALL else None
        found = entries_of(figures, axis, key, measure)
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(page, 0), pages - 1)
        return EntryPage(
            figures=figures,
            axis=axis,
            row=row,
            measure=measure,
            entries=tuple(found[page * PAGE : (page + 1) * PAGE]),
            number=len(found),
            page=page,
            pages=pages,
        )

    async def get_state(self, actor: Actor, plan_id: int = 0, day: date | None = None) -> PlanState:
        """Return all of it, to be taken along as a table or printed."""
        figures, planned = await self._figures(actor, plan_id, day)
        return PlanState(figures=figures, cancelled=_cancelled(figures, planned))

    async def get_plan_file(self, actor: Actor, plan_id: int) -> PlanFile:
        """Return a plan's own file and how each of its items stands; for who sees all of it.

        Raises:
            NoPlanFile: it is not kept here.
        """
        require_look(actor)
        async with self._reading() as uow:
            plan = await uow.plans.find_plan(plan_id)
            if plan is None or plan.file_id is None:
                raise NoPlanFile
            figures, planned = await load_figures(uow, actor, [plan], self._today())
            if figures.scope.codes is not None:
                raise NotAllowed
            content = (await uow.files.get(plan.file_id)).content
        statuses = statuses_of(figures, _cancelled(figures, planned))
        return PlanFile(name=plan.file_name, content=content, day=figures.day, statuses=statuses)

    def list_quarters(self, actor: Actor) -> Sequence[Quarter]:
        """Return the quarters that a report may be about: this one, and the three before it."""
        require_look(actor)
        return quarters_until(self._today())

    async def report_on_language(
        self, actor: Actor, quarter: Quarter, addressee: Addressee, unit_id: int = 0
    ) -> LanguageReport:
        """Return the report on the state language over a quarter, of a unit (0: of all that the actor sees).

        Raises:
            NotCounted: there is no such unit, or it is out of the actor's sight.
            NothingPlanned: there is no plan of that academic year.
        """
        require_look(actor)
        today = self._today()
        day = min(quarter.last, today)
        async with self._reading() as uow:
            plans = await uow.plans.list_plans(quarter.academic_year)
            if not plans:
                raise NothingPlanned
            figures, planned = await load_figures(uow, actor, plans, day)
            unit = await uow.plans.find_unit(unit_id) if unit_id else None
            items = {one.item.id: one.item for one in planned if one.item.state_language}
            told = await uow.plan_reports.list_told(items.keys(), quarter.first, day)
            comments = await uow.plan_reports.list_comments(items.keys())
        if unit_id and (unit is None or not figures.scope.has(unit.code)):
            raise NotCounted

        def is_meant(code: str) -> bool:
            return figures.scope.has(code) and (unit is None or unit.code == code)

        entries = [one for one in figures.entries if one.item.id in items and is_meant(one.unit_code)]
        told = [one for one in told if is_meant(one.unit_code)]
        return LanguageReport(
            quarter=quarter,
            addressee=addressee,
            units=_about(figures, unit),
            day=day,
            asked=len({one.item.id for one in entries}),
            activities=activities_of(told, items, figures.units),
            undone=undone_of(entries, told, comments, figures.units, quarter, today),
            silent=silent_of(entries, told, figures.units, quarter, today),
        )

    async def _figures(self, actor: Actor, plan_id: int, day: date | None) -> tuple[Figures, list[PlannedItem]]:
        require_look(actor)
        day = day or self._today()
        async with self._reading() as uow:
            return await load_figures(uow, actor, await load_plans(uow, plan_id, day), day)

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


def _find_row(figures: Figures, axis: Axis, key: str) -> Row:
    row = next((one for one in rows_of(figures, axis) if one.key == key), None)
    if row is None:
        raise NotCounted
    return row


def _about(figures: Figures, unit: NamedUnit | None) -> tuple[str, ...]:
    """Return whom a report is about, by name; nobody where it is about the whole university."""
    if unit is not None:
        return (name_of(unit.code, figures.units),)
    codes = figures.scope.codes
    return () if codes is None else tuple(name_of(code, figures.units) for code in figures.units if code in codes)


def _cancelled(figures: Figures, planned: Iterable[PlannedItem]) -> tuple[PlanItem, ...]:
    """Return the cancelled items, for who sees everything."""
    if figures.scope.codes is not None:
        return ()
    return tuple(one.item for one in planned if one.item.state is ItemState.CANCELLED)
