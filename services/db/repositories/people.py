"""People of the roster."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.db.locks import AdvisoryLock
from services.db.models import Person
from services.people.dto import PersonKind, PersonStatus, RosterEntry, StoredPerson
from services.people.rules import full_name, group_key, number_key, phone_keys, search_words
from services.spelling import sort_key

#: The facts of a person, in the order of `RosterEntry`.
ENTRY_COLUMNS = tuple(Person.__table__.c[field.name] for field in fields(RosterEntry))
_ENTRY_NAMES = tuple(column.name for column in ENTRY_COLUMNS)
_PERSON = select(Person.id, Person.absent_since, *ENTRY_COLUMNS)
_KINDS, _STATUSES = {kind.value: kind for kind in PersonKind}, {status.value: status for status in PersonStatus}
# A key with a space and the person's id behind it: the number has another spelling, and somebody else is found by it.
_SECOND = "% %"
_BATCH = 1_000


class SqlPeopleRepository:
    """People by number and by kind."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_roster(self) -> None:
        """Let no other import run until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.ROSTER)))

    async def list_for_import(self, kinds: Sequence[PersonKind], keys: Sequence[str]) -> list[StoredPerson]:
        """Return everybody of these kinds or with these numbers' keys, the absent ones too."""
        wanted = or_(
            Person.kind.in_([kind.value for kind in kinds]),
            _number(Person).in_(select(func.unnest(bindparam("keys", type_=ARRAY(Text))))),
        )
        rows = (await self._connection.execute(_PERSON.where(wanted), {"keys": list(keys)})).all()
        return await asyncio.to_thread(lambda: [person_of(row) for row in rows])  # others are served meanwhile

    async def list_by_ids(self, person_ids: Sequence[int]) -> list[StoredPerson]:
        """Return these people."""
        listed = Person.id == func.any(bindparam("ids", type_=ARRAY(BigInteger)))
        rows = await self._connection.execute(_PERSON.where(listed), {"ids": list(person_ids)})
        return [person_of(row) for row in rows]

    async def share_roster(self) -> bool:
        """Keep imports waiting until the end of the transaction; False if one is at work now."""
        shared = await self._connection.scalar(select(func.pg_try_advisory_xact_lock_shared(AdvisoryLock.ROSTER)))
        return bool(shared)

    async def find_by_number(self, person_no: str) -> StoredPerson | None:
        """Return one person, however the number is spelt."""
        return await self._find(_PERSON.where(Person.number_key == number_key(person_no)))

    async def find(self, person_id: int) -> StoredPerson | None:
        """Return one person."""
        return await self._find(_PERSON.where(Person.id == person_id))

    async def lock(self, person_id: int) -> StoredPerson | None:
        """Return a person whom nobody else changes until the end of the transaction."""
        return await self._find(_PERSON.where(Person.id == person_id).with_for_update(key_share=True))

    async def name_groups(self, keys: Collection[str]) -> dict[str, str]:
        """Return the groups with these keys that somebody of the roster is in now, as the roster spells them."""
        rows = await self._connection.execute(
            select(Person.group_key, func.min(Person.group_name))
            .where(Person.group_key.in_(keys), Person.group_key != "", Person.absent_since.is_(None))
            .group_by(Person.group_key)
        )
        return {row[0]: row[1] for row in rows}

    async def rewrite(self, person_id: int, entry: RosterEntry) -> None:
        """Write a person's facts anew; their unit, and whether they are in the roster, stay."""
        values = _values(entry, {})
        del values["unit_id"]
        values["number_key"] = _kept_key(literal(values["number_key"]))
        await self._connection.execute(update(Person).where(Person.id == person_id).values(values))

    async def count_present(self) -> dict[PersonKind, int]:
        """Return how many people of each kind the roster has now."""
        counts = select(Person.kind, func.count()).where(Person.absent_since.is_(None)).group_by(Person.kind)
        found = {PersonKind(kind): count for kind, count in await self._connection.execute(counts)}
        return {kind: found.get(kind, 0) for kind in PersonKind}

    async def add(self, entries: Sequence[RosterEntry], units: Mapping[str, int]) -> None:
        """Write new people."""
        for start in range(0, len(entries), _BATCH):
            values = [_values(entry, units) for entry in entries[start : start + _BATCH]]
            await self._connection.execute(insert(Person), values)

    async def change(self, entries: Mapping[int, RosterEntry], units: Mapping[str, int]) -> None:
        """Write people anew by id."""
        if not entries:
            return
        values = [_values(entry, units) | {"absent_since": None, "row_id": key} for key, entry in entries.items()]
        columns: dict[str, Any] = {name: bindparam(name) for name in values[0] if name != "row_id"}
        columns["number_key"] = _kept_key(bindparam("number_key", type_=Text))
        people = cast("Table", Person.__table__)
        await self._connection.execute(
            update(people).where(people.c.id == bindparam("row_id")).values(columns),
            values,
        )

    async def mark_absent(self, person_ids: Sequence[int], now: datetime) -> None:
        """Mark people who are no longer in the roster."""
        if person_ids:
            listed = Person.id == func.any(bindparam("ids", type_=ARRAY(BigInteger)))
            await self._connection.execute(
                update(Person).where(listed).values(absent_since=now), {"ids": list(person_ids)}
            )

    async def settle_keys(self) -> None:
        """Let whoever is present be found by the number, where somebody absent has it in another spelling."""
        other = aliased(Person)
        waiting = select(_number(other)).where(other.number_key.like(_SECOND), other.absent_since.is_(None))
        await self._connection.execute(
            update(Person)
            .where(Person.absent_since.is_not(None), Person.number_key.in_(waiting))
            .values(number_key=func.concat(Person.number_key, " ", Person.id))
        )
        first = (
            select(func.min(other.id))
            .where(_number(other) == _number(Person), other.absent_since.is_(None))
            .scalar_subquery()
        )
        await self._connection.execute(
            update(Person)
            .where(
                Person.number_key.like(_SECOND),
                Person.id == first,
                ~select(other.id).where(other.number_key == _number(Person)).exists(),
            )
            .values(number_key=_number(Person))
        )

    async def _find(self, statement: Select[Any]) -> StoredPerson | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else person_of(row)

    async def count_with_unknown_unit(self) -> int:
        """Return how many people of the roster have a unit that no unit answers to."""
        unknown = (Person.unit != "", Person.unit_id.is_(None), Person.absent_since.is_(None))
        return (await self._connection.execute(select(func.count()).where(*unknown))).scalar_one()


def _number(person: type[Person]) -> ColumnElement[str]:
    """Return the number's key in the key of a person."""
    return func.split_part(person.number_key, " ", 1)


def _kept_key(key: ColumnElement[str]) -> ColumnElement[str]:
    """Return the key that a person has of this number already, or else this one."""
    return case((_number(Person) == key, Person.number_key), else_=key)


def _values(entry: RosterEntry, units: Mapping[str, int]) -> dict[str, Any]:
    name = full_name(entry.last_name, entry.first_name, entry.patronymic)
    return {fact: getattr(entry, fact) for fact in _ENTRY_NAMES} | {  # `dataclasses.asdict` copies every value
        "unit_id": units.get(entry.unit),
        "sort_key": sort_key(name),
        "number_key": number_key(entry.person_no),
        "group_key": group_key(entry.group_name),
        "phone_keys": phone_keys(entry.phone),
        "search": search_words(entry),
    }


def person_of(row: Iterable[Any]) -> StoredPerson:
    """Return the person of a row: id, since when absent, and `ENTRY_COLUMNS`."""
    person_id, absent_since, *values = tuple(row)
    return StoredPerson(id=person_id, entry=entry_of(values), absent_since=absent_since)


def entry_of(values: Iterable[Any]) -> RosterEntry:
    """Return the facts of a row: `ENTRY_COLUMNS`."""
    facts = dict(zip(_ENTRY_NAMES, values, strict=True))
    facts["kind"], facts["status"] = _KINDS[facts["kind"]], _STATUSES[facts["status"]]
    return RosterEntry(**facts)
