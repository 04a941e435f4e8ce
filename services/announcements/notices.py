"""What is made of announcements, as the outbox takes it.

Words between an author and an approver are urgent, as those about corrections are: an announcement waits for them, so
they wait neither for quiet hours nor for the evening's digest.
"""

from collections.abc import Sequence
from datetime import datetime

from services.announcements.dto import Announcement, Hold
from services.delivery.dto import NewBroadcast, NewNotice, NoticeKind, Urgency
from services.languages import Language


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
    announcement: Announcement, account_id: int, hold: Hold, due_at: datetime, now: datetime,
    *, names: Sequence[str] = (), deciding: bool = False,
) -> NewNotice:  # fmt: skip
    """Ask the author what is to become of it, or (`deciding`) whoever decides instead.

    `due_at`: since when it is late; `names`: what is gone.
    """
    return NewNotice(
        kind=NoticeKind.ANNOUNCEMENT_LATE,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={
            "announcement_id": announcement.id,
            "hold": hold.value,
            "due_at": due_at.isoformat(),
            "names": list(names),
            "deciding": deciding,
        },
        subject=subject_of(announcement.id),
        occasion=f"announcement-held:{announcement.id}:{account_id}:{now.isoformat()}",
        due_at=now,
    )


def subject_of(announcement_id: int) -> str:
    """Return what notices and the audit log call an announcement."""
    return f"announcement:{announcement_id}"


def preview_notice(
    announcement: Announcement, account_id: int, now: datetime, *, language: Language | None = None, joint: bool = False
) -> NewNotice:
    """Let somebody look at it as its readers will: in a language, or (the test group) marked, in their own.

    `joint`: as a channel shows it that gets all languages in one message.
    """
    which = "joint" if joint else language.value if language else "own"
    return NewNotice(
        kind=NoticeKind.ANNOUNCEMENT_PREVIEW,
        account_id=account_id,
        urgency=Urgency.ANSWER,
        payload={
            "announcement_id": announcement.id,
            "version": announcement.version,
            "language": language.value if language else "",
            "marked": language is None and not joint,
            "joint": joint,
        },
        subject=subject_of(announcement.id),
        occasion=f"announcement-preview:{announcement.id}:{announcement.version}:{account_id}:{which}:{now.isoformat()}",
        due_at=now,
    )


def to_approve(announcement: Announcement, approver: int, now: datetime) -> NewNotice:
    """Ask an approver to look at it."""
    return _about(announcement, NoticeKind.ANNOUNCEMENT_TO_APPROVE, approver, now)


def approved_notice(announcement: Announcement, writer: int, now: datetime) -> NewNotice:
    """Tell whoever wrote it that it was approved."""
    return _about(announcement, NoticeKind.ANNOUNCEMENT_APPROVED, writer, now)


def returned_notice(announcement: Announcement, writer: int, now: datetime) -> NewNotice:
    """Tell whoever wrote it that it was sent back."""
    return _about(announcement, NoticeKind.ANNOUNCEMENT_RETURNED, writer, now)


def _about(announcement: Announcement, kind: NoticeKind, account_id: int, now: datetime) -> NewNotice:
    return NewNotice(
        kind=kind,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={"announcement_id": announcement.id, "version": announcement.version},
        subject=subject_of(announcement.id),
        occasion=f"{kind.value}:{announcement.id}:{announcement.version}:{account_id}:{now.isoformat()}",
        due_at=now,
    )
