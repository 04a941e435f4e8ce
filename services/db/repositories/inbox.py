"""The inbox table. Leases use the database's clock, because replicas' clocks differ.

Two replicas that take updates of one person at the same moment do not see each other's. So whoever has taken one
looks again when that is committed (`_YIELD`): at least the later of the two sees the other and lets go.

An update that had its effect loses its payload in that transaction, and is done when its answer is written too: until
then nobody else begins the person's next one. Without payload there is nothing left to serve, whoever takes it over.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import BigInteger, Interval, Text

from services.db.presence import worker_is_gone
from services.inbox.dto import ParkedUpdate, ServedUpdate, StoredUpdate
from services.inbox.errors import UpdateTakenOver

_INSERT = text("""
    insert into inbox (update_id, person_key, payload, received_at, worker, leased_until, attempts)
    select new.update_id, new.person_key, new.payload, clock_timestamp(),
           case when not waits then :worker end,
           case when not waits then clock_timestamp() + :lease end,
           case when waits then 0 else 1 end
    from unnest(:update_ids, :person_keys, :payloads) as new(update_id, person_key, payload)
    cross join lateral (
        select exists (
            select from inbox older
            where older.person_key = new.person_key and older.done_at is null and older.parked_at is null
              and older.worker is distinct from :worker
        ) as waits
    ) as others
    on conflict (update_id) do nothing
    returning update_id, worker is not null
""").bindparams(
    bindparam("update_ids", type_=ARRAY(BigInteger)),
    bindparam("person_keys", type_=ARRAY(BigInteger)),
    bindparam("payloads", type_=ARRAY(Text)),
    bindparam("lease", type_=Interval),
)

_YIELD = text(f"""
    update inbox mine set worker = null, leased_until = null, attempts = mine.attempts - 1
    where mine.update_id = any(:update_ids) and mine.worker = :worker and mine.done_at is null
      and exists (
          select from inbox other
          where other.person_key = mine.person_key and other.done_at is null and other.parked_at is null
            and other.worker is distinct from :worker
            and (other.update_id < mine.update_id
                 or other.leased_until >= clock_timestamp() and not ({worker_is_gone("other")}))
      )
    returning mine.update_id
""").bindparams(bindparam("update_ids", type_=ARRAY(BigInteger)))  # noqa: S608 -- a constant of ours

_CLAIM = text(f"""
    update inbox set worker = :worker, leased_until = clock_timestamp() + :lease, attempts = attempts + 1
    where update_id in (
        select waiting.update_id from inbox waiting
        where waiting.done_at is null and waiting.parked_at is null
          and (waiting.attempts < :attempts or waiting.payload is null)
          and (waiting.worker is null or waiting.leased_until < clock_timestamp()
               or {worker_is_gone("waiting")})
          and not exists (
              select from inbox older
              where older.person_key = waiting.person_key and older.update_id < waiting.update_id
                and older.done_at is null and older.parked_at is null
          )
          and not exists (  -- one that came before it, though it was sent later
              select from inbox held
              where held.person_key = waiting.person_key and held.update_id > waiting.update_id
                and held.done_at is null and held.parked_at is null
                and held.leased_until >= clock_timestamp() and not ({worker_is_gone("held")})
          )
        order by waiting.update_id limit :limit for update skip locked
    )
    returning update_id, person_key, payload
""").bindparams(bindparam("lease", type_=Interval))  # noqa: S608 -- a constant of ours

_PARK = text(f"""
    update inbox set parked_at = clock_timestamp()
    where done_at is null and parked_at is null and payload is not null and attempts >= :attempts
      and (worker is null or leased_until < clock_timestamp() or {worker_is_gone("inbox")})
    returning update_id, person_key
""")  # noqa: S608 -- a constant of ours

_RENEW = text("""
    update inbox set leased_until = clock_timestamp() + :lease
    where update_id = any(:update_ids) and worker = :worker and done_at is null and parked_at is null
""").bindparams(bindparam("update_ids", type_=ARRAY(BigInteger)), bindparam("lease", type_=Interval))

_FINISH = text("""
    update inbox set done_at = clock_timestamp(), payload = null
    where update_id = any(:update_ids) and worker = :worker and done_at is null
""").bindparams(bindparam("update_ids", type_=ARRAY(BigInteger)))

_HAD_EFFECT = text("""
    update inbox set payload = null
    where update_id = :update_id and worker = :worker and done_at is null and payload is not null
""")

_RELEASE = text("""
    update inbox set worker = null, leased_until = null, attempts = attempts - :untried
    where update_id = any(:update_ids) and worker = :worker and done_at is null
""").bindparams(bindparam("update_ids", type_=ARRAY(BigInteger)))

_RELEASE_OTHERS = text("""
    update inbox set worker = null, leased_until = null, attempts = attempts - 1
    where worker = :worker and done_at is null and parked_at is null and update_id <> all(:kept)
""").bindparams(bindparam("kept", type_=ARRAY(BigInteger)))

_PURGE = text("delete from inbox where done_at < clock_timestamp() - :age").bindparams(bindparam("age", type_=Interval))


class SqlInboxStore:
    """Storage of the inbox; every statement is a transaction of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def insert(self, updates: Sequence[StoredUpdate], worker: int, lease: timedelta) -> dict[int, bool]:
        """Store new updates; return for each new id whether the worker holds its lease."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(
                _INSERT,
                {
                    "update_ids": [update.update_id for update in updates],
                    "person_keys": [update.person_key for update in updates],
                    "payloads": [update.payload for update in updates],
                    "worker": worker,
                    "lease": lease,
                },
            )
            taken = dict(tuple(row) for row in rows)
            mine = [update_id for update_id, is_mine in taken.items() if is_mine]
            return taken | dict.fromkeys(await self._yield(connection, mine, worker), False)

    async def claim(self, worker: int, lease: timedelta, attempts: int, limit: int) -> list[StoredUpdate]:
        """Take the oldest waiting update of each person whom nobody serves."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(
                _CLAIM, {"worker": worker, "lease": lease, "attempts": attempts, "limit": limit}
            )
            found = [StoredUpdate(update_id=row[0], person_key=row[1], payload=row[2]) for row in rows]
            yielded = await self._yield(connection, [update.update_id for update in found], worker)
            return sorted(
                (update for update in found if update.update_id not in yielded), key=lambda update: update.update_id
            )

    async def renew(self, update_ids: Sequence[int], worker: int, lease: timedelta) -> None:
        """Prolong the lease of what the worker has in hand."""
        await self._run(_RENEW, update_ids=list(update_ids), worker=worker, lease=lease)

    async def finish(self, update_ids: Sequence[int], worker: int) -> None:
        """Mark updates as done whose handlers are through."""
        await self._run(_FINISH, update_ids=list(update_ids), worker=worker)

    async def release(self, update_ids: Sequence[int], worker: int, *, tried: bool) -> None:
        """Give updates back."""
        await self._run(_RELEASE, update_ids=list(update_ids), worker=worker, untried=0 if tried else 1)

    async def release_others(self, kept: Sequence[int], worker: int) -> None:
        """Give back everything but `kept`."""
        await self._run(_RELEASE_OTHERS, kept=list(kept), worker=worker)

    async def park(self, attempts: int) -> list[ParkedUpdate]:
        """Set aside what was tried too often; return it, to one caller only."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(_PARK, {"attempts": attempts})
            return [ParkedUpdate(update_id=row[0], person_key=row[1]) for row in rows]

    async def purge(self, older_than: timedelta) -> int:
        """Delete handled updates that are older."""
        return await self._run(_PURGE, age=older_than)

    async def _yield(self, connection: AsyncConnection, update_ids: Sequence[int], worker: int) -> set[int]:
        """Let go of what must not be begun beside or before another's; return what that was."""
        if not update_ids:
            return set()
        rows = await connection.execute(_YIELD, {"update_ids": list(update_ids), "worker": worker})
        return set(rows.scalars())

    async def _run(self, statement: TextClause, **parameters: object) -> int:
        async with self._engine.connect() as connection:
            return (await connection.execute(statement, parameters)).rowcount


async def mark_served(connection: AsyncConnection, served: ServedUpdate) -> None:
    """Note in the transaction of its effect that an update had it; refuse if it is no longer ours."""
    noted = await connection.execute(_HAD_EFFECT, {"update_id": served.update_id, "worker": served.worker})
    if noted.rowcount != 1:
        raise UpdateTakenOver(served.update_id)
