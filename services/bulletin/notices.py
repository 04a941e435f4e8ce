"""What is made for readers of announcements, as the outbox takes it."""

from datetime import datetime, timedelta

from services.announcements.dto import Announcement
from services.announcements.notices import subject_of
from services.delivery.dto import IfLate, NewBroadcast, NewNotice, NoticeKind, Urgency

#: A reminder that an outage made later than this is not sent.
_LATE_AFTER = timedelta(hours=24)


def announcement_shown(announcement_id: int, account_id: int, now: datetime) -> NewNotice:
    """Bring an announcement with its file once more to somebody who asked for it."""
    return NewNotice(
        kind=NoticeKind.ANNOUNCEMENT_SHOWN,
        account_id=account_id,
        urgency=Urgency.ANSWER,
        payload={"announcement_id": announcement_id},
        subject=subject_of(announcement_id),
        occasion=f"announcement-shown:{announcement_id}:{account_id}:{now.isoformat()}",
        due_at=now,
    )


def reading_reminder(announcement: Announcement) -> NewBroadcast:
    """Ask those who have not confirmed it once more."""
    return NewBroadcast(
        kind=NoticeKind.ANNOUNCEMENT_REMINDER,
        payload={"announcement_id": announcement.id},
        subject=subject_of(announcement.id),
        urgency=Urgency.NORMAL,
        late_after=_LATE_AFTER,
        if_late=IfLate.DROP,
    )
