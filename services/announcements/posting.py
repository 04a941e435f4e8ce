"""Choosing the channels and groups of a draft: any registered one, for a unit only its own."""

from dataclasses import dataclass

from services.access import Actor
from services.announcements.drafts import DraftService
from services.announcements.dto import Announcement, DraftChange
from services.announcements.ports import AnnouncementsUnitOfWork
from services.channels.dto import Channel
from services.channels.errors import ChannelLost, NoSuchChannel
from services.ports import Factory


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOffer:
    """The channels that a draft may go to; those that it names are in `draft.channels`."""

    draft: Announcement
    channels: tuple[Channel, ...]


class DraftChannelService:
    """Channels of drafts. Whoever shows them shows the draft's version; a change of another version is refused."""

    def __init__(self, unit_of_work: Factory[AnnouncementsUnitOfWork], drafts: DraftService) -> None:
        self._unit_of_work = unit_of_work
        self._drafts = drafts

    async def offer(self, actor: Actor, draft_id: int) -> ChannelOffer:
        """Return what can be chosen, and what was chosen and cannot be any more; a curator's group has no channels."""
        draft = await self._drafts.get(actor, draft_id)
        async with self._unit_of_work() as uow:
            offered = await uow.channels.list_registered(draft.unit_code) if draft.group_name is None else []
            known = {channel.id for channel in offered}
            gone = [number for number in draft.channels if number not in known]
            named = await uow.channels.list_named(gone) if gone else []
        return ChannelOffer(draft=draft, channels=(*offered, *named))

    async def toggle(self, actor: Actor, draft_id: int, version: int, channel_id: int) -> None:
        """Choose one, or take it back; a change takes back an approval.

        Raises:
            ChannelLost: the bot may not write there any more.
            DraftChanged: somebody else has changed the draft since.
            NoSuchChannel: there is none that this draft may go to.
        """
        offer = await self.offer(actor, draft_id)
        chosen = offer.draft.channels
        if channel_id in chosen:
            channels = tuple(number for number in chosen if number != channel_id)
        else:
            _require_open(offer, channel_id)
            channels = (*chosen, channel_id)
        await self._drafts.change(actor, draft_id, version, DraftChange(channels=channels))


def _require_open(offer: ChannelOffer, channel_id: int) -> None:
    channel = next((channel for channel in offer.channels if channel.id == channel_id), None)
    if channel is None or not channel.is_registered:
        raise NoSuchChannel(channel_id)
    if channel.lost_at is not None:
        raise ChannelLost(channel.title)
