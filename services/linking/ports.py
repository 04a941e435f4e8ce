"""What this feature needs from storage."""

from datetime import datetime
from typing import Protocol

from services.access import LinkedPerson
from services.audit.ports import AuditLog
from services.delivery.ports import Outbox
from services.linking.dto import Attempts, LinkCodeRecord, LinkEnd, LinkWay
from services.ports import Transaction


class LinkRepository(Protocol):
    """Codes, attempts, and which account belongs to whom."""

    async def find_person(self, person_no: str) -> LinkedPerson | None:
        """Return somebody who is in the roster now; nobody else gives or uses a code of theirs meanwhile."""
        ...

    async def add_code(
        self, person_id: int, payload_digest: bytes, typed_digest: bytes, created_at: datetime, expires_at: datetime
    ) -> None:
        """Store a code; the person's earlier unused codes stop working."""
        ...

    async def lock_code(self, digest: bytes) -> LinkCodeRecord | None:
        """Return the code and keep it and its person locked until the end of the transaction."""
        ...

    async def use_code(self, code_id: int, account_id: int, now: datetime) -> None:
        """Mark a code as used."""
        ...

    async def lock_attempts(self, account_id: int) -> Attempts:
        """Return the account's wrong tries and keep them locked until the end of the transaction."""
        ...

    async def set_attempts(self, account_id: int, attempts: Attempts) -> None:
        """Write the account's wrong tries."""
        ...

    async def unlink_person(self, person_id: int, now: datetime, how: LinkEnd) -> int | None:
        """Part the person from their account; return that account."""
        ...

    async def link(
        self,
        account_id: int,
        person_id: int,
        now: datetime,
        *,
        way: LinkWay = LinkWay.CODE,
        by: int | None = None,
        former: int | None = None,
    ) -> int:
        """Join an account and a person; roles that waited for the person's account are this account's from now on.

        `by`: the official who did it. `former`: the account whose place it takes. Returns the link's id.
        """
        ...


class LinkingUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def links(self) -> LinkRepository:
        """Links."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What officials did, and people with their own links."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...
