"""What people are told unasked about their links."""

from aiogram.utils.i18n import gettext as _

from services.delivery.dto import OutgoingMessage


def link_moved() -> OutgoingMessage:
    """Tell the former account that the person uses another one now."""
    return OutgoingMessage(
        text=_(
            "⚠️ Your person was linked to another Telegram account with a one-time code; this account is no longer "
            "linked. If this was not you, tell the office named in /help at once."
        )
    )
