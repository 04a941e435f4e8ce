"""What reports need from storage."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from services.attachments import KeptFiles
from services.certificates.ports import CertificateReports, CertificatesUnitOfWork
from services.corrections.ports import CorrectedPeople, CorrectionRepository
from services.reports.dto import NewReport, Report, ReportState


class ReportRepository(CertificateReports, Protocol):
    """Reports of wrong facts."""

    async def add(self, report: NewReport) -> int | None:
        """Write a report; None if this fact of the certificate waits already."""
        ...

    async def find(self, report_id: int) -> Report | None:
        """Return a report."""
        ...

    async def take(self, report_id: int) -> Report | None:
        """Return a report that nobody else changes until the end of the transaction."""
        ...

    async def count_open(self, desks: Collection[str]) -> int:
        """Return how many reports of these desks are undecided."""
        ...

    async def list_open(self, desks: Collection[str], offset: int, limit: int) -> list[Report]:
        """Return a part of the undecided reports of these desks, the oldest first."""
        ...

    async def set_state(self, report_id: int, state: ReportState) -> None:
        """Write how far a report is."""
        ...

    async def add_document(self, report_id: int, file_id: int) -> None:
        """Put a kept file beside the report, in place of an earlier one."""
        ...

    async def decide(self, report: Report, now: datetime, by: int | None, new_certificate_id: int | None) -> None:
        """Write the end of a report: its state, `decided_value` and `refusal`."""
        ...


class ReportsUnitOfWork(CertificatesUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def reports(self) -> ReportRepository:
        """Reports."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Files that people sent."""
        ...

    @property
    def corrections(self) -> CorrectionRepository:
        """Corrections over the roster."""
        ...

    @property
    def people(self) -> CorrectedPeople:
        """People."""
        ...
