"""Grants of roles."""

from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import LinkedPerson, Role
from services.db.models import Account, Person, RoleGrant, Unit
from services.people.rules import full_name
from services.roles.dto import Holder


class SqlRoleRepository:
    """Grants by account or person."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_person(self, person_no: str) -> LinkedPerson | None:
        """Return a person who is or was in the roster."""
        rows = await self._connection.execute(
            select(Person.id, Person.last_name, Person.first_name, Person.patronymic).where(
                Person.person_no == person_no
            )
        )
        row = rows.one_or_none()
        if row is None:
            return None
        person_id, *name = row
        return LinkedPerson(id=person_id, person_no=person_no, full_name=full_name(*name))

    async def account_exists(self, telegram_id: int) -> bool:
        """Tell whether this account ever wrote."""
        found = await self._connection.scalar(select(Account.telegram_id).where(Account.telegram_id == telegram_id))
        return found is not None

    async def find_unit(self, code: str) -> int | None:
        """Return the unit's id."""
        return await self._connection.scalar(select(Unit.id).where(Unit.code == code))

    async def grant(self, holder: Holder, role: Role, unit_id: int | None, now: datetime, by: str) -> bool:
        """Write a grant; False if it is in force already."""
        statement = insert(RoleGrant).values(
            telegram_id=holder.telegram_id
            if holder.person is None
            else select(Account.telegram_id).where(Account.person_id == holder.person.id).scalar_subquery(),
            person_id=holder.person.id if holder.person else None,
            role=role.value,
            unit_id=unit_id,
            granted_at=now,
            granted_by=by,
        )
        written = await self._connection.execute(statement.on_conflict_do_nothing().returning(RoleGrant.id))
        return written.one_or_none() is not None

    async def revoke(self, holder: Holder, role: Role, unit_id: int | None, now: datetime, by: str) -> bool:
        """End a grant; False if there is none."""
        ended = await self._connection.execute(
            update(RoleGrant)
            .where(
                RoleGrant.revoked_at.is_(None),
                RoleGrant.person_id == holder.person.id
                if holder.person
                else and_(RoleGrant.telegram_id == holder.telegram_id, RoleGrant.person_id.is_(None)),
                RoleGrant.role == role.value,
                RoleGrant.unit_id.is_not_distinct_from(unit_id),
            )
            .values(revoked_at=now, revoked_by=by)
        )
        return ended.rowcount > 0
