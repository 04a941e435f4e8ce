"""What notices about channels ask at the moment of sending."""

from services.channels.dto import Channel
from services.channels.ports import ChannelsUnitOfWork
from services.ports import Factory


class ChannelNews:
    """Channels as they are now."""

    def __init__(self, reading: Factory[ChannelsUnitOfWork]) -> None:
        self._reading = reading

    async def find_offered(self, channel_id: int) -> Channel | None:
        """Return one that an administrator is asked about; None if it was registered or lost meanwhile."""
        async with self._reading() as uow:
            channel = await uow.channels.find(channel_id)
        return channel if channel is not None and not channel.is_registered and channel.lost_at is None else None

    async def find_lost(self, channel_id: int) -> Channel | None:
        """Return a registered one in which the bot may not write; None if it may again, or it was removed."""
        async with self._reading() as uow:
            channel = await uow.channels.find(channel_id)
        return channel if channel is not None and channel.is_registered and channel.lost_at is not None else None
