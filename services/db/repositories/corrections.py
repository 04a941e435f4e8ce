"""Corrections of the roster's facts by officials."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.corrections.dto import Correction, CorrectionEnd, Fact, ListedCorrection
from services.db.models import Person, PersonCorrection
from services.people.rules import full_name

_COLUMNS = (
    PersonCorrection.id, PersonCorrection.person_id, PersonCorrection.fact, PersonCorrection.roster_value,
    PersonCorrection.value, PersonCorrection.corrected_at,
)  # fmt: skip
_IN_FORCE = PersonCorrection.ended_at.is_(None)


class SqlCorrectionRepository:
    """Corrections: one at a time as officials make them, all of them as an import respects them."""

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
            .where(PersonCorrection.id == correction_id, _IN_FORCE)
            .values(ended_at=now, ended_how=how.value)
        )

    async def list_in_force(self) -> Sequence[Correction]:
        """Return all corrections in force."""
        return await self._list()

    async def list_for_source(self) -> list[ListedCorrection]:
        """Return all corrections in force with the people they are about, in the order of the roster."""
        rows = await self._connection.execute(
            select(
                Person.person_no,
                Person.last_name,
                Person.first_name,
                Person.patronymic,
                PersonCorrection.fact,
                PersonCorrection.roster_value,
                PersonCorrection.value,
                PersonCorrection.corrected_at,
            )
            .join(Person, Person.id == PersonCorrection.person_id)
            .where(_IN_FORCE)
            .order_by(Person.sort_key, Person.id, PersonCorrection.id)
        )
        return [
            ListedCorrection(
                person_no=person_no,
                full_name=full_name(last_name, first_name, patronymic),
                fact=fact,
                roster_value=roster_value,
                value=value,
                corrected_at=corrected_at,
            )
            for person_no, last_name, first_name, patronymic, fact, roster_value, value, corrected_at in rows
        ]

    async def count(self) -> int:
        """Return how many corrections are in force."""
        counted = select(func.count()).select_from(PersonCorrection).where(_IN_FORCE)
        return (await self._connection.execute(counted)).scalar_one()

    async def note_told(self, roster_values: Mapping[int, str]) -> None:
        """Note what the source says now, by the correction's id."""
        for correction_id, told in roster_values.items():
            statement = update(PersonCorrection).where(PersonCorrection.id == correction_id)
            await self._connection.execute(statement.values(roster_value=told))

    async def adopt(self, correction_ids: Sequence[int], now: datetime) -> None:
        """End corrections that the source has taken over."""
        if correction_ids:
            statement = update(PersonCorrection).where(PersonCorrection.id.in_(correction_ids))
            await self._connection.execute(statement.values(ended_at=now, ended_how=CorrectionEnd.ADOPTED.value))

    async def revive(self, person_ids: Sequence[int], adopted_at: datetime) -> None:
        """Put corrections in force again that ended as adopted at this moment, unless a newer one is in force."""
        newer = aliased(PersonCorrection)
        same_fact = (newer.person_id == PersonCorrection.person_id, newer.fact == PersonCorrection.fact)
        await self._connection.execute(
            update(PersonCorrection)
            .where(
                PersonCorrection.person_id == func.any(bindparam("ids", type_=ARRAY(BigInteger))),
                PersonCorrection.ended_at == adopted_at,
                PersonCorrection.ended_how == CorrectionEnd.ADOPTED.value,
                ~select(newer.id).where(*same_fact, newer.ended_at.is_(None)).exists(),
            )
            .values(ended_at=None, ended_how=None),
            {"ids": list(person_ids)},
        )

    async def _list(self, *conditions: ColumnElement[bool]) -> tuple[Correction, ...]:
        rows = await self._connection.execute(
            select(*_COLUMNS).where(*conditions, _IN_FORCE).order_by(PersonCorrection.fact)
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
