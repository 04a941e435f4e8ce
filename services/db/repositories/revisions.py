"""Corrections and recalls, and the messages that they change."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.notices import subject_of
from services.db.models import Announcement, AnnouncementRevision
from services.db.repositories import revision_statements as sql
from services.db.repositories.announcement_rows import words_by_code
from services.db.repositories.holders import list_holders
from services.languages import Language
from services.people.rules import full_name
from services.revisions.dto import Copy, Reach, Revision, RevisionKind, RevisionStage, Unreached, UnreachedReader
from services.revisions.notices import occasions_of_copies
from services.revisions.rules import OPEN_STAGES

_REVISIONS = select(
    AnnouncementRevision.id, AnnouncementRevision.announcement_id, AnnouncementRevision.kind,
    AnnouncementRevision.state, AnnouncementRevision.version, AnnouncementRevision.texts,
    AnnouncementRevision.notice_id, AnnouncementRevision.made_at, AnnouncementRevision.made_by,
    AnnouncementRevision.writers, AnnouncementRevision.seen_by, AnnouncementRevision.begun_at,
    AnnouncementRevision.swept_at,
)  # fmt: skip
_OPEN = [stage.value for stage in OPEN_STAGES]


class SqlRevisionRepository:
    """Revisions by id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, revision_id: int) -> Revision | None:
        """Return one."""
        found = await self._connection.execute(_REVISIONS.where(AnnouncementRevision.id == revision_id))
        row = found.one_or_none()
        return _revision_of(row) if row is not None else None

    async def find_open(self, announcement_id: int) -> Revision | None:
        """Return the correction of an announcement that has not begun."""
        found = await self._connection.execute(
            _REVISIONS.where(
                AnnouncementRevision.announcement_id == announcement_id, AnnouncementRevision.state.in_(_OPEN)
            )
        )
        row = found.one_or_none()
        return _revision_of(row) if row is not None else None

    async def list_begun(self, announcement_id: int) -> list[Revision]:
        """Return what has been done to an announcement, the newest first."""
        rows = await self._connection.execute(
            _REVISIONS.where(
                AnnouncementRevision.announcement_id == announcement_id,
                AnnouncementRevision.state == RevisionStage.BEGUN.value,
            ).order_by(AnnouncementRevision.id.desc())
        )
        return [_revision_of(row) for row in rows]

    async def open_correction(self, announcement_id: int, base: int, by: int | None, now: datetime) -> Revision:
        """Write down a correction without texts."""
        written = await self._connection.execute(
            insert(AnnouncementRevision)
            .values(
                announcement_id=announcement_id,
                kind=RevisionKind.CORRECTION.value,
                state=RevisionStage.DRAFT.value,
                base=base,
                version=0,
                made_at=now,
                made_by=by,
            )
            .returning(*_REVISIONS.selected_columns)
        )
        return _revision_of(written.one())

    async def put_texts(self, revision: Revision, texts: Mapping[Language, str], by: int | None) -> Revision:
        """Change the texts of a correction, which is a draft again."""
        written = await self._connection.execute(
            update(AnnouncementRevision)
            .where(AnnouncementRevision.id == revision.id)
            .values(
                state=RevisionStage.DRAFT.value,
                writers=sorted(revision.writers | ({by} if by is not None else set())),
                seen_by=[],
                version=AnnouncementRevision.version + 1,
                texts=words_by_code(texts),
                made_by=by,
            )
            .returning(*_REVISIONS.selected_columns)
        )
        return _revision_of(written.one())

    async def submit(self, revision_id: int, writers: Collection[int]) -> None:
        """Let a correction wait for its approver, who is none of the writers."""
        state = RevisionStage.AWAITING_APPROVAL.value
        await self._change(revision_id, state=state, writers=sorted(writers))

    async def note_seen(self, revision: Revision, by: int) -> None:
        """Keep that somebody was shown a correction, unless it is another version by now."""
        await self._connection.execute(
            update(AnnouncementRevision)
            .where(
                AnnouncementRevision.id == revision.id,
                AnnouncementRevision.version == revision.version,
                ~AnnouncementRevision.seen_by.contains([by]),
            )
            .values(seen_by=AnnouncementRevision.seen_by.concat([by]))
        )

    async def send_back(self, revision_id: int) -> None:
        """Make a correction that waits for its approver a draft again."""
        await self._change(revision_id, state=RevisionStage.DRAFT.value)

    async def drop(self, announcement_id: int) -> None:
        """End the correction that has not begun, if there is one."""
        await self._connection.execute(
            update(AnnouncementRevision)
            .where(AnnouncementRevision.announcement_id == announcement_id, AnnouncementRevision.state.in_(_OPEN))
            .values(state=RevisionStage.DROPPED.value)
        )

    async def begin_correction(
        self, revision: Revision, texts: Mapping[Language, str], notice_id: int, approved_by: int | None, now: datetime
    ) -> None:
        """Note that a correction begins, and give its announcement all its texts."""
        words = words_by_code(texts)
        approved_at = now if approved_by is not None else None
        await self._change(
            revision.id, state=RevisionStage.BEGUN.value, texts=words, notice_id=notice_id, begun_at=now,
            approved_by=approved_by, approved_at=approved_at,
        )  # fmt: skip
        await self._connection.execute(
            update(Announcement)
            .where(Announcement.id == revision.announcement_id)
            .values(texts=words, version=Announcement.version + 1, corrected_at=now)
        )

    async def begin_recall(self, announcement: AnnouncementDto, notice_id: int, by: int | None, now: datetime) -> int:
        """Write down a recall that begins, and that its announcement is withdrawn; returns its id."""
        written = await self._connection.execute(
            insert(AnnouncementRevision).values(
                announcement_id=announcement.id, kind=RevisionKind.RECALL.value, state=RevisionStage.BEGUN.value,
                base=announcement.version, notice_id=notice_id, made_at=now, made_by=by, begun_at=now,
            ).returning(AnnouncementRevision.id)
        )  # fmt: skip
        await self._connection.execute(
            update(Announcement).where(Announcement.id == announcement.id).values(withdrawn_at=now)
        )
        return written.scalar_one()

    async def freeze(self, notice_id: int, original: int) -> int:
        """Write a delivery for everybody in whose chat a message of the original can be changed; returns how many."""
        frozen = await self._connection.execute(sql.FREEZE, {"notice": notice_id, "original": original})
        return frozen.rowcount

    async def freeze_late(self, notice_id: int, original: int, made_before: datetime, now: datetime) -> int:
        """Do the same for those who were just being told, and let the broadcast go on; who has one is passed over."""
        known = {"notice": notice_id, "original": original, "made_before": made_before}
        added = (await self._connection.execute(sql.FREEZE_LATE, known)).rowcount
        if added:
            await self._connection.execute(sql.REOPEN, {"notice": notice_id, "now": now})
        return added

    async def list_copies(self, revision_id: int, announcement_id: int, made_before: datetime) -> list[Copy]:
        """Return the copies, made before that moment and still in a chat, that a revision has not changed yet."""
        known = {"subject": subject_of(announcement_id), "occasions": occasions_of_copies(revision_id)}
        rows = await self._connection.execute(sql.COPIES, {**known, "made_before": made_before})
        return [Copy(notice_id=row.notice_id, account_id=row.account_id) for row in rows]

    async def has_in_hand(self, announcement_id: int, original: int, made_before: datetime) -> bool:
        """Tell whether a sender has a message of the original, or a copy, in hand that was made before that moment."""
        known = {"subject": subject_of(announcement_id), "original": original, "made_before": made_before}
        return bool(await self._connection.scalar(sql.HAS_IN_HAND, known))

    async def tell_digests_anew(self, original: int, now: datetime) -> None:
        """Let those get it again, as a message of its own, who got it together with other things."""
        await self._connection.execute(sql.TELL_DIGESTS_ANEW, {"original": original, "now": now})

    async def supersede(self, announcement_id: int, now: datetime) -> list[int]:
        """Note of what began before that nobody is added to it any more; returns its notices."""
        begun = await self._connection.scalars(sql.SUPERSEDE, {"announcement": announcement_id, "now": now})
        return list(begun)

    async def list_unswept(self) -> list[Revision]:
        """Return what has begun and may have missed somebody; locked, without what others look at."""
        rows = await self._connection.execute(
            _REVISIONS.where(sql.IS_UNSWEPT).order_by(AnnouncementRevision.id).with_for_update(skip_locked=True)
        )
        return [_revision_of(row) for row in rows]

    async def end_sweep(self, revision_id: int, now: datetime) -> None:
        """Note that nobody can have been missed any more."""
        await self._change(revision_id, swept_at=now)

    async def reach(self, original: int, fresh_since: datetime) -> Reach:
        """Count the messages of a notice."""
        counted = await self._connection.execute(sql.REACH, {"original": original, "fresh_since": fresh_since})
        messages, fresh, in_digests, uncertain, waiting = counted.one()
        return Reach(messages=messages, fresh=fresh, in_digests=in_digests, uncertain=uncertain, waiting=waiting)

    async def list_unreached(self, original: int, notice_id: int) -> list[UnreachedReader]:
        """Return who keeps the original although a revision went out, by name."""
        rows = await self._connection.execute(sql.UNREACHED, {"original": original, "notice": notice_id})
        return [
            UnreachedReader(
                account_id=row.account_id,
                person_no=row.person_no or "",
                name=full_name(row.last_name or "", row.first_name or "", row.patronymic or ""),
                group_name=row.group_name or "",
                why=Unreached(row.why),
                error=row.error or "",
            )
            for row in rows
        ]

    async def count_unreached(self, original: int, notice_id: int) -> int:
        """Count them."""
        known = {"original": original, "notice": notice_id}
        return int(await self._connection.scalar(sql.COUNT_UNREACHED, known) or 0)

    async def find_message(self, original: int, account_id: int) -> tuple[int, datetime] | None:
        """Return Telegram's number of a notice's message in a chat, and when it was sent."""
        found = await self._connection.execute(sql.MESSAGE, {"original": original, "account": account_id})
        row = found.one_or_none()
        return (row.telegram_message_id, row.settled_at) if row is not None else None

    async def list_approvers(self, unit_code: str | None, today: date, but: Collection[int]) -> Sequence[int]:
        """Return the accounts that approve for the university or the unit today, and can be written to."""
        approvers = await list_holders(self._connection, [Role.APPROVER], unit_code, today)
        return [account for account in approvers if account not in but]

    async def _change(self, revision_id: int, **values: object) -> None:
        await self._connection.execute(
            update(AnnouncementRevision).where(AnnouncementRevision.id == revision_id).values(**values)
        )


def _revision_of(row: Row[*tuple[Any, ...]]) -> Revision:
    return Revision(
        id=row.id,
        announcement_id=row.announcement_id,
        kind=RevisionKind(row.kind),
        stage=RevisionStage(row.state),
        version=row.version,
        texts={Language(language): html for language, html in row.texts.items()},
        notice_id=row.notice_id,
        made_at=row.made_at,
        made_by=row.made_by,
        writers=frozenset(row.writers),
        seen_by=frozenset(row.seen_by),
        begun_at=row.begun_at,
        swept_at=row.swept_at,
    )
