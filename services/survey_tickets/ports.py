"""What tickets and the page need from storage and from whoever prints."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from services.audit.ports import AuditLog
from services.ports import Transaction
from services.survey_tickets.dto import TicketSheet
from services.surveys.ports import SurveyRepository


class TicketRepository(Protocol):
    """Tickets that can still be used, by their hash, and sealed replies."""

    async def add_tickets(self, survey_id: int, stratum: str, hashes: Collection[bytes]) -> int:
        """Keep tickets of a group, and return how many were printed for it by now.

        All unused tickets of the survey are written anew in the order of their hashes: how they lie tells no sheet.
        The survey is held (`hold_open`), so that nobody else does so at the same time.
        """
        ...

    async def find_ticket(self, key: bytes) -> int | None:
        """Return the id of the open survey that a ticket is for; None for a used, an unknown and a late one."""
        ...

    async def find_link(self, token: str) -> int | None:
        """Return the id of the open survey that an open link is for."""
        ...

    async def use_ticket(self, key: bytes) -> tuple[int, str] | None:
        """Delete a ticket of a survey that is open, and stays so until the commit; return the survey and the group."""
        ...

    async def hold_link(self, token: str) -> int | None:
        """Return the id of the open survey that an open link is for, and keep it open until the commit."""
        ...

    async def hold_open(self, survey_id: int) -> bool:
        """Tell whether a survey is open; until the commit it stays so, and nobody else makes tickets for it."""
        ...

    async def add_sealed(self, survey_id: int, reply_id: UUID, body: bytes) -> None:
        """Keep a sealed reply."""
        ...


class SurveyTicketsUnitOfWork(Transaction, Protocol):
    """Surveys, their tickets and sealed replies in one transaction."""

    @property
    def surveys(self) -> SurveyRepository:
        """Surveys."""
        ...

    @property
    def survey_tickets(self) -> TicketRepository:
        """Tickets and sealed replies."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Acts of officials."""
        ...


class TicketPrinter(Protocol):
    """Puts tickets on paper."""

    async def draw(self, sheet: TicketSheet) -> bytes:
        """Return a PDF of tickets to be cut apart."""
        ...
