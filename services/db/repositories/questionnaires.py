"""Questionnaires that are being written in the chat.

Their `body` is no file yet: it has the version and the file as far as it is written.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import QuestionnaireRow
from services.questionnaires.draft_dto import StoredDraft
from services.questionnaires.dto import Questionnaire
from services.questionnaires.errors import QuestionnaireCodeTaken
from services.questionnaires.reading import look_over
from services.questionnaires.writing import source_of

_DRAFTS = select(QuestionnaireRow.id, QuestionnaireRow.body).where(QuestionnaireRow.draft)


class SqlQuestionnaireDraftRepository:
    """Drafts beside the library's editions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_drafts(self) -> list[StoredDraft]:
        """Return all drafts, the newest first."""
        rows = await self._connection.execute(_DRAFTS.order_by(QuestionnaireRow.id.desc()))
        return [_draft(row) for row in rows]

    async def lock_drafts(self) -> None:
        """Let others who bring editions into the library, from drafts or from files, wait until the end of it all."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.SURVEYS)))
        await self._connection.execute(_DRAFTS.order_by(QuestionnaireRow.id).with_for_update())

    async def lock_draft(self, draft_id: int) -> StoredDraft | None:
        """Return a draft and keep it locked until the end of the transaction."""
        return await self._find(_DRAFTS.where(QuestionnaireRow.id == draft_id).with_for_update())

    async def find_draft(self, draft_id: int) -> StoredDraft | None:
        """Return a draft."""
        return await self._find(_DRAFTS.where(QuestionnaireRow.id == draft_id))

    async def add_draft(self, questionnaire: Questionnaire, now: datetime, by: int | None) -> int:
        """Write a draft; return its id."""
        values = {**_columns(questionnaire, version=1), "draft": True, "created_at": now, "created_by": by}
        added = await self._connection.execute(insert(QuestionnaireRow).values(values).returning(QuestionnaireRow.id))
        return added.scalar_one()

    async def put_draft(self, draft: StoredDraft) -> None:
        """Write a draft as it is now."""
        values = _columns(draft.questionnaire, version=draft.version)
        await self._connection.execute(_of(draft.id).values(values))

    async def finish_draft(self, draft_id: int, body: Mapping[str, Any], now: datetime, by: int | None) -> None:
        """Make a draft an edition of the library.

        Raises:
            QuestionnaireCodeTaken: there is one of this code and revision; the transaction is lost.
        """
        values = {"body": dict(body), "code": body["id"], "revision": body["revision"]}
        statement = _of(draft_id).values({**values, "draft": False, "created_at": now, "created_by": by})
        try:
            await self._connection.execute(statement)
        except IntegrityError as error:
            raise QuestionnaireCodeTaken(body["id"]) from error

    async def delete_draft(self, draft_id: int) -> None:
        """Delete a draft."""
        await self._connection.execute(
            delete(QuestionnaireRow).where(QuestionnaireRow.id == draft_id, QuestionnaireRow.draft)
        )

    async def _find(self, statement: Select[Any]) -> StoredDraft | None:
        row = (await self._connection.execute(statement)).first()
        return _draft(row) if row is not None else None


def _of(draft_id: int) -> Update:
    return update(QuestionnaireRow).where(QuestionnaireRow.id == draft_id, QuestionnaireRow.draft)


def _columns(questionnaire: Questionnaire, *, version: int) -> dict[str, Any]:
    body = {"version": version, "source": source_of(questionnaire)}
    return {"code": questionnaire.code, "revision": questionnaire.revision, "body": body}


def _draft(row: Any) -> StoredDraft:  # noqa: ANN401 -- a row of the table
    questionnaire, _faults = look_over(row.body["source"])
    return StoredDraft(id=row.id, version=row.body["version"], questionnaire=questionnaire)
