"""What is made for readers of announcements, as the outbox takes it."""

from datetime import datetime

from services.announcements.notices import subject_of
from services.delivery.dto import NewNotice, NoticeKind, Urgency


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
