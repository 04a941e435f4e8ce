"""Whether every chat shows the words that were corrected last."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.sandbox import World
from services.html import visible_text
from tests.chaos.verdict import Finding

# What went out, with the end of the last change that was made to it.
_CORRECTED = text("""
    select a.texts ->> 'ky', d.account_id, m.telegram_message_id,
           coalesce(r.ended, c.state, case when r.id is null then 'none' else 'pending' end)
    from announcements a
    join deliveries d on d.notice_id = a.notice_id join messages m on m.id = d.message_id
    left join lateral (
        select notice_id from announcement_revisions v where v.announcement_id = a.id and v.state = 'begun'
        order by v.id desc limit 1) v on true
    left join deliveries r on r.notice_id = v.notice_id and r.account_id = d.account_id
    left join messages c on c.id = r.message_id
    where a.corrected_at is not null and m.state = 'sent' and m.telegram_message_id is not null
""")


async def weigh_corrections(engine: AsyncEngine, world: World) -> list[Finding]:
    """Compare the chats with what was said last; who blocked the bot keeps what there was."""
    kept, ended = [], []
    async with engine.connect() as connection:
        rows = (await connection.execute(_CORRECTED)).all()
    for words, account, number, stands in rows:
        case = f"account {account}, message {number}: {stands}"
        if stands not in {"sent", "blocked", "none"}:
            ended.append(case)
        message = world.conversations[account].messages[number]
        if stands != "blocked" and not str(message["text"]).startswith(visible_text(words)):
            kept.append(case)
    return [
        Finding(f"corrected: of {len(rows)} messages one kept its former words", len(kept), 0, kept[:5]),
        Finding("corrected: a change did not come to its end", len(ended), 0, ended[:5]),
    ]
