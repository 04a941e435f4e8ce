"""What an account left behind by using the bot: messages, acts, tries."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import (
    Announcement,
    AnnouncementReading,
    AuditEntry,
    Certificate,
    Delivery,
    FactReport,
    InboxUpdate,
    LinkAttempts,
    Message,
    Notice,
    RosterDraft,
)
from services.delivery.dto import Urgency
from services.languages import Language
from services.mydata.dto import (
    ActData,
    ActsData,
    DraftData,
    MessageData,
    MessagesData,
    ReadingData,
    TriesData,
    WrongFactData,
)


class PersonalTraces:
    """The half of `SqlPersonalDataRepository` that is about the account alone."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_messages(self, telegram_id: int, since: datetime, limit: int) -> MessagesData:
        """Return what the bot wrote to the account."""
        own = (Delivery.account_id == telegram_id, Message.created_at >= since)
        unasked = Message.urgency != Urgency.ANSWER.value
        rows = await self._connection.execute(
            select(Notice.kind, Message.created_at, Message.state)
            .join(Delivery, Delivery.notice_id == Notice.id)
            .join(Message, Message.id == Delivery.message_id)
            .where(*own, unasked)
            .order_by(Message.created_at.desc(), Message.id.desc())
            .limit(limit)
        )
        counted = await self._connection.execute(
            select(func.count().filter(unasked), func.count().filter(~unasked))
            .select_from(Delivery)
            .join(Message, Message.id == Delivery.message_id)
            .where(*own)
        )
        newest = tuple(MessageData(kind=row[0], created_at=row[1], state=row[2]) for row in rows)
        number, answers = counted.one()
        return MessagesData(newest=newest, unasked=number, answers=answers)

    async def list_readings(self, telegram_id: int) -> tuple[ReadingData, ...]:
        """Return which announcements the account confirmed to have read."""
        rows = await self._connection.execute(
            select(Announcement.texts, AnnouncementReading.read_at)
            .join(Announcement, Announcement.id == AnnouncementReading.announcement_id)
            .where(AnnouncementReading.account_id == telegram_id)
            .order_by(AnnouncementReading.read_at)
        )
        return tuple(
            ReadingData(texts={Language(code): html for code, html in row[0].items()}, read_at=row[1]) for row in rows
        )

    async def get_acts(self, telegram_id: int, person_id: int | None, limit: int) -> ActsData:
        """Return what the audit has about both, and what the account did."""
        by_me: ColumnElement[bool] = func.coalesce(AuditEntry.account_id == telegram_id, False)
        subjects = [f"account:{telegram_id}", *([] if person_id is None else [f"person:{person_id}"])]
        about_me = AuditEntry.subject.in_(subjects)
        mine = or_(about_me, AuditEntry.account_id == telegram_id)
        rows = await self._connection.execute(
            select(AuditEntry.act, AuditEntry.at, by_me, about_me)
            .where(mine)
            .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
            .limit(limit)
        )
        newest = tuple(ActData(act=row[0], at=row[1], by_me=row[2], about_me=row[3]) for row in rows)
        number = await self._connection.scalar(select(func.count()).select_from(AuditEntry).where(mine))
        return ActsData(newest=newest, all=number or 0)

    async def get_tries(self, telegram_id: int) -> TriesData:
        """Return the account's tries in vain, by code and by contact together."""
        rows = await self._connection.execute(
            select(func.coalesce(func.sum(LinkAttempts.failures), 0), func.max(LinkAttempts.locked_until)).where(
                LinkAttempts.account_id == telegram_id
            )
        )
        failures, locked_until = rows.one()
        return TriesData(failures=failures, locked_until=locked_until)

    async def list_reports(self, person_id: int) -> tuple[WrongFactData, ...]:
        """Return what the person said is wrong on certificates."""
        rows = await self._connection.execute(
            select(
                Certificate.number, FactReport.fact, FactReport.value, FactReport.created_at, FactReport.state,
                FactReport.refusal,
            )
            .join(Certificate, Certificate.id == FactReport.certificate_id)
            .where(FactReport.person_id == person_id)
            .order_by(FactReport.id)
        )  # fmt: skip
        return tuple(
            WrongFactData(
                number=row.number,
                fact=row.fact,
                value=row.value,
                reported_at=row.created_at,
                state=row.state,
                refusal=row.refusal or "",
            )
            for row in rows
        )

    async def list_drafts(self, telegram_id: int) -> tuple[DraftData, ...]:
        """Return roster files that wait for the account's confirmation."""
        rows = await self._connection.execute(
            select(RosterDraft.file_name, RosterDraft.sent_at).where(RosterDraft.account_id == telegram_id)
        )
        return tuple(DraftData(file_name=row[0], sent_at=row[1]) for row in rows)

    async def count_unserved(self, telegram_id: int) -> int:
        """Return how many messages of the account could not be answered and are kept."""
        kept = (InboxUpdate.person_key == telegram_id, InboxUpdate.parked_at.is_not(None))
        return (await self._connection.execute(select(func.count()).where(*kept))).scalar_one()
