"""Announcements."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import LinkedPerson
from services.announcements.dto import (
    LATE_AFTER,
    AnnouncementDraft,
    AnnouncementStage,
    Content,
    DraftChange,
    Voice,
)
from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.rules import CHANGEABLE
from services.db.models import Account, Announcement, Person, SendPace
from services.db.repositories.announcement_rows import (
    ANNOUNCEMENTS,
    announcement_of,
    content_columns,
    option_columns,
    spoken_in,
    voice_columns,
)
from services.db.repositories.person_rows import LINKED, linked_person
from services.delivery.dto import Urgency

# A literal, as the partial index wants it. After a restore nothing begins that was perhaps sent before.
_IS_SCHEDULED = text("state = 'scheduled'")
_SENT = (AnnouncementStage.BEGUN, AnnouncementStage.SCHEDULED, AnnouncementStage.PAUSED)
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
                submitted_by=draft.announced_by,
                writers=[draft.announced_by] if draft.announced_by is not None else [],
                approved_at=draft.approved_at,
            )
            .returning(*ANNOUNCEMENTS.selected_columns)
        )
        return announcement_of(written.one())

    async def add_draft(self, content: Content, voice: Voice, by: int | None, now: datetime) -> AnnouncementDto:
        """Write down the beginning of one."""
        written = await self._connection.execute(
            insert(Announcement)
            .values(
                state=AnnouncementStage.DRAFT.value,
                **content_columns(content),
                **voice_columns(voice),
                urgency=Urgency.NORMAL.value,
                due_at=now,
                late_after=LATE_AFTER,
                recipients=0,
                announced_at=now,
                announced_by=by,
                changed_at=now,
                changed_by=by,
                writers=[by] if by is not None else [],
            )
            .returning(*ANNOUNCEMENTS.selected_columns)
        )
        return announcement_of(written.one())

    async def change(self, announcement_id: int, change: DraftChange, by: int | None, now: datetime) -> AnnouncementDto:
        """Change one, which is a draft again."""
        values: dict[str, Any] = content_columns(change.content) if change.content is not None else {}
        if change.audience is not None:
            values["audience"] = " ".join(change.audience.split())
        if change.channels is not None:
            values["channels"] = list(change.channels)
        if change.options is not None:
            values |= option_columns(change.options)
        written = await self._connection.execute(
            update(Announcement)
            .where(Announcement.id == announcement_id)
            .values(
                state=AnnouncementStage.DRAFT.value,
                version=Announcement.version + 1,
                approved_at=None,
                approved_by=None,
                changed_at=now,
                changed_by=by,
                writers=_writers_and(by),
                **values,
            )
            .returning(*ANNOUNCEMENTS.selected_columns)
        )
        return announcement_of(written.one())

    async def list_unsent(self, voices: Collection[Voice], first: int, most: int) -> list[AnnouncementDto]:
        """Return those that have not begun and were not cancelled, the one changed last first."""
        unsent = ANNOUNCEMENTS.where(Announcement.state.in_([stage.value for stage in CHANGEABLE]), spoken_in(voices))
        last = func.coalesce(Announcement.changed_at, Announcement.announced_at).desc()
        rows = await self._connection.execute(unsent.order_by(last, Announcement.id.desc()).offset(first).limit(most))
        return [announcement_of(row) for row in rows]

    async def list_editors(self, accounts: Collection[int]) -> dict[int, LinkedPerson]:
        """Return whose these accounts are, as far as they are anybody's."""
        rows = await self._connection.execute(
            select(Account.telegram_id, *LINKED)
            .join_from(Account, Person, Person.id == Account.person_id)
            .where(Account.telegram_id.in_(accounts))
        )
        return {row[0]: linked_person(row[1:]) for row in rows}

    async def find(self, announcement_id: int) -> AnnouncementDto | None:
        """Return one."""
        found = await self._connection.execute(ANNOUNCEMENTS.where(Announcement.id == announcement_id))
        row = found.one_or_none()
        return announcement_of(row) if row is not None else None

    async def lock(self, announcement_id: int) -> AnnouncementDto | None:
        """Return one that nobody else changes until the end of the transaction."""
        found = await self._connection.execute(
            ANNOUNCEMENTS.where(Announcement.id == announcement_id).with_for_update()
        )
        row = found.one_or_none()
        return announcement_of(row) if row is not None else None

    async def find_by_notice(self, notice_id: int) -> AnnouncementDto | None:
        """Return the one that a notice was made of."""
        found = await self._connection.execute(ANNOUNCEMENTS.where(Announcement.notice_id == notice_id))
        row = found.one_or_none()
        return announcement_of(row) if row is not None else None

    async def claim_due(self, now: datetime) -> AnnouncementDto | None:
        """Return, locked, the first scheduled one whose time has come; none while nothing may go out at all."""
        found = await self._connection.execute(
            ANNOUNCEMENTS.where(_IS_SCHEDULED, Announcement.due_at <= now, _NOT_HALTED)
            .order_by(Announcement.due_at, Announcement.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = found.one_or_none()
        return announcement_of(row) if row is not None else None

    async def begin(self, announcement_id: int, notice_id: int, recipients: int) -> None:
        """Note what was made of one, and for how many."""
        await self._change(
            announcement_id, state=AnnouncementStage.BEGUN.value, notice_id=notice_id, recipients=recipients
        )

    async def note_submitter(self, announcement_id: int, by: int | None) -> None:
        """Keep who lets one go, and so has a hand in it."""
        await self._change(announcement_id, submitted_by=by, writers=_writers_and(by))

    async def submit(self, announcement_id: int, recipients: int) -> None:
        """Let a draft wait for an approval."""
        await self._change(
            announcement_id, state=AnnouncementStage.AWAITING_APPROVAL.value, recipients=recipients, returned=""
        )

    async def clear(
        self, announcement_id: int, due_at: datetime, recipients: int, now: datetime, approved_by: int | None = None
    ) -> AnnouncementDto:
        """Let one wait for its time: nobody has to approve it, or somebody has."""
        await self._change(
            announcement_id,
            state=AnnouncementStage.SCHEDULED.value,
            due_at=due_at,
            recipients=recipients,
            returned="",
            approved_by=approved_by,
            approved_at=now if approved_by is not None else None,
        )
        found = await self._connection.execute(ANNOUNCEMENTS.where(Announcement.id == announcement_id))
        return announcement_of(found.one())

    async def send_back(self, announcement_id: int, reason: str) -> None:
        """Make one a draft again, and keep why."""
        await self._change(announcement_id, state=AnnouncementStage.DRAFT.value, returned=reason)

    async def list_sent(self, voices: Collection[Voice], most: int) -> list[AnnouncementDto]:
        """Return those that have begun or wait for their time, the last first."""
        known = ANNOUNCEMENTS.where(Announcement.state.in_([stage.value for stage in _SENT]), spoken_in(voices))
        rows = await self._connection.execute(known.order_by(Announcement.due_at.desc(), Announcement.id).limit(most))
        return [announcement_of(row) for row in rows]

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


def _writers_and(by: int | None) -> ColumnElement[Any]:
    """Return who wrote in an announcement so far, and one more; the operator has no account."""
    writers = Announcement.writers
    more = [] if by is None else [by]
    return case((writers.contains(more), writers), else_=writers.concat(more))
