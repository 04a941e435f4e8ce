"""Two and three replicas at one inbox, at the same moment."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.presence import WorkerPresence
from services.db.repositories.inbox import SqlInboxStore
from services.inbox.dto import StoredUpdate
from services.inbox.service import Inbox
from tests.support.waiting import ask, somebody_waits

AIZADA, NURLAN, SANZHAR = 7001, 7002, 7003

_SLOW_CLAIMS = """
    create function wait_for_the_test() returns trigger language plpgsql
    as $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$
"""
_CLAIMS_ARE_SLOW = """
    create trigger slow_claims before update on inbox for each row when (new.attempts > old.attempts)
    execute function wait_for_the_test()
"""


def update(update_id: int, person: int = AIZADA) -> StoredUpdate:
    return StoredUpdate(update_id=update_id, person_key=person, payload="{}")


@pytest.fixture
async def replicas(engine: AsyncEngine) -> AsyncIterator[tuple[Inbox, Inbox, Inbox]]:
    """The inbox as three living processes see it."""
    async with AsyncExitStack() as stack:
        store = SqlInboxStore(engine)
        presences = [await stack.enter_async_context(WorkerPresence(engine)) for _ in range(3)]
        here, there, yonder = (Inbox(store, presence.number) for presence in presences)
        yield here, there, yonder


@asynccontextmanager
async def held_up(engine: AsyncEngine, statement: str) -> AsyncIterator[None]:
    """Let others go on only when the block ends: a statement is executed and not committed."""
    async with engine.connect() as connection:
        await connection.execute(text(statement))
        yield
        await connection.rollback()


async def test_of_two_replicas_that_store_at_the_same_moment_one_gives_way(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox, Inbox]
) -> None:
    """Neither statement sees what the other has not committed, so whoever has taken looks again."""
    here, there, _yonder = replicas
    first = "insert into inbox (update_id, person_key, received_at) values (1, 9, now())"
    async with asyncio.TaskGroup() as tasks, held_up(engine, first):
        taking = tasks.create_task(here.accept([update(1, NURLAN), update(6)]))
        await somebody_waits(engine)
        assert await there.accept([update(5)]) == [update(5)]
    assert taking.result() == [update(1, NURLAN)]
    assert await here.claim() == []
    await there.finish([5])
    assert await here.claim() == [update(6)]
    assert await ask(engine, "select update_id, attempts from inbox order by 1") == [(1, 1), (5, 1), (6, 1)]


async def test_of_two_replicas_that_claim_at_the_same_moment_one_gives_way(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox, Inbox]
) -> None:
    """While a later update is being claimed, an earlier one comes and is claimed too."""
    here, there, yonder = replicas
    async with engine.begin() as connection:
        await connection.execute(text(_SLOW_CLAIMS))
        await connection.execute(text(_CLAIMS_ARE_SLOW))
    await here.accept([update(1)])
    await there.accept([update(7)])
    await here.finish([1])
    async with asyncio.TaskGroup() as tasks, held_up(engine, "select pg_advisory_xact_lock(1)"):
        later = tasks.create_task(here.claim())
        await somebody_waits(engine)
        assert await there.accept([update(5)]) == []
        earlier = tasks.create_task(yonder.claim())
        async with asyncio.timeout(10):
            while await ask(engine, "select count(*) from pg_locks where not granted") != [(2,)]:
                pass
    assert later.result() == []
    if not earlier.result():  # both gave way
        assert await yonder.claim() == [update(5)]
    assert await here.claim() == []
    await yonder.finish([5])
    assert await here.claim() == [update(7)]
    assert await ask(engine, "select update_id, attempts from inbox order by 1") == [(1, 1), (5, 1), (7, 1)]


async def test_three_replicas_never_serve_one_person_at_the_same_time(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox, Inbox]
) -> None:
    """Updates of four people come to any replica at any moment, some in the wrong order."""
    chance = random.Random("three replicas")  # noqa: S311 -- not a secret
    held: dict[int, tuple[Inbox, set[int]]] = {}
    served: list[StoredUpdate] = []
    updates = [update(number, number % 4) for number in range(1, 101)]
    waiting = sorted(updates, key=lambda known: known.update_id + chance.uniform(0, 8))

    async def serve(inbox: Inbox, taken: list[StoredUpdate]) -> None:
        for known in taken:  # nobody else has anything of this person
            holder, numbers = held.setdefault(known.person_key, (inbox, set()))
            assert holder is inbox
            numbers.add(known.update_id)
        for known in taken:
            await asyncio.sleep(chance.uniform(0, 0.002))
            served.append(known)
            numbers = held[known.person_key][1]
            numbers.discard(known.update_id)
            if not numbers:
                del held[known.person_key]
            await inbox.finish([known.update_id])

    async def replica(inbox: Inbox) -> None:
        while len(served) < len(updates):
            batch = [waiting.pop(0) for _ in range(min(len(waiting), chance.randrange(3)))]
            await serve(inbox, await inbox.accept(batch) if batch else await inbox.claim())

    async with asyncio.timeout(20):
        await asyncio.gather(*(replica(inbox) for inbox in replicas))
    assert sorted(known.update_id for known in served) == [known.update_id for known in updates]
    assert await ask(engine, "select update_id from inbox where attempts <> 1 or done_at is null") == []


async def test_what_was_not_begun_is_left_to_others_and_not_counted_as_tried(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox, Inbox]
) -> None:
    here, there, _yonder = replicas
    await here.accept([update(1), update(2), update(3, NURLAN)])
    await here.leave([2, 3])
    assert await there.claim() == [update(3, NURLAN)]
    await here.finish([1])
    assert await there.claim() == [update(2)]
    assert await ask(engine, "select update_id, attempts from inbox order by 1") == [(1, 1), (2, 1), (3, 1)]


async def test_who_goes_leaves_everything_but_what_is_in_hand(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox, Inbox]
) -> None:
    here, there, _yonder = replicas
    await here.accept([update(1), update(2), update(3, NURLAN)])
    await there.accept([update(4, SANZHAR)])
    await here.leave_all_but([1])
    state = "select update_id, worker, attempts from inbox order by 1"
    assert await ask(engine, state) == [(1, here.worker, 1), (2, None, 0), (3, None, 0), (4, there.worker, 1)]
    await here.leave_all_but([])
    assert await there.claim() == [update(1), update(3, NURLAN)]
