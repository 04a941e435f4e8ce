"""What this feature needs from storage."""

from datetime import datetime
from typing import Protocol

from services.access import LinkedPerson, Role
from services.ports import Transaction
from services.roles.dto import Holder


class RoleRepository(Protocol):
    """Grants of roles."""

    async def find_person(self, person_no: str) -> LinkedPerson | None:
        """Return a person who is or was in the roster."""
        ...

    async def account_exists(self, telegram_id: int) -> bool:
        """Tell whether this account ever wrote."""
        ...

    async def find_unit(self, code: str) -> int | None:
        """Return the unit's id."""
        ...

    async def grant(self, holder: Holder, role: Role, unit_id: int | None, now: datetime, by: str) -> bool:
        """Write a grant; False if it is in force already."""
        ...

    async def revoke(self, holder: Holder, role: Role, unit_id: int | None, now: datetime, by: str) -> bool:
        """End a grant; False if there is none."""
        ...


class RolesUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def roles(self) -> RoleRepository:
        """Roles."""
        ...
