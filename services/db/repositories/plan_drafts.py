"""Files of plans that wait for their review."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import PlanDraft
from services.deadlines.dto import AcademicYear
from services.plan_import import dto
from services.plan_import.dto import Decision


class SqlPlanDraftRepository:
    """One draft an account at most."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, account_id: int, draft: dto.NewDraft, now: datetime) -> int:
        """Keep a file instead of whatever the account kept; return its id."""
        await self._connection.execute(delete(PlanDraft).where(PlanDraft.account_id == account_id))
        values = {
            "account_id": account_id,
            "year": draft.year.first,
            "name": draft.name,
            "file_name": draft.file_name,
            "content": draft.content,
            "sent_at": now,
        }
        written = await self._connection.execute(insert(PlanDraft).values(values).returning(PlanDraft.id))
        draft_id: int = written.scalar_one()
        return draft_id

    async def find(self, account_id: int, draft_id: int | None, since: datetime) -> dto.PlanDraft | None:
        """Return the account's draft, if it is the one asked for and was brought since then."""
        statement = select(PlanDraft.__table__).where(PlanDraft.account_id == account_id, PlanDraft.sent_at >= since)
        if draft_id is not None:
            statement = statement.where(PlanDraft.id == draft_id)
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        return dto.PlanDraft(
            id=row.id,
            year=AcademicYear(row.year),
            name=row.name,
            file_name=row.file_name,
            content=row.content,
            decisions={key: _decision(document) for key, document in row.decisions.items()},
            digest=row.digest,
            version=row.version,
        )

    async def waits(self, account_id: int, since: datetime) -> bool:
        """Tell whether the account has a draft that was brought since then."""
        found = select(exists().where(PlanDraft.account_id == account_id, PlanDraft.sent_at >= since))
        return bool((await self._connection.execute(found)).scalar_one())

    async def decide(
        self, draft_id: int, version: int, decisions: Mapping[str, Decision], digest: bytes | None
    ) -> bool:
        """Keep decisions made on this version of a draft; False if it has another by now."""
        kept = await self._connection.execute(
            update(PlanDraft)
            .where(PlanDraft.id == draft_id, PlanDraft.version == version)
            .values(
                decisions={key: _document(decision) for key, decision in decisions.items()},
                digest=digest,
                version=version + 1,
            )
        )
        return kept.rowcount == 1

    async def delete(self, account_id: int, draft_id: int) -> bool:
        """Forget a draft; False if there is none."""
        gone = await self._connection.execute(
            delete(PlanDraft).where(PlanDraft.account_id == account_id, PlanDraft.id == draft_id)
        )
        return gone.rowcount == 1

    async def forget(self, before: datetime) -> int:
        """Forget drafts brought before a moment; return how many."""
        return (await self._connection.execute(delete(PlanDraft).where(PlanDraft.sent_at < before))).rowcount


def _document(decision: Decision) -> dict[str, Any]:
    return {
        "dates": None if decision.dates is None else [day.isoformat() for day in decision.dates],
        "confirmed": decision.confirmed,
        "pieces": {text: list(codes) for text, codes in decision.pieces.items()},
        "codes": None if decision.codes is None else list(decision.codes),
        "left_out": decision.left_out,
        "passed": decision.passed,
    }


def _decision(document: dict[str, Any]) -> Decision:
    dates, codes = document["dates"], document["codes"]
    return Decision(
        dates=None if dates is None else tuple(date.fromisoformat(day) for day in dates),
        confirmed=document["confirmed"],
        pieces={text: tuple(given) for text, given in document["pieces"].items()},
        codes=None if codes is None else tuple(codes),
        left_out=document["left_out"],
        passed=document["passed"],
    )
