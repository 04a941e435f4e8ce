"""One-time codes, and tries in vain."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit.dto import Act
from services.db.locks import AdvisoryLock
from services.db.models import Account, AuditEntry, LinkAttempts, LinkCode, Person
from services.db.repositories.person_rows import LINKED, STANDING, linked_person, person_standing
from services.linking.dto import Attempts, GroupMember, LinkCodeRecord, LinkWay, NewLinkCode, PersonStanding
from services.people.dto import PersonKind, PersonStatus

_STUDYING = (PersonStatus.ACTIVE.value, PersonStatus.LEAVE.value)


class SqlLinkCodeRepository:
    """Codes by digest, tries by account and way."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_person(self, person_no: str, today: date) -> PersonStanding | None:
        """Return who has this number; nobody else gives or uses a code of theirs meanwhile."""
        rows = await self._connection.execute(
            select(*STANDING).where(Person.person_no == person_no).with_for_update(key_share=True, of=Person),
            {"today": today},
        )
        row = rows.one_or_none()
        return None if row is None else person_standing(row)

    async def list_group(self, key: str, *, lock: bool = False) -> list[GroupMember]:
        """Return the students of a group, by name; with `lock` nobody gives or uses codes of theirs meanwhile."""
        linked = select(Account.telegram_id).where(Account.person_id == Person.id).exists()
        members = (
            select(linked, Person.group_name, *LINKED)
            .where(Person.group_key == key, *_studies())
            .order_by(Person.sort_key, Person.id)
        )
        rows = await self._connection.execute(members.with_for_update(key_share=True, of=Person) if lock else members)
        return [
            GroupMember(person=linked_person(person), group_name=group_name, linked=is_linked)
            for is_linked, group_name, *person in rows
        ]

    async def list_group_names(self) -> list[str]:
        """Return the names of all groups, one spelling of each."""
        rows = await self._connection.execute(
            select(func.min(Person.group_name)).where(Person.group_key != "", *_studies()).group_by(Person.group_key)
        )
        return sorted(rows.scalars())

    async def add(self, codes: Sequence[NewLinkCode], created_at: datetime, expires_at: datetime) -> None:
        """Store codes; the earlier unused ones of these people stop working."""
        people = [code.person_id for code in codes]
        await self._connection.execute(
            delete(LinkCode).where(LinkCode.person_id.in_(people), LinkCode.used_at.is_(None))
        )
        values = [
            {
                "person_id": code.person_id,
                "payload_digest": code.payload_digest,
                "typed_digest": code.typed_digest,
                "created_at": created_at,
                "expires_at": expires_at,
            }
            for code in codes
        ]
        await self._connection.execute(insert(LinkCode), values)

    async def forget_expired(self, before: datetime) -> int:
        """Delete unused codes whose last moment was before this; return how many."""
        gone = delete(LinkCode).where(LinkCode.used_at.is_(None), LinkCode.expires_at < before)
        return (await self._connection.execute(gone)).rowcount

    async def lock(self, digest: bytes) -> LinkCodeRecord | None:
        """Return the code and keep it and its person locked until the end of the transaction."""
        found = or_(LinkCode.payload_digest == digest, LinkCode.typed_digest == digest)
        # The person before the code, as `find_person` does: no two wait for each other.
        holder = select(LinkCode.person_id).where(found).scalar_subquery()
        await self._connection.execute(select(Person.id).where(Person.id == holder).with_for_update(key_share=True))
        rows = await self._connection.execute(
            select(LinkCode.id, LinkCode.expires_at, LinkCode.used_at, LinkCode.used_by, Person.absent_since, *LINKED)
            .join(Person, Person.id == LinkCode.person_id)
            .where(found)
            .with_for_update(of=LinkCode)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        code_id, expires_at, used_at, used_by, absent_since, *person = row
        return LinkCodeRecord(
            id=code_id,
            person=linked_person(person),
            person_absent=absent_since is not None,
            expires_at=expires_at,
            used=used_at is not None,
            used_by=used_by,
        )

    async def use(self, code_id: int, account_id: int, now: datetime) -> None:
        """Mark a code as used."""
        await self._connection.execute(
            update(LinkCode).where(LinkCode.id == code_id).values(used_at=now, used_by=account_id)
        )

    async def lock_attempts(self, account_id: int, way: LinkWay) -> Attempts:
        """Return the account's tries in vain and keep them locked until the end of the transaction."""
        statement = insert(LinkAttempts).values(account_id=account_id, way=way.value, failures=0)
        rows = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id", "way"], set_={"failures": LinkAttempts.failures}
            ).returning(LinkAttempts.failures, LinkAttempts.locked_until)
        )
        failures, locked_until = rows.one()
        return Attempts(failures=failures, locked_until=locked_until)

    async def set_attempts(self, account_id: int, way: LinkWay, attempts: Attempts) -> None:
        """Write the account's tries in vain."""
        await self._connection.execute(
            update(LinkAttempts)
            .where(LinkAttempts.account_id == account_id, LinkAttempts.way == way.value)
            .values(failures=attempts.failures, locked_until=attempts.locked_until)
        )

    async def count_locked(self, now: datetime) -> int:
        """Return how many accounts are locked at this moment."""
        locked = select(func.count(func.distinct(LinkAttempts.account_id))).where(LinkAttempts.locked_until > now)
        return (await self._connection.execute(locked)).scalar_one()

    async def take_alarm(self, since: datetime) -> bool:
        """Tell whether no alarm was noted since; nobody else notes one until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.ALARM)))
        noted = select(AuditEntry.id).where(
            AuditEntry.subject == "codes", AuditEntry.act == Act.CODES_GUESSED.value, AuditEntry.at > since
        )
        return (await self._connection.scalar(noted.limit(1))) is None


def _studies() -> tuple[ColumnElement[bool], ...]:
    return Person.absent_since.is_(None), Person.kind == PersonKind.STUDENT.value, Person.status.in_(_STUDYING)
