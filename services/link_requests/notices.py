"""What people are told about requests, as the outbox takes it."""

from datetime import datetime

from services.delivery.dto import NewNotice, NoticeKind, Urgency


def request_waiting(request_id: int, official: int, now: datetime) -> NewNotice:
    """Tell an official that somebody asks."""
    return NewNotice(
        kind=NoticeKind.LINK_REQUEST_WAITING,
        account_id=official,
        urgency=Urgency.NORMAL,
        payload={"request_id": request_id},
        subject=f"link-request:{request_id}",
        occasion=f"link-request-waiting:{request_id}:{official}",
        due_at=now,
    )


def request_decided(request_id: int, account_id: int, now: datetime) -> NewNotice:
    """Tell the asker what became of it."""
    return NewNotice(
        kind=NoticeKind.LINK_REQUEST_DECIDED,
        account_id=account_id,
        urgency=Urgency.ANSWER,
        payload={"request_id": request_id},
        subject=f"link-request:{request_id}",
        occasion=f"link-request-decided:{request_id}",
        due_at=now,
    )
