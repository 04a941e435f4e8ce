"""What officials look at: the search, and what a card gathers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit.dto import Act
from services.certificates.register import RegisterStatus
from services.db.models import Account, AuditEntry, Certificate, Link, Person, Unit
from services.db.repositories.people import ENTRY_COLUMNS, person_of
from services.db.repositories.person_rows import HOLD, UNIT_NAME, joined_unit_name
from services.db.searching import beginning
from services.languages import Language, Trilingual
from services.linking.dto import LinkWay
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import full_name
from services.study_office.dto import FoundPerson, LinkState
from services.study_office.ports import COUNTED, CertificateRecord, RosterRecord
from services.study_office.rules import Wanted

_FOUND = (
    Person.id, Person.person_no, Person.last_name, Person.first_name, Person.patronymic, Person.kind, Person.status,
    Person.absent_since, Person.group_name, Person.post_ky, Person.post_ru, Person.post_en,
)  # fmt: skip

_ORDER = "(absent_since is not null), sort_key, id"
_MATCH = "search @@ cast(cast(:query as text) as tsquery)"
# Up to `COUNTED` people are found by their words and sorted. If there are more, the first of them are met soon on the
# way through all people in order: no need to fetch and sort them all.
FEW = f"""
    with hits as materialized (select id, absent_since, sort_key from people where {_MATCH} limit {COUNTED + 1})
    select count(*), array(select id from hits order by {_ORDER} offset :skipped limit :wanted) from hits
"""  # noqa: S608 -- constants
# `coalesce` keeps PostgreSQL from fetching all of them by their words after all.
MANY = f"""
    select id from people where coalesce({_MATCH}, false) order by {_ORDER} offset :skipped limit :wanted
"""  # noqa: S608 -- constants
_FEW, _MANY = text(FEW), text(MANY)


class SqlStudyOfficeRepository:
    """People as officials look for them and see them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def search(self, wanted: Wanted, *, offset: int, limit: int) -> tuple[list[FoundPerson], int]:
        """Return some of the people who are found, the present ones first, and how many; see `COUNTED`."""
        asked = {"query": written_query(wanted), "skipped": offset, "wanted": limit}
        total, ids = (await self._connection.execute(_FEW, asked)).one()
        if total > COUNTED:
            ids = list(await self._connection.scalars(_MANY, asked))
        return await self._list_found(ids), total

    async def _list_found(self, ids: Sequence[int]) -> list[FoundPerson]:
        if not ids:
            return []
        rows = await self._connection.execute(select(*_FOUND).where(Person.id.in_(ids)))
        found = {row.id: _found_person(row) for row in rows}
        return [found[person_id] for person_id in ids]

    async def find_by_certificate(self, *, number: str | None, code: str | None) -> FoundPerson | None:
        """Return whom a certificate was issued to."""
        rows = await self._connection.execute(
            select(*_FOUND)
            .join(Certificate, Certificate.person_id == Person.id)
            .where(or_(Certificate.number == number, Certificate.code == code))
            .limit(1)
        )
        row = rows.one_or_none()
        return None if row is None else _found_person(row)

    async def find_record(self, person_id: int) -> RosterRecord | None:
        """Return a person who is or was in the roster."""
        rows = await self._connection.execute(
            select(*UNIT_NAME, Person.first_linked_at, Person.id, Person.absent_since, *ENTRY_COLUMNS)
            .select_from(Person)
            .outerjoin(Unit, Unit.id == Person.unit_id)
            .where(Person.id == person_id)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        ky, ru, en, first_linked_at, *person = tuple(row)
        return RosterRecord(
            person=person_of(person),
            unit_name=joined_unit_name((ky, ru, en)),
            absent_since=person[1],
            first_linked_at=first_linked_at,
        )

    async def list_links(self, person_id: int) -> tuple[LinkState, ...]:
        """Return the account in force, and accounts that are frozen since they were the person's; the newest first."""
        current = and_(Account.person_id == Link.person_id, Link.ended_at.is_(None))
        rows = await self._connection.execute(
            select(Link.id, Link.account_id, Link.way, Link.linked_at, current, HOLD, Link.disowned_at)
            .join(Account, Account.telegram_id == Link.account_id)
            .where(
                Link.person_id == person_id,
                or_(current, and_(Account.frozen_at.is_not(None), Link.disowned_at.is_not(None))),
            )
            .order_by(Link.linked_at.desc(), Link.id.desc())
        )
        return tuple(
            LinkState(
                id=link_id,
                account_id=account_id,
                way=LinkWay(way),
                linked_at=linked_at,
                in_force=in_force,
                hold=hold,
                disowned_at=disowned_at,
            )
            for link_id, account_id, way, linked_at, in_force, hold, disowned_at in rows
        )

    async def list_certificates(
        self, person_id: int, *, offset: int, limit: int
    ) -> tuple[list[CertificateRecord], int]:
        """Return some certificates of a person, the newest first, and how many there are."""
        theirs = Certificate.person_id == person_id
        total = await self._connection.scalar(select(func.count()).select_from(Certificate).where(theirs))
        rows = await self._connection.execute(
            select(
                Certificate.id, Certificate.number, Certificate.kind, Certificate.language, Certificate.issued_on,
                Certificate.valid_until, Certificate.status, Certificate.status_at,
            ).where(theirs).order_by(Certificate.id.desc()).offset(offset).limit(limit)
        )  # fmt: skip
        return [_certificate(row) for row in rows.mappings()], int(total or 0)

    async def was_looked_at(self, account_id: int | None, person_id: int, since: datetime) -> bool:
        """Tell whether this official's look at this person was noted since a moment."""
        found = await self._connection.scalar(
            select(AuditEntry.id)
            .where(
                AuditEntry.subject == f"person:{person_id}",
                AuditEntry.act == Act.PERSON_LOOKED_AT.value,
                AuditEntry.account_id.is_not_distinct_from(account_id),
                AuditEntry.at > since,
            )
            .limit(1)
        )
        return found is not None


def written_query(wanted: Wanted) -> str:
    """Write a search in the server's notation; every word is quoted, so that none is an operator."""
    words = " & ".join(f"({' | '.join(beginning(word) for word in group)})" for group in wanted.words)
    return f"({words}) | {beginning(wanted.phone)}" if wanted.phone else words


def _found_person(row: Iterable[Any]) -> FoundPerson:
    person_id, person_no, last_name, first_name, patronymic, kind, status, absent_since, group_name, ky, ru, en = row
    return FoundPerson(
        id=person_id,
        person_no=person_no,
        full_name=full_name(last_name, first_name, patronymic),
        kind=PersonKind(kind),
        status=PersonStatus(status),
        absent=absent_since is not None,
        group_name=group_name,
        post=Trilingual(ky=ky, ru=ru, en=en),
    )


def _certificate(row: Mapping[Any, Any]) -> CertificateRecord:
    facts = dict(row) | {"language": Language(row["language"]), "status": RegisterStatus(row["status"])}
    return CertificateRecord(**facts)
