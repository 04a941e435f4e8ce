"""Granting and revoking roles."""

from services.access import Actor, Role
from services.ports import Clock, Factory
from services.roles.dto import Holder
from services.roles.errors import AmbiguousHolder, RoleHeldAlready, RoleNotHeld, UnknownHolder, UnknownUnit
from services.roles.ports import RolesUnitOfWork

_LONGEST_TELEGRAM_ID = 15  # digits; Telegram promises at most 52 bits


class RoleService:
    """A role granted to a Telegram id stays with that account; one granted to a person follows the person.

    The person's right is that of the account linked to them, while they are in the roster.
    """

    def __init__(self, unit_of_work: Factory[RolesUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def grant(self, actor: Actor, holder: str, role: Role, unit_code: str | None = None) -> Holder:
        """Grant a role to a Telegram id or a person's number; in force with the account's next update."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            found = await _find_holder(uow, holder)
            unit_id = await _find_unit(uow, unit_code)
            if not await uow.roles.grant(found, role, unit_id, self._clock.now(), _signature(actor)):
                raise RoleHeldAlready
            await uow.commit()
        return found

    async def revoke(self, actor: Actor, holder: str, role: Role, unit_code: str | None = None) -> Holder:
        """End a grant."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            found = await _find_holder(uow, holder)
            unit_id = await _find_unit(uow, unit_code)
            if not await uow.roles.revoke(found, role, unit_id, self._clock.now(), _signature(actor)):
                raise RoleNotHeld
            await uow.commit()
        return found


async def _find_holder(uow: RolesUnitOfWork, text: str) -> Holder:
    """A number of the roster wins over a Telegram id, but never silently."""
    person = await uow.roles.find_person(text)
    telegram_id = _telegram_id(text)
    if person is not None:
        if telegram_id is not None and await uow.roles.account_exists(telegram_id):
            raise AmbiguousHolder(text)
        return Holder(person=person)
    if telegram_id is None:
        raise UnknownHolder(text)
    return Holder(telegram_id=telegram_id)


def _telegram_id(text: str) -> int | None:
    digits = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_TELEGRAM_ID
    return int(text) or None if digits else None


async def _find_unit(uow: RolesUnitOfWork, code: str | None) -> int | None:
    if code is None:
        return None
    unit_id = await uow.roles.find_unit(code)
    if unit_id is None:
        raise UnknownUnit(code)
    return unit_id


def _signature(actor: Actor) -> str:
    return "operator" if actor.account_id is None else f"account {actor.account_id}"
