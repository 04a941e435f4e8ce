"""Life signs of worker processes."""

import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.presence import WorkerPresence, worker_is_gone
from tests.support.office import rows

DUTY = 1


async def gone(engine: AsyncEngine, number: int) -> bool:
    """Ask as the queues ask."""
    query = f"select {worker_is_gone('w')} from (values ({number})) as w(worker)"  # noqa: S608 -- a number of ours
    async with engine.connect() as connection:
        return bool((await rows(connection, query))[0][0])


async def kill_connections(engine: AsyncEngine, presence: WorkerPresence) -> None:
    """Cut the line of one presence, as a firewall or a restart of the server does."""
    holder = "select pid from pg_locks where locktype = 'advisory' and objid = :number and objsubid = 2"
    async with engine.connect() as connection:
        await connection.execute(
            text(f"select pg_terminate_backend(pid, 5000) from ({holder}) as held"),  # noqa: S608 -- ours
            {"number": presence.number},
        )


async def test_worker_is_there_while_it_lives_and_gone_at_once_afterwards(engine: AsyncEngine) -> None:
    async with WorkerPresence(engine) as presence:
        assert presence.number > 0
        assert not await gone(engine, presence.number)
        assert await gone(engine, presence.number + 1)
    assert await gone(engine, presence.number)


async def test_every_process_has_a_number_of_its_own(engine: AsyncEngine) -> None:
    async with WorkerPresence(engine) as first, WorkerPresence(engine) as second:
        assert first.number != second.number
    async with WorkerPresence(engine) as third:
        assert third.number not in {first.number, second.number}


async def test_duty_belongs_to_one_and_passes_on_with_its_end(engine: AsyncEngine) -> None:
    async with WorkerPresence(engine) as standby:
        async with WorkerPresence(engine) as poller:
            assert await poller.take_duty(DUTY)
            assert not await standby.take_duty(DUTY)
            assert await standby.take_duty(DUTY + 1)
        assert await standby.take_duty(DUTY)


async def test_duty_that_is_laid_down_is_free_however_often_it_was_taken(engine: AsyncEngine) -> None:
    async with WorkerPresence(engine) as standby, WorkerPresence(engine) as poller:
        assert await poller.take_duty(DUTY)
        assert await poller.take_duty(DUTY)
        await poller.lay_down_duty(DUTY)
        assert await standby.take_duty(DUTY)
        assert not await gone(engine, poller.number)


async def test_a_duty_is_asked_for_while_the_life_sign_is_kept(engine: AsyncEngine) -> None:
    """Both use the one connection."""
    async with WorkerPresence(engine) as presence:
        asked = [presence.check() if number % 2 else presence.take_duty(DUTY) for number in range(8)]
        assert all(await asyncio.gather(*asked))


async def test_worker_whose_line_was_cut_is_gone_until_it_announces_itself_anew(engine: AsyncEngine) -> None:
    async with WorkerPresence(engine) as presence, WorkerPresence(engine) as standby:
        assert await presence.check()
        assert await presence.take_duty(DUTY)
        number = presence.number
        await kill_connections(engine, presence)
        assert await gone(engine, number)
        assert await standby.take_duty(DUTY)
        assert not await presence.check()
        assert presence.number == number
        assert not await gone(engine, number)
        assert await presence.check()
        assert not await presence.take_duty(DUTY)


async def test_workers_of_other_databases_on_the_server_are_not_meant(
    engine: AsyncEngine, shared_engine: AsyncEngine
) -> None:
    async with WorkerPresence(engine) as presence:
        assert await gone(shared_engine, presence.number)


async def test_many_may_announce_themselves_at_once(engine: AsyncEngine) -> None:
    presences = [WorkerPresence(engine) for _ in range(8)]
    await asyncio.gather(*(presence.__aenter__() for presence in presences))
    try:
        assert len({presence.number for presence in presences}) == 8
    finally:
        for presence in presences:
            await presence.__aexit__(None, None, None)
    assert [await gone(engine, presence.number) for presence in presences] == [True] * 8
