"""Accounts and the actor behind them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor, Role, RoleGrant
from services.accounts.dto import Account as AccountDto
from services.accounts.dto import KeptChoices
from services.announcements.dto import Category
from services.db.fetching import fetch_row
from services.db.models import Account, MutedCategory, Person
from services.db.repositories.person_rows import joined_person
from services.db.rights import holds
from services.delivery.quiet_hours import QuietHours
from services.languages import Language
from services.people.rules import curated_groups

# One statement for every update the bot serves: account, person, rights and form together.
FIND_ACCOUNT = f"""
    select a.language, a.last_seen_at, a.blocked_at is not null, a.frozen_at is not null,
           p.id, p.person_no, p.last_name, p.first_name, p.patronymic,
           array(
               select g.role || '/' || coalesce(u.code, '')
               from role_grants g left join units u on u.id = g.unit_id
               where g.telegram_id = a.telegram_id and {holds("$3")}
           ),
           (select state from conversation_states where key = $2),
           case when p.kind = 'staff' and p.status in ('active', 'leave') then p.curator_of end
    from accounts a left join people p on p.id = a.person_id and p.absent_since is null and a.frozen_at is null
    where a.telegram_id = $1
"""  # noqa: S608 -- constants of ours


class SqlAccountRepository:
    """Accounts by Telegram id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, telegram_id: int, fallback: Language, today: date, form_key: str = "") -> AccountDto | None:
        """Return the account with its actor and its form."""
        row = await fetch_row(self._connection, FIND_ACCOUNT, telegram_id, form_key, today)
        return None if row is None else _account(telegram_id, row, fallback)

    async def see(self, telegram_id: int, now: datetime, guessed: Language | None = None) -> None:
        """Create the account or note that it wrote."""
        statement = insert(Account).values(
            telegram_id=telegram_id, first_seen_at=now, last_seen_at=now, guessed_language=guessed and guessed.value
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["telegram_id"],
                set_={
                    "last_seen_at": func.greatest(Account.last_seen_at, now),
                    "guessed_language": func.coalesce(statement.excluded.guessed_language, Account.guessed_language),
                    "blocked_at": None,
                },
            )
        )

    async def set_language(self, telegram_id: int, language: Language) -> None:
        """Keep the person's choice."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == telegram_id).values(language=language.value)
        )

    async def get_choices(self, telegram_id: int) -> KeptChoices:
        """Return what the person chose besides the language."""
        muted = select(func.array_agg(MutedCategory.category)).where(MutedCategory.account_id == telegram_id)
        rows = await self._connection.execute(
            select(
                Account.quiet_from, Account.quiet_until, Account.silent, Account.gathered, Account.linked_at,
                func.coalesce(Person.visa_expires, Person.registration_expires, Person.work_permit_expires),
                muted.scalar_subquery(),
            )
            .outerjoin(Person, and_(Person.id == Account.person_id, Person.absent_since.is_(None)))
            .where(Account.telegram_id == telegram_id)
        )  # fmt: skip
        start, until, silent, gathered, linked_at, ends, unwanted = rows.one()
        return KeptChoices(
            quiet_hours=None if start is None or until is None else QuietHours(start=start, until=until),
            silent=silent,
            linked_at=linked_at,
            has_papers=ends is not None,
            gathered=gathered,
            muted=frozenset(map(Category, unwanted or ())),
        )

    async def set_quiet_hours(self, telegram_id: int, hours: QuietHours | None) -> None:
        """Keep the person's quiet hours."""
        await self._connection.execute(
            update(Account)
            .where(Account.telegram_id == telegram_id)
            .values(quiet_from=hours and hours.start, quiet_until=hours and hours.until)
        )

    async def set_silent(self, telegram_id: int, *, silent: bool) -> None:
        """Keep the person's choice of sound."""
        await self._connection.execute(update(Account).where(Account.telegram_id == telegram_id).values(silent=silent))

    async def set_gathered(self, telegram_id: int, *, gathered: bool) -> None:
        """Keep whether ordinary messages come together in the evening."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == telegram_id).values(gathered=gathered)
        )

    async def set_muted(self, telegram_id: int, category: Category, *, muted: bool) -> None:
        """Keep whether ordinary announcements of a category do not come."""
        unwanted = insert(MutedCategory).values(account_id=telegram_id, category=category.value)
        wanted = delete(MutedCategory).where(
            MutedCategory.account_id == telegram_id, MutedCategory.category == category.value
        )
        await self._connection.execute(unwanted.on_conflict_do_nothing() if muted else wanted)

    async def set_blocked(self, telegram_id: int, blocked_at: datetime | None) -> None:
        """Note that the person stopped the bot, or started it again."""
        await self._connection.execute(
            update(Account).where(Account.telegram_id == telegram_id).values(blocked_at=blocked_at)
        )


def _account(telegram_id: int, row: tuple[Any, ...], fallback: Language) -> AccountDto:
    language, last_seen_at, blocked, frozen, *person, grants, form, curator_of = row
    chosen = Language(language) if language else None
    actor = Actor(
        account_id=telegram_id,
        language=chosen or fallback,
        language_chosen=chosen is not None,
        person=joined_person(person),
        grants=frozenset(_grant(grant) for grant in grants),
        frozen=frozen,
        curated=curated_groups(curator_of or ""),
    )
    return AccountDto(
        telegram_id=telegram_id, language=chosen, last_seen_at=last_seen_at, blocked=blocked, form=form, actor=actor
    )


def _grant(stored: str) -> RoleGrant:
    role, _, unit_code = stored.partition("/")
    return RoleGrant(role=Role(role), unit_code=unit_code or None)
