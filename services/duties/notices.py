"""What colleagues are told about duties, as the outbox takes it: ids, never words."""

from datetime import datetime

from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.duties.dto import Colleague, DutyKey


def handed_on(to: Colleague, key: DutyKey, duty_id: int, version: int, now: datetime) -> NewNotice:
    """Tell a colleague that a duty was handed to them."""
    return NewNotice(
        kind=NoticeKind.PLAN_HANDED_ON,
        account_id=to.account_id,
        urgency=Urgency.NORMAL,
        payload={"instance_id": key.instance_id, "unit_id": key.unit_id, "person_id": to.person_id},
        subject=f"plan-duty:{duty_id}",
        occasion=f"plan-handed-on:{duty_id}:{version}",
        due_at=now,
    )
