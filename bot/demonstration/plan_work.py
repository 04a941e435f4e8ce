"""The plan of the year in the demonstration: taken over from its file, and what units have said of it so far."""

from collections.abc import Mapping
from datetime import date

from bot.demonstration.leaders import CHAIR, COORDINATOR, DIRECTOR, WARDEN
from bot.demonstration.planning import PLAN_NAME, write_plan
from services.access import Actor
from services.db.uow import SqlUnitOfWork
from services.deadlines.dto import AcademicYear
from services.duties.acting import ActingService
from services.duties.dto import DutyCard, Group, NewReport, Outcome, Wish
from services.duties.evidence_dto import EvidenceKind, SentEvidence
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from services.plan_import.service import PlanFile, PlanImportService
from services.plans.dto import DutyState
from services.ports import Calendar, Clock, Factory, NoBell

_HELD = NewReport(
    outcome=Outcome.DONE,
    words="Институттун актылар залында өттү, студенттердин суроолоруна жооп берилди.",
    attendance=180,
    evidence=(SentEvidence(kind=EvidenceKind.LINK, url="https://university.example/news/jolugushuu"),),
)
_BEGUN = NewReport(
    outcome=Outcome.PARTLY, words="Биринчи семинар бөлүм кызматкерлери үчүн өттү.", count=1, attendance=24
)
#: Those who have done something about the plan already.
SPOKE = frozenset({COORDINATOR, DIRECTOR, WARDEN, CHAIR})


class PlanWork:
    """The plan and the first words about it."""

    def __init__(
        self, unit_of_work: Factory[SqlUnitOfWork], reading: Factory[SqlUnitOfWork], clock: Clock, calendar: Calendar
    ) -> None:
        self._imports = PlanImportService(unit_of_work, clock, calendar)
        self._duties = DutyService(reading, clock, calendar)
        self._acts = ActingService(unit_of_work, clock, calendar, NoBell())
        self._reports = ReportingService(unit_of_work, clock, calendar)

    async def prepare(self, people: Mapping[int, Actor], today: date) -> None:
        """Take over the plan, and let some units accept and report; `people` by their Telegram ids."""
        year = AcademicYear.of(today)
        file = PlanFile(content=write_plan(today), file_name=f"{PLAN_NAME}.docx", year=year, name=PLAN_NAME)
        await self._imports.import_file(people[COORDINATOR], file)
        if card := await self._find(people[DIRECTOR], "Өндүрүштүк практика", Group.LATER, Group.MONTH):
            await self._acts.accept(people[DIRECTOR], card.key, card.stamp)
        if card := await self._find(people[WARDEN], "Биринчи курстун", Group.OVERDUE, Group.MONTH):
            await self._reports.report(people[WARDEN], card.key, card.stamp, _HELD)
        if card := await self._find(people[CHAIR], "Иш кагаздарын", Group.UNDATED):
            await self._reports.report(people[CHAIR], card.key, card.stamp, _BEGUN)

    async def _find(self, actor: Actor, title: str, *groups: Group) -> DutyCard | None:
        """Return the duty of these groups whose title begins so, unless its unit has said something already."""
        for group in groups:
            page = await self._duties.list_own(actor, Wish(group=group))
            for line in page.lines:
                if line.title.startswith(title):
                    card = await self._duties.open(actor, line.key)
                    return card if card.state is DutyState.OPEN else None
        return None
