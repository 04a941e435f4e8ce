"""Changing the register as only the owner of a database can: with its guards put aside."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

#: Computes anew, as a patient forger would, the hash of every entry from one on.
REHASH = """
    do $$
    declare
        e record;
        last bytea := coalesce((select hash from register_entries where seq < {since} order by seq desc limit 1),
                               decode(repeat('00', 32), 'hex'));
    begin
        for e in select * from register_entries where seq >= {since} order by seq loop
            last := sha256(last || int8send(e.seq) || int8send((extract(epoch from e.at) * 1000000)::bigint)
                || decode(lpad(to_hex(length(e.event)), 2, '0'), 'hex') || convert_to(e.event, 'UTF8')
                || decode(lpad(to_hex(length(e.number)), 2, '0'), 'hex') || convert_to(e.number, 'UTF8') || e.content);
            update register_entries set hash = last,
                previous = coalesce((select hash from register_entries where seq < e.seq order by seq desc limit 1),
                                    decode(repeat('00', 32), 'hex'))
            where seq = e.seq;
        end loop;
    end $$
"""


async def tamper(connection: AsyncConnection, *statements: str) -> None:
    """Change what nobody may change, until the end of the transaction."""
    await connection.execute(text("set local session_replication_role = replica"))
    for statement in statements:
        await connection.execute(text(statement.replace(":", "\\:")))
    await connection.execute(text("set local session_replication_role = origin"))
