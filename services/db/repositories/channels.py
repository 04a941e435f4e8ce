"""Channels and groups, and how announcements stand in them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, Row, Select, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.channels.dto import Channel as ChannelDto
from services.channels.dto import ChannelKind, ChannelPost, ChannelStage, ChatChange, PostState
from services.db.models import Channel
from services.db.repositories.channel_moves import move_chat
from services.db.repositories.sendings import SqlSendingRepository
from services.db.rights import holds
from services.languages import Language

_CHANNELS = select(
    Channel.id, Channel.chat_id, Channel.kind, Channel.title, Channel.username, Channel.language, Channel.unit_code,
    Channel.state, Channel.registered_at, Channel.registered_by, Channel.lost_at,
)  # fmt: skip
_REGISTERED = Channel.state == ChannelStage.REGISTERED.value

_ADMINISTRATORS = text(f"""
    select a.telegram_id from accounts a left join people p on p.id = a.person_id and p.absent_since is null
    where a.blocked_at is null and a.frozen_at is null and (a.telegram_id = any(:administrators) or exists (
        select from role_grants g
        where g.telegram_id = a.telegram_id and g.role = :role and g.unit_id is null and {holds(":today")}))
    order by a.telegram_id
""").bindparams(  # noqa: S608 -- constants of ours
    bindparam("today", type_=Date), bindparam("administrators", type_=ARRAY(BigInteger))
)

_IDS = bindparam("channels", type_=ARRAY(BigInteger))

_FREEZE = text("""
    insert into deliveries (notice_id, account_id, ended)
    select :notice, chat_id, case when lost_at is not null or state <> 'registered' then 'blocked' end
    from channels where id = any(:channels) order by id
""").bindparams(_IDS)

_POSTS = text("""
    select c.title, c.kind,
           case when d.ended is not null then d.ended
                when d.message_id is null and b.state = 'cancelled' then 'cancelled'
                when d.message_id is null or m.state in ('claimed', 'sending') then 'pending'
                else m.state end as stands
    from deliveries d
    join broadcasts b on b.notice_id = d.notice_id
    join channels c on c.chat_id = d.account_id
    left join messages m on m.id = d.message_id
    where d.notice_id = :notice and d.account_id < 0
    order by c.title, c.id
""")

# How the message of a channel ends in which the announcement does not stand.
_AGAIN = text("""
    select count(*) from deliveries d
    join channels c on c.chat_id = d.account_id
    left join messages m on m.id = d.message_id
    where d.notice_id = :notice and c.id = any(:channels) and d.ended is null
      and coalesce(m.state, 'pending') not in ('failed', 'blocked', 'skipped', 'cancelled')
""").bindparams(_IDS)


class SqlChannelRepository:
    """Channels by id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, channel_id: int) -> ChannelDto | None:
        """Return one."""
        return await self._find(_CHANNELS.where(Channel.id == channel_id))

    async def lock(self, channel_id: int) -> ChannelDto | None:
        """Return one that nobody else changes until the end of the transaction."""
        return await self._find(_CHANNELS.where(Channel.id == channel_id).with_for_update())

    async def find_by_chat(self, chat_id: int) -> ChannelDto | None:
        """Return the one with Telegram's number."""
        return await self._find(_CHANNELS.where(Channel.chat_id == chat_id))

    async def lock_by_chat(self, chat_id: int) -> ChannelDto | None:
        """Return it, and let nobody else change it until the end of the transaction."""
        return await self._find(_CHANNELS.where(Channel.chat_id == chat_id).with_for_update())

    async def list_all(self) -> list[ChannelDto]:
        """Return all of them: registered ones first, by title."""
        return await self._list(_CHANNELS.order_by(Channel.state.desc(), Channel.title, Channel.id))

    async def list_named(self, channel_ids: Collection[int]) -> list[ChannelDto]:
        """Return those of these ids, by title."""
        return await self._list(_CHANNELS.where(Channel.id.in_(channel_ids)).order_by(Channel.title, Channel.id))

    async def list_registered(self, unit_code: str | None) -> list[ChannelDto]:
        """Return the registered ones by title; for a unit only its own."""
        registered = _CHANNELS.where(_REGISTERED)
        if unit_code is not None:
            registered = registered.where(Channel.unit_code == unit_code)
        return await self._list(registered.order_by(Channel.title, Channel.id))

    async def offer(self, change: ChatChange, now: datetime) -> ChannelDto:
        """Write down one in which the bot may write by now, as it is called now."""
        called = {"title": change.title, "username": change.username or None, "seen_at": now}
        offered = insert(Channel).values(chat_id=change.chat_id, kind=change.kind.value, **called)
        written = await self._connection.execute(
            offered.on_conflict_do_update(
                index_elements=[Channel.chat_id], set_={**called, "lost_at": None, "told_at": None}
            ).returning(*_CHANNELS.selected_columns)
        )
        return _channel_of(written.one())

    async def lose(self, channel_id: int, now: datetime) -> None:
        """Note that the bot may not write there."""
        await self._change(channel_id, lost_at=now, told_at=None)

    async def register(self, channel_id: int, by: int | None, now: datetime) -> None:
        """Let announcements go there."""
        state = ChannelStage.REGISTERED.value
        await self._change(channel_id, state=state, registered_at=now, registered_by=by)

    async def remove(self, channel_id: int) -> None:
        """Let none go there any more."""
        await self._change(channel_id, state=ChannelStage.OFFERED.value, registered_at=None, registered_by=None)

    async def set_language(self, channel_id: int, language: Language | None) -> None:
        """Keep whose text goes there; None for all of them."""
        await self._change(channel_id, language=language.value if language is not None else None)

    async def set_unit(self, channel_id: int, unit_code: str | None) -> None:
        """Keep the unit whose editors may choose it."""
        await self._change(channel_id, unit_code=unit_code)

    async def move(self, old: int, new: int) -> None:
        """Follow a group that has another number now."""
        await move_chat(self._connection, old, new)

    async def claim_lost(self) -> ChannelDto | None:
        """Return a registered one that was lost and of which nobody was told."""
        lost = _CHANNELS.where(_REGISTERED, Channel.lost_at.is_not(None), Channel.told_at.is_(None))
        return await self._find(lost.order_by(Channel.id).limit(1).with_for_update(skip_locked=True))

    async def note_told(self, channel_id: int, now: datetime) -> None:
        """Note that the administrators were told."""
        await self._change(channel_id, told_at=now)

    async def list_administrators(self, today: date, administrators: Collection[int]) -> list[int]:
        """Return the accounts of administrators that can be written to."""
        asked = {"today": today, "administrators": list(administrators), "role": Role.ADMIN.value}
        return list(await self._connection.scalars(_ADMINISTRATORS, asked))

    async def find_name(self, account_id: int) -> str:
        """Return the name of whose account it is; empty for nobody of the roster."""
        return await SqlSendingRepository(self._connection).find_name(account_id)

    async def freeze(self, channel_ids: Collection[int], notice_id: int) -> None:
        """Write a delivery of the notice for each; ended as blocked where the bot may not write."""
        if channel_ids:
            await self._connection.execute(_FREEZE, {"channels": list(channel_ids), "notice": notice_id})

    async def list_posts(self, notice_id: int) -> list[ChannelPost]:
        """Return how a notice stands in each channel that it was meant for."""
        rows = await self._connection.execute(_POSTS, {"notice": notice_id})
        return [ChannelPost(title=row[0], kind=ChannelKind(row[1]), state=PostState(row[2])) for row in rows]

    async def count_again(self, channel_ids: Collection[int], notice_id: int) -> int:
        """Count those of these in which another notice stands, or is still to stand."""
        if not channel_ids:
            return 0
        known = {"channels": list(channel_ids), "notice": notice_id}
        counted: int = (await self._connection.execute(_AGAIN, known)).scalar_one()
        return counted

    async def _find(self, question: Select[*tuple[Any, ...]]) -> ChannelDto | None:
        row = (await self._connection.execute(question)).one_or_none()
        return _channel_of(row) if row is not None else None

    async def _list(self, question: Select[*tuple[Any, ...]]) -> list[ChannelDto]:
        return [_channel_of(row) for row in await self._connection.execute(question)]

    async def _change(self, channel_id: int, **values: object) -> None:
        await self._connection.execute(update(Channel).where(Channel.id == channel_id).values(**values))


def _channel_of(row: Row[*tuple[Any, ...]]) -> ChannelDto:
    return ChannelDto(
        id=row.id,
        chat_id=row.chat_id,
        kind=ChannelKind(row.kind),
        title=row.title,
        username=row.username or "",
        language=Language(row.language) if row.language else None,
        unit_code=row.unit_code,
        stage=ChannelStage(row.state),
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        lost_at=row.lost_at,
    )
