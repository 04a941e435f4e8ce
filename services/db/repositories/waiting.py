"""Announcements and corrections that wait for an approver."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, true
from sqlalchemy.ext.asyncio import AsyncConnection

from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.dto import AnnouncementStage
from services.db.models import Announcement, AnnouncementRevision
from services.db.repositories.announcement_rows import ANNOUNCEMENTS, announcement_of
from services.revisions.dto import RevisionStage


class SqlWaitingRepository:
    """What waits for a decision."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_announcements(self, units: Collection[str | None]) -> list[AnnouncementDto]:
        """Return the announcements that wait, of these units; None among them: of all."""
        waits = Announcement.state == AnnouncementStage.AWAITING_APPROVAL.value
        rows = await self._connection.execute(ANNOUNCEMENTS.where(waits, _of(units)).order_by(Announcement.id))
        return [announcement_of(row) for row in rows]

    async def list_corrections(
        self, units: Collection[str | None]
    ) -> list[tuple[AnnouncementDto, int, frozenset[int]]]:
        """Return the same of corrections: what they correct, their ids, the accounts of who wrote in them."""
        rows = await self._connection.execute(
            ANNOUNCEMENTS.add_columns(AnnouncementRevision.id.label("revision_id"))
            .add_columns(AnnouncementRevision.writers.label("corrected_by"))
            .join(AnnouncementRevision, AnnouncementRevision.announcement_id == Announcement.id)
            .where(AnnouncementRevision.state == RevisionStage.AWAITING_APPROVAL.value)
            .where(Announcement.withdrawn_at.is_(None), _of(units))
            .order_by(AnnouncementRevision.id)
        )
        return [(announcement_of(row), row.revision_id, frozenset(row.corrected_by)) for row in rows]


def _of(units: Collection[str | None]) -> ColumnElement[bool]:
    return true() if None in units else Announcement.unit_code.in_(units)
