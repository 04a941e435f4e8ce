"""The inbox: every update once, one person's updates in order, whoever serves them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.presence import WorkerPresence
from services.db.repositories.inbox import SqlInboxStore
from services.inbox.dto import StoredUpdate
from services.inbox.service import ATTEMPTS, LEASE, Inbox
from tests.support.waiting import ask

AIZADA, NURLAN = 7001, 7002


def update(update_id: int, person: int = AIZADA) -> StoredUpdate:
    return StoredUpdate(update_id=update_id, person_key=person, payload=f'{{"update_id":{update_id}}}')


@pytest.fixture
async def replicas(engine: AsyncEngine) -> AsyncIterator[tuple[Inbox, Inbox]]:
    """The inbox as two living processes see it."""
    async with AsyncExitStack() as stack:
        numbers = [(await stack.enter_async_context(WorkerPresence(engine))).number for _ in range(2)]
        store = SqlInboxStore(engine)
        yield Inbox(store, numbers[0]), Inbox(store, numbers[1])


async def leases_end(engine: AsyncEngine) -> None:
    await ask(engine, "update inbox set leased_until = clock_timestamp() - interval '1 ms' returning update_id")


async def test_update_is_stored_before_it_is_served(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    here, _there = replicas
    assert await here.accept([update(1)]) == [update(1)]
    stored = "select update_id, person_key, payload, worker, attempts, done_at from inbox"
    assert await ask(engine, stored) == [(1, AIZADA, '{"update_id":1}', here.worker, 1, None)]


async def test_nothing_to_accept_is_nothing_to_serve(replicas: tuple[Inbox, Inbox]) -> None:
    assert await replicas[0].accept([]) == []


async def test_update_that_comes_twice_is_served_once(replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    assert await here.accept([update(1), update(1)]) == [update(1)]
    assert await here.accept([update(1)]) == []
    assert await there.accept([update(1), update(2, NURLAN)]) == [update(2, NURLAN)]


async def test_handled_update_that_telegram_delivers_again_is_not_served_again(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    here, there = replicas
    await here.accept([update(1)])
    await here.finish([1])
    assert await ask(engine, "select payload, done_at is not null from inbox") == [(None, True)]
    for inbox in (here, there):
        assert await inbox.accept([update(1)]) == []
        assert await inbox.claim() == []


async def test_batch_is_served_in_the_order_of_its_ids(replicas: tuple[Inbox, Inbox]) -> None:
    batch = [update(3), update(1), update(2, NURLAN)]
    assert await replicas[0].accept(batch) == [update(1), update(2, NURLAN), update(3)]


async def test_one_persons_updates_are_served_in_order_across_replicas(replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(1)])
    assert await there.accept([update(2), update(3, NURLAN)]) == [update(3, NURLAN)]
    assert await there.claim() == []
    assert await here.claim() == []
    await here.finish([1])
    assert await there.claim() == [update(2)]
    assert await here.claim() == []


async def test_worker_goes_on_with_a_person_whom_it_serves_already(replicas: tuple[Inbox, Inbox]) -> None:
    here, _there = replicas
    assert await here.accept([update(1)]) == [update(1)]
    assert await here.accept([update(2)]) == [update(2)]


async def test_update_that_comes_late_waits_for_the_one_in_hand(replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(5)])
    assert await there.accept([update(4), update(6)]) == []
    assert await there.claim() == []
    await here.finish([5])
    assert await there.claim() == [update(4)]


async def test_update_that_comes_late_does_not_wait_for_a_dead_worker(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    _here, there = replicas
    async with WorkerPresence(engine) as victim:
        await Inbox(SqlInboxStore(engine), victim.number).accept([update(5)])
        assert await there.accept([update(4)]) == []
    assert await there.claim() == [update(4)]
    assert await there.claim() == []
    await there.finish([4])
    assert await there.claim() == [update(5)]


async def test_only_the_oldest_of_each_person_is_claimed(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(1), update(2), update(3, NURLAN), update(4, NURLAN)])
    await leases_end(engine)
    assert await there.claim() == [update(1), update(3, NURLAN)]


async def test_living_workers_update_is_left_to_it_until_its_lease_ends(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    here, there = replicas
    await here.accept([update(1)])
    assert await there.claim() == []
    await leases_end(engine)
    assert await there.claim() == [update(1)]
    assert await ask(engine, "select worker, attempts from inbox") == [(there.worker, 2)]


async def test_dead_workers_updates_are_taken_at_once(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    _here, there = replicas
    async with WorkerPresence(engine) as victim:
        await Inbox(SqlInboxStore(engine), victim.number).accept([update(1), update(2)])
        assert await there.claim() == []
    assert await there.claim() == [update(1)]
    await there.finish([1])
    assert await there.claim() == [update(2)]


async def test_renewed_lease_keeps_the_update(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(1)])
    await leases_end(engine)
    await here.renew([1])
    assert await there.claim() == []
    remaining = "select extract(epoch from leased_until - clock_timestamp()) from inbox"
    ((seconds,),) = await ask(engine, remaining)
    assert LEASE.total_seconds() - 5 < float(str(seconds)) <= LEASE.total_seconds()


@pytest.mark.parametrize("lost", ["accept", "claim"])
async def test_update_whose_worker_never_learnt_of_it_is_not_kept_from_others(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox], lost: str
) -> None:
    """The statement reached the database, its answer did not reach the worker (the line was cut)."""
    here, there = replicas
    store = SqlInboxStore(engine)
    if lost == "accept":
        await store.insert([update(1)], here.worker, LEASE)
    else:
        await store.insert([update(1)], there.worker, timedelta(seconds=-1))
        assert await store.claim(here.worker, LEASE, ATTEMPTS, 10)
    await leases_end(engine)
    await here.renew([])
    assert await here.accept([update(1)]) == []  # Telegram delivers it again: it was not acknowledged
    assert await there.claim() == [update(1)]


async def test_handled_and_returned_updates_are_not_renewed(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(1), update(2, NURLAN)])
    await here.finish([1])
    await here.give_back(2)
    await here.renew([1, 2])
    assert await there.claim() == [update(2, NURLAN)]
    await leases_end(engine)
    await here.renew([1, 2])
    assert await ask(engine, "select update_id from inbox where leased_until > clock_timestamp()") == []


async def test_update_that_was_taken_over_is_not_finished_or_returned_by_its_former_worker(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    here, there = replicas
    await here.accept([update(1)])
    await leases_end(engine)
    await there.claim()
    await here.finish([1])
    await here.give_back(1)
    await here.renew([1])
    assert await ask(engine, "select worker, done_at from inbox") == [(there.worker, None)]


async def test_update_that_fails_three_times_is_set_aside_and_the_next_goes_on(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    here, there = replicas
    await here.accept([update(1)])
    await there.accept([update(2)])
    for worker, other in ((here, there), (there, here)):
        await worker.give_back(1)
        assert await worker.park() == []
        assert await other.claim() == [update(1)]
    await here.give_back(1)
    assert await here.claim() == []
    assert [parked.update_id for parked in await here.park()] == [1]
    assert await here.park() == []
    assert await here.claim() == [update(2)]
    assert await here.accept([update(1)]) == []
    parked = "select update_id, payload, attempts from inbox where parked_at is not null"
    assert await ask(engine, parked) == [(1, '{"update_id":1}', ATTEMPTS)]


async def test_third_try_in_a_living_hand_is_not_set_aside(engine: AsyncEngine, replicas: tuple[Inbox, Inbox]) -> None:
    here, there = replicas
    await here.accept([update(1)])
    await ask(engine, "update inbox set attempts = 3 returning update_id")
    assert await there.park() == []
    await leases_end(engine)
    assert [parked.update_id for parked in await there.park()] == [1]


async def test_handled_updates_are_forgotten_after_two_days_and_others_never(
    engine: AsyncEngine, replicas: tuple[Inbox, Inbox]
) -> None:
    here, _there = replicas
    await here.accept([update(1), update(2), update(3), update(4, NURLAN)])
    await here.finish([1, 2])
    await ask(engine, "update inbox set done_at = now() - interval '47 hours' where update_id = 2 returning 1")
    await ask(engine, "update inbox set done_at = now() - interval '49 hours' where update_id = 1 returning 1")
    await ask(engine, "update inbox set received_at = now() - interval '9 days' returning 1")
    assert await here.purge() == 1
    assert await ask(engine, "select update_id from inbox order by 1") == [(2,), (3,), (4,)]
