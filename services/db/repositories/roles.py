"""Grants of roles."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, bindparam, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.db.locks import AdvisoryLock
from services.db.models import Account, Person, RoleGrant, Unit
from services.db.repositories.grant_rows import (
    CANDIDATES,
    GRANTS,
    UNIT_COLUMNS,
    candidate_of,
    grant_of,
    holder_order,
    unit_of,
)
from services.db.rights import holds
from services.db.searching import beginning, is_found_by
from services.languages import Language
from services.people.rules import number_key
from services.roles.dto import AccountMenu, Candidate, Grant, GrantState, HolderKey, NewGrant, UnitName
from services.units.dto import UnitKind

_IDS_IN_FORCE = text(f"""
    select g.id from role_grants g
    left join accounts a on a.telegram_id = g.telegram_id
    left join people p on p.id = a.person_id and p.absent_since is null
    where g.telegram_id = :account and {holds(":today")}
""")  # noqa: S608 -- constants of ours

# Who never wrote may be a mistyped number, and whose last day it is rules no longer tomorrow: nobody relies on them.
_ADMINISTRATOR = text(f"""
    select g.id from role_grants g
    join accounts a on a.telegram_id = g.telegram_id
    left join people p on p.id = a.person_id and p.absent_since is null
    where g.role = 'admin' and g.unit_id is null and coalesce(g.valid_to > :today, true) and {holds(":today")}
    limit 1
""")  # noqa: S608 -- constants of ours

_MENUS = text(f"""
    select * from (
        select a.telegram_id, coalesce(a.language, a.guessed_language, :fallback), a.shown_commands,
               a.frozen_at is null and (a.telegram_id = any(:administrators) or exists (
                   select from role_grants g where g.telegram_id = a.telegram_id and {holds(":today")})) as official,
               a.frozen_at is null and (a.telegram_id = any(:administrators) or exists (
                   select from role_grants g where g.telegram_id = a.telegram_id and g.role in ('admin', 'editor')
                                                   and {holds(":today")})) as writes,
               a.frozen_at is null and exists (
                   select from role_grants g where g.telegram_id = a.telegram_id and {holds(":today")}
                                               and g.role in ('unit_head', 'unit_staff', 'plan_coordinator')) as plans
        from accounts a left join people p on p.id = a.person_id and p.absent_since is null
        where a.blocked_at is null and (
            a.shown_commands is not null or a.telegram_id = any(:administrators)
            or a.telegram_id in (select telegram_id from role_grants where revoked_at is null))
    ) menus
    where official or shown_commands is not null
    order by telegram_id
""").bindparams(bindparam("administrators", type_=ARRAY(BigInteger)))  # noqa: S608 -- constants of ours


class SqlRoleRepository:
    """Grants by holder, and who can be one."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Let nobody else give or take a role until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.ROLES)))

    async def find_person(self, person_no: str) -> Candidate | None:
        """Return a person who is or was in the roster, by any spelling of the number; their links wait meanwhile."""
        return await self._find_person(Person.number_key == number_key(person_no))

    async def find_holder(self, key: HolderKey) -> Candidate | None:
        """Return the person, whose links wait meanwhile, or the account; any Telegram id is one."""
        if key.telegram_id is None:
            return await self._find_person(Person.id == key.person_id)
        rows = await self._connection.execute(
            CANDIDATES.join_from(Account, Person, Person.id == Account.person_id, isouter=True).where(
                Account.telegram_id == key.telegram_id
            )
        )
        row = rows.one_or_none()
        if row is None:
            return Candidate(key=key, person=None, telegram_id=key.telegram_id, wrote=False)
        return candidate_of(row, key)

    async def find_unit(self, code_or_id: str | int) -> UnitName | None:
        """Return a unit."""
        named = Unit.code == code_or_id if isinstance(code_or_id, str) else Unit.id == code_or_id
        row = (await self._connection.execute(select(*UNIT_COLUMNS).where(named))).one_or_none()
        return None if row is None else unit_of(tuple(row))

    async def list_units(self) -> list[UnitName]:
        """Return all units (no posts) in the order of the alphabet."""
        units = select(*UNIT_COLUMNS).where(Unit.kind == UnitKind.UNIT.value).order_by(Unit.sort_key, Unit.id)
        return [unit_of(tuple(row)) for row in await self._connection.execute(units)]

    async def find_people(self, number: str, words: Sequence[str], limit: int) -> list[Candidate]:
        """Return people of the roster with this number (its key) or with all words, by their beginnings."""
        beginnings = is_found_by(" & ".join(map(beginning, words)))
        rows = await self._connection.execute(
            CANDIDATES.join_from(Person, Account, Account.person_id == Person.id, isouter=True)
            .where(
                or_(Person.number_key == number, beginnings),
                Person.absent_since.is_(None),
            )
            .order_by((Person.number_key == number).desc(), Person.sort_key, Person.id)
            .limit(limit)
        )
        return [candidate_of(row, HolderKey(person_id=row.person_id)) for row in rows]

    async def list_held(self, key: HolderKey, role: Role, unit_id: int | None, today: date) -> list[Grant]:
        """Return the grants of a role that this very holder has, wherever they rest; not those that were ended."""
        account_alone = and_(RoleGrant.telegram_id == key.telegram_id, RoleGrant.person_id.is_(None))
        rows = await self._connection.execute(
            GRANTS.where(
                account_alone if key.person_id is None else RoleGrant.person_id == key.person_id,
                RoleGrant.role == role.value,
                RoleGrant.unit_id.is_not_distinct_from(unit_id),
                RoleGrant.revoked_at.is_(None),
            ).order_by(RoleGrant.id)
        )
        return [grant_of(row, today) for row in rows]

    async def list_of_person(self, person_id: int, today: date) -> list[Grant]:
        """Return what a person, or their account alone, was given and that is not over, in the order of giving."""
        account = select(Account.telegram_id).where(Account.person_id == person_id).scalar_subquery()
        rows = await self._connection.execute(
            GRANTS.where(
                or_(
                    RoleGrant.person_id == person_id,
                    and_(RoleGrant.person_id.is_(None), RoleGrant.telegram_id == account),
                ),
                RoleGrant.revoked_at.is_(None),
            ).order_by(RoleGrant.id)
        )
        grants = [grant_of(row, today) for row in rows]
        return [grant for grant in grants if grant.state is not GrantState.PAST]

    async def find_grant(self, grant_id: int, today: date) -> Grant | None:
        """Return a grant, an ended one too."""
        row = (await self._connection.execute(GRANTS.where(RoleGrant.id == grant_id))).one_or_none()
        return None if row is None else grant_of(row, today)

    async def list_deputies(self, grant_ids: Collection[int], today: date) -> list[Grant]:
        """Return the deputies' grants that were not ended."""
        rows = await self._connection.execute(
            GRANTS.where(RoleGrant.deputy_of.in_(grant_ids), RoleGrant.revoked_at.is_(None)).order_by(
                RoleGrant.valid_from, RoleGrant.id
            )
        )
        return [grant_of(row, today) for row in rows]

    async def list_grants(self, role: Role | None, offset: int, limit: int, today: date) -> tuple[list[Grant], int]:
        """Return a part of all grants that were not ended and are no deputies', and how many there are."""
        wanted: list[ColumnElement[bool]] = [RoleGrant.revoked_at.is_(None), RoleGrant.deputy_of.is_(None)]
        if role is not None:
            wanted.append(RoleGrant.role == role.value)
        total = (await self._connection.execute(select(func.count(RoleGrant.id)).where(*wanted))).scalar_one()
        part = GRANTS.where(*wanted).order_by(*holder_order(today)).offset(offset).limit(limit)
        return [grant_of(row, today) for row in await self._connection.execute(part)], total

    async def list_in_force(self, telegram_id: int, today: date) -> list[Grant]:
        """Return what an account may do today."""
        ids = list(await self._connection.scalars(_IDS_IN_FORCE, {"account": telegram_id, "today": today}))
        rows = await self._connection.execute(GRANTS.where(RoleGrant.id.in_(ids)).order_by(RoleGrant.id))
        return [grant_of(row, today) for row in rows]

    async def has_administrator(self, today: date) -> bool:
        """Tell whether somebody who has written is an administrator of the whole university, today and longer."""
        return (await self._connection.execute(_ADMINISTRATOR, {"today": today})).first() is not None

    async def add(self, grant: NewGrant, now: datetime, by: str) -> int:
        """Write a grant; return its id."""
        written = await self._connection.execute(
            insert(RoleGrant)
            .values(
                telegram_id=grant.telegram_id,
                person_id=grant.person_id,
                role=grant.role.value,
                unit_id=grant.unit_id,
                valid_from=grant.period.first,
                valid_to=grant.period.last,
                deputy_of=grant.deputy_of,
                granted_at=now,
                granted_by=by,
            )
            .returning(RoleGrant.id)
        )
        return written.scalar_one()

    async def end(self, grant_ids: Collection[int], now: datetime, by: str) -> None:
        """End grants."""
        await self._connection.execute(
            update(RoleGrant).where(RoleGrant.id.in_(grant_ids)).values(revoked_at=now, revoked_by=by)
        )

    async def list_menus(self, administrators: Collection[int], today: date, fallback: Language) -> list[AccountMenu]:
        """Return the accounts that have or should have a command menu of their own; not those that stopped the bot."""
        rows = await self._connection.execute(
            _MENUS, {"administrators": list(administrators), "today": today, "fallback": fallback.value}
        )
        return [
            AccountMenu(
                account_id=id_, language=Language(language), official=official, writes=writes, plans=plans, shown=shown
            )
            for id_, language, shown, official, writes, plans in rows
        ]

    async def note_menu(self, account_id: int, shown: str | None) -> None:
        """Keep which menu Telegram shows."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == account_id).values(shown_commands=shown)
        )

    async def _find_person(self, which: ColumnElement[bool]) -> Candidate | None:
        # Locked first and looked at afterwards: whose account it is may change while the lock is waited for.
        await self._connection.execute(select(Person.id).where(which).with_for_update(key_share=True))
        rows = await self._connection.execute(
            CANDIDATES.join_from(Person, Account, Account.person_id == Person.id, isouter=True).where(which)
        )
        row = rows.one_or_none()
        return None if row is None else candidate_of(row, HolderKey(person_id=row.person_id))
