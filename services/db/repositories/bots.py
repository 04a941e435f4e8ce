"""The bot as Telegram knows it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import BotIdentity


class SqlBotRepository:
    """The bot's name, kept so that links can be printed without asking Telegram."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, bot_id: int, username: str, now: datetime) -> None:
        """Remember the name under which the bot was seen."""
        statement = insert(BotIdentity).values(bot_id=bot_id, username=username, seen_at=now)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["bot_id"], set_={"username": username, "seen_at": now})
        )

    async def find_username(self, bot_id: int | None = None) -> str | None:
        """Return the name of this bot, or of the one that was seen last."""
        seen = select(BotIdentity.username).order_by(BotIdentity.seen_at.desc()).limit(1)
        if bot_id is not None:
            seen = seen.where(BotIdentity.bot_id == bot_id)
        return await self._connection.scalar(seen)
