"""Announcements."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.dto import AnnouncementDraft, AnnouncementStage
from services.db.models import Announcement, SendPace
from services.delivery.dto import IfLate, Urgency
from services.languages import Language

_ANNOUNCEMENTS = select(
    Announcement.id, Announcement.state, Announcement.texts, Announcement.fallback, Announcement.audience,
    Announcement.urgency, Announcement.due_at, Announcement.late_after, Announcement.if_late, Announcement.recipients,
    Announcement.notice_id, Announcement.announced_at, Announcement.announced_by,
)  # fmt: skip

# A literal, as the partial index wants it. After a restore nothing begins that was perhaps sent before.
_IS_SCHEDULED = text("state = 'scheduled'")
_NOT_HALTED = ~select(SendPace.id).where(SendPace.halted_at.is_not(None)).exists()


class SqlAnnouncementRepository:
    """Announcements by id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, draft: AnnouncementDraft, recipients: int, now: datetime) -> AnnouncementDto:
        """Write one down that waits for its time."""
        written = await self._connection.execute(
            insert(Announcement)
            .values(
                state=AnnouncementStage.SCHEDULED.value,
                texts={language.value: html for language, html in draft.texts.items()},
                fallback=draft.fallback.value if draft.fallback else None,
                audience=draft.audience,
                urgency=draft.urgency.value,
                due_at=draft.due_at,
                late_after=draft.late_after,
                if_late=draft.if_late.value,
                recipients=recipients,
                announced_at=now,
                announced_by=draft.announced_by,
                approved_at=draft.approved_at,
            )
            .returning(*_ANNOUNCEMENTS.selected_columns)
        )
        return _announcement(written.one())

    async def find(self, announcement_id: int) -> AnnouncementDto | None:
        """Return one."""
        found = await self._connection.execute(_ANNOUNCEMENTS.where(Announcement.id == announcement_id))
        row = found.one_or_none()
        return _announcement(row) if row is not None else None

    async def lock(self, announcement_id: int) -> AnnouncementDto | None:
        """Return one that nobody else changes until the end of the transaction."""
        found = await self._connection.execute(
            _ANNOUNCEMENTS.where(Announcement.id == announcement_id).with_for_update()
        )
        row = found.one_or_none()
        return _announcement(row) if row is not None else None

    async def find_by_notice(self, notice_id: int) -> AnnouncementDto | None:
        """Return the one that a notice was made of."""
        found = await self._connection.execute(_ANNOUNCEMENTS.where(Announcement.notice_id == notice_id))
        row = found.one_or_none()
        return _announcement(row) if row is not None else None

    async def claim_due(self, now: datetime) -> AnnouncementDto | None:
        """Return, locked, the first scheduled one whose time has come; none while nothing may go out at all."""
        found = await self._connection.execute(
            _ANNOUNCEMENTS.where(_IS_SCHEDULED, Announcement.due_at <= now, _NOT_HALTED)
            .order_by(Announcement.due_at, Announcement.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = found.one_or_none()
        return _announcement(row) if row is not None else None

    async def begin(self, announcement_id: int, notice_id: int, recipients: int) -> None:
        """Note what was made of one, and for how many."""
        await self._change(
            announcement_id, state=AnnouncementStage.BEGUN.value, notice_id=notice_id, recipients=recipients
        )

    async def schedule(self, announcement_id: int) -> None:
        """Let one that has not begun wait for its time again."""
        await self._change(announcement_id, state=AnnouncementStage.SCHEDULED.value)

    async def pause(self, announcement_id: int) -> None:
        """Keep one that has not begun from beginning."""
        await self._change(announcement_id, state=AnnouncementStage.PAUSED.value)

    async def cancel(self, announcement_id: int) -> None:
        """End one that has not begun."""
        await self._change(announcement_id, state=AnnouncementStage.CANCELLED.value)

    async def _change(self, announcement_id: int, **values: object) -> None:
        await self._connection.execute(update(Announcement).where(Announcement.id == announcement_id).values(**values))


def _announcement(row: Row[*tuple[Any, ...]]) -> AnnouncementDto:
    (
        announcement_id, stage, texts, fallback, audience, urgency, due_at, late_after, if_late, recipients, notice_id,
        announced_at, announced_by,
    ) = row  # fmt: skip
    return AnnouncementDto(
        id=announcement_id,
        stage=AnnouncementStage(stage),
        texts={Language(language): html for language, html in texts.items()},
        fallback=Language(fallback) if fallback else None,
        audience=audience,
        urgency=Urgency(urgency),
        due_at=due_at,
        late_after=late_after,
        if_late=IfLate(if_late),
        recipients=recipients,
        notice_id=notice_id,
        announced_at=announced_at,
        announced_by=announced_by,
    )
