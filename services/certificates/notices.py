"""The message that brings a certificate, as the outbox takes it: ids, never words."""

from datetime import datetime

from services.certificates.rules import subject_of
from services.delivery.dto import NewNotice, NoticeKind, Urgency


def document(
    certificate_id: int,
    account_id: int,
    occasion: str,
    *,
    due_at: datetime | None,
    urgency: Urgency = Urgency.NORMAL,
) -> NewNotice:
    """Send a certificate, once for each occasion; it waits for its file if `due_at` is None."""
    return NewNotice(
        kind=NoticeKind.CERTIFICATE_READY,
        account_id=account_id,
        urgency=urgency,
        payload={"certificate_id": certificate_id},
        subject=subject_of(certificate_id),
        occasion=f"certificate:{certificate_id}:{occasion}",
        due_at=due_at,
    )
