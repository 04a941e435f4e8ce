"""What administrators are told of channels, as the outbox takes it."""

from datetime import datetime

from services.channels.dto import Channel
from services.delivery.dto import NewNotice, NoticeKind, Urgency


def offered_notice(channel: Channel, administrator: int, now: datetime) -> NewNotice:
    """Ask whoever brought the bot there whether announcements shall go there; they wait for that."""
    return _about(channel, NoticeKind.CHANNEL_OFFERED, administrator, Urgency.ANSWER, now)


def lost_notice(channel: Channel, administrator: int, now: datetime) -> NewNotice:
    """Tell an administrator that the bot may not write there any more."""
    return _about(channel, NoticeKind.CHANNEL_LOST, administrator, Urgency.NORMAL, now)


def subject_of(channel_id: int) -> str:
    """Return what notices and the audit log call a channel."""
    return f"channel:{channel_id}"


def _about(channel: Channel, kind: NoticeKind, account_id: int, urgency: Urgency, now: datetime) -> NewNotice:
    return NewNotice(
        kind=kind,
        account_id=account_id,
        urgency=urgency,
        payload={"channel_id": channel.id},
        subject=subject_of(channel.id),
        occasion=f"{kind.value}:{channel.id}:{account_id}:{now.isoformat()}",
        due_at=now,
    )
