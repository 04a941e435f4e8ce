"""Registering channels and groups, looking after them, and noting where the bot may write."""

import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from services.access import Actor, Role
from services.audit.dto import Act
from services.channels.dto import Channel, ChannelCard, ChatChange
from services.channels.errors import ChannelLost, NoSuchChannel
from services.channels.notices import lost_notice, offered_notice, subject_of
from services.channels.ports import ChannelRepository, ChannelsUnitOfWork
from services.languages import Language
from services.ports import Bell, Calendar, Clock, Factory
from services.roles.dto import UnitName

logger = logging.getLogger(__name__)


class ChannelService:
    """Where announcements may go besides to people. `administrators`: Telegram ids that the settings name.

    Only administrators register and change; nothing is kept of a chat to which somebody else brought the bot.
    """

    def __init__(
        self,
        unit_of_work: Factory[ChannelsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._administrators = frozenset(administrators)

    async def note_change(self, change: ChatChange) -> None:
        """Note that the bot may write somewhere, or may not any more; ask the administrator who brought it there."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            known = await uow.channels.lock_by_chat(change.chat_id)
            if not change.may_write:
                if known is not None and known.lost_at is None:
                    await uow.channels.lose(known.id, now)
            elif known is not None and known.is_registered:
                await uow.channels.offer(change, now)
            else:
                await self._offer(uow, change, now)
            await uow.commit()
        self._outbox_bell.ring()

    async def note_move(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup."""
        async with self._unit_of_work() as uow:
            await uow.channels.move(old, new)
            await uow.commit()

    async def list_all(self, actor: Actor) -> list[Channel]:
        """Return all of them."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return await uow.channels.list_all()

    async def open(self, actor: Actor, channel_id: int) -> ChannelCard:
        """Return one.

        Raises:
            NoSuchChannel: there is none.
        """
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return await _card(uow, _known(channel_id, await uow.channels.find(channel_id)))

    async def list_units(self, actor: Actor) -> list[UnitName]:
        """Return the units to which one can belong."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            return await uow.roles.list_units()

    async def register(self, actor: Actor, channel_id: int) -> ChannelCard:
        """Let announcements go there; done twice it is done once.

        Raises:
            ChannelLost: the bot may not write there any more.
            NoSuchChannel: there is none.
        """

        async def step(channels: ChannelRepository, channel: Channel, now: datetime) -> Act | None:
            if channel.lost_at is not None:
                raise ChannelLost(channel.title)
            if channel.is_registered:
                return None
            await channels.register(channel.id, actor.account_id, now)
            return Act.CHANNEL_REGISTERED

        return await self._change(actor, channel_id, step)

    async def remove(self, actor: Actor, channel_id: int) -> ChannelCard:
        """Let no announcement go there any more."""

        async def step(channels: ChannelRepository, channel: Channel, _now: datetime) -> Act | None:
            if not channel.is_registered:
                return None
            await channels.remove(channel.id)
            return Act.CHANNEL_REMOVED

        return await self._change(actor, channel_id, step)

    async def choose_language(self, actor: Actor, channel_id: int, language: Language | None) -> ChannelCard:
        """Keep whose text goes there; None for all of them in one message."""

        async def step(channels: ChannelRepository, channel: Channel, _now: datetime) -> Act | None:
            await channels.set_language(channel.id, language)
            return Act.CHANNEL_CHANGED

        return await self._change(actor, channel_id, step)

    async def choose_unit(self, actor: Actor, channel_id: int, unit_id: int | None) -> ChannelCard:
        """Keep the unit whose editors may choose it, too; None for the editors of the university only."""
        code = None
        if unit_id is not None:
            async with self._unit_of_work() as uow:
                unit = await uow.roles.find_unit(unit_id)
            code = unit.code if unit is not None else None

        async def step(channels: ChannelRepository, channel: Channel, _now: datetime) -> Act | None:
            await channels.set_unit(channel.id, code)
            return Act.CHANNEL_CHANGED

        return await self._change(actor, channel_id, step)

    async def tell_next(self) -> bool:
        """Tell the administrators of one that was lost; False if there is none."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            lost = await uow.channels.claim_lost()
            if lost is None:
                return False
            logger.warning("the bot may not write in channel %d any more", lost.id)
            for administrator in await self._list_administrators(uow, now):
                await uow.outbox.add(lost_notice(lost, administrator, now), now)
            await uow.channels.note_told(lost.id, now)
            await uow.commit()
        self._outbox_bell.ring()
        return True

    async def _offer(self, uow: ChannelsUnitOfWork, change: ChatChange, now: datetime) -> None:
        if change.by not in await self._list_administrators(uow, now):
            return
        channel = await uow.channels.offer(change, now)
        await uow.outbox.add(offered_notice(channel, change.by, now), now)

    async def _list_administrators(self, uow: ChannelsUnitOfWork, now: datetime) -> list[int]:
        return await uow.channels.list_administrators(self._calendar.today(now), self._administrators)

    async def _change(
        self,
        actor: Actor,
        channel_id: int,
        step: Callable[[ChannelRepository, Channel, datetime], Awaitable[Act | None]],
    ) -> ChannelCard:
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            act = await step(uow.channels, _known(channel_id, await uow.channels.lock(channel_id)), now)
            if act is not None:
                await uow.audit.add(actor, act, subject_of(channel_id), now)
            card = await _card(uow, _known(channel_id, await uow.channels.find(channel_id)))
            await uow.commit()
        return card


def _known(channel_id: int, channel: Channel | None) -> Channel:
    if channel is None:
        raise NoSuchChannel(channel_id)
    return channel


async def _card(uow: ChannelsUnitOfWork, channel: Channel) -> ChannelCard:
    by, code = channel.registered_by, channel.unit_code
    names = await uow.audience_offers.name_units([code]) if code is not None else {}
    registrar = await uow.channels.find_name(by) if by is not None else ""
    return ChannelCard(channel=channel, registrar=registrar, unit=names.get(code) if code is not None else None)
