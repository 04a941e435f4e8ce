"""What talks need from storage."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.delivery.dto import NewNotice
from services.ports import Transaction
from services.trust.dto import DeskSlot, Officer, Slot, SlotState, Talk, TalkState, Topic


class TrustRepository(Protocol):
    """Times that officers offer, and talks. Officers are people, by their ids."""

    async def list_officers(self, now: datetime, today: date) -> list[Officer]:
        """Return who holds the role today and has free times, by name."""
        ...

    async def list_free(self, officer_id: int, now: datetime) -> list[Slot]:
        """Return an officer's times ahead that nobody has booked, the first one first."""
        ...

    async def lock_slot(self, slot_id: int) -> Slot | None:
        """Return a time; others who want it wait until the end of the transaction."""
        ...

    async def find_free(self, slot_id: int, now: datetime) -> Slot | None:
        """Return a time ahead, if nobody has booked it."""
        ...

    async def find_open(self, person_id: int, officer_id: int) -> Talk | None:
        """Return the talk that a person has booked with an officer."""
        ...

    async def book(self, slot: Slot, person_id: int, topic: Topic) -> int | None:
        """Write a talk; None if the time or the officer is booked already."""
        ...

    async def find_talk(self, talk_id: int) -> Talk | None:
        """Return a talk."""
        ...

    async def lock_talk(self, talk_id: int) -> Talk | None:
        """Return a talk; others who change it wait until the end of the transaction."""
        ...

    async def list_talks(self, person_id: int, now: datetime) -> list[Talk]:
        """Return the talks that a person has booked and that have not ended."""
        ...

    async def list_deserted(self, now: datetime, today: date) -> list[Talk]:
        """Return the talks ahead whose officer does not hold the role any more; others who ask pass over them."""
        ...

    async def end(self, talk_id: int, state: TalkState, now: datetime) -> None:
        """Note that a talk is cancelled."""
        ...

    async def find_account(self, person_id: int) -> int | None:
        """Return the account that a person can be told by."""
        ...

    async def find_officers_account(self, officer_id: int, today: date) -> int | None:
        """Return the account of an officer who holds the role today."""
        ...

    async def lock_officer(self, officer_id: int) -> None:
        """Let others who change the times of an officer wait until the end of the transaction."""
        ...

    async def list_slots(self, officer_id: int, since: datetime) -> list[DeskSlot]:
        """Return an officer's times that end after a moment, with whoever has booked them."""
        ...

    async def find_last_place(self, officer_id: int) -> str:
        """Return where the officer's newest times are; empty if there are none."""
        ...

    async def add_slots(self, officer_id: int, times: Sequence[tuple[datetime, datetime]], place: str) -> None:
        """Write times."""
        ...

    async def set_state(self, slot_id: int, state: SlotState) -> None:
        """Say whether a time can be booked."""
        ...

    async def forget(self, since: datetime, cancelled_before: datetime) -> int:
        """Forget times that began before a moment, their talks, those cancelled before the other one, what was told.

        Returns:
            How many talks.
        """
        ...


class Outbox(Protocol):
    """Where news are left."""

    async def add(self, notice: NewNotice, now: datetime) -> bool:
        """Leave a notice; False if its occasion was told before."""
        ...


class TrustUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def trust(self) -> TrustRepository:
        """Times and talks."""
        ...

    @property
    def outbox(self) -> Outbox:
        """News."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Acts of officers."""
        ...
