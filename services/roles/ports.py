"""What this feature needs from storage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.access import Role
from services.audit.ports import AuditLog
from services.delivery.ports import Outbox
from services.languages import Language
from services.ports import Transaction
from services.roles.dto import AccountMenu, Candidate, Grant, HolderKey, NewGrant, UnitName


class RoleRepository(Protocol):
    """Grants of roles. `today` is the university's day, on which their states are judged."""

    async def lock(self) -> None:
        """Let nobody else give or take a role until the end of the transaction."""
        ...

    async def find_person(self, person_no: str) -> Candidate | None:
        """Return a person who is or was in the roster, by any spelling of the number; their links wait meanwhile."""
        ...

    async def find_holder(self, key: HolderKey) -> Candidate | None:
        """Return the person, whose links wait meanwhile, or the account; any Telegram id is one."""
        ...

    async def find_unit(self, code_or_id: str | int) -> UnitName | None:
        """Return a unit."""
        ...

    async def list_units(self) -> list[UnitName]:
        """Return all units (no posts) in the order of the alphabet."""
        ...

    async def find_people(self, number: str, words: Sequence[str], limit: int) -> list[Candidate]:
        """Return people of the roster with this number (its key) or with all words, by their beginnings."""
        ...

    async def list_held(self, key: HolderKey, role: Role, unit_id: int | None, today: date) -> list[Grant]:
        """Return the grants of a role that this very holder has, wherever they rest; not those that were ended."""
        ...

    async def find_grant(self, grant_id: int, today: date) -> Grant | None:
        """Return a grant, an ended one too."""
        ...

    async def list_deputies(self, grant_ids: Collection[int], today: date) -> list[Grant]:
        """Return the deputies' grants that were not ended."""
        ...

    async def list_grants(self, role: Role | None, offset: int, limit: int, today: date) -> tuple[list[Grant], int]:
        """Return a part of all grants that were not ended and are no deputies', and how many there are."""
        ...

    async def list_in_force(self, telegram_id: int, today: date) -> list[Grant]:
        """Return what an account may do today."""
        ...

    async def has_administrator(self, today: date) -> bool:
        """Tell whether somebody who has written is an administrator of the whole university, today and longer."""
        ...

    async def add(self, grant: NewGrant, now: datetime, by: str) -> int:
        """Write a grant; return its id."""
        ...

    async def end(self, grant_ids: Collection[int], now: datetime, by: str) -> None:
        """End grants."""
        ...

    async def list_menus(self, administrators: Collection[int], today: date, fallback: Language) -> list[AccountMenu]:
        """Return the accounts that have or should have a command menu of their own; not those that stopped the bot."""
        ...

    async def note_menu(self, account_id: int, shown: str | None) -> None:
        """Keep which menu Telegram shows."""
        ...


class RolesUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def roles(self) -> RoleRepository:
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
