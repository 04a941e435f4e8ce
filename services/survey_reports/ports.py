"""What results of surveys need from storage."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from services.audit.ports import AuditLog
from services.delivery.ports import Broadcasts
from services.ports import Transaction
from services.survey_reports.text_dto import TextCount, WrittenText
from services.surveys.ports import SurveyRepository
from services.units.dto import UnitEntry


class SurveyReportRepository(Protocol):
    """Replies and free answers of closed surveys."""

    async def list_replies(self, survey_id: int) -> Sequence[tuple[str, str]]:
        """Return every reply's stratum and its answers as JSON, by one statement."""
        ...

    async def list_named_replies(self, survey_id: int) -> Sequence[tuple[str, str]]:
        """Return the same of answers that are kept with names, without the names."""
        ...

    async def count_texts(self, survey_id: int) -> list[TextCount]:
        """Return by item and stratum how many free answers there are in each state."""
        ...

    async def find_text(self, text_id: UUID) -> WrittenText | None:
        """Return a free answer."""
        ...

    async def find_waiting(self, survey_id: int, item: str, stratum: str) -> WrittenText | None:
        """Return one that nobody has looked at yet, by its random key."""
        ...

    async def list_shown(
        self, survey_id: int, item: str, stratum: str, *, offset: int = 0, limit: int | None = None
    ) -> list[str]:
        """Return what readers may see, by its random key, which is an order without a meaning."""
        ...

    async def list_names(self) -> list[str]:
        """Return the names of everybody who is or was in the roster, which free answers should not show."""
        ...

    async def decide(self, text_id: UUID, state: str, shown: str) -> bool:
        """Write a person's decision; False unless the free answer waits for one."""
        ...

    async def add_sending(self, survey_id: int, kind: str, day: date) -> bool:
        """Note that something went out; False if it did before."""
        ...

    async def was_sent(self, survey_id: int, kind: str) -> bool:
        """Tell whether something went out."""
        ...

    async def freeze_asked(self, survey_id: int, notice_id: int) -> int:
        """Write a delivery for every linked account of those who were asked, whoever of them took part; count them."""
        ...

    async def count_asked(self, survey_id: int) -> int:
        """Return how many linked accounts those who were asked have."""
        ...

    async def find_unit_of(self, person_id: int) -> str:
        """Return the code of the unit in which the roster has a person; empty if it is unknown."""
        ...


class Units(Protocol):
    """The directory."""

    async def list_entries(self) -> list[UnitEntry]:
        """Return all, as entries."""
        ...


class SurveyReportsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def surveys(self) -> SurveyRepository:
        """Surveys."""
        ...

    @property
    def survey_reports(self) -> SurveyReportRepository:
        """Replies and free answers of closed surveys."""
        ...

    @property
    def units(self) -> Units:
        """The directory."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Notices for many."""
        ...

    @property
    def audit(self) -> AuditLog:
        """The audit."""
        ...
