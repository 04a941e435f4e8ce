"""The engine between a queue, a pace and a Telegram that do as the test says."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from typing import cast

import pytest

from bot.supervisor import Doorbell, Supervisor, work_through
from services.delivery.dto import ClaimedMessage, Outcome, OutgoingMessage, Receipt, Urgency
from services.delivery.engine import DeliveryEngine
from services.delivery.pace import Pace
from services.delivery.rounds import Rounds
from services.delivery.sending import Prepared, Sending
from services.delivery.weather import Weather

SENT = Receipt(outcome=Outcome.SENT, telegram_message_id=1)
UNCLEAR = Receipt(outcome=Outcome.UNKNOWN)
MOST = 32
AWAY = ConnectionRefusedError("the database is away")


def message(number: int) -> ClaimedMessage:
    return ClaimedMessage(
        id=number, chat_id=number, urgency=Urgency.NORMAL, attempt=1, unclear=0, digest=False, silent=False, notices=()
    )


def now() -> float:
    return asyncio.get_running_loop().time()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 -- whatever the condition is
            await asyncio.sleep(0)


class Post:
    """The queue, the pace, and Telegram. Numbers are those of messages, in the order of what happened."""

    bot_id = 1

    def __init__(self) -> None:
        self.waiting: deque[int] = deque()
        self.started: list[int] = []
        self.requested: list[int] = []
        self.settled: dict[int, Outcome] = {}
        self.returned: list[int] = []
        self.slots: list[float] = []
        self.times: dict[int, float] = {}
        self.released = self.probes = 0
        self.receipts: dict[int, asyncio.Future[Receipt]] = {}
        # What the test may change:
        self.holds: set[int] = set()  # requests that get no answer before `answer`
        self.forbidden: set[int] = set()  # must not start
        self.slow: set[int] = set()  # start so slowly that the slot is missed
        self.away: list[str] = []  # the steps at which the database is away, once each
        self.telegram_answers = True
        self.pace_open = asyncio.Event()
        self.pace_open.set()
        self.gap = 0.002

    def leave(self, *numbers: int) -> None:
        """Let messages wait in the queue."""
        self.waiting.extend(numbers)

    def answer(self, number: int, receipt: Receipt = SENT) -> None:
        """Let Telegram answer a request that it holds."""
        self.receipts[number].set_result(receipt)

    def _ask(self, step: str) -> None:
        if step in self.away:
            self.away.remove(step)
            raise AWAY

    async def take(self, most: int) -> Sequence[ClaimedMessage]:
        """Return what waits."""
        return [message(self.waiting.popleft()) for _ in range(min(most, len(self.waiting)))]

    async def release(self) -> None:
        """Count."""
        self._ask("release")
        self.released += 1

    async def prepare(self, taken: ClaimedMessage) -> Prepared | None:
        """Find words, unless the database is away."""
        self._ask(f"prepare {taken.id}")
        return Prepared(message=taken, outgoing=OutgoingMessage(text="a"), attachment=None)

    async def start(self, prepared: Prepared) -> bool:
        """Note it; say no where the test does."""
        self._ask("start")
        number = prepared.message.id
        self.started.append(number)
        if number in self.slow:
            await asyncio.sleep(0.2)  # longer than any message is started ahead
        return number not in self.forbidden

    async def request(self, prepared: Prepared) -> Receipt:
        """Note it, and answer as the test says."""
        number = prepared.message.id
        self.times[number] = now()
        self.requested.append(number)
        if number not in self.holds:
            return SENT
        self.receipts[number] = asyncio.get_running_loop().create_future()
        return await self.receipts[number]

    async def settle(self, prepared: Prepared, receipt: Receipt) -> None:
        """Note the end."""
        self._ask("settle")
        self.settled[prepared.message.id] = receipt.outcome

    async def give_back(self, prepared: Prepared) -> None:
        """Note it."""
        await self.let_wait(prepared.message)

    async def let_wait(self, taken: ClaimedMessage) -> None:
        """Note it."""
        self._ask("give back")
        self.returned.append(taken.id)

    async def next_slot(self, ready_by: float) -> float:
        """Give the next slot away."""
        self._ask("slot")
        await self.pace_open.wait()
        slot = max(ready_by, self.slots[-1] + self.gap if self.slots else 0.0)
        self.slots.append(slot)
        return slot

    async def probe(self) -> bool:
        """Answer as the test says."""
        self.probes += 1
        await asyncio.sleep(0.001)
        return self.telegram_answers


class Work:
    """An engine at work for a post."""

    def __init__(self, post: Post) -> None:
        self.crew, self.bell = Supervisor(), Doorbell()
        self.weather = Weather(post, self.crew)  # type: ignore[arg-type]  # of a messenger it only needs the probe
        self.engine = DeliveryEngine(
            cast("Rounds", post), cast("Sending", post), cast("Pace", post), self.weather, self.crew
        )
        self.tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Begin to prepare and to send."""
        prepare = self.engine.prepare_next
        self.tasks.append(self.crew.keep("preparing", lambda: work_through(prepare, self.bell, in_pieces=True)))
        self.tasks.append(self.crew.keep("sending", self.engine.dispatch))

    async def stop(self, patience: float = 5.0) -> None:
        """End as the program does."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.engine.drain(patience)

    @property
    def queued(self) -> list[int]:
        """What is prepared and waits for its turn."""
        return [prepared.message.id for prepared in self.engine._ready._queue]  # type: ignore[attr-defined]

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in flight and all places are free."""
        return self.engine._in_flight == 0 and self.engine._places._value == MOST


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
async def work(post: Post, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Work]:
    for pause in ("_RESTART_AFTER", "_INSIST_AFTER"):
        monkeypatch.setattr(f"bot.supervisor.{pause}", 0.0)
    monkeypatch.setattr("services.delivery.weather._FIRST_PAUSE", 0.0)
    work = Work(post)
    yield work
    await work.stop(0.0)
    await work.crew.close()
    await asyncio.sleep(0)
    assert work.is_idle


async def test_each_message_goes_out_at_a_slot_of_its_own(post: Post, work: Work) -> None:
    post.gap = 0.01
    post.leave(*range(20))
    work.begin()
    await until(lambda: len(post.settled) == 20)
    assert sorted(post.requested) == post.started == list(range(20))
    used = [max(slot for slot in post.slots if slot <= time) for time in sorted(post.times.values())]
    assert len(set(used)) == 20
    assert all(time - slot < 0.02 for slot, time in zip(used, sorted(post.times.values()), strict=True))


async def test_slot_that_was_missed_is_lost_and_the_message_takes_the_next_one(post: Post, work: Work) -> None:
    post.slow = {1}
    post.leave(1)
    work.begin()
    await until(lambda: post.settled)
    first, *others = post.slots
    assert post.times[1] - first > 0.02
    assert any(0 <= post.times[1] - slot < 0.02 for slot in others)
    assert post.started == [1]


async def test_message_that_was_started_and_finds_no_slot_for_a_second_goes_back(
    post: Post, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.delivery.engine._STARTED_FOR", 0.05)
    post.slow = {1}
    post.leave(1)
    work.begin()
    await until(lambda: post.started)
    post.pace_open.clear()
    await until(lambda: post.returned)
    assert (post.requested, post.returned) == ([], [1])
    post.pace_open.set()


async def test_messages_that_must_not_start_go_back_and_take_nobodys_place(post: Post, work: Work) -> None:
    post.forbidden = set(range(MOST + 8))
    post.leave(*range(MOST + 9))
    work.begin()
    await until(lambda: post.settled)
    assert post.requested == [MOST + 8]
    assert sorted(post.returned) == list(range(MOST + 8))


async def test_no_more_than_thirty_two_are_in_the_air(post: Post, work: Work) -> None:
    post.holds = set(range(40))
    post.leave(*range(40))
    work.begin()
    await until(lambda: len(post.requested) == MOST)
    await asyncio.sleep(0.05)
    assert len(post.requested) == MOST
    post.answer(3)
    await until(lambda: len(post.requested) == MOST + 1)
    for number in list(post.receipts):
        if number != 3:
            post.answer(number)
    post.holds = set()
    await until(lambda: len(post.requested) == 40)


async def test_storm_costs_what_was_in_the_air_and_nothing_more(post: Post, work: Work) -> None:
    post.telegram_answers = False
    post.holds = set(range(5))
    post.leave(*range(5))
    work.begin()
    await until(lambda: len(post.requested) == 5)
    post.leave(*range(5, 40))
    work.bell.ring()
    await until(lambda: len(post.slots) > 6)
    post.answer(0, UNCLEAR)
    await until(lambda: 0 in post.settled)
    before = len(post.requested)
    assert before <= len(post.slots)
    for number in range(1, 5):
        post.answer(number, UNCLEAR)
    post.probes = 0
    await until(lambda: post.probes > 20)
    assert len(post.requested) == before
    assert [number for number, outcome in post.settled.items() if outcome is Outcome.UNKNOWN] == list(range(5))
    post.telegram_answers = True
    await until(lambda: len(post.requested) + len(post.returned) == 40)
    assert len(set(post.requested + post.returned)) == 40


async def test_after_a_storm_one_goes_at_a_time_until_one_comes_to_a_clear_end(post: Post, work: Work) -> None:
    post.holds = {1, 2, 3}
    post.leave(1)
    work.begin()
    await until(lambda: 1 in post.receipts)
    post.answer(1, UNCLEAR)
    post.leave(*range(2, 10))
    work.bell.ring()
    await until(lambda: 2 in post.receipts)
    await asyncio.sleep(0.03)
    assert post.requested == [1, 2]
    post.answer(2, UNCLEAR)
    await until(lambda: 3 in post.receipts)
    await asyncio.sleep(0.03)
    assert post.requested == [1, 2, 3]
    post.answer(3)
    await until(lambda: len(post.settled) == 9)
    assert sorted(post.requested) == list(range(1, 10))


@pytest.mark.parametrize("step", ["slot", "start", "refused"])
async def test_when_the_one_ahead_after_a_storm_does_not_get_to_telegram_another_does(
    post: Post, work: Work, step: str
) -> None:
    post.holds = {1}
    post.leave(1)
    work.begin()
    await until(lambda: 1 in post.receipts)
    post.away = [step]
    post.forbidden = {2} if step == "refused" else set()
    post.answer(1, UNCLEAR)
    post.leave(2, 3, 4)
    work.bell.ring()
    await until(lambda: len(post.settled) == 3)
    assert post.returned == [2]
    assert sorted(post.settled) == [1, 3, 4]


async def test_database_that_is_away_while_slots_are_reserved_costs_no_places(post: Post, work: Work) -> None:
    post.away = ["slot"] * (MOST + 5) + ["give back"] * 10
    post.leave(*range(MOST + 6))
    work.begin()
    await until(lambda: post.settled and work.is_idle)
    assert post.requested == [MOST + 5]
    assert sorted(post.returned) == list(range(MOST + 5))


async def test_database_that_is_away_when_a_message_starts_sends_it_back_unsent(post: Post, work: Work) -> None:
    post.away = ["start"]
    post.leave(1, 2)
    work.begin()
    await until(lambda: 2 in post.settled)
    assert (post.requested, post.returned) == ([2], [1])


async def test_end_of_a_message_is_noted_however_long_the_database_is_away(post: Post, work: Work) -> None:
    post.away = ["settle"] * 20
    post.leave(1)
    work.begin()
    await until(lambda: post.settled)
    assert post.requested == [1]


async def test_messages_whose_preparation_fails_go_back_and_those_before_go_out(post: Post, work: Work) -> None:
    post.away = ["prepare 3"]
    post.leave(1, 2, 3, 4, 5)
    work.begin()
    await until(lambda: len(post.returned) == 3)
    await until(lambda: len(post.settled) == 2)
    assert (sorted(post.settled), sorted(post.returned)) == ([1, 2], [3, 4, 5])


@pytest.mark.parametrize("phase", ["a storm", "no place", "no slot"])
async def test_engine_that_stops_while_a_message_waits_gives_it_back(post: Post, work: Work, phase: str) -> None:
    post.holds = set(range(MOST))
    post.telegram_answers = False
    post.leave(*(range(MOST) if phase == "no place" else [0]))
    work.begin()
    await until(lambda: len(post.requested) == (MOST if phase == "no place" else 1))
    if phase == "a storm":
        post.answer(0, UNCLEAR)
        await until(lambda: work.weather.is_stormy)
        await work.engine._ready.put(await post.prepare(message(100)))  # type: ignore[arg-type]  # it is there
    else:
        post.pace_open.clear()
        post.leave(*range(100, 130))
        work.bell.ring()
        await until(lambda: work.queued == list(range(101, 115)))
    requested = list(post.requested)
    stopping = asyncio.create_task(work.stop())
    await until(lambda: post.released)
    for receipt in post.receipts.values():
        if not receipt.done():
            receipt.set_result(SENT)
    await stopping
    assert post.requested == requested
    assert set(post.returned) == ({100} if phase == "a storm" else {100, *range(115, 128)})  # the queued by `release`
    assert work.engine._ready.empty()


async def test_message_that_waits_for_its_slot_when_the_program_ends_goes_back(post: Post, work: Work) -> None:
    post.slots = [now() + 60.0]
    post.leave(1)
    work.begin()
    await until(lambda: work.engine._in_flight)
    await work.stop(0.01)
    assert post.returned == []
    await work.crew.close()
    assert (post.requested, post.returned) == ([], [1])


async def test_end_of_the_program_is_not_held_up_by_a_message_that_cannot_be_given_back(
    post: Post, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.delivery.engine._LAST_WORD", 0.01)
    post.slots = [now() + 60.0]
    post.leave(1)
    work.begin()
    await until(lambda: work.engine._in_flight)
    await work.stop(0.01)
    post.away = ["give back"] * 1_000_000
    async with asyncio.timeout(5):
        await work.crew.close()
    assert (post.requested, post.returned) == ([], [])


async def test_end_waits_for_what_is_in_the_air(post: Post, work: Work) -> None:
    post.holds, post.away = {1}, ["release", "settle"]
    post.leave(1)
    work.begin()
    await until(lambda: 1 in post.receipts)
    stopping = asyncio.create_task(work.stop())
    await until(lambda: post.released)
    assert not stopping.done()
    post.answer(1)
    await stopping
    assert post.settled == {1: Outcome.SENT}


async def test_end_does_not_wait_for_ever(post: Post, work: Work, caplog: pytest.LogCaptureFixture) -> None:
    post.holds = {1, 2}
    post.leave(1, 2)
    work.begin()
    await until(lambda: len(post.receipts) == 2)
    post.answer(2)
    with caplog.at_level(logging.WARNING):
        await work.stop(0.01)
    assert "1 messages are in the air at the end; they will be unknown" in caplog.text
    assert post.settled == {2: Outcome.SENT}


async def test_end_is_not_held_up_by_a_database_that_is_away(post: Post, work: Work) -> None:
    post.away = ["release"] * 1_000_000
    work.begin()
    await work.stop(0.01)
    assert post.released == 0
    post.away = []
