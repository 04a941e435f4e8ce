"""One-time codes and the links they make."""

from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import LinkedPerson
from services.db.models import Account, Link, LinkAttempts, LinkCode, Person, RoleGrant
from services.linking.dto import Attempts, LinkCodeRecord, LinkEnd, LinkWay
from services.people.rules import full_name


class SqlLinkRepository:
    """Codes by digest, attempts by account."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_person(self, person_no: str) -> LinkedPerson | None:
        """Return somebody who is in the roster now; nobody else gives or uses a code of theirs meanwhile."""
        rows = await self._connection.execute(
            select(Person.id, Person.last_name, Person.first_name, Person.patronymic)
            .where(Person.person_no == person_no, Person.absent_since.is_(None))
            .with_for_update(key_share=True)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        person_id, *name = row
        return LinkedPerson(id=person_id, person_no=person_no, full_name=full_name(*name))

    async def add_code(
        self, person_id: int, payload_digest: bytes, typed_digest: bytes, created_at: datetime, expires_at: datetime
    ) -> None:
        """Store a code; the person's earlier unused codes stop working."""
        await self._connection.execute(
            delete(LinkCode).where(LinkCode.person_id == person_id, LinkCode.used_at.is_(None))
        )
        await self._connection.execute(
            insert(LinkCode).values(
                person_id=person_id,
                payload_digest=payload_digest,
                typed_digest=typed_digest,
                created_at=created_at,
                expires_at=expires_at,
            )
        )

    async def lock_code(self, digest: bytes) -> LinkCodeRecord | None:
        """Return the code and keep it and its person locked until the end of the transaction."""
        found = or_(LinkCode.payload_digest == digest, LinkCode.typed_digest == digest)
        # The person before the code, as `find_person` does: no two wait for each other.
        holder = select(LinkCode.person_id).where(found).scalar_subquery()
        await self._connection.execute(select(Person.id).where(Person.id == holder).with_for_update(key_share=True))
        rows = await self._connection.execute(
            select(
                LinkCode.id, LinkCode.expires_at, LinkCode.used_at, LinkCode.used_by,
                Person.id, Person.person_no, Person.absent_since,
                Person.last_name, Person.first_name, Person.patronymic,
            )
            .join(Person, Person.id == LinkCode.person_id)
            .where(found)
            .with_for_update(of=LinkCode)
        )  # fmt: skip
        row = rows.one_or_none()
        if row is None:
            return None
        code_id, expires_at, used_at, used_by, person_id, person_no, absent_since, *name = row
        return LinkCodeRecord(
            id=code_id,
            person=LinkedPerson(id=person_id, person_no=person_no, full_name=full_name(*name)),
            person_absent=absent_since is not None,
            expires_at=expires_at,
            used=used_at is not None,
            used_by=used_by,
        )

    async def use_code(self, code_id: int, account_id: int, now: datetime) -> None:
        """Mark a code as used."""
        await self._connection.execute(
            update(LinkCode).where(LinkCode.id == code_id).values(used_at=now, used_by=account_id)
        )

    async def lock_attempts(self, account_id: int) -> Attempts:
        """Return the account's wrong tries and keep them locked until the end of the transaction."""
        statement = insert(LinkAttempts).values(account_id=account_id, failures=0)
        rows = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id"], set_={"failures": LinkAttempts.failures}
            ).returning(LinkAttempts.failures, LinkAttempts.locked_until)
        )
        failures, locked_until = rows.one()
        return Attempts(failures=failures, locked_until=locked_until)

    async def set_attempts(self, account_id: int, attempts: Attempts) -> None:
        """Write the account's wrong tries."""
        await self._connection.execute(
            update(LinkAttempts)
            .where(LinkAttempts.account_id == account_id)
            .values(failures=attempts.failures, locked_until=attempts.locked_until)
        )

    async def unlink_person(self, person_id: int, now: datetime, how: LinkEnd) -> int | None:
        """Part the person from their account; return that account."""
        await self._connection.execute(
            update(Link)
            .where(Link.person_id == person_id, Link.ended_at.is_(None))
            .values(ended_at=now, ended_how=how.value)
        )
        rows = await self._connection.execute(
            update(Account)
            .where(Account.person_id == person_id)
            .values(person_id=None, linked_at=None)
            .returning(Account.telegram_id)
        )
        return rows.scalar_one_or_none()

    async def link(
        self,
        account_id: int,
        person_id: int,
        now: datetime,
        *,
        way: LinkWay = LinkWay.CODE,
        by: int | None = None,
        former: int | None = None,
    ) -> int:
        """Join an account and a person; roles that waited for the person's account are this account's from now on."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == account_id).values(person_id=person_id, linked_at=now)
        )
        await self._connection.execute(
            update(Person)
            .where(Person.id == person_id)
            .values(first_linked_at=func.coalesce(Person.first_linked_at, now))
        )
        waiting = (RoleGrant.person_id == person_id, RoleGrant.telegram_id.is_(None), RoleGrant.revoked_at.is_(None))
        await self._connection.execute(update(RoleGrant).where(*waiting).values(telegram_id=account_id))
        written = await self._connection.execute(
            insert(Link)
            .values(
                account_id=account_id,
                person_id=person_id,
                way=way.value,
                linked_at=now,
                linked_by=by,
                former_account_id=former,
            )
            .returning(Link.id)
        )
        return written.scalar_one()
