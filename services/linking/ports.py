"""What this feature needs from storage, and whom it tells."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.delivery.ports import Outbox
from services.languages import Language
from services.linking.dto import (
    AccountStanding,
    Attempts,
    EndedLink,
    GroupCodes,
    GroupMember,
    LinkCodeRecord,
    LinkEnd,
    LinkRecord,
    LinkWay,
    NewLinkCode,
    PersonStanding,
)
from services.ports import Transaction


class LinkCodeRepository(Protocol):
    """One-time codes and tries."""

    async def find_person(self, person_no: str, today: date) -> PersonStanding | None:
        """Return who has this number; nobody else gives or uses a code of theirs meanwhile."""
        ...

    async def list_group(self, key: str, *, lock: bool = False) -> list[GroupMember]:
        """Return the students of a group by `group_key`, by name; with `lock` nobody gives or uses their codes."""
        ...

    async def list_group_names(self) -> list[str]:
        """Return the names of all groups, as the roster writes them."""
        ...

    async def add(self, codes: Sequence[NewLinkCode], created_at: datetime, expires_at: datetime) -> None:
        """Store codes; the earlier unused ones of these people stop working."""
        ...

    async def forget_expired(self, before: datetime) -> int:
        """Delete unused codes whose last moment was before this; return how many."""
        ...

    async def lock(self, digest: bytes) -> LinkCodeRecord | None:
        """Return the code and keep it and its person locked until the end of the transaction."""
        ...

    async def use(self, code_id: int, account_id: int, now: datetime) -> None:
        """Mark a code as used."""
        ...

    async def lock_attempts(self, account_id: int, way: LinkWay) -> Attempts:
        """Return the account's tries in vain and keep them locked until the end of the transaction."""
        ...

    async def set_attempts(self, account_id: int, way: LinkWay, attempts: Attempts) -> None:
        """Write the account's tries in vain."""
        ...

    async def count_locked(self, now: datetime) -> int:
        """Return how many accounts are locked at this moment."""
        ...

    async def take_alarm(self, since: datetime) -> bool:
        """Tell whether no alarm was noted since; nobody else notes one until the end of the transaction."""
        ...


class LinkRepository(Protocol):
    """Which account belongs to whom, and how that came about."""

    async def has_consent(self, account_id: int, version: str) -> bool:
        """Tell whether the account agreed to this version of the text about personal data."""
        ...

    async def add_consent(self, account_id: int, version: str, language: Language, now: datetime) -> None:
        """Write a consent; the first one to a version stays."""
        ...

    async def lock_account(self, account_id: int) -> AccountStanding | None:
        """Return an account and keep it locked until the end of the transaction; always before its person."""
        ...

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account as it is now."""
        ...

    async def find_by_phone(self, phone_key: str) -> list[int]:
        """Return up to two people of the roster, whatever their status, who have this number."""
        ...

    async def has_phone(self, person_id: int, phone_key: str) -> bool:
        """Tell whether this person has this number."""
        ...

    async def lock_person(self, person_id: int, today: date) -> PersonStanding | None:
        """Return a person and keep them locked until the end of the transaction."""
        ...

    async def unlink_person(self, person_id: int, now: datetime, how: LinkEnd) -> EndedLink | None:
        """Part the person from their account; return that account."""
        ...

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

        `by`: the official who did it. `former`: the account whose place it takes. Returns the link's id.

        Raises:
            LinkTaken: one of the two is linked already.
        """
        ...

    async def withdraw_requests(self, account_id: int, now: datetime) -> None:
        """Withdraw the request that an account has waiting: it is linked now."""
        ...

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link, also one that has ended."""
        ...

    async def disown(self, link_id: int, now: datetime) -> None:
        """Note that the former account says that the link is not theirs."""
        ...

    async def set_frozen(self, account_id: int, frozen_at: datetime | None) -> None:
        """Freeze an account, or release it."""
        ...

    async def list_officials(self, today: date, administrators: Collection[int]) -> list[int]:
        """Return the accounts that may decide about links today and can be written to.

        `administrators`: those whom the operator's settings name.
        """
        ...


class Administration(Protocol):
    """Who can give roles."""

    async def lock(self) -> None:
        """Let nobody else give or take a role until the end of the transaction; before any person."""
        ...

    async def has_administrator(self, today: date) -> bool:
        """Tell whether somebody who has written is an administrator of the whole university, today and longer."""
        ...


class LinkingUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def link_codes(self) -> LinkCodeRepository:
        """One-time codes."""
        ...

    @property
    def links(self) -> LinkRepository:
        """Links."""
        ...

    @property
    def roles(self) -> Administration:
        """Roles."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...


class CodeSheetPrinter(Protocol):
    """One-time codes on paper."""

    async def draw(self, codes: GroupCodes) -> bytes:
        """Return a PDF with a strip to cut out for everybody."""
        ...


class Alarm(Protocol):
    """Tells the operators what they must know at once."""

    async def codes_are_guessed(self, locked: int) -> None:
        """Say that so many accounts are locked for wrong codes at one moment."""
        ...
