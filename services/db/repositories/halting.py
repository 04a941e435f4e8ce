"""The halt after a restore."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Announcement, Broadcast, Delivery, InboxUpdate, Message, Notice, SendPace
from services.delivery.dto import CHANGES_OF_MESSAGES, BroadcastState, Urgency
from services.delivery.halting import OpenBroadcast

_OPEN = ("pending", "claimed", "sending")
_FIRST_GAP = 0.001  # seconds: nothing slows it down
# What changes a message that is in the chat may go on: done once more it does no harm.
_NEW_TO_READERS = Notice.kind.not_in([kind.value for kind in CHANGES_OF_MESSAGES])


class SqlHaltingRepository:
    """The halt in the row of the pace, and what it finds waiting."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def halt(self, now: datetime) -> int:
        """Say that nothing goes out, and set aside what was not served."""
        pace = insert(SendPace).values(id=1, next_at=now, gap=_FIRST_GAP, counted_at=now, halted_at=now)
        await self._connection.execute(
            pace.on_conflict_do_update(
                index_elements=["id"], set_={"halted_at": now, "paused_until": None, "alive_at": now}
            )
        )
        parked = await self._connection.execute(
            update(InboxUpdate)
            .where(InboxUpdate.done_at.is_(None), InboxUpdate.parked_at.is_(None))
            .values(parked_at=now)
        )
        return parked.rowcount

    async def lift(self) -> datetime | None:
        """Take the word back."""
        halted_at = await self._connection.scalar(select(SendPace.halted_at).with_for_update())
        await self._connection.execute(update(SendPace).values(halted_at=None))
        return halted_at

    async def list_open_broadcasts(self, before: datetime) -> Sequence[OpenBroadcast]:
        """Return the broadcasts that are being sent."""
        rows = await self._connection.execute(
            select(Broadcast.notice_id, Announcement.id)
            .join(Notice, Notice.id == Broadcast.notice_id)
            .outerjoin(Announcement, Announcement.notice_id == Broadcast.notice_id)
            .where(Broadcast.state == BroadcastState.OPEN.value, Broadcast.opened_at < before, _NEW_TO_READERS)
            .order_by(Broadcast.notice_id)
        )
        return [OpenBroadcast(notice_id=notice, announcement_id=announcement) for notice, announcement in rows]

    async def give_up_messages(self, before: datetime, now: datetime) -> int:
        """Note that nobody knows whether they arrived."""
        given_up = await self._connection.execute(
            update(Message)
            .where(Message.state.in_(_OPEN), Message.urgency != Urgency.ANSWER.value, _told_of(before))
            .values(
                state="unknown",
                settled_at=now,
                worker=None,
                leased_until=None,
                error="waited in a backup",
            )
        )
        return given_up.rowcount

    async def pause_announcements(self, due_before: datetime) -> Sequence[int]:
        """Pause what is scheduled for an earlier moment."""
        paused = await self._connection.execute(
            update(Announcement)
            .where(Announcement.state == "scheduled", Announcement.due_at < due_before)
            .values(state="paused")
            .returning(Announcement.id)
        )
        return sorted(paused.scalars())


def _told_of(before: datetime) -> ColumnElement[bool]:
    """Whether a message brings something of an earlier moment; a digest may have been begun later."""
    carried = select(Delivery.id).join(Notice, Notice.id == Delivery.notice_id)
    return carried.where(Delivery.message_id == Message.id, Notice.created_at < before, _NEW_TO_READERS).exists()
