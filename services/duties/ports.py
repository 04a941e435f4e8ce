"""What duties need from storage."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from services.attachments import KeptFiles
from services.delivery.dto import NewNotice
from services.duties.dto import Colleague, Concern, DutyKey, DutyReport, Extension, HistoryLine, NewReport
from services.duties.evidence_dto import EvidencePlace, KnownEvidence
from services.plans.ports import PlanRepository
from services.ports import Transaction


class DutyRepository(Protocol):
    """What units say about their duties; the item is locked before any of it is written."""

    async def list_concerns(self, units: Collection[str], names: Collection[str]) -> list[Concern]:
        """Return each time that an active item of an open plan is due which names one of `names`.

        With it come the shares of those names, and the duties of `units`.
        """
        ...

    async def put(self, instance_id: int, unit_code: str, values: Mapping[str, Any], now: datetime) -> tuple[int, int]:
        """Write columns of a duty, also its first ones; return its id and its version."""
        ...

    async def list_reports(self, duty_id: int) -> tuple[DutyReport, ...]:
        """Return the reports of a duty with their evidence, the newest first."""
        ...

    async def find_report_key(self, report_id: int) -> DutyKey | None:
        """Return to which duty a report belongs."""
        ...

    async def add_report(self, duty_id: int, report: NewReport, day: date, now: datetime, by: int | None) -> int:
        """Write a report without its evidence; return its id."""
        ...

    async def add_evidence(self, report_id: int, evidence: KnownEvidence, file_id: int | None) -> None:
        """Write a piece of evidence."""
        ...

    async def delete_report(self, report_id: int) -> None:
        """Delete a report and what was put beside it."""
        ...

    async def count_said(self, item_id: int) -> int:
        """Return how much of what an item counts was reported, without what was returned."""
        ...

    async def find_extension(self, duty_id: int) -> Extension | None:
        """Return the last wish for another day."""
        ...

    async def add_extension(self, duty_id: int, wanted: date, reason: str, now: datetime, by: int | None) -> None:
        """Write a wish for another day."""
        ...

    async def list_colleagues(self, unit_code: str, today: date) -> list[Colleague]:
        """Return the people who speak for a unit today and have an account, by name."""
        ...

    async def list_history(self, item_id: int, *, offset: int, limit: int) -> tuple[list[HistoryLine], int]:
        """Return a part of an item's history, the newest first, and how much there is in all; units by their codes."""
        ...

    async def find_evidence(self, evidence_id: int) -> EvidencePlace | None:
        """Return where a piece of evidence lies."""
        ...


class Outbox(Protocol):
    """Where messages are left."""

    async def add(self, notice: NewNotice, now: datetime) -> bool:
        """Leave a notice; False if its occasion was told before."""
        ...


class DutiesUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def plans(self) -> PlanRepository:
        """Plans and their items."""
        ...

    @property
    def duties(self) -> DutyRepository:
        """What units say."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Files that people sent."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Where messages are left."""
        ...
