"""One pace for all replicas: what the row of the pace gives away, and what a replica makes of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any, cast

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.db.uow import SqlUnitOfWork, UnitOfWorkFactory, reading_factory
from services.delivery.dto import Slots
from services.delivery.pace import Pace
from tests.support.office import rows, scalar

USUAL = 28
SHIFT = "update send_pace set {} returning id"


class Meter:
    """What was answered since it was asked last."""

    def __init__(self, *counts: int) -> None:
        self.counts = list(counts)
        self.silence = 0.0

    def take(self) -> int:
        """Return the next count."""
        return self.counts.pop(0) if self.counts else 0

    def take_silence(self) -> float:
        """Return the silence that Telegram asked for, once."""
        silence, self.silence = self.silence, 0.0
        return silence


async def reserve(reading: UnitOfWorkFactory, *, ceiling: int = USUAL, answers: int = 0) -> Slots:
    async with reading() as uow:
        slots = await uow.pace.reserve(8, ceiling, answers)
    assert slots is not None
    return slots


def moments(*reserved: Slots) -> list[float]:
    return sorted(slots.first + number * slots.gap for slots in reserved for number in range(slots.count))


def fullest_second(slots: list[float]) -> int:
    """The most slots in any one second."""
    return max(sum(1 for slot in slots if start <= slot < start + 1) for start in slots)


async def test_slots_lie_evenly_and_one_reservation_follows_the_other(reading: UnitOfWorkFactory) -> None:
    slots = moments(*[await reserve(reading) for _ in range(20)])
    gaps = [later - earlier for earlier, later in pairwise(slots)]
    assert min(gaps) == pytest.approx(max(gaps), abs=1e-4)
    assert 1 / 28 < min(gaps) < 1 / 27
    assert fullest_second(slots) == USUAL


@pytest.mark.parametrize("ceiling", [1, 3, 5, 20, 28, 30])
async def test_at_most_a_quarter_of_a_second_is_reserved_and_one_slot_at_least(
    reading: UnitOfWorkFactory, ceiling: int
) -> None:
    first, second = await reserve(reading, ceiling=ceiling), await reserve(reading, ceiling=ceiling)
    assert first.count == 1 or first.count * first.gap <= 0.25
    assert first.count == max(1, int(0.25 // first.gap))
    assert first.gap == pytest.approx(1.024 / ceiling)
    assert second.first == pytest.approx(first.first + first.count * first.gap, abs=1e-4)
    assert 0 < first.first - first.now < 0.1


async def test_replicas_never_get_the_same_slot_and_keep_the_ceiling_together(engine: AsyncEngine) -> None:
    reading = reading_factory(engine)
    reserved = await asyncio.gather(*(reserve(reading) for _ in range(100)))
    slots = moments(*reserved)
    assert len(slots) == 600
    assert min(later - earlier for earlier, later in pairwise(slots)) > 1 / USUAL
    assert fullest_second(slots) <= USUAL


async def test_after_a_quiet_time_there_is_no_burst(reading: UnitOfWorkFactory, connection: AsyncConnection) -> None:
    await reserve(reading)
    await rows(connection, SHIFT.format("next_at = clock_timestamp() - interval '10 minutes'"))
    slots = [await reserve(reading) for _ in range(10)]
    assert slots[0].first > slots[0].now
    assert fullest_second(moments(*slots)) <= USUAL


async def in_one_second(connection: AsyncConnection, attempt: Callable[[], Awaitable[Slots]]) -> Slots:
    """Try anew where the second of the database's clock ended meanwhile."""
    second = "select date_trunc('second', clock_timestamp())"
    while True:
        await rows(connection, SHIFT.format("counted_at = counted_at - interval '1 hour'"))
        before = await scalar(connection, second)
        slots = await attempt()
        if await scalar(connection, second) == before:
            return slots


@pytest.mark.parametrize(
    ("ceiling", "answers", "left"),
    [(28, (0, 1), 28), (28, (2, 3), 24), (28, (10, 10), 9), (28, (20, 20), 5), (30, (1, 0), 28), (20, (5, 4), 20),
     (20, (6, 6), 17), (1, (20, 20), 1), (4, (0, 40), 4)],
)  # fmt: skip
async def test_unasked_messages_give_way_to_the_answers_of_all_replicas(
    reading: UnitOfWorkFactory, connection: AsyncConnection, ceiling: int, answers: tuple[int, int], left: int
) -> None:
    async def both() -> Slots:
        for count in answers:
            slots = await reserve(reading, ceiling=ceiling, answers=count)
        return slots

    slots = await in_one_second(connection, both)
    assert slots.gap == pytest.approx(1.024 / left)


async def test_answers_are_forgotten_after_two_seconds(reading: UnitOfWorkFactory, connection: AsyncConnection) -> None:
    async def after(seconds: int) -> float:
        async def attempt() -> Slots:
            await reserve(reading, answers=20)
            await rows(connection, SHIFT.format(f"counted_at = counted_at - interval '{seconds} s', gap = 0.001"))
            return await reserve(reading)

        return (await in_one_second(connection, attempt)).gap

    assert await after(1) == pytest.approx(1.024 / 9)
    assert await after(2) == pytest.approx(1.024 / 28)


async def test_too_many_requests_silence_every_replica_and_slow_them_down_until_that_wears_off(
    reading: UnitOfWorkFactory, connection: AsyncConnection
) -> None:
    usual = (await reserve(reading)).gap
    async with reading() as uow:
        await uow.pace.pause(30, USUAL)
        assert await uow.pace.reserve(8, USUAL, 0) is None
        await uow.pace.pause(1, USUAL)
        assert await uow.pace.reserve(8, USUAL, 0) is None
    await rows(connection, SHIFT.format("paused_until = clock_timestamp()"))
    gaps = [(await reserve(reading)).gap for _ in range(80)]
    assert gaps[0] == pytest.approx(4 * usual)
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] == pytest.approx(usual)


async def test_however_many_refusals_five_a_second_go_out(
    reading: UnitOfWorkFactory, connection: AsyncConnection
) -> None:
    async with reading() as uow:
        for _ in range(32):
            await uow.pace.pause(0, USUAL)
    await rows(connection, SHIFT.format("paused_until = null"))
    assert (await reserve(reading)).gap == pytest.approx(0.2)


async def test_nothing_is_reserved_while_everything_is_halted(
    reading: UnitOfWorkFactory, connection: AsyncConnection
) -> None:
    await rows(connection, SHIFT.format("halted_at = now()"))
    async with reading() as uow:
        assert await uow.pace.reserve(8, USUAL, 0) is None


async def test_clock_of_the_database_that_is_put_back_stops_nothing(
    reading: UnitOfWorkFactory, connection: AsyncConnection
) -> None:
    await rows(connection, SHIFT.format("next_at = clock_timestamp() + interval '1 hour'"))
    slots = await reserve(reading)
    assert 0 < slots.first - slots.now < 0.1
    assert (await reserve(reading)).first > slots.first


async def test_replica_hands_out_each_slot_once_and_none_that_is_over(reading: UnitOfWorkFactory) -> None:
    pace, loop = Pace(reading, Meter(), ceiling=USUAL), asyncio.get_running_loop()
    slots = [await pace.next_slot(loop.time() + 0.02) for _ in range(15)]
    assert slots[0] >= loop.time() - 1
    assert min(later - earlier for earlier, later in pairwise(slots)) > 1 / USUAL * 0.99
    late = slots[-1] + 0.5
    assert late <= await pace.next_slot(late) < late + 0.3


async def test_replica_waits_while_nothing_may_go_out_and_tells_what_it_answered(
    reading: UnitOfWorkFactory, connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.delivery.pace._SILENCE", 0.0)
    pace, loop = Pace(reading, Meter(0, 0, 7), ceiling=USUAL), asyncio.get_running_loop()
    await pace.next_slot(loop.time())
    await rows(connection, SHIFT.format("halted_at = now()"))
    held = pace._slots.copy()
    asked = asyncio.ensure_future(pace.next_slot(loop.time() + 0.4))
    while pace._slots:  # noqa: ASYNC110 -- of what is not ours
        await asyncio.sleep(0)
    assert held
    assert not asked.done()
    await rows(connection, SHIFT.format("halted_at = null"))
    async with asyncio.timeout(5):
        await asked
    assert await scalar(connection, "select answers + answers_before from send_pace") in {0, 7}


class JumpingClock:
    """A row of the pace whose clock the test puts forward and back."""

    def __init__(self) -> None:
        self.ahead = 0.0

    @property
    def pace(self) -> "JumpingClock":
        """Be the row itself."""
        return self

    async def tell_time(self) -> float:
        """Return the time."""
        return asyncio.get_running_loop().time() + self.ahead

    async def reserve(self, slots: int, ceiling: int, _answers: int) -> Slots:
        """Give away what follows the present."""
        now = await self.tell_time()
        return Slots(first=now + 0.05, gap=1 / ceiling, count=slots, now=now)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_replica_follows_a_clock_that_jumps(hours: int) -> None:
    clock, loop = JumpingClock(), asyncio.get_running_loop()

    @asynccontextmanager
    async def statements() -> AsyncIterator[SqlUnitOfWork]:
        yield cast("Any", clock)

    pace = Pace(statements, Meter(), ceiling=USUAL)
    last = await pace.next_slot(loop.time())
    clock.ahead = hours * 3_600.0
    for _ in range(20):
        slot = await pace.next_slot(loop.time())
        assert last < slot < last + 1
        last = slot
