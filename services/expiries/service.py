"""The papers of who asks, and those that an office looks after."""

from collections.abc import Mapping
from datetime import date

from services.access import Actor, Role
from services.expiries.dto import Ending, EndingsPage, Foresight, OwnPapers, Paper, PaperGuide
from services.expiries.errors import PaperMoved
from services.expiries.ports import ExpiriesUnitOfWork
from services.expiries.rules import FARTHEST, TOLD_AFTER_END, sits_at
from services.ports import Calendar, Clock, Factory

PAGE = 15
_LAST_PAGE = 10_000  # a button made by hand cannot ask for more than a number holds


class ExpiryService:
    """Everybody sees their own papers; an office those that it looks after."""

    def __init__(
        self,
        unit_of_work: Factory[ExpiriesUnitOfWork],
        reading: Factory[ExpiriesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        guides: Mapping[Paper, PaperGuide],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._guides = dict(guides)

    async def list_own(self, actor: Actor) -> OwnPapers:
        """Return the papers of who asks."""
        person = actor.require_person()
        async with self._reading() as uow:
            endings = await uow.expiries.list_of_person(person.id)
        return self._own(endings)

    async def note_applied(self, actor: Actor, paper: Paper, expires_on: date) -> OwnPapers:
        """Note that the person has applied already: nobody reminds them of this end again."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            _require(await uow.expiries.list_of_person(person.id), paper, expires_on)
            await uow.expiries.note_answer(person.id, paper, expires_on, self._clock.now())
            endings = await uow.expiries.list_of_person(person.id)
            await uow.commit()
        return self._own(endings)

    async def take_back(self, actor: Actor, paper: Paper, expires_on: date) -> OwnPapers:
        """Let the person be reminded again."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            await uow.expiries.forget_answer(person.id, paper, expires_on)
            endings = await uow.expiries.list_of_person(person.id)
            await uow.commit()
        return self._own(endings)

    def looks_after(self, actor: Actor) -> bool:
        """Tell whether the actor sits at an office that looks after papers."""
        return any(sits_at(actor, guide.office) for guide in self._guides.values())

    async def list_near(self, actor: Actor, page: int = 0) -> EndingsPage:
        """Return whose papers end soon or have just ended, at the offices of who asks.

        A page behind the last is the first one.
        """
        papers = [paper for paper, guide in self._guides.items() if sits_at(actor, guide.office)]
        today = self._calendar.today(self._clock.now())
        first, last, page = today - TOLD_AFTER_END, today + FARTHEST, min(max(page, 0), _LAST_PAGE)
        if not papers:
            actor.require_official()  # who is one sits everywhere, but the university looks after no papers
            return EndingsPage(today=today, endings=(), total=0, page=0, pages=1)
        async with self._reading() as uow:
            found, total = await uow.expiries.list_near(papers, first, last, offset=page * PAGE, limit=PAGE)
            if page and not found:
                page = 0
                found, total = await uow.expiries.list_near(papers, first, last, offset=0, limit=PAGE)
        return EndingsPage(today=today, endings=tuple(found), total=total, page=page, pages=max(1, -(-total // PAGE)))

    async def foresee(self, actor: Actor, day: date) -> Foresight:
        """Return what would be told on a day, and to whom; of a day to come only what comes to a threshold on it."""
        actor.require(Role.ADMIN)
        today = self._calendar.today(self._clock.now())
        async with self._reading() as uow:
            marked = await uow.expiries.foresee(tuple(self._guides), day, on_the_day=day > today)
            offices = {self._guides[one.ending.paper].office for one in marked}
            officials = {office: len(await uow.expiries.list_officials(office, day)) for office in sorted(offices)}
        return Foresight(day=day, marked=tuple(marked), officials=officials)

    def get_office(self, paper: Paper) -> str:
        """Return the code of the unit that looks after a paper; empty where none does."""
        guide = self._guides.get(paper)
        return guide.office if guide is not None else ""

    def _own(self, endings: list[Ending]) -> OwnPapers:
        told = tuple(ending for ending in endings if ending.paper in self._guides)
        return OwnPapers(today=self._calendar.today(self._clock.now()), endings=told, guides=self._guides)


def _require(endings: list[Ending], paper: Paper, expires_on: date) -> None:
    if not any(ending.paper is paper and ending.expires_on == expires_on for ending in endings):
        raise PaperMoved
