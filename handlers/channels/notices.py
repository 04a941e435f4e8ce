"""What administrators are told of channels; None where it is no longer true."""

from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.channels.callbacks import OpenChannel, RegisterChannel
from handlers.channels.texts import lost_text, offered_text
from handlers.common.callbacks import GoTo, Place
from services.channels.dto import Channel
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage


class ChannelNews(Protocol):
    """Channels at the moment of sending."""

    async def find_offered(self, channel_id: int) -> Channel | None:
        """Return one that an administrator is asked about; None if it was registered or lost meanwhile."""
        ...

    async def find_lost(self, channel_id: int) -> Channel | None:
        """Return a registered one in which the bot may not write; None if it may again, or it was removed."""
        ...


class ChannelNotices:
    """Renderers."""

    def __init__(self, news: ChannelNews) -> None:
        self._news = news

    async def offered(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask whether announcements shall go there."""
        channel = await self._news.find_offered(int(message.payload["channel_id"]))
        if channel is None:
            return None
        yes = RegisterChannel(channel_id=channel.id)
        buttons = (
            OutgoingButton(text=_("✅ Register it for announcements"), data=yes.pack()),
            OutgoingButton(text=_("← Channels and groups"), data=GoTo(place=Place.CHANNELS).pack()),
        )
        return OutgoingMessage(text=offered_text(channel), buttons=buttons)

    async def lost(self, message: DueNotice) -> OutgoingMessage | None:
        """Say that nothing arrives there."""
        channel = await self._news.find_lost(int(message.payload["channel_id"]))
        if channel is None:
            return None
        look = OutgoingButton(text=_("📣 Look at it"), data=OpenChannel(channel_id=channel.id).pack())
        return OutgoingMessage(text=lost_text(channel), buttons=(look,))
