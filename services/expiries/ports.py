"""What papers that end need from storage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.delivery.dto import NewNotice
from services.expiries.dto import Ending, MarkedEnding, Paper
from services.ports import Transaction


class ExpiryRepository(Protocol):
    """Last days of papers, answers to reminders, and what was told."""

    async def begin_sweep(self, day: date, now: datetime) -> bool:
        """Note that a day's papers are looked through; False if somebody did it. Others wait meanwhile."""
        ...

    async def mark(self, papers: Collection[Paper], day: date) -> list[MarkedEnding]:
        """Mark every end that came to a threshold it is not marked with, but those answered; return these.

        Meant are students and employees of the roster who study, work or are on leave.
        """
        ...

    async def foresee(self, papers: Collection[Paper], day: date, *, on_the_day: bool) -> list[MarkedEnding]:
        """Return what `mark` would; `on_the_day`: only those that come to a threshold on this very day."""
        ...

    async def list_marked(self, papers: Collection[Paper], day: date) -> list[MarkedEnding]:
        """Return what was marked on a day and is still so: same last day, no answer."""
        ...

    async def list_officials(self, office: str, today: date) -> list[int]:
        """Return the accounts of who sits at an office: its registrars, head and employees, else the Study Office."""
        ...

    async def list_of_person(self, person_id: int) -> list[Ending]:
        """Return the papers of a person, by their last days."""
        ...

    async def list_near(
        self, papers: Collection[Paper], first: date, last: date, *, offset: int, limit: int
    ) -> tuple[list[Ending], int]:
        """Return papers with last days between two, the first to end first, and how many there are in all."""
        ...

    async def note_answer(self, person_id: int, paper: Paper, expires_on: date, now: datetime) -> None:
        """Note that the person has applied."""
        ...

    async def forget_answer(self, person_id: int, paper: Paper, expires_on: date) -> None:
        """Forget that the person has applied."""
        ...

    async def forget_before(self, day: date) -> int:
        """Forget marks, answers and sweeps of what ended before a day; return how many marks."""
        ...


class ManyNotices(Protocol):
    """The outbox, for many at once."""

    async def add_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Leave notices that are due at once; return how many, without those whose occasion was told before."""
        ...


class ExpiriesUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def expiries(self) -> ExpiryRepository:
        """Papers that end."""
        ...

    @property
    def outbox(self) -> ManyNotices:
        """Where messages are left."""
        ...
