"""What is made of corrections and recalls, as the outbox takes it.

Changing a message makes no sound, so it is urgent: it waits neither for quiet hours nor for the evening's digest.
"""

from datetime import datetime

from services.announcements.notices import subject_of
from services.delivery.dto import NewBroadcast, NewNotice, NoticeKind, Urgency
from services.revisions.dto import Copy, Revision


def correction_notice(revision: Revision) -> NewBroadcast:
    """Change the text in every chat."""
    return NewBroadcast(
        kind=NoticeKind.ANNOUNCEMENT_CORRECTED,
        payload={"revision_id": revision.id},
        subject=subject_of(revision.announcement_id),
        urgency=Urgency.URGENT,
    )


def recall_notice(announcement_id: int) -> NewBroadcast:
    """Take the message out of every chat."""
    return NewBroadcast(
        kind=NoticeKind.ANNOUNCEMENT_RECALLED,
        payload={"announcement_id": announcement_id},
        subject=subject_of(announcement_id),
        urgency=Urgency.URGENT,
    )


def changed_copy(revision_id: int, announcement_id: int, copy: Copy, now: datetime, *, recalled: bool) -> NewNotice:
    """Change a copy that somebody fetched, or take it away; once for each revision and copy."""
    kind = NoticeKind.ANNOUNCEMENT_RECALLED if recalled else NoticeKind.ANNOUNCEMENT_CORRECTED
    return NewNotice(
        kind=kind,
        account_id=copy.account_id,
        urgency=Urgency.URGENT,
        payload={"announcement_id": announcement_id, "revision_id": revision_id, "copy": copy.notice_id},
        subject=subject_of(announcement_id),
        occasion=f"{occasions_of_copies(revision_id)}{copy.notice_id}",
        due_at=now,
    )


def occasions_of_copies(revision_id: int) -> str:
    """Return how the occasions begin by which a revision changes copies; the copy's notice stands behind."""
    return f"announcement-copy:{revision_id}:"


def correction_waiting(revision: Revision, approver: int, now: datetime) -> NewNotice:
    """Ask an approver."""
    return NewNotice(
        kind=NoticeKind.CORRECTION_WAITING,
        account_id=approver,
        urgency=Urgency.URGENT,
        payload={"revision_id": revision.id, "version": revision.version},
        subject=subject_of(revision.announcement_id),
        occasion=f"correction-waiting:{revision.id}:{revision.version}:{approver}:{now.isoformat()}",
        due_at=now,
    )


def correction_decided(revision: Revision, author: int, now: datetime, *, approved: bool) -> NewNotice:
    """Tell the author what the approver said."""
    return NewNotice(
        kind=NoticeKind.CORRECTION_DECIDED,
        account_id=author,
        urgency=Urgency.URGENT,
        payload={"announcement_id": revision.announcement_id, "approved": approved},
        subject=subject_of(revision.announcement_id),
        occasion=f"correction-decided:{revision.id}:{approved}:{now.isoformat()}",
        due_at=now,
    )
