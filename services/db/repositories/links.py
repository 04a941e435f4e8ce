"""Links between accounts and people, with their past; consents; frozen accounts."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Date, Text, bindparam, func, select, text, type_coerce, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OFFICIALS
from services.db.models import Account, Consent, Link, LinkRequest, Person, RoleGrant
from services.db.repositories.person_rows import HOLD, LINKED, STANDING, joined_person, person_standing
from services.db.rights import holds
from services.languages import Language
from services.linking.dto import AccountStanding, EndedLink, LinkEnd, LinkRecord, LinkWay, PersonStanding
from services.linking.errors import LinkTaken

_OFFICIALS = text(f"""
    select a.telegram_id from accounts a left join people p on p.id = a.person_id and p.absent_since is null
    where a.blocked_at is null and a.frozen_at is null and (a.telegram_id = any(:administrators) or exists (
        select from role_grants g
        where g.telegram_id = a.telegram_id and g.role = any(:roles) and g.unit_id is null and {holds(":today")}))
    order by a.telegram_id
""").bindparams(bindparam("today", type_=Date))  # noqa: S608 -- constants of ours
_HAS_PHONES = type_coerce(Person.phone_keys, ARRAY(Text))  # the general type knows no such operator


class SqlLinkRepository:
    """Links by account and by person.

    Locks are taken in this order: account, person, code, the person's former account, link, request.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def has_consent(self, account_id: int, version: str) -> bool:
        """Tell whether the account agreed to this version of the text about personal data."""
        found = select(Consent.account_id).where(Consent.account_id == account_id, Consent.version == version)
        return (await self._connection.scalar(found)) is not None

    async def add_consent(self, account_id: int, version: str, language: Language, now: datetime) -> None:
        """Write a consent; the first one to a version stays."""
        statement = insert(Consent).values(
            account_id=account_id, version=version, language=language.value, given_at=now
        )
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def lock_account(self, account_id: int) -> AccountStanding | None:
        """Return an account and keep it locked until the end of the transaction; always before its person."""
        locked = select(Account.telegram_id).where(Account.telegram_id == account_id).with_for_update(key_share=True)
        if await self._connection.scalar(locked) is None:
            return None
        return await self.find_account(account_id)

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account as it is now."""
        rows = await self._connection.execute(
            select(Account.person_id, HOLD, *LINKED)
            .outerjoin(Person, (Person.id == Account.person_id) & Person.absent_since.is_(None))
            .where(Account.telegram_id == account_id)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        person_id, hold, *person = row
        return AccountStanding(account_id=account_id, person_id=person_id, person=joined_person(person), hold=hold)

    async def find_by_phone(self, phone_key: str) -> list[int]:
        """Return up to two people of the roster, whatever their status, who have this number."""
        rows = await self._connection.execute(
            select(Person.id).where(_HAS_PHONES.contains([phone_key]), Person.absent_since.is_(None)).limit(2)
        )
        return list(rows.scalars())

    async def has_phone(self, person_id: int, phone_key: str) -> bool:
        """Tell whether this person has this number."""
        found = select(Person.id).where(Person.id == person_id, _HAS_PHONES.contains([phone_key]))
        return (await self._connection.scalar(found)) is not None

    async def lock_person(self, person_id: int, today: date) -> PersonStanding | None:
        """Return a person and keep them locked until the end of the transaction."""
        rows = await self._connection.execute(
            select(*STANDING).where(Person.id == person_id).with_for_update(key_share=True, of=Person),
            {"today": today},
        )
        row = rows.one_or_none()
        return None if row is None else person_standing(row)

    async def unlink_person(self, person_id: int, now: datetime, how: LinkEnd) -> EndedLink | None:
        """Part the person from their account; return that account."""
        rows = await self._connection.execute(
            update(Account)
            .where(Account.person_id == person_id)
            .values(person_id=None, linked_at=None)
            .returning(Account.telegram_id, Account.frozen_at)
        )
        ended = await self._connection.execute(
            update(Link)
            .where(Link.person_id == person_id, Link.ended_at.is_(None))
            .values(ended_at=now, ended_how=how.value)
            .returning(Link.id)
        )
        row, link_id = rows.one_or_none(), ended.scalar_one_or_none()
        return None if row is None else EndedLink(id=link_id or 0, account_id=row[0], frozen=row[1] is not None)

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
        """Join an account and a person; roles that wait for the person's link by a code are this account's after one.

        Raises:
            LinkTaken: one of the two is linked already; the transaction is lost.
        """
        link = insert(Link).values(
            account_id=account_id,
            person_id=person_id,
            way=way.value,
            linked_at=now,
            linked_by=by,
            former_account_id=former,
        )
        try:
            await self._connection.execute(
                update(Account).where(Account.telegram_id == account_id).values(person_id=person_id, linked_at=now)
            )
            link_id = (await self._connection.execute(link.returning(Link.id))).scalar_one()
        except IntegrityError as error:
            raise LinkTaken from error
        await self._connection.execute(
            update(Person)
            .where(Person.id == person_id)
            .values(first_linked_at=func.coalesce(Person.first_linked_at, now))
        )
        if way is LinkWay.CODE:
            theirs = (RoleGrant.person_id == person_id, RoleGrant.telegram_id.is_(None), RoleGrant.revoked_at.is_(None))
            await self._connection.execute(update(RoleGrant).where(*theirs).values(telegram_id=account_id))
        return link_id

    async def withdraw_requests(self, account_id: int, now: datetime) -> None:
        """Withdraw the request that an account has waiting: it is linked now."""
        await self._connection.execute(
            update(LinkRequest)
            .where(LinkRequest.account_id == account_id, LinkRequest.state == "waiting")
            .values(state="withdrawn", decided_at=now)
        )

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link, also one that has ended."""
        rows = await self._connection.execute(
            select(
                Link.account_id, Link.person_id, Link.linked_at, Link.former_account_id, Link.disowned_at, Link.ended_at
            ).where(Link.id == link_id)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        account_id, person_id, linked_at, former, disowned_at, ended_at = row
        return LinkRecord(
            id=link_id,
            account_id=account_id,
            person_id=person_id,
            linked_at=linked_at,
            former_account_id=former,
            disowned=disowned_at is not None,
            ended=ended_at is not None,
        )

    async def disown(self, link_id: int, now: datetime) -> None:
        """Note that the former account says that the link is not theirs."""
        await self._connection.execute(update(Link).where(Link.id == link_id).values(disowned_at=now))

    async def set_frozen(self, account_id: int, frozen_at: datetime | None) -> None:
        """Freeze an account, or release it."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == account_id).values(frozen_at=frozen_at)
        )

    async def list_officials(self, today: date, administrators: Collection[int]) -> list[int]:
        """Return the accounts that may decide about links today and can be written to."""
        roles = [role.value for role in OFFICIALS]
        asked = {"today": today, "administrators": list(administrators), "roles": roles}
        rows = await self._connection.execute(_OFFICIALS, asked)
        return list(rows.scalars())
