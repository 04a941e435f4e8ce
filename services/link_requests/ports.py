"""What this feature needs from storage."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.link_requests.dto import Candidate, LinkRequest, RequestState, TypedFacts
from services.linking.ports import LinkingUnitOfWork


class LinkRequestRepository(Protocol):
    """Requests, and the people who may be meant by them."""

    async def add(self, account_id: int, facts: TypedFacts, now: datetime) -> int:
        """Write a request that waits; return its id."""
        ...

    async def find_waiting(self, account_id: int) -> LinkRequest | None:
        """Return the account's request that waits."""
        ...

    async def count_refused(self, account_id: int) -> int:
        """Return how many requests of the account were refused."""
        ...

    async def has_asked_since(self, account_id: int, since: datetime) -> bool:
        """Tell whether the account asked after this moment, and nobody answered that it was refused or linked."""
        ...

    async def list_told_since(self, since: datetime) -> frozenset[int]:
        """Return the officials who were told of a request after this moment."""
        ...

    async def find(self, request_id: int) -> LinkRequest | None:
        """Return a request."""
        ...

    async def lock(self, request_id: int) -> LinkRequest | None:
        """Return a request and keep it locked until the end of the transaction; after its account."""
        ...

    async def find_next(self, after: int) -> LinkRequest | None:
        """Return the oldest waiting request behind this one (0: of all)."""
        ...

    async def count_waiting(self) -> int:
        """Return how many requests wait."""
        ...

    async def decide(
        self,
        request_id: int,
        state: RequestState,
        now: datetime,
        *,
        by: int | None = None,
        person_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Write what became of a request."""
        ...

    async def forget_decided(self, before: datetime) -> int:
        """Delete requests that were decided or withdrawn before this; return how many."""
        ...

    async def list_candidates(
        self, number_key: str, group_key: str, words: Sequence[str], today: date
    ) -> list[Candidate]:
        """Return people who may be meant, some dozens at most.

        They have this number, or all or the first two of these words in the name, or one of them and this group.
        """
        ...

    async def find_candidate(self, person_id: int, today: date) -> Candidate | None:
        """Return one person of the roster, also one who has left it."""
        ...


class LinkRequestsUnitOfWork(LinkingUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def link_requests(self) -> LinkRequestRepository:
        """Requests."""
        ...
