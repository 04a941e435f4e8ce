"""Who is meant by an audience, and lists of people."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, bindparam, delete, func, literal, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from services.audience.dto import (
    Audience,
    AudienceCount,
    AudienceSurvey,
    KeptList,
    KnownUnit,
    RosterMember,
    Term,
    TermKey,
)
from services.audience.names import FOREIGN, find_unit, is_citizenship, is_programme, with_sub_units
from services.db.models import Account, AudienceList, AudienceListPerson, Delivery, Person
from services.db.repositories.audience_terms import ENDED, LANGUAGE, Meanings, account, meant, meant_people, person
from services.db.repositories.audience_units import load_units
from services.languages import Language
from services.people.countries import is_foreign
from services.people.dto import PersonKind
from services.people.rules import group_key, number_key

T = TypeVar("T")

_PRESENT = Person.absent_since.is_(None)
_PROGRAMMES = (Person.programme_ky, Person.programme_ru, Person.programme_en)
_SAMPLE = 5


class SqlAudienceRepository:
    """Audiences are read anew each time: what their words stand for changes with the roster."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_unknown(self, audience: Audience) -> tuple[str, ...]:
        """Return what is named and does not exist."""
        meanings = await self._meanings(audience)
        known: dict[TermKey, Collection[str]] = {
            TermKey.UNIT: meanings.units,
            TermKey.PROGRAMME: meanings.programmes,
            TermKey.CITIZENSHIP: {FOREIGN, *meanings.citizenships},
            TermKey.GROUP: await self._existing(audience, TermKey.GROUP, Person.group_key, group_key, _PRESENT),
            TermKey.PERSON: await self._existing(audience, TermKey.PERSON, Person.number_key, number_key, _PRESENT),
            TermKey.LIST: await self._existing(audience, TermKey.LIST, AudienceList.name, str),
            TermKey.ACCOUNT: await self._existing(audience, TermKey.ACCOUNT, Account.telegram_id, int),
        }
        return tuple(
            dict.fromkeys(
                str(Term(key=term.key, values=(value,)))
                for term in audience.terms
                if term.key in known
                for value in term.values
                if value not in known[term.key]
            )
        )

    async def count(self, audience: Audience, today: date, category: str | None = None) -> AudienceCount:
        """Count who is meant."""
        meanings = await self._meanings(audience)
        counted = meant(audience, meanings, func.count(), func.count(account.blocked_at), category=category)
        recipients, unreachable = (await self._connection.execute(counted, {"today": today})).one()
        return AudienceCount(recipients=recipients, unreachable=unreachable)

    async def survey(
        self, audience: Audience, languages: Collection[Language], today: date, category: str | None = None
    ) -> AudienceSurvey:
        """Count who is meant and who of them has no text, and name some; one statement besides those of the words."""
        reader = (LANGUAGE.label("language"), person.kind, person.citizenship, account.blocked_at, person.id)
        everybody = meant(audience, await self._meanings(audience), *reader, category=category).cte("everybody")
        sort = (everybody.c.language, everybody.c.kind, everybody.c.citizenship)
        counted = select(*sort, func.count(), func.count(everybody.c.blocked_at), _some_names(everybody.c.id))
        rows = (await self._connection.execute(counted.group_by(*sort), {"today": today})).all()
        without = [row for row in rows if row.language not in languages]
        foreign = [row for row in without if row.kind == PersonKind.STUDENT.value and is_foreign(row.citizenship)]
        return AudienceSurvey(
            recipients=sum(row[3] for row in rows),
            unreachable=sum(row[4] for row in rows),
            names=tuple(rows[0][5] or ()) if rows else (),
            without_text=sum(row[3] for row in without),
            foreign_without_text=sum(row[3] for row in foreign),
        )

    async def freeze(
        self, audience: Audience, notice_id: int, today: date, category: str | None = None
    ) -> AudienceCount:
        """Write a delivery of the notice for everybody who is meant, in one statement."""
        meanings, notice = await self._meanings(audience), literal(notice_id, BigInteger)
        everybody = meant(audience, meanings, notice, account.telegram_id, ENDED, category=category)
        written = (
            plain_insert(Delivery)
            .from_select(["notice_id", "account_id", "ended"], everybody.order_by(account.telegram_id))
            .returning(Delivery.ended)
            .cte("written")
        )
        counted = select(func.count(), func.count(written.c.ended)).select_from(written)
        recipients, unreachable = (await self._connection.execute(counted, {"today": today})).one()
        return AudienceCount(recipients=recipients, unreachable=unreachable)

    async def includes(self, audience: Audience, account_id: int, today: date, category: str | None = None) -> bool:
        """Tell whether an account is meant now; only its own facts are looked at."""
        meanings = await self._meanings(audience, account_id)
        whose = account.telegram_id == account_id
        found = meant(audience, meanings, account.telegram_id, category=category).where(whose)
        return (await self._connection.scalar(found, {"today": today})) is not None

    async def list_members(self, audience: Audience, today: date) -> list[RosterMember]:
        """Return who of the roster is meant, linked or not."""
        asked = meant_people(audience, await self._meanings(audience), person.id, person.unit_id, person.course)
        rows = await self._connection.execute(asked.order_by(person.id), {"today": today})
        codes = {unit.id: unit.code for unit in await self.list_units()}
        return [
            RosterMember(person_id=person_id, unit_code=codes.get(unit_id, ""), course=course)
            for person_id, unit_id, course in rows
        ]

    async def list_units(self) -> list[KnownUnit]:
        """Return all units and posts."""
        return await load_units(self._connection)

    async def find_people(self, person_nos: Collection[str]) -> dict[str, int]:
        """Return the ids of those in the roster by the number as it was given."""
        keys = {number: number_key(number) for number in person_nos}
        rows = await self._connection.execute(
            select(Person.number_key, Person.id).where(
                Person.number_key == func.any(bindparam("keys", type_=ARRAY(Person.number_key.type))), _PRESENT
            ),
            {"keys": sorted(set(keys.values()))},
        )
        found = {row.number_key: row.id for row in rows}
        return {number: found[key] for number, key in keys.items() if key in found}

    async def put_list(self, name: str, person_ids: Sequence[int], by: int | None, now: datetime) -> int:
        """Make these people the whole list of this name."""
        brought = {"brought_at": now, "brought_by": by}
        put = (
            insert(AudienceList)
            .values(name=name, **brought)
            .on_conflict_do_update(index_elements=["name"], set_=brought)
        )
        list_id = (await self._connection.execute(put.returning(AudienceList.id))).scalar_one()
        await self._connection.execute(delete(AudienceListPerson).where(AudienceListPerson.list_id == list_id))
        everybody = func.unnest(bindparam("people", type_=ARRAY(BigInteger))).column_valued("person_id")
        await self._connection.execute(
            plain_insert(AudienceListPerson).from_select(
                ["list_id", "person_id"], select(literal(list_id, BigInteger), everybody)
            ),
            {"people": list(person_ids)},
        )
        return list_id

    async def list_lists(self) -> list[KeptList]:
        """Return all lists, by name."""
        rows = await self._connection.execute(
            select(AudienceList.name, func.count(AudienceListPerson.person_id), AudienceList.brought_at)
            .outerjoin(AudienceListPerson, AudienceListPerson.list_id == AudienceList.id)
            .group_by(AudienceList.id)
            .order_by(AudienceList.name)
        )
        return [KeptList(name=name, people=people, brought_at=brought_at) for name, people, brought_at in rows]

    async def drop_list(self, name: str) -> int | None:
        """Delete a list with whoever is on it."""
        dropped = delete(AudienceList).where(AudienceList.name == name).returning(AudienceList.id)
        return (await self._connection.execute(dropped)).scalar_one_or_none()

    async def _meanings(self, audience: Audience, account_id: int | None = None) -> Meanings:
        """Look up what the words stand for; with an account, only among its own facts, which is quicker."""
        units, programmes, citizenships = (
            _values(audience, key) for key in (TermKey.UNIT, TermKey.PROGRAMME, TermKey.CITIZENSHIP)
        )
        names = await self._facts(account_id, *_PROGRAMMES) if programmes else ()
        countries = await self._facts(account_id, Person.citizenship) if citizenships else ()
        return Meanings(
            units=await self._units(units) if units else {},
            programmes=_matching(programmes, names, is_programme),
            citizenships=_matching(citizenships, countries, is_citizenship),
        )

    async def _units(self, words: Collection[str]) -> dict[str, Collection[int]]:
        units = await load_units(self._connection)
        found = {word: find_unit(word, units) for word in words}
        return {word: with_sub_units(unit_id, units) for word, unit_id in found.items() if unit_id is not None}

    async def _facts(self, account_id: int | None, *columns: Any) -> set[str]:  # noqa: ANN401 -- columns of people
        facts = select(*columns).where(_PRESENT).distinct()
        if account_id is not None:
            facts = facts.join(Account, Account.person_id == Person.id).where(Account.telegram_id == account_id)
        rows = await self._connection.execute(facts)
        return {text for row in rows for text in row if text}

    async def _existing(
        self,
        audience: Audience,
        key: TermKey,
        column: InstrumentedAttribute[T],
        read: Callable[[str], T],
        *where: ColumnElement[bool],
    ) -> Collection[str]:
        """Return the values of a term that are to be found in a column."""
        values = {value: read(value) for value in _values(audience, key)}
        if not values:
            return ()
        existing = await self._connection.scalars(select(column).where(column.in_(values.values()), *where).distinct())
        found = set(existing)
        return {value for value, kept in values.items() if kept in found}


def _some_names(person_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """Return some names as an array: the same ones each time, and not those that come first in the alphabet."""
    digest = func.hashint8(person_id)
    sample = select(person_id.label("id"), digest.label("place")).where(person_id.is_not(None))
    chosen = sample.order_by(digest, person_id).limit(_SAMPLE).subquery("chosen")
    name = func.concat_ws(" ", Person.last_name, Person.first_name)
    return (
        select(func.array_agg(aggregate_order_by(name, chosen.c.place)))
        .select_from(chosen)
        .join(Person, Person.id == chosen.c.id)
        .scalar_subquery()
    )


def _values(audience: Audience, key: TermKey) -> list[str]:
    return list(dict.fromkeys(value for term in audience.terms if term.key is key for value in term.values))


def _matching(
    words: Iterable[str], texts: Collection[str], is_meant: Callable[[str, str], bool]
) -> dict[str, Collection[str]]:
    found = {word: [text for text in texts if is_meant(word, text)] for word in words}
    return {word: those for word, those in found.items() if those}
