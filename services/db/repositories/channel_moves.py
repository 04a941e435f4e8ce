"""Following a group that became a supergroup, which Telegram gives another number."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# Where the bot was told of the new number before it was told of the move, nobody has registered that one yet.
_DROP_OFFERED = text("delete from channels where chat_id = :new and state = 'offered'")

_MOVE = text("""
    update channels set chat_id = :new, lost_at = null, told_at = null
    where chat_id = :old and not exists (select from channels where chat_id = :new)
""")

_MOVE_DELIVERIES = text("""
    update deliveries set account_id = :new
    where account_id = :old and exists (select from channels where chat_id = :new)
""")

# What is in a sender's hand comes back for it.
_MOVE_MESSAGES = text("""
    update messages set chat_id = :new where chat_id = :old and state in ('pending', 'claimed', 'sending')
""")

# What stands in the old group cannot be changed under these numbers any more.
_FORGET_NUMBERS = text("update messages set telegram_message_id = null where chat_id = :old")


async def move_chat(connection: AsyncConnection, old: int, new: int) -> None:
    """Let what was of the old number be of the new one; doing it twice does no harm."""
    known = {"old": old, "new": new}
    await connection.execute(_DROP_OFFERED, {"new": new})
    for statement in (_MOVE, _MOVE_DELIVERIES, _MOVE_MESSAGES):
        await connection.execute(statement, known)
    await connection.execute(_FORGET_NUMBERS, {"old": old})
