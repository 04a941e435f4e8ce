"""What people are told about their links, as the outbox takes it."""

from datetime import datetime

from services.delivery.dto import NewNotice, NoticeKind, Urgency


def link_moved(link_id: int, former: int, now: datetime, *, may_disown: bool) -> NewNotice:
    """Tell the former account; who is frozen is not asked whether it was them."""
    subject, occasion = f"link:{link_id}", f"link-moved:{link_id}"
    return _notice(NoticeKind.LINK_MOVED, former, subject, occasion, now, link_id=link_id, may_disown=may_disown)


def link_frozen(link_id: int, account_id: int, now: datetime) -> NewNotice:
    """Tell the account that its link opens nothing for now."""
    subject, occasion = f"link:{link_id}", f"link-frozen:{link_id}"
    return _notice(NoticeKind.LINK_FROZEN, account_id, subject, occasion, now, link_id=link_id)


def link_disputed(link_id: int, frozen: int, official: int, now: datetime) -> NewNotice:
    """Tell an official that an account was frozen."""
    subject, occasion = f"link:{link_id}", f"link-disputed:{link_id}:{official}"
    return _notice(NoticeKind.LINK_DISPUTED, official, subject, occasion, now, link_id=link_id, account_id=frozen)


def link_released(account_id: int, now: datetime) -> NewNotice:
    """Tell the account that it may go on."""
    subject, occasion = f"account:{account_id}", f"link-released:{account_id}:{now.isoformat()}"
    return _notice(NoticeKind.LINK_RELEASED, account_id, subject, occasion, now)


def link_taken_away(person_id: int, account_id: int, now: datetime) -> NewNotice:
    """Tell the account that an official parted it from its person."""
    subject, occasion = f"person:{person_id}", f"link-taken-away:{person_id}:{now.isoformat()}"
    return _notice(NoticeKind.LINK_TAKEN_AWAY, account_id, subject, occasion, now)


def _notice(kind: NoticeKind, reader: int, subject: str, occasion: str, now: datetime, **payload: int) -> NewNotice:
    return NewNotice(
        kind=kind,
        account_id=reader,
        urgency=Urgency.URGENT,
        payload=payload,
        subject=subject,
        occasion=occasion,
        due_at=now,
    )
