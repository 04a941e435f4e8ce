"""Corrections of the roster's facts by officials."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.corrections.dto import Correction, CorrectionEnd, Fact
from services.db.models import PersonCorrection

_COLUMNS = (
    PersonCorrection.id, PersonCorrection.person_id, PersonCorrection.fact, PersonCorrection.roster_value,
    PersonCorrection.value, PersonCorrection.corrected_at,
)  # fmt: skip


class SqlCorrectionRepository:
    """Corrections in force."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, correction_id: int) -> Correction | None:
        """Return a correction that is in force."""
        found = await self._list(PersonCorrection.id == correction_id)
        return found[0] if found else None

    async def list_of_person(self, person_id: int) -> tuple[Correction, ...]:
        """Return what is in force for a person, in the order of the facts' names."""
        return await self._list(PersonCorrection.person_id == person_id)

    async def put(
        self, person_id: int, fact: Fact, roster_value: str, value: str, now: datetime, by: int | None
    ) -> Correction:
        """Write a correction, or another value into the one in force; that one keeps its `roster_value`."""
        statement = insert(PersonCorrection).values(
            person_id=person_id,
            fact=fact.value,
            roster_value=roster_value,
            value=value,
            corrected_at=now,
            corrected_by=by,
        )
        written = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "fact"],
                index_where=text("ended_at is null"),
                set_={"value": value, "corrected_at": now, "corrected_by": by},
            ).returning(*_COLUMNS)
        )
        return _correction(written.one())

    async def end(self, correction_id: int, now: datetime, how: CorrectionEnd) -> None:
        """End a correction."""
        await self._connection.execute(
            update(PersonCorrection)
            .where(PersonCorrection.id == correction_id, PersonCorrection.ended_at.is_(None))
            .values(ended_at=now, ended_how=how.value)
        )

    async def _list(self, condition: ColumnElement[bool]) -> tuple[Correction, ...]:
        rows = await self._connection.execute(
            select(*_COLUMNS).where(condition, PersonCorrection.ended_at.is_(None)).order_by(PersonCorrection.fact)
        )
        return tuple(_correction(row) for row in rows if row.fact in set(Fact))


def _correction(row: Iterable[Any]) -> Correction:
    correction_id, person_id, fact, roster_value, value, corrected_at = row
    return Correction(
        id=correction_id,
        person_id=person_id,
        fact=Fact(fact),
        roster_value=roster_value,
        value=value,
        corrected_at=corrected_at,
    )
