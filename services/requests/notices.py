"""What people are told about requests, as the outbox takes it: ids, never words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.requests.dto import CertificateRequest

#: The morning's word is of no use on another day.
_MORNING_LATE_AFTER = timedelta(hours=4)


def about(
    request: CertificateRequest, kind: NoticeKind, account_id: int, now: datetime, urgency: Urgency = Urgency.NORMAL
) -> NewNotice:
    """Tell somebody what became of a request; one version of it is told once."""
    return NewNotice(
        kind=kind,
        account_id=account_id,
        urgency=urgency,
        payload={"request_id": request.id},
        subject=f"certificate-request:{request.id}",
        occasion=f"{kind.value}:{request.id}:{request.version}",
        due_at=now,
    )


def morning(account_id: int, desks: Sequence[str], day: date, now: datetime) -> NewNotice:
    """Tell an official in the morning how their desks stand."""
    return NewNotice(
        kind=NoticeKind.DESK_MORNING,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"desks": list(desks), "day": day.isoformat()},
        subject=f"desk-morning:{day.isoformat()}",
        occasion=f"desk-morning:{day.isoformat()}:{account_id}",
        due_at=now,
        late_after=_MORNING_LATE_AFTER,
    )


def due_soon(account_id: int, request_ids: Sequence[int], day: date, now: datetime) -> NewNotice:
    """Tell an official that promises end on the next working day, or today; the very same ones once a day.

    A request that came back to a desk is told of again, and never keeps those beside it from being told of.
    """
    which = sha256(",".join(map(str, request_ids)).encode()).hexdigest()
    return NewNotice(
        kind=NoticeKind.REQUEST_DUE_SOON,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"request_ids": list(request_ids)},
        subject=f"request-due-soon:{request_ids[0]}",
        occasion=f"request-due-soon:{day.isoformat()}:{account_id}:{which}",
        due_at=now,
    )
