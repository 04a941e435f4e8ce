"""What is made of ends of papers, as the outbox takes it."""

from datetime import date, datetime, timedelta

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.expiries.dto import MarkedEnding
from services.expiries.rules import true_for

#: An office hears of the same paper again at its next threshold; an older list is of no use.
_OFFICE_LATE_AFTER = timedelta(days=7)


def ending_notice(marked: MarkedEnding, account_id: int, now: datetime) -> NewNotice:
    """Remind the person."""
    ending = marked.ending
    expires_on = ending.expires_on.isoformat()
    return NewNotice(
        kind=NoticeKind.PAPER_ENDS,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"person_id": ending.person.id, "paper": ending.paper.value, "expires_on": expires_on},
        subject=f"person:{ending.person.id}",
        occasion=f"expiry:{ending.paper.value}:{ending.person.id}:{expires_on}:{marked.threshold}",
        due_at=now,
        late_after=true_for(marked.threshold),
    )


def office_notice(office: str, day: date, official: int, now: datetime) -> NewNotice:
    """Tell an official of an office whose papers came to a threshold."""
    return NewNotice(
        kind=NoticeKind.PAPERS_AT_OFFICE,
        account_id=official,
        urgency=Urgency.NORMAL,
        payload={"office": office, "day": day.isoformat()},
        subject=f"office:{office}",
        occasion=f"expiry-office:{office}:{day.isoformat()}:{official}",
        due_at=now,
        late_after=_OFFICE_LATE_AFTER,
    )
