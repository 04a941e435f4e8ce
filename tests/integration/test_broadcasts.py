"""Notices for many: taken a few at a time, in turns, stopped by one word."""

from dataclasses import astuple
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.dto import BroadcastState, Outcome, Receipt, Tally, Urgency
from services.delivery.quiet_hours import QuietHours
from tests.support.clock import StandingClock
from tests.support.notices import broadcast, leave, readers
from tests.support.office import STRANGERS_PHONE, Office, rows

MANY = range(8_001, 8_066)
FEW = range(8_001, 8_006)


async def tally(office: Office, notice_id: int) -> Tally:
    async with office.unit_of_work() as uow:
        return await uow.broadcasts.tally(notice_id)


async def state(office: Office, notice_id: int) -> BroadcastState:
    async with office.unit_of_work() as uow:
        return await uow.broadcasts.get_state(notice_id)


async def change(office: Office, what: str, notice_id: int) -> bool:
    async with office.unit_of_work() as uow:
        if what == "pause":
            done = await uow.broadcasts.pause(notice_id)
        else:
            done = await getattr(uow.broadcasts, what)(notice_id, office.clock.now())
        await uow.commit()
    return bool(done)


async def test_everybody_gets_it_once_and_then_it_is_done(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, FEW)
    assert await tally(office, notice) == Tally(pending=5)
    assert await office.send_all() == 5
    assert sorted(readers(office)) == list(FEW)
    assert await tally(office, notice) == Tally(sent=5)
    clock.advance(seconds=2)
    assert await office.send_all() == 0
    assert await state(office, notice) is BroadcastState.DONE


async def test_only_a_few_wait_as_messages_and_what_comes_later_does_not_wait_behind_all(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, MANY)
    assert await office.delivery.send_next()
    assert await rows(connection, "select count(*) from messages where state = 'pending'") == [(59,)]
    clock.advance(seconds=1)
    await leave(office, STRANGERS_PHONE, "later")
    await leave(office, STRANGERS_PHONE + 1, "urgent", urgency=Urgency.URGENT)
    await office.send_all()
    order = readers(office)
    assert order.index(STRANGERS_PHONE + 1) == 1
    assert order.index(STRANGERS_PHONE) <= 62
    assert await tally(office, notice) == Tally(sent=len(MANY))


async def test_broadcasts_take_turns_and_an_urgent_one_goes_first(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await broadcast(office, connection, range(8_001, 8_099))
    await broadcast(office, connection, range(8_201, 8_299))
    await office.delivery.send_next()
    await broadcast(office, connection, range(8_401, 8_404), urgency=Urgency.URGENT)
    clock.advance(seconds=1)
    for _ in range(3):
        await office.delivery.send_next()
    assert sorted(readers(office)[1:]) == [8_401, 8_402, 8_403]
    waiting = "select distinct chat_id / 100 from messages where state = 'pending' order by 1"
    assert await rows(connection, waiting) == [(80,), (82,)]  # the second has its turn, though the first is not through


@pytest.mark.parametrize("what", ["pause", "cancel"])
async def test_one_word_stops_it_also_what_was_taken_already(
    office: Office, connection: AsyncConnection, clock: StandingClock, what: str
) -> None:
    notice = await broadcast(office, connection, FEW)
    taken = await office.delivery.rounds.take(2)
    prepared = [await office.delivery.sending.prepare(message) for message in taken]
    assert await change(office, what, notice)
    assert not await change(office, what, notice)
    for one in prepared:
        assert one is not None
        assert not await office.delivery.sending.start(one)
        await office.delivery.sending.give_back(one)
    clock.advance(minutes=5)
    assert await office.send_all() == 0
    assert await tally(office, notice) == (Tally(pending=5) if what == "pause" else Tally(cancelled=5))
    assert await rows(connection, "select id from messages") == []


async def test_paused_broadcast_goes_on_where_it_was_and_a_cancelled_one_does_not(
    office: Office, connection: AsyncConnection
) -> None:
    notice = await broadcast(office, connection, FEW)
    await office.delivery.send_next()
    await change(office, "pause", notice)
    assert await office.send_all() == 0
    assert await change(office, "resume", notice)
    assert await office.send_all() == 4
    assert sorted(readers(office)) == list(FEW)
    again = await broadcast(office, connection, FEW)
    await change(office, "cancel", again)
    assert not await change(office, "resume", again)
    assert await office.send_all() == 0


async def test_every_end_is_counted_and_all_add_up(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.recognise(8_006)
    await office.accounts.note_blocked(8_006, blocked=True)
    notice = await broadcast(office, connection, range(8_001, 8_009))
    office.messenger.receipts = [
        Receipt(outcome=Outcome.SENT, telegram_message_id=1),
        Receipt(outcome=Outcome.FAILED, error="Bad Request"),
        Receipt(outcome=Outcome.BLOCKED, error="Forbidden"),
        Receipt(outcome=Outcome.UNKNOWN, error="TimeoutError"),
    ]
    for _ in range(4):
        await office.delivery.send_next()
    office.notices.untrue.add(8_005)
    await office.delivery.send_next()
    await change(office, "cancel", notice)
    clock.advance(seconds=2)
    await office.send_all()
    counted = await tally(office, notice)
    assert counted == Tally(sent=1, failed=1, blocked=2, unknown=1, skipped=1, cancelled=2)
    assert sum(astuple(counted)) == 8


async def test_unknown_is_sent_again_only_because_a_person_decides_it(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, FEW)
    office.messenger.receipts = [Receipt(outcome=Outcome.UNKNOWN, error="TimeoutError")]
    await office.send_all()
    clock.advance(days=1)
    assert await office.send_all() == 0
    assert await tally(office, notice) == Tally(sent=4, unknown=1)
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.send_again(notice, [Outcome.UNKNOWN], clock.now()) == 1
        await uow.commit()
    assert await state(office, notice) is BroadcastState.OPEN
    assert await office.send_all() == 1
    assert await tally(office, notice) == Tally(sent=5)


async def test_broadcast_is_not_done_while_somebody_waits_though_it_was_looked_through(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, FEW)
    await rows(connection, "update broadcasts set look_at = 'infinity' returning 1")
    assert await office.send_all() == 0
    assert await state(office, notice) is BroadcastState.OPEN
    async with office.unit_of_work() as uow:  # what comes back from a stopped one is looked for again
        await uow.broadcasts.pause(notice)
        await uow.broadcasts.resume(notice, clock.now())
        await uow.commit()
    assert await office.send_all() == 5


@pytest.mark.parametrize(("notice", "account"), [(0, 8_001), (None, 1)])
async def test_delivery_of_nothing_or_to_nobody_is_refused_by_the_database(
    office: Office, connection: AsyncConnection, notice: int | None, account: int
) -> None:
    known = await broadcast(office, connection, FEW[1:])
    with pytest.raises(IntegrityError):
        await rows(
            connection,
            "insert into deliveries (notice_id, account_id) values (:n, :a) returning id",
            n=known if notice is None else notice,
            a=account,
        )


async def test_readers_in_their_quiet_hours_hold_up_nobody_else(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    night = clock.now() + timedelta(hours=6)  # Bishkek
    hours = QuietHours(start=night.time(), until=(night + timedelta(hours=1)).time())
    await office.accounts.choose_quiet_hours(await office.recognise(8_001), hours)
    notice = await broadcast(office, connection, FEW)
    assert await office.send_all() == 4
    assert await tally(office, notice) == Tally(sent=4, pending=1)
    assert await state(office, notice) is BroadcastState.OPEN
    clock.advance(hours=1)
    assert await office.send_all() == 1
    assert readers(office)[-1] == 8_001
