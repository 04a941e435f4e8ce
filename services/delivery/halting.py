"""After a restore nothing goes out until somebody says so: what waited in the backup may have gone out since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.access import Actor, Role
from services.audit.dto import Act
from services.audit.ports import AuditLog
from services.delivery.ports import Broadcasts
from services.errors import Refusal
from services.ports import Clock, Factory, Transaction

_SUBJECT = "outbox"


class NotHalted(Refusal):
    """Sending is not halted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What is no longer sent by itself: single messages, and announcements by their ids.

    `interrupted` were being sent when the backup was made, `overdue` have become due since then; all are paused.
    """

    unknown: int
    interrupted: tuple[int, ...]
    overdue: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBroadcast:
    """A broadcast that is being sent, and the announcement that it is of, if it is of one."""

    notice_id: int
    announcement_id: int | None


class HaltingRepository(Protocol):
    """The word that nothing goes out, and what had waited when it was said."""

    async def halt(self, now: datetime) -> int:
        """Say it; returns how many updates of Telegram, stored and not served, were set aside."""
        ...

    async def lift(self) -> datetime | None:
        """Take the word back; returns since when it held, None if it did not."""
        ...

    async def list_open_broadcasts(self, before: datetime) -> Sequence[OpenBroadcast]:
        """Return the broadcasts opened before a moment that are being sent, but not what changes messages."""
        ...

    async def give_up_messages(self, before: datetime, now: datetime) -> int:
        """Note of messages made before a moment that nobody knows whether they arrived.

        Answers stay, and what changes messages: that may come twice.

        Returns how many.
        """
        ...

    async def pause_announcements(self, due_before: datetime) -> Sequence[int]:
        """Pause what is scheduled for an earlier moment; returns the announcements' ids."""
        ...


class HaltingUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def halting(self) -> HaltingRepository:
        """The halt."""
        ...

    @property
    def broadcasts(self) -> Broadcasts:
        """Notices for many."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...


class Halting:
    """Stopping everything unasked at a restore, and letting it go on."""

    def __init__(self, unit_of_work: Factory[HaltingUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def halt(self, actor: Actor) -> None:
        """Let nothing go out; to be said in a restored database before anybody serves it.

        What people had asked when the backup was made is set aside, too: it was answered then, or long ago.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            set_aside = await uow.halting.halt(now)
            await uow.audit.add(actor, Act.DATABASE_RESTORED, _SUBJECT, now, updates=set_aside)
            await uow.commit()

    async def resume(self, actor: Actor) -> Resumed:
        """Let messages go out again, except what waited in the backup; a person decides about that.

        Raises:
            NotHalted: nothing was halted.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            halted_at = await uow.halting.lift()
            if halted_at is None:
                raise NotHalted
            broadcasts = await uow.halting.list_open_broadcasts(halted_at)
            for broadcast in broadcasts:
                await uow.broadcasts.pause(broadcast.notice_id)
            resumed = Resumed(
                unknown=await uow.halting.give_up_messages(halted_at, now),
                interrupted=tuple(one.announcement_id for one in broadcasts if one.announcement_id is not None),
                overdue=tuple(await uow.halting.pause_announcements(halted_at)),
            )
            paused = [*resumed.interrupted, *resumed.overdue]
            await uow.audit.add(actor, Act.SENDING_RESUMED, _SUBJECT, now, unknown=resumed.unknown, paused=paused)
            await uow.commit()
        return resumed
