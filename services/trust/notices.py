"""What two people are told of their talk, as the outbox takes it: the talk's id and nothing else."""

from datetime import datetime

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.trust.dto import Talk
from services.trust.rules import urgency_of

#: What the outbox holds of talks; it goes with them.
KINDS = (NoticeKind.TRUST_BOOKED, NoticeKind.TRUST_CANCELLED, NoticeKind.TRUST_REMINDER)


def subject_of(talk_id: int) -> str:
    """Return what notices of a talk are about."""
    return f"trust-talk:{talk_id}"


def booked_notice(talk: Talk, account_id: int, now: datetime) -> NewNotice:
    """Tell the officer."""
    return _notice(NoticeKind.TRUST_BOOKED, talk, account_id, now, urgency_of(talk.slot.starts_at, now))


def cancelled_notice(talk: Talk, account_id: int, now: datetime) -> NewNotice:
    """Tell the other of the two."""
    return _notice(NoticeKind.TRUST_CANCELLED, talk, account_id, now, urgency_of(talk.slot.starts_at, now))


def reminder_notice(talk: Talk, account_id: int, at: datetime) -> NewNotice:
    """Remind one of the two at a moment of the day; a digest of the evening would come too late."""
    return _notice(NoticeKind.TRUST_REMINDER, talk, account_id, at, Urgency.URGENT)


def _notice(kind: NoticeKind, talk: Talk, account_id: int, due_at: datetime, urgency: Urgency) -> NewNotice:
    return NewNotice(
        kind=kind,
        account_id=account_id,
        urgency=urgency,
        payload={"talk_id": talk.id},
        subject=subject_of(talk.id),
        occasion=f"{kind.value}:{talk.id}:{account_id}",
        due_at=due_at,
        late_after=talk.slot.starts_at - due_at,
    )
