"""What can be named in an audience, counted."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.audience.dto import GUEST, Offered, TermKey
from services.audience.errors import AudienceUnreadable
from services.audience.names import FOREIGN, find_unit, with_sub_units
from services.audience.rules import CHOICES, read_audience, sayable
from services.db.models import Announcement, AudienceList, AudienceListPerson, Person
from services.db.repositories.audience_terms import LANGUAGE, STUDYING, account, person
from services.db.repositories.audience_units import load_units
from services.languages import Trilingual
from services.people.countries import country_of, is_foreign
from services.spelling import fold

_Offer = Callable[[AsyncConnection, Collection[int] | None], Awaitable[list[Offered]]]


class SqlAudienceOffers:
    """Counts linked people, whatever else an audience asks of them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_offered(self, key: TermKey, unit_code: str | None, account_id: int | None) -> list[Offered]:
        """Return the values of a term; for a unit those that somebody of its people has, and no lists of others."""
        within: Collection[int] | None = None
        if unit_code is not None:
            units = await load_units(self._connection)
            unit_id = find_unit(unit_code, units)
            within = with_sub_units(unit_id, units) if unit_id is not None else ()
            if key is TermKey.LIST:
                return await _lists_for_unit(self._connection, within, unit_code, account_id)
        return await _OFFERS[key](self._connection, within)

    async def name_units(self, words: Collection[str]) -> dict[str, Trilingual]:
        """Return what the units are called that are named by these words."""
        units = await load_units(self._connection)
        names = {unit.id: unit.name for unit in units}
        found = {word: find_unit(word, units) for word in words}
        return {word: names[unit_id] for word, unit_id in found.items() if unit_id is not None}


async def _units(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    units = await load_units(connection)
    people = dict(await _counted(connection, _linked(person.unit_id), within))
    offered = [
        Offered(
            value=unit.code,
            name=unit.name,
            also=unit.names,
            people=sum(people.get(one, 0) for one in with_sub_units(unit.id, units)),
        )
        for unit in units
        if not unit.is_post and (within is None or unit.id in within)
    ]
    return sorted(offered, key=lambda unit: not unit.people)  # those with nobody last


async def _programmes(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    names = (person.programme_ky, person.programme_ru, person.programme_en)
    rows = await _counted(connection, _linked(*names).order_by(*names), within)
    called: dict[str, tuple[str, Trilingual]] = {}
    people: dict[str, int] = defaultdict(int)
    for ky, ru, en, number in rows:
        value = next((name for name in (ky, ru, en) if name and sayable(name) == name), None)
        if value is not None:
            called.setdefault(fold(value), (value, Trilingual(ky=ky, ru=ru, en=en)))
            people[fold(value)] += number
    return [Offered(value=value, name=name, people=people[key]) for key, (value, name) in called.items()]


async def _groups(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    rows = await _counted(
        connection,
        select(func.min(person.group_name), func.count())
        .where(person.group_key != "")
        .group_by(person.group_key)
        .order_by(person.group_key),
        within,
    )
    return [_plain(sayable(name), people) for name, people in rows]


async def _citizenships(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    rows = await _counted(
        connection, _linked(person.citizenship).order_by(func.count().desc(), person.citizenship), within
    )
    called: dict[str, str] = {}
    people: dict[str, int] = defaultdict(int)
    for citizenship, number in rows:
        if sayable(citizenship):
            called.setdefault(country_of(citizenship), sayable(citizenship))
            people[country_of(citizenship)] += number
    foreign = sum(number for citizenship, number in rows if is_foreign(citizenship))
    return [_plain(FOREIGN, foreign), *(_plain(name, people[country]) for country, name in called.items())]


async def _courses(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    return _chosen(TermKey.COURSE, await _counted(connection, _linked(person.course), within))


async def _forms(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    return _chosen(TermKey.FORM, await _counted(connection, _linked(person.study_form), within))


async def _languages(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    return _chosen(TermKey.LANG, await _counted(connection, _linked(LANGUAGE), within))


async def _roles(connection: AsyncConnection, within: Collection[int] | None) -> list[Offered]:
    kinds = dict(await _counted(connection, _linked(person.kind), within))
    roles = (role for role in CHOICES[TermKey.ROLE] if within is None or role != GUEST)  # guests are of no unit
    return [_plain(role, kinds.get(role)) for role in roles]


async def _lists(connection: AsyncConnection, _within: Collection[int] | None) -> list[Offered]:
    rows = await connection.execute(
        select(AudienceList.name, func.count(AudienceListPerson.person_id))
        .outerjoin(AudienceListPerson, AudienceListPerson.list_id == AudienceList.id)
        .group_by(AudienceList.id)
        .order_by(AudienceList.brought_at.desc(), AudienceList.name)
    )
    return [_plain(name, people) for name, people in rows]


async def _lists_for_unit(
    connection: AsyncConnection, within: Collection[int], unit_code: str, account_id: int | None
) -> list[Offered]:
    """Return those that the account has brought, or that the unit's announcements name, with how many of its people."""
    here = aliased(Person, name="here")
    rows = await connection.execute(
        select(AudienceList.name, AudienceList.brought_by, func.count(here.id))
        .outerjoin(AudienceListPerson, AudienceListPerson.list_id == AudienceList.id)
        .outerjoin(here, and_(here.id == AudienceListPerson.person_id, here.unit_id.in_(within)))
        .group_by(AudienceList.id)
        .order_by(AudienceList.brought_at.desc(), AudienceList.name)
    )
    named = await _named_by_unit(connection, unit_code)
    return [_plain(name, people) for name, by, people in rows if name in named or (by and by == account_id)]


async def _named_by_unit(connection: AsyncConnection, unit_code: str) -> set[str]:
    """Return the lists that announcements of a unit name."""
    written = (
        select(Announcement.audience)
        .distinct()
        .where(Announcement.unit_code == unit_code, Announcement.audience.contains(f"{TermKey.LIST}:"))
    )
    named: set[str] = set()
    for expression in await connection.scalars(written):
        with suppress(AudienceUnreadable):  # an earlier version knew the term
            named |= {
                value for term in read_audience(expression).terms if term.key is TermKey.LIST for value in term.values
            }
    return named


async def _counted(
    connection: AsyncConnection, question: Select[*tuple[Any, ...]], within: Collection[int] | None
) -> list[Any]:
    """Ask it of those who are linked and study or work here."""
    asked = (
        question.select_from(account)
        .join(person, person.id == account.person_id)
        .where(person.absent_since.is_(None), account.frozen_at.is_(None), person.status.in_(STUDYING))
    )
    if within is not None:
        asked = asked.where(person.unit_id.in_(within))
    return [tuple(row) for row in await connection.execute(asked)]


def _linked(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 -- columns of people
    return select(*columns, func.count()).group_by(*columns)


def _plain(value: str, people: int | None) -> Offered:
    return Offered(value=value, name=Trilingual(ky=value, ru=value, en=value), people=people)


def _chosen(key: TermKey, rows: Iterable[tuple[Any, int]]) -> list[Offered]:
    people = {str(value): number for value, number in rows}
    return [_plain(value, people.get(value, 0)) for value in CHOICES[key]]


_OFFERS: Mapping[TermKey, _Offer] = {
    TermKey.UNIT: _units,
    TermKey.PROGRAMME: _programmes,
    TermKey.COURSE: _courses,
    TermKey.GROUP: _groups,
    TermKey.FORM: _forms,
    TermKey.LANG: _languages,
    TermKey.CITIZENSHIP: _citizenships,
    TermKey.ROLE: _roles,
    TermKey.LIST: _lists,
}
