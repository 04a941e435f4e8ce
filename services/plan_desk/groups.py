"""Who stands in groups that plans name, and which words coordinators taught."""

from dataclasses import dataclass

from services.access import Actor
from services.audit.dto import Act
from services.plan_desk.changing import DeskPen
from services.plan_desk.errors import GroupUnusable, ItemChanged, NoSuchUnit
from services.plan_desk.ports import DeskUnitOfWork
from services.plan_desk.rules import require_coordinator
from services.plans.dto import Membership, NamedUnit
from services.responsibles.dto import Alias
from services.spelling import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its members in their order; `is_named`: open plans name it."""

    unit: NamedUnit
    members: tuple[NamedUnit, ...]
    is_named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtAlias:
    """Words that were taught; `mark` stands for them in a button."""

    alias: Alias
    mark: int
    units: tuple[NamedUnit, ...]


class GroupService:
    """Membership is data: reminders go to whoever stands in a group on that day."""

    def __init__(self, pen: DeskPen) -> None:
        self._pen = pen

    async def list_groups(self, actor: Actor) -> list[Group]:
        """Return the groups: whoever has members, and posts that open plans name and nobody stands in."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            units, membership = await uow.plans.list_units(), await uow.plans.load_membership()
            named = await uow.plan_settings.list_named_codes()
        return [
            _group(unit, membership, units, named)
            for code, unit in units.items()
            if code in membership.members or (unit.is_post and code in named)
        ]

    async def open(self, actor: Actor, unit_id: int) -> Group:
        """Return a group."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            return await _open(uow, unit_id)

    async def add_member(self, actor: Actor, unit_id: int, member_id: int) -> Group:
        """Put a unit or post into a group; never a group that stands above it."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            await uow.plan_settings.lock_groups()
            group, member = await _open(uow, unit_id), await uow.plans.find_unit(member_id)
            if member is None:
                raise NoSuchUnit
            membership = await uow.plans.load_membership()
            if member.code == group.unit.code or member.code in membership.named_as(group.unit.code):
                raise GroupUnusable
            codes = [one.code for one in group.members]
            if member.code in codes:
                return group
            return await self._write(uow, actor, group, [*codes, member.code])

    async def remove_member(self, actor: Actor, unit_id: int, member_id: int) -> Group:
        """Take a unit or post out of a group."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            await uow.plan_settings.lock_groups()
            group = await _open(uow, unit_id)
            left = [one.code for one in group.members if one.id != member_id]
            if len(left) == len(group.members):
                raise ItemChanged
            return await self._write(uow, actor, group, left)

    async def list_aliases(self, actor: Actor) -> list[TaughtAlias]:
        """Return what was taught."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            aliases, units = await uow.plan_settings.list_taught(), await uow.plans.list_units()
        return [
            TaughtAlias(alias=alias, mark=mark, units=tuple(units[code] for code in alias.codes if code in units))
            for mark, alias in aliases
        ]

    async def forget_alias(self, actor: Actor, mark: int) -> list[TaughtAlias]:
        """Forget words; plans that were read with them stay as they are. Return what is left."""
        require_coordinator(actor)
        now = self._pen.clock.now()
        async with self._pen.unit_of_work() as uow:
            found = next((alias for known, alias in await uow.plan_settings.list_taught() if known == mark), None)
            if found is None:
                raise ItemChanged
            await uow.plan_settings.forget(fold(found.text))
            await uow.audit.add(actor, Act.PLAN_ALIAS_FORGOTTEN, "plan-alias", now, codes=list(found.codes))
            await uow.commit()
        return await self.list_aliases(actor)

    async def _write(self, uow: DeskUnitOfWork, actor: Actor, group: Group, codes: list[str]) -> Group:
        now = self._pen.clock.now()
        await uow.plan_settings.put_members(group.unit.code, codes)
        await uow.audit.add(actor, Act.PLAN_GROUP_CHANGED, f"unit:{group.unit.id}", now, members=codes)
        fresh = await _open(uow, group.unit.id)
        await uow.commit()
        return fresh


async def _open(uow: DeskUnitOfWork, unit_id: int) -> Group:
    unit = await uow.plans.find_unit(unit_id)
    if unit is None:
        raise GroupUnusable
    units, membership = await uow.plans.list_units(), await uow.plans.load_membership()
    return _group(unit, membership, units, await uow.plan_settings.list_named_codes())


def _group(unit: NamedUnit, membership: Membership, units: dict[str, NamedUnit], named: frozenset[str]) -> Group:
    members = membership.members.get(unit.code, ())
    return Group(
        unit=unit, members=tuple(units[code] for code in members if code in units), is_named=unit.code in named
    )
