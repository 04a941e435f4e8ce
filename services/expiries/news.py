"""What notices ask at the moment of sending."""

from collections.abc import Mapping
from datetime import date

from services.expiries.dto import Ending, OfficeNews, Paper, PaperGuide
from services.expiries.ports import ExpiriesUnitOfWork
from services.ports import Calendar, Clock, Factory


class ExpiryNews:
    """Papers as they are now."""

    def __init__(
        self,
        reading: Factory[ExpiriesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        guides: Mapping[Paper, PaperGuide],
    ) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._guides = dict(guides)

    async def find_ending(self, person_id: int, account_id: int, paper: Paper, expires_on: date) -> Ending | None:
        """Return the end of somebody's paper; None if it moved, was answered, or is no business of the account now."""
        async with self._reading() as uow:
            endings = await uow.expiries.list_of_person(person_id)
        return next(
            (
                ending
                for ending in endings
                if (ending.paper, ending.expires_on, ending.account_id) == (paper, expires_on, account_id)
                and not ending.applied
            ),
            None,
        )

    async def find_office(self, office: str, day: date, account_id: int) -> OfficeNews | None:
        """Return what came to a threshold at an office on a day; None for nothing, or to who does not sit there now."""
        papers = [paper for paper, guide in self._guides.items() if guide.office == office]
        async with self._reading() as uow:
            if account_id not in await uow.expiries.list_officials(office, self.today()):
                return None
            marked = await uow.expiries.list_marked(papers, day)
        return OfficeNews(office=office, day=day, marked=tuple(marked)) if marked else None

    def find_guide(self, paper: Paper) -> PaperGuide | None:
        """Return what the university says of a paper."""
        return self._guides.get(paper)

    def today(self) -> date:
        """Return the university's day."""
        return self._calendar.today(self._clock.now())
