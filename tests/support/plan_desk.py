"""The coordinator's desk over a plan and the people of two units."""

from dataclasses import dataclass
from datetime import date

from services.access import OPERATOR, Actor, Role
from services.duties.dto import DutyCard, DutyKey, NewReport, Outcome
from services.plan_desk.adding import AddingService
from services.plan_desk.changing import DeskPen, ItemChangeService
from services.plan_desk.deciding import DecisionService
from services.plan_desk.dto import DecisionKey, DecisionKind
from services.plan_desk.groups import GroupService
from services.plan_desk.items import PlanDeskService
from services.plan_desk.news import PlanDeskNews
from services.plan_desk.parties import PartyService
from services.plan_desk.rounds import PlanDeskRounds
from services.plan_desk.settings import PlanSettingsService
from services.sittings.rounds import MaterialRounds
from services.sittings.service import SittingService
from tests.support.duties import Units
from tests.support.office import GULNARAS_PHONE
from tests.support.papers import BishkekCalendar

LATER = date(2027, 1, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDesk:
    """The services of the desk. Гүлнара coordinates; Айзада and Бакыт are of the institute, Нурлан of the library."""

    units: Units
    boss: Actor
    decisions: DecisionService
    news: PlanDeskNews
    rounds: PlanDeskRounds
    items: PlanDeskService
    changes: ItemChangeService
    parties: PartyService
    adding: AddingService
    settings: PlanSettingsService
    groups: GroupService
    sittings: SittingService
    materials: MaterialRounds

    async def card(self, key: DutyKey) -> DutyCard:
        """Return the institute's duty as it is."""
        return await self.units.duties.open(self.units.head, key)

    async def report(self, key: DutyKey, outcome: Outcome = Outcome.DONE) -> DecisionKey:
        """Let the institute report; return what waits then."""
        card = await self.card(key)
        report = NewReport(outcome=outcome, words="Бүттү", held_on=None, count=None, attendance=None, bare=True)
        fresh = await self.units.reports.report(self.units.head, key, card.stamp, report)
        return DecisionKey(kind=DecisionKind.REPORT, id=fresh.reports[0].id)

    async def ask_for_day(self, key: DutyKey, wanted: date = LATER) -> DecisionKey:
        """Let the institute ask for a later day."""
        card = await self.card(key)
        await self.units.acts.ask_for_day(self.units.head, key, card.stamp, wanted, "Көчүү")
        return await self.last(DecisionKind.EXTENSION)

    async def dispute(self, key: DutyKey) -> DecisionKey:
        """Let the institute say that it is not its business."""
        card = await self.card(key)
        await self.units.acts.dispute(self.units.head, key, card.stamp, "Китепкананыкы")
        return await self.last(DecisionKind.DISPUTE)

    async def last(self, kind: DecisionKind) -> DecisionKey:
        """Return what waits last of a kind."""
        page = await self.decisions.list_waiting(self.boss, kind)
        return page.lines[-1].key


async def plan_desk_on(units: Units) -> PlanDesk:
    """Put the coordinator behind the desk."""
    office = units.office
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.PLAN_COORDINATOR)
    doors = (office.unit_of_work, office.clock, BishkekCalendar())
    pen = DeskPen(*doors, office.outbox_bell)
    return PlanDesk(
        units=units,
        boss=await office.recognise(GULNARAS_PHONE),
        decisions=DecisionService(*doors, office.outbox_bell),
        news=PlanDeskNews(office.reading, office.clock, BishkekCalendar()),
        rounds=PlanDeskRounds(*doors, office.workdays, office.outbox_bell),
        items=PlanDeskService(office.reading, office.clock, BishkekCalendar()),
        changes=ItemChangeService(pen),
        parties=PartyService(pen),
        adding=AddingService(pen),
        settings=PlanSettingsService(pen),
        groups=GroupService(pen),
        sittings=SittingService(office.unit_of_work, pen),
        materials=MaterialRounds(*doors, office.workdays, office.outbox_bell),
    )
