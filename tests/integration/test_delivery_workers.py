"""Senders of several processes, living and dead."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.presence import WorkerPresence
from services.delivery.dto import (
    Attachment,
    ClaimedMessage,
    DueNotice,
    NewNotice,
    NoticeKind,
    Outcome,
    OutgoingMessage,
    Reading,
    Receipt,
    Urgency,
)
from services.delivery.quiet_hours import NO_QUIET_HOURS, Hush
from services.delivery.sending import LEASE
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, office_on
from tests.support.waiting import ask

Workers = tuple[WorkerPresence, WorkerPresence]
_CLOCK = StandingClock()
NOON = Reading(
    now=_CLOCK.now(), today=_CLOCK.now().date(), hush=Hush(local=time(12), usual=NO_QUIET_HOURS), daily_messages=1_000,
    evening=_CLOCK.now(), evening_day=_CLOCK.now().date(), fallback=Language.KY,
)  # fmt: skip


@pytest.fixture
async def workers(engine: AsyncEngine) -> AsyncIterator[Workers]:
    """Two processes that show that they live."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(WorkerPresence(engine))
        second = await stack.enter_async_context(WorkerPresence(engine))
        yield first, second


async def leave(
    office: Office, urgency: Urgency = Urgency.ANSWER, occasion: str = "once", account: int = STRANGERS_PHONE
) -> None:
    await office.recognise(account)
    notice = NewNotice(
        kind=NoticeKind.LINK_MOVED, account_id=account, urgency=urgency, payload={}, subject="person:1",
        occasion=occasion, due_at=office.clock.now(),
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        await uow.outbox.add(notice, office.clock.now())
        await uow.commit()


async def claim(office: Office, worker: int) -> ClaimedMessage | None:
    """Take one message of any urgency, as a replica does after it tidied up."""
    async with office.unit_of_work() as uow:
        await uow.queue.revive(worker)
        message = await uow.queue.claim_answer(worker, LEASE, office.clock.now(), Language.KY)
        for urgency in (Urgency.URGENT, Urgency.NORMAL):
            if message is None:
                taken = await uow.queue.claim_unasked(worker, LEASE, urgency, 1, NOON)
                message = taken[0] if taken else None
        await uow.commit()
    return message


async def claim_answer(office: Office, worker: int) -> ClaimedMessage | None:
    async with office.unit_of_work() as uow:
        message = await uow.queue.claim_answer(worker, LEASE, office.clock.now(), Language.KY)
        await uow.commit()
    return message


async def start(office: Office, message: ClaimedMessage, worker: int) -> bool:
    async with office.unit_of_work() as uow:
        if message.urgency is Urgency.ANSWER:
            started = await uow.messages.start_answer(message, worker, LEASE)
        else:
            started = await uow.messages.start_unasked(message, worker, LEASE, timedelta(), NOON.today)
        await uow.commit()
    return started


async def lease_ends(engine: AsyncEngine) -> None:
    await ask(engine, "update messages set leased_until = clock_timestamp() - interval '1 ms' returning id")


async def test_message_is_claimed_by_one_of_many_senders(busy_office: Office, workers: Workers) -> None:
    for number in range(5):
        await leave(busy_office, occasion=f"occasion {number}", account=STRANGERS_PHONE + number)
    numbers = [worker.number for worker in workers] * 5
    claimed = await asyncio.gather(*(claim(busy_office, number) for number in numbers))
    assert sorted(message.id for message in claimed if message) == [1, 2, 3, 4, 5]


async def test_four_senders_at_once_send_each_message_once(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, workers: Workers
) -> None:
    for number in range(20):
        await leave(busy_office, Urgency.NORMAL, f"occasion {number}")
    offices = [office_on(engine, clock, worker=worker.number) for worker in workers for _ in range(2)]
    await asyncio.gather(*(office.send_all() for office in offices))
    assert sum(len(office.messenger.sent) for office in offices) == 20
    assert await ask(engine, "select distinct state, attempts from messages") == [("sent", 1)]


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("how", ["dies", "is too slow"])
async def test_message_that_was_only_claimed_is_sent_by_another_worker(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, urgency: Urgency, how: str
) -> None:
    await leave(busy_office, urgency)
    async with AsyncExitStack() as stack:
        survivor = await stack.enter_async_context(WorkerPresence(engine))
        async with WorkerPresence(engine) as victim:
            taken = await claim(busy_office, victim.number)
            assert taken is not None
            assert await claim(busy_office, survivor.number) is None
            if how == "is too slow":
                await lease_ends(engine)
                office = office_on(engine, clock, worker=survivor.number)
                assert await office.send_all() == 1
                assert not await start(busy_office, taken, victim.number)
        if how == "dies":
            office = office_on(engine, clock, worker=survivor.number)
            assert await office.send_all() == 1
        assert len(office.messenger.sent) == 1


async def test_worker_whose_lease_ended_does_not_begin_to_send(
    busy_office: Office, engine: AsyncEngine, workers: Workers
) -> None:
    await leave(busy_office)
    taken = await claim(busy_office, workers[0].number)
    assert taken is not None
    await lease_ends(engine)
    assert not await start(busy_office, taken, workers[0].number)


@pytest.mark.parametrize("how", ["dies", "is too slow"])
@pytest.mark.parametrize(
    ("urgency", "state", "sent_again"),
    [(Urgency.ANSWER, "sent", 1), (Urgency.URGENT, "unknown", 0), (Urgency.NORMAL, "unknown", 0)],
)
async def test_message_lost_on_the_way_is_sent_again_only_if_it_is_an_answer(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, urgency: Urgency, state: str, sent_again: int,
    how: str,
) -> None:  # fmt: skip
    await leave(busy_office, urgency)
    async with WorkerPresence(engine) as survivor:
        office = office_on(engine, clock, worker=survivor.number)
        async with WorkerPresence(engine) as victim:
            taken = await claim(busy_office, victim.number)
            assert taken is not None
            assert await start(busy_office, taken, victim.number)
            assert await office.send_all() == 0
            if how == "is too slow":
                await lease_ends(engine)
                await office.send_all()
        if how == "dies":
            await office.send_all()
        assert len(office.messenger.sent) == sent_again
    assert await ask(engine, "select state from messages") == [(state,)]


async def test_receipt_of_a_worker_that_was_replaced_changes_nothing(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, workers: Workers
) -> None:
    slow, quick = workers
    office = office_on(engine, clock, worker=slow.number)
    other = office_on(engine, clock, worker=quick.number)
    await leave(busy_office)

    class SlowLine:
        """A line so slow that another worker takes the message over and ends it first."""

        bot_id = 1

        async def probe(self) -> bool:
            """Answer."""
            return True

        async def send(
            self,
            _chat_id: int,
            _message: OutgoingMessage,
            _attachment: Attachment | None,
            *,
            asked: bool = False,  # noqa: ARG002
        ) -> Receipt:
            await lease_ends(engine)
            assert await other.send_all() == 1
            return Receipt(outcome=Outcome.FAILED, error="too late")

    office.delivery.sending._messenger = SlowLine()
    assert await office.delivery.send_next()
    assert await ask(engine, "select state, attempts, error from messages") == [("sent", 2, None)]


async def test_worker_that_was_replaced_while_it_looked_for_words_sends_nothing(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, workers: Workers
) -> None:
    slow, quick = workers
    office = office_on(engine, clock, worker=slow.number)
    other = office_on(engine, clock, worker=quick.number)
    await leave(busy_office)

    class SlowWords:
        """Words that take longer than the lease."""

        def head_digest(self, _language: Language) -> str:
            """Head nothing."""
            return ""

        async def render(self, notice: DueNotice) -> OutgoingMessage:
            await lease_ends(engine)
            assert await other.send_all() == 1
            return OutgoingMessage(text=notice.kind)

    office.delivery.sending._renderer = SlowWords()
    assert await office.delivery.send_next()
    assert office.messenger.sent == []
    assert len(other.messenger.sent) == 1


async def test_sender_does_not_wait_for_the_message_that_another_is_just_taking(
    busy_office: Office, workers: Workers
) -> None:
    for account in (STRANGERS_PHONE, AIZADAS_PHONE):
        await leave(busy_office, occasion=f"for {account}", account=account)
    async with busy_office.unit_of_work() as uow:
        first = await uow.queue.claim_answer(workers[0].number, LEASE, busy_office.clock.now(), Language.KY)
        async with asyncio.timeout(5):
            second = await claim(busy_office, workers[1].number)
            third = await claim(busy_office, workers[1].number)
    assert first is not None
    assert second is not None
    assert (first.id, second.id, third) == (1, 2, None)


async def test_answers_to_one_person_go_out_one_after_the_other_and_hold_up_nobody_else(
    busy_office: Office, engine: AsyncEngine, workers: Workers
) -> None:
    for number in range(3):
        await leave(busy_office, occasion=f"preview {number}")
    await leave(busy_office, Urgency.URGENT, occasion="unasked")
    await leave(busy_office, occasion="of another", account=AIZADAS_PHONE)
    one, other = (worker.number for worker in workers)
    taken = [await claim_answer(busy_office, worker) for worker in (one, other, one)]
    assert [message.id if message else None for message in taken] == [1, 5, None]
    assert taken[0] is not None
    await start(busy_office, taken[0], one)
    assert await claim_answer(busy_office, other) is None  # the first is on its way still
    async with busy_office.unit_of_work() as uow:
        await uow.messages.settle(taken[0], one, Receipt(outcome=Outcome.SENT), busy_office.clock.now())
        await uow.commit()
    following = await claim_answer(busy_office, other)
    assert following is not None
    assert following.id == 2
    await lease_ends(engine)
    async with busy_office.unit_of_work() as uow:
        await uow.queue.revive(one)  # whoever had the second has died: nothing overtakes it
        await uow.commit()
    following = await claim_answer(busy_office, one)
    assert following is not None
    assert following.id == 2


async def test_unasked_message_in_hand_does_not_keep_an_answer_waiting(busy_office: Office, workers: Workers) -> None:
    await leave(busy_office, Urgency.URGENT, occasion="unasked")
    assert await claim(busy_office, workers[0].number) is not None
    await leave(busy_office)
    assert await claim_answer(busy_office, workers[1].number) is not None


async def test_answer_is_not_lost_by_a_clock_that_jumps_between_claim_and_settlement(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, workers: Workers
) -> None:
    await leave(busy_office)
    clock.advance(seconds=-timedelta(hours=2).total_seconds())
    office = office_on(engine, clock, worker=workers[0].number)
    assert await office.send_all() == 0
    clock.advance(hours=2)
    assert await office.send_all() == 1
