"""What is made of reminders, as the outbox takes it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from services.delivery.dto import NewNotice, NoticeKind, Urgency


def day_subject(day: date) -> str:
    """Return what the digests of a day are about."""
    return f"plan-day:{day.isoformat()}"


def digest_notice(
    account_id: int, day: date, now: datetime, late_after: timedelta, *, listed: bool, asked: bool
) -> NewNotice:
    """Leave a person's digest of a day. `listed`: with the monthly list; `asked`: which asks how far they are."""
    return NewNotice(
        kind=NoticeKind.PLAN_DIGEST,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"day": day.isoformat(), "listed": listed, "asked": asked},
        subject=day_subject(day),
        occasion=f"plan-digest:{day.isoformat()}:{account_id}",
        due_at=now,
        late_after=late_after,
    )


def weekly_notice(account_id: int, posts: Sequence[str], day: date, now: datetime, late_after: timedelta) -> NewNotice:
    """Leave the week's message for somebody of the leadership."""
    year, week, _weekday = day.isocalendar()
    return NewNotice(
        kind=NoticeKind.PLAN_WEEKLY,
        account_id=account_id,
        urgency=Urgency.NORMAL,
        payload={"posts": list(posts), "day": day.isoformat()},
        subject=f"plan-week:{year}-{week:02d}",
        occasion=f"plan-weekly:{year}-{week:02d}:{account_id}",
        due_at=now,
        late_after=late_after,
    )
