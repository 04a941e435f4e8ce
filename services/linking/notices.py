"""What people are told about their links, as the outbox takes it."""

from datetime import datetime

from services.delivery.dto import NewNotice, NoticeKind, Urgency


def link_moved(link_id: int, former: int, now: datetime, *, may_disown: bool) -> NewNotice:
    """Tell the former account; who is frozen is not asked whether it was them."""
    return NewNotice(
        kind=NoticeKind.LINK_MOVED,
        account_id=former,
        urgency=Urgency.URGENT,
        payload={"link_id": link_id, "may_disown": may_disown},
        subject=f"link:{link_id}",
        occasion=f"link-moved:{link_id}",
        due_at=now,
    )


def link_frozen(link_id: int, account_id: int, now: datetime) -> NewNotice:
    """Tell the account that its link opens nothing for now."""
    return NewNotice(
        kind=NoticeKind.LINK_FROZEN,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={"link_id": link_id},
        subject=f"link:{link_id}",
        occasion=f"link-frozen:{link_id}",
        due_at=now,
    )


def link_disputed(link_id: int, frozen: int, official: int, now: datetime) -> NewNotice:
    """Tell an official that an account was frozen."""
    return NewNotice(
        kind=NoticeKind.LINK_DISPUTED,
        account_id=official,
        urgency=Urgency.URGENT,
        payload={"link_id": link_id, "account_id": frozen},
        subject=f"link:{link_id}",
        occasion=f"link-disputed:{link_id}:{official}",
        due_at=now,
    )


def link_released(account_id: int, now: datetime) -> NewNotice:
    """Tell the account that it may go on."""
    return NewNotice(
        kind=NoticeKind.LINK_RELEASED,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={},
        subject=f"account:{account_id}",
        occasion=f"link-released:{account_id}:{now.isoformat()}",
        due_at=now,
    )


def link_taken_away(person_id: int, account_id: int, now: datetime) -> NewNotice:
    """Tell the account that an official parted it from its person."""
    return NewNotice(
        kind=NoticeKind.LINK_TAKEN_AWAY,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={},
        subject=f"person:{person_id}",
        occasion=f"link-taken-away:{person_id}:{now.isoformat()}",
        due_at=now,
    )
