"""What waits for an approver: announcements and corrections that somebody else wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.access import Actor, Role
from services.announcements.dto import Announcement
from services.announcements.rules import writers_of
from services.ports import Factory, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An announcement that is to be approved, or (`revision_id`) a correction of one that is out.

    `writers`: the accounts of all who have a hand in it. `wanted_at`: until when it should be decided; None: at once.
    """

    announcement: Announcement
    writers: frozenset[int]
    revision_id: int | None = None
    wanted_at: datetime | None = None


class WaitingRepository(Protocol):
    """What waits for a decision."""

    async def list_announcements(self, units: Collection[str | None]) -> list[Announcement]:
        """Return the announcements that wait, of these units; None among them: of all."""
        ...

    async def list_corrections(self, units: Collection[str | None]) -> list[tuple[Announcement, int, frozenset[int]]]:
        """Return the same of corrections: what they correct, their ids, the accounts of who wrote in them."""
        ...


class WaitingUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this asks."""

    @property
    def waiting(self) -> WaitingRepository:
        """What waits for a decision."""
        ...


class WaitingService:
    """The list of what an approver has to decide."""

    def __init__(self, reading: Factory[WaitingUnitOfWork]) -> None:
        self._reading = reading

    async def list_waiting(self, actor: Actor) -> list[Waiting]:
        """Return what waits for this approver: what should go out at once first, then what is due next."""
        if not units_approved_for(actor):
            actor.require(Role.APPROVER)
        async with self._reading() as uow:
            return await waiting_for(uow, actor)


async def waiting_for(uow: WaitingUnitOfWork, actor: Actor) -> list[Waiting]:
    """Return what waits for somebody's decision; nothing of what they have a hand in, or may not approve."""
    units = units_approved_for(actor)
    if not units:
        return []
    found = [
        Waiting(announcement=one, writers=writers_of(one), wanted_at=one.options.wanted_at)
        for one in await uow.waiting.list_announcements(units)
    ]
    found += [
        Waiting(announcement=corrected, writers=writers, revision_id=revision_id)
        for corrected, revision_id, writers in await uow.waiting.list_corrections(units)
    ]
    others = [one for one in found if actor.account_id not in one.writers]
    return sorted(others, key=lambda one: (one.wanted_at is not None, one.wanted_at or one.announcement.announced_at))


def units_approved_for(actor: Actor) -> tuple[str | None, ...]:
    """Return for which units somebody approves; None for all, nothing for who is no approver."""
    if actor.has(Role.APPROVER):
        return (None,)
    if actor.frozen:
        return ()
    return tuple(grant.unit_code for grant in actor.grants if grant.role is Role.APPROVER)
