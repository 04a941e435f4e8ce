"""What writing questionnaires needs from storage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from services.audit.ports import AuditLog
from services.ports import Transaction
from services.questionnaires.draft_dto import StoredDraft
from services.questionnaires.dto import KnownQuestionnaire, Questionnaire


class EditionRepository(Protocol):
    """Editions of the library."""

    async def list_questionnaires(self) -> list[KnownQuestionnaire]:
        """Return all editions: by code, the newest revision first."""
        ...

    async def find_questionnaire(self, questionnaire_id: int) -> KnownQuestionnaire | None:
        """Return an edition."""
        ...


class QuestionnaireDraftRepository(Protocol):
    """Questionnaires that are being written."""

    async def list_drafts(self) -> list[StoredDraft]:
        """Return all drafts, the newest first."""
        ...

    async def lock_drafts(self) -> None:
        """Let others who finish a draft wait until the end of the transaction."""
        ...

    async def lock_draft(self, draft_id: int) -> StoredDraft | None:
        """Return a draft and keep it locked until the end of the transaction."""
        ...

    async def find_draft(self, draft_id: int) -> StoredDraft | None:
        """Return a draft."""
        ...

    async def add_draft(self, questionnaire: Questionnaire, now: datetime, by: int | None) -> int:
        """Write a draft; return its id."""
        ...

    async def put_draft(self, draft: StoredDraft) -> None:
        """Write a draft as it is now."""
        ...

    async def finish_draft(self, draft_id: int, body: Mapping[str, Any], now: datetime, by: int | None) -> None:
        """Make a draft an edition of the library.

        Raises:
            QuestionnaireCodeTaken: there is one of this code and revision; the transaction is lost.
        """
        ...

    async def delete_draft(self, draft_id: int) -> None:
        """Delete a draft."""
        ...


class QuestionnairesUnitOfWork(Transaction, Protocol):
    """A unit of work on the library."""

    @property
    def surveys(self) -> EditionRepository:
        """Editions."""
        ...

    @property
    def questionnaire_drafts(self) -> QuestionnaireDraftRepository:
        """Drafts."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Who did what."""
        ...
