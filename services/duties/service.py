"""What units look at: their list, a duty, its history, why they got it, evidence."""

from dataclasses import replace
from datetime import date

from services.access import Actor, LinkFrozen, NotAllowed
from services.duties.dto import Cause, DutyCard, DutyKey, DutyPage, Group, HistoryPage, Wish
from services.duties.errors import NoSuchEvidence
from services.duties.evidence_dto import EvidenceFile, EvidenceKind
from services.duties.looking import look
from services.duties.ports import DutiesUnitOfWork
from services.duties.rules import causes_of, check_held, lines_of, page_of
from services.plans.rights import may_see, spoken_for
from services.ports import Calendar, Clock, Factory

_HISTORY_PAGE = 6


class DutyService:
    """Duties, read. `reading`: single statements outside of a transaction."""

    def __init__(self, reading: Factory[DutiesUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar

    async def list_own(self, actor: Actor, wish: Wish) -> DutyPage:
        """Return the items of the actor's units, in groups; a page without units to who speaks for none."""
        if actor.frozen:
            raise LinkFrozen
        today, codes = self.today(), spoken_for(actor)
        if not codes:
            return page_of((), (), Wish(group=Group.MONTH), today)
        async with self._reading() as uow:
            membership = await uow.plans.load_membership()
            named = frozenset().union(*(membership.named_as(code) for code in codes))
            units = tuple((await uow.plans.list_units(codes)).values())
            concerns = await uow.duties.list_concerns(codes, named)
        if wish.unit_id not in {unit.id for unit in units}:
            wish = replace(wish, unit_id=None)
        person_id = actor.person.id if actor.person is not None else None
        lines = list(lines_of(concerns, units, membership, today=today, person_id=person_id))
        return page_of(lines, units, wish, today)

    async def open(self, actor: Actor, key: DutyKey) -> DutyCard:
        """Return a duty with everything around it."""
        async with self._reading() as uow:
            return await look(uow, actor, key, self.today())

    async def explain(self, actor: Actor, key: DutyKey) -> tuple[DutyCard, list[Cause]]:
        """Return a duty, and the printed pieces through which the unit got it."""
        async with self._reading() as uow:
            card = await look(uow, actor, key, self.today())
            membership = await uow.plans.load_membership()
        return card, causes_of(card.item, card.unit.code, membership, card.units)

    async def list_history(self, actor: Actor, key: DutyKey, page: int) -> tuple[DutyCard, HistoryPage]:
        """Return a duty, and a page of what happened to its item; units are named by their codes' names."""
        async with self._reading() as uow:
            card = await look(uow, actor, key, self.today())
            page = max(page, 0)
            lines, total = await uow.duties.list_history(card.item.id, offset=page * _HISTORY_PAGE, limit=_HISTORY_PAGE)
            units = await uow.plans.list_units({line.unit for line in lines})
        named = tuple(
            replace(line, unit=units[line.unit].name.get(actor.language) or line.unit) if line.unit in units else line
            for line in lines
        )
        return card, HistoryPage(lines=named, page=page, pages=max(1, -(-total // _HISTORY_PAGE)))

    def today(self) -> date:
        """Return the university's day."""
        return self._calendar.today(self._clock.now())

    def check_held(self, day: date) -> None:
        """Refuse a day on which nothing can have been held yet, or that is long past."""
        check_held(day, self.today())

    async def get_evidence(self, actor: Actor, evidence_id: int) -> EvidenceFile:
        """Return a file of a report: to its unit, to coordinators, to leaders above it or named in the item."""
        async with self._reading() as uow:
            place = await uow.duties.find_evidence(evidence_id)
            if place is None or place.file_id is None:
                raise NoSuchEvidence
            planned = await uow.plans.find_planned(place.item_id)
            item = planned.item if planned is not None else None
            membership, own = await uow.plans.load_membership(), await uow.plans.list_units(spoken_for(actor))
            if not may_see(actor, place.unit_code, item, membership, own):
                raise LinkFrozen if actor.frozen else NotAllowed
            file = await uow.files.get(place.file_id)
        return EvidenceFile(name=place.name, content=file.content, photo=place.kind is EvidenceKind.PHOTO)
