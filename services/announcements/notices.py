"""What is made of announcements, as the outbox takes it."""

from collections.abc import Sequence
from datetime import datetime

from services.announcements.dto import Announcement, Hold
from services.delivery.dto import NewBroadcast, NewNotice, NoticeKind, Urgency


def announcement_notice(announcement: Announcement) -> NewBroadcast:
    """Tell everybody who is meant."""
    return NewBroadcast(
        kind=NoticeKind.ANNOUNCEMENT,
        payload={"announcement_id": announcement.id},
        subject=subject_of(announcement.id),
        urgency=announcement.urgency,
        late_after=announcement.late_after,
        if_late=announcement.if_late,
    )


def announcement_held(
    announcement: Announcement, author: int, hold: Hold, due_at: datetime, now: datetime, *, names: Sequence[str] = ()
) -> NewNotice:
    """Ask the author what is to become of it. `due_at`: since when it is late; `names`: what is gone."""
    return NewNotice(
        kind=NoticeKind.ANNOUNCEMENT_LATE,
        account_id=author,
        urgency=Urgency.URGENT,
        payload={
            "announcement_id": announcement.id,
            "hold": hold.value,
            "due_at": due_at.isoformat(),
            "names": list(names),
        },
        subject=subject_of(announcement.id),
        occasion=f"announcement-held:{announcement.id}:{now.isoformat()}",
        due_at=now,
    )


def subject_of(announcement_id: int) -> str:
    """Return what notices and the audit log call an announcement."""
    return f"announcement:{announcement_id}"
