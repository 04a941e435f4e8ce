"""What the register needs from storage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.ports import Transaction
from services.register.dto import Course, Head, LastNumber, Recorded, RegisterEntry, RegisterEvent, Tail
from services.register.rules import What


class RegisterChain(Protocol):
    """Where a fact about a certificate is entered, in the transaction of the fact.

    The end of the chain is locked until the end of the transaction. Whoever needs other locks takes them before: the
    row of the series, the rows of certificates; messages come after.
    """

    async def append(
        self, event: RegisterEvent, number: str, salt: bytes | None, what: What, at: datetime
    ) -> RegisterEntry:
        """Append an entry.

        `what`: as `services.register.rules` words the event. `at`: the very moment that the certificate's row has for
        it (`issued_at` at its issue, `status_at` when it is revoked or replaced), for an audit compares them.
        """
        ...

    async def find_salt(self, number: str) -> bytes | None:
        """Return the salt of a certificate; None if it was erased."""
        ...


class RegisterReader(RegisterChain, Protocol):
    """The chain as an audit reads it, piece by piece."""

    async def list_entries(self, after: int, limit: int) -> Sequence[tuple[RegisterEntry, Recorded | None]]:
        """Return the entries behind a number, in order, with the certificates that they are about."""
        ...

    async def list_courses(self, after: int, limit: int) -> Sequence[Course]:
        """Return the certificates behind an id, in order."""
        ...

    async def list_heads(self) -> Sequence[Head]:
        """Return the heads of all days, in order, with what the chain says there now."""
        ...

    async def find_by_hash(self, digest: bytes) -> RegisterEntry | None:
        """Return an entry by its hash."""
        ...

    async def erase(self, certificate_ids: Collection[int], now: datetime) -> Sequence[str]:
        """Delete salt, facts, paper and the bytes of files; returns the numbers of those that had them, in order."""
        ...

    async def find_certificates_of(self, person_no: str) -> tuple[int, Sequence[int]] | None:
        """Return a person of the roster by the number, in any spelling, and the ids of their certificates."""
        ...

    async def erase_wishes(self, person_id: int, now: datetime) -> int:
        """Delete what requests, reports and batches say of a person; returns how many requests and reports.

        Open ones end as withdrawn.
        """
        ...


class HeadRepository(Protocol):
    """The heads of the days."""

    async def find_last_day(self) -> date | None:
        """Return the last day that has a head."""
        ...

    async def find_tail(self, before: datetime) -> Tail | None:
        """Return the last entry of before a moment."""
        ...

    async def add(self, day: date, tail: Tail) -> None:
        """Write the head of a day, unless it has one."""
        ...

    async def find_unposted(self, since: date) -> Head | None:
        """Return the oldest head of a day, from this one on, that is not known to be posted."""
        ...

    async def note_posted(self, day: date, at: datetime) -> None:
        """Note that the head of a day was posted."""
        ...


class FenceRepository(Protocol):
    """The one row that says whether numbers are given."""

    async def halt(self, now: datetime) -> None:
        """Let no number be given."""
        ...

    async def find_halted(self) -> datetime | None:
        """Return since when no numbers are given."""
        ...

    async def lift(self) -> datetime | None:
        """Let numbers be given; returns since when none were, None if they were."""
        ...

    async def get_last(self, year: int) -> LastNumber:
        """Return the greatest number of a year, by the series, the certificates and the chain."""
        ...

    async def reach(self, year: int, serial: int) -> None:
        """Let the series go on behind this number at least."""
        ...


class RegisterUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def register(self) -> RegisterReader:
        """The chain."""
        ...

    @property
    def heads(self) -> HeadRepository:
        """The heads of the days."""
        ...

    @property
    def fence(self) -> FenceRepository:
        """Whether numbers are given."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...
