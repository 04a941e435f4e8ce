"""Announcements as accounts may see them, and who has confirmed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.bulletin.dto import OutAnnouncement
from services.db.models import (
    Account,
    Announcement,
    AnnouncementReading,
    Broadcast,
    Delivery,
    Link,
    Message,
    Notice,
    Person,
)
from services.db.repositories.announcement_rows import ANNOUNCEMENTS, announcement_of
from services.delivery.dto import BroadcastState, NoticeKind

# A literal, as the partial index wants it.
_HAS_BEGUN = text("announcements.state = 'begun'")
_GOES_OUT = Broadcast.state.in_([BroadcastState.OPEN.value, BroadcastState.DONE.value])

# What a unit or a curator announces is for its own people, also where an early draft of a unit was marked as public.
_FOR_EVERYBODY = and_(Announcement.is_public, Announcement.unit_code.is_(None), Announcement.group_key.is_(None))

# What was sent to an account before it belonged to its person is that of somebody else; so is all that was sent to one
# which once belonged to somebody. A guest is whose account never did.
_GUEST = and_(Account.person_id.is_(None), ~select(Link.id).where(Link.account_id == Account.telegram_id).exists())
_SENT_TO_THEM = and_(
    Delivery.id.is_not(None),
    or_(_GUEST, and_(Person.id.is_not(None), Broadcast.opened_at >= Account.linked_at)),
    or_(_GOES_OUT, func.coalesce(Message.state == "sent", false())),
)

# Who had read it before it was corrected has not read what it says now.
_CONFIRM = text("""
    insert into announcement_readings (announcement_id, account_id, read_at)
    select a.id, d.account_id, :now from announcements a join deliveries d on d.notice_id = a.notice_id
    where a.id = :announcement and d.account_id = :account
    on conflict (announcement_id, account_id) do update
    set read_at = case when announcement_readings.read_at < (select corrected_at from announcements
                                                             where id = excluded.announcement_id)
                       then excluded.read_at else announcement_readings.read_at end
    returning read_at
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))


# Whom a reminder reaches: nobody who stopped the bot, left the university, or whose link ended or is on hold.
_UNREAD = """
    from announcements n
    join deliveries d on d.notice_id = n.notice_id
    join messages m on m.id = d.message_id and m.state = 'sent'
    join accounts a on a.telegram_id = d.account_id and a.blocked_at is null and a.frozen_at is null
    left join people p on p.id = a.person_id and p.absent_since is null
    where n.id = :announcement
      and (p.id is not null
           or a.person_id is null and not exists (select from links l where l.account_id = a.telegram_id))
      and not exists (select from announcement_readings r
                      where r.announcement_id = n.id and r.account_id = d.account_id
                        and r.read_at >= coalesce(n.corrected_at, r.read_at))
"""

_COUNT_UNREAD = text(f"select count(*) {_UNREAD}")

_FREEZE_UNREAD = text(f"""
    insert into deliveries (notice_id, account_id) select :notice, d.account_id {_UNREAD} order by d.account_id
""")


class SqlBulletinRepository:
    """Announcements that are out."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_out(self, account_id: int, since: datetime, first: int, most: int) -> list[OutAnnouncement]:
        """Return what an account may see of what was due since then, the newest first."""
        rows = await self._connection.execute(
            _seen_by(account_id)
            .where(Announcement.due_at >= since)
            .order_by(Broadcast.opened_at.desc(), Announcement.id.desc())
            .offset(first)
            .limit(most)
        )
        return [_out(row) for row in rows]

    async def find_out(self, account_id: int, announcement_id: int) -> OutAnnouncement | None:
        """Return one if the account may see it."""
        found = await self._connection.execute(_seen_by(account_id).where(Announcement.id == announcement_id))
        row = found.one_or_none()
        return _out(row) if row is not None else None

    async def confirm(self, announcement_id: int, account_id: int, now: datetime) -> datetime | None:
        """Note that a recipient has read it."""
        known = {"announcement": announcement_id, "account": account_id, "now": now}
        read_at: datetime | None = await self._connection.scalar(_CONFIRM, known)
        return read_at

    async def count_unread(self, announcement_id: int) -> int:
        """Count whom a reminder would reach."""
        counted = await self._connection.execute(_COUNT_UNREAD, {"announcement": announcement_id})
        number: int = counted.scalar_one()
        return number

    async def freeze_unread(self, announcement_id: int, notice_id: int) -> int:
        """Write a delivery of a reminder for everybody of those."""
        known = {"announcement": announcement_id, "notice": notice_id}
        return (await self._connection.execute(_FREEZE_UNREAD, known)).rowcount

    async def find_reminded(self, subject: str) -> datetime | None:
        """Return when readers were last reminded of a subject."""
        reminded: datetime | None = await self._connection.scalar(
            select(func.max(Notice.created_at)).where(
                Notice.subject == subject, Notice.kind == NoticeKind.ANNOUNCEMENT_REMINDER.value
            )
        )
        return reminded


def _seen_by(account_id: int) -> Select[Any]:
    """Return the question for all announcements that an account may see."""
    mine = and_(Delivery.notice_id == Announcement.notice_id, Delivery.account_id == account_id)
    read = and_(
        AnnouncementReading.announcement_id == Announcement.id,
        AnnouncementReading.account_id == account_id,
        AnnouncementReading.read_at >= func.coalesce(Announcement.corrected_at, AnnouncementReading.read_at),
    )
    present = and_(Person.id == Account.person_id, Person.absent_since.is_(None), Account.frozen_at.is_(None))
    return (
        ANNOUNCEMENTS.add_columns(Broadcast.opened_at, Delivery.id.is_not(None).label("mine"))
        .add_columns(AnnouncementReading.read_at)
        .join(Broadcast, Broadcast.notice_id == Announcement.notice_id)
        .join(Account, Account.telegram_id == account_id)
        .outerjoin(Person, present)
        .outerjoin(Delivery, mine)
        .outerjoin(Message, Message.id == Delivery.message_id)
        .outerjoin(AnnouncementReading, read)
        .where(_HAS_BEGUN, Announcement.withdrawn_at.is_(None))
        .where(or_(_SENT_TO_THEM, and_(_FOR_EVERYBODY, _GOES_OUT)))
    )


def _out(row: Row[*tuple[Any, ...]]) -> OutAnnouncement:
    return OutAnnouncement(
        announcement=announcement_of(row), out_since=row.opened_at, mine=row.mine, read_at=row.read_at
    )
