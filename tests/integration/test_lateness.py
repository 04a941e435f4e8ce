"""After an outage: what has become too late is not sent as if nothing had been."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.dto import BroadcastState, IfLate, Tally
from tests.support.clock import StandingClock
from tests.support.notices import broadcast, leave
from tests.support.office import STRANGERS_PHONE, Office, rows

HOUR = timedelta(hours=1)
STATE = "select state, error from messages order by id"


async def live(office: Office) -> None:
    """Let a replica look for work, so that an outage begins after this moment."""
    await office.send_all()


@pytest.mark.parametrize(("away", "state"), [(0.9, "sent"), (1.1, "skipped")])
async def test_notice_is_sent_if_it_is_not_too_late(
    office: Office, connection: AsyncConnection, clock: StandingClock, away: float, state: str
) -> None:
    await live(office)
    await leave(office, STRANGERS_PHONE, "once", late_after=HOUR)
    clock.advance(hours=away)
    await office.send_all()
    assert await rows(connection, STATE) == [(state, "too late" if state == "skipped" else None)]


async def test_notice_without_a_rule_is_never_too_late(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await live(office)
    await leave(office, STRANGERS_PHONE, "once")
    clock.advance(days=30)
    await office.send_all()
    assert await rows(connection, STATE) == [("sent", None)]


async def test_waiting_in_a_long_queue_is_no_outage(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await live(office)
    notice = await broadcast(office, connection, range(8_001, 8_004), late_after=HOUR)
    for _ in range(150):
        clock.advance(seconds=59)
        async with office.unit_of_work() as uow:
            await uow.pace.show_life(clock.now())
            await uow.commit()
    await office.send_all()
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.tally(notice) == Tally(sent=3)


async def test_lateness_of_what_was_due_long_before_counts_from_the_outage(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, range(8_001, 8_004), late_after=HOUR)
    clock.advance(hours=2)
    async with office.unit_of_work() as uow:
        await uow.pace.show_life(clock.now())
        await uow.commit()
    clock.advance(minutes=50)
    await office.send_all()
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.tally(notice) == Tally(sent=3)


async def test_author_of_a_late_broadcast_is_asked_and_nothing_goes_out_meanwhile(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await live(office)
    notice = await broadcast(office, connection, range(8_001, 8_004), late_after=HOUR)
    await office.delivery.send_next()
    clock.advance(hours=3)
    assert await office.send_all() == 0
    assert office.noted_late.asked == [notice]
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.get_state(notice) is BroadcastState.PAUSED
        assert await uow.broadcasts.tally(notice) == Tally(sent=1, pending=2)
        await uow.broadcasts.resume(notice, clock.now())
        await uow.commit()
    assert await office.send_all() == 2


async def test_late_broadcast_that_is_to_be_dropped_is_skipped(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await live(office)
    notice = await broadcast(office, connection, range(8_001, 8_004), late_after=HOUR, if_late=IfLate.DROP)
    await office.delivery.send_next()
    clock.advance(hours=3)
    assert await office.send_all() == 0
    assert office.noted_late.asked == []
    clock.advance(seconds=2)
    await office.send_all()
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.tally(notice) == Tally(sent=1, skipped=2)
        assert await uow.broadcasts.get_state(notice) is BroadcastState.DONE


async def test_what_a_dead_replica_had_in_hand_is_late_too(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await live(office)
    await leave(office, STRANGERS_PHONE, "once", late_after=HOUR)
    await rows(connection, "update messages set state = 'claimed', worker = 99, attempts = 1 returning id")
    clock.advance(hours=2)
    await office.send_all()
    assert await rows(connection, STATE) == [("skipped", "too late")]
