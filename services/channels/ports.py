"""What this feature needs from storage."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from services.audience.ports import AudienceOffers
from services.audit.ports import AuditLog
from services.channels.dto import Channel, ChannelPost, ChatChange
from services.delivery.ports import Outbox
from services.languages import Language
from services.ports import Transaction
from services.roles.ports import RoleRepository


class ChannelRepository(Protocol):
    """Channels by id. Nobody's account is among them, and they are among nobody's accounts."""

    async def find(self, channel_id: int) -> Channel | None:
        """Return one."""
        ...

    async def lock(self, channel_id: int) -> Channel | None:
        """Return one that nobody else changes until the end of the transaction."""
        ...

    async def find_by_chat(self, chat_id: int) -> Channel | None:
        """Return the one with Telegram's number."""
        ...

    async def lock_by_chat(self, chat_id: int) -> Channel | None:
        """Return it, and let nobody else change it until the end of the transaction."""
        ...

    async def list_all(self) -> list[Channel]:
        """Return all of them: registered ones first, by title."""
        ...

    async def list_named(self, channel_ids: Collection[int]) -> list[Channel]:
        """Return those of these ids, by title."""
        ...

    async def list_registered(self, unit_code: str | None) -> list[Channel]:
        """Return the registered ones by title; for a unit only its own."""
        ...

    async def offer(self, change: ChatChange, now: datetime) -> Channel:
        """Write down one in which the bot may write by now, as it is called now."""
        ...

    async def lose(self, channel_id: int, now: datetime) -> None:
        """Note that the bot may not write there."""
        ...

    async def register(self, channel_id: int, by: int | None, now: datetime) -> None:
        """Let announcements go there."""
        ...

    async def remove(self, channel_id: int) -> None:
        """Let none go there any more."""
        ...

    async def set_language(self, channel_id: int, language: Language | None) -> None:
        """Keep whose text goes there; None for all of them."""
        ...

    async def set_unit(self, channel_id: int, unit_code: str | None) -> None:
        """Keep the unit whose editors may choose it."""
        ...

    async def move(self, old: int, new: int) -> None:
        """Follow a group that has another number now."""
        ...

    async def claim_lost(self) -> Channel | None:
        """Return a registered one that was lost and of which nobody was told; another replica takes another one."""
        ...

    async def note_told(self, channel_id: int, now: datetime) -> None:
        """Note that the administrators were told."""
        ...

    async def list_administrators(self, today: date, administrators: Collection[int]) -> list[int]:
        """Return the accounts of administrators that can be written to; `administrators`: those of the settings."""
        ...

    async def find_name(self, account_id: int) -> str:
        """Return the name of whose account it is; empty for nobody of the roster."""
        ...

    async def freeze(self, channel_ids: Collection[int], notice_id: int) -> None:
        """Write a delivery of the notice for each; ended as blocked where the bot may not write."""
        ...

    async def list_posts(self, notice_id: int) -> list[ChannelPost]:
        """Return how a notice stands in each channel that it was meant for."""
        ...

    async def count_again(self, channel_ids: Collection[int], notice_id: int) -> int:
        """Count those of these in which another notice stands, or is still to stand."""
        ...


class ChannelsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def channels(self) -> ChannelRepository:
        """Channels."""
        ...

    @property
    def audience_offers(self) -> AudienceOffers:
        """What units are called."""
        ...

    @property
    def roles(self) -> RoleRepository:
        """Units."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What was done."""
        ...
