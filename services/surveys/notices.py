"""What goes out to the people of a survey, as the outbox takes it. Payload and subject name the survey alone."""

from datetime import timedelta
from typing import Final

from services.delivery.dto import IfLate, NewBroadcast, NoticeKind, Urgency

#: A reminder that an outage made later than this is not sent.
_REMINDER_LATE: Final = timedelta(hours=24)


def invitation(survey_id: int) -> NewBroadcast:
    """Invite everybody who is asked; the renderer says nothing any more once the survey is over."""
    return NewBroadcast(
        kind=NoticeKind.SURVEY_INVITATION,
        payload={"survey_id": survey_id},
        subject=subject_of(survey_id),
        urgency=Urgency.NORMAL,
    )


def reminder(survey_id: int) -> NewBroadcast:
    """Remind those who are still asked."""
    return NewBroadcast(
        kind=NoticeKind.SURVEY_REMINDER,
        payload={"survey_id": survey_id},
        subject=subject_of(survey_id),
        urgency=Urgency.NORMAL,
        late_after=_REMINDER_LATE,
        if_late=IfLate.DROP,
    )


def subject_of(survey_id: int) -> str:
    """Return what notices and the audit log call a survey."""
    return f"survey:{survey_id}"
