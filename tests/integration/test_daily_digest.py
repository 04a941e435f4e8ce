"""More than a few ordinary messages a day come together in the evening."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.uow import UnitOfWorkFactory
from services.delivery.dto import OutgoingButton, OutgoingMessage, Tally, Urgency
from services.delivery.quiet_hours import QuietHours
from services.html import LONGEST_MESSAGE, visible_length
from tests.support.clock import StandingClock
from tests.support.notices import broadcast, leave, readers
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, rows

NOON = datetime(2026, 11, 21, 6, tzinfo=UTC)  # in Bishkek
EVENING = datetime(2026, 11, 21, 14, tzinfo=UTC)
STATES = "select state, count(*) from messages group by 1 order by 1"


@pytest.fixture
def office(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> Office:
    clock.moment = NOON
    return Office(unit_of_work, reading, clock, daily_messages=2)


async def leave_many(office: Office, number: int, first: int = 0, *, urgency: Urgency = Urgency.NORMAL) -> None:
    for one in range(first, first + number):
        await leave(office, STRANGERS_PHONE, f"occasion {one}", urgency=urgency)


def texts(office: Office) -> list[str]:
    return [message.text for _chat, message, _file in office.messenger.sent]


async def test_what_goes_beyond_the_limit_comes_in_one_message_in_the_evening(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave_many(office, 5)
    assert await office.send_all() == 2
    clock.moment = EVENING - timedelta(seconds=1)
    assert await office.send_all() == 0
    clock.moment = EVENING
    assert await office.send_all() == 1
    assert texts(office)[-1].startswith("digest in ky")
    assert texts(office)[-1].count("link_moved in ky") == 3
    assert await rows(connection, STATES) == [("sent", 3)]
    carried = "select count(*) from deliveries group by message_id order by 1"
    assert await rows(connection, carried) == [(1,), (1,), (3,)]


async def test_next_day_counts_anew_and_the_digest_itself_does_not_count(office: Office, clock: StandingClock) -> None:
    await leave_many(office, 3)
    await office.send_all()
    clock.moment = EVENING
    await office.send_all()
    await leave_many(office, 1, first=3)  # the day's limit is reached: it waits for the next evening
    assert await office.send_all() == 0
    clock.moment = NOON + timedelta(days=1)
    await leave_many(office, 2, first=4)
    assert await office.send_all() == 2
    clock.moment = EVENING + timedelta(days=1)
    assert await office.send_all() == 1
    assert texts(office)[-1] == "link_moved in ky"  # one alone needs no heading


async def test_urgent_ones_and_answers_neither_wait_nor_count(office: Office) -> None:
    await leave_many(office, 4, urgency=Urgency.URGENT)
    await leave_many(office, 4, first=4, urgency=Urgency.ANSWER)
    assert await office.send_all() == 8
    await leave_many(office, 3, first=8)
    assert await office.send_all() == 2


async def test_limit_is_each_readers_own(office: Office) -> None:
    await leave_many(office, 3)
    await leave(office, AIZADAS_PHONE, "other")
    assert await office.send_all() == 3
    assert readers(office).count(AIZADAS_PHONE) == 1


async def test_nothing_a_day_means_everything_in_the_evening(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    clock.moment = NOON
    office = Office(unit_of_work, reading, clock, daily_messages=0)
    await leave_many(office, 2)
    assert await office.send_all() == 0
    clock.moment = EVENING
    assert await office.send_all() == 1


async def test_what_is_no_longer_true_in_the_evening_is_left_out(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave_many(office, 4)
    await office.send_all()
    clock.moment = EVENING
    office.notices.untrue.add(STRANGERS_PHONE)
    assert await office.send_all() == 1  # taken up, not sent
    assert await rows(connection, STATES) == [("sent", 2), ("skipped", 2)]


async def test_digest_that_is_too_long_goes_on_in_another_and_no_tag_is_cut(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    office.notices.words = OutgoingMessage(text=f"<b>{'😀' * 900}</b> <i>{'ы' * 100}</i>")
    await leave_many(office, 7)
    await office.send_all()
    clock.moment = EVENING
    assert await office.send_all() == 3
    digests = texts(office)[-3:]
    assert [text.count("<b>") for text in digests] == [2, 2, 1]
    for text in digests:
        assert visible_length(text) <= LONGEST_MESSAGE
        assert text.count("<b>") == text.count("</b>") == text.count("<i>") == text.count("</i>")
    assert await rows(connection, STATES) == [("sent", 5)]


async def test_what_brings_buttons_comes_by_itself_in_the_evening(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    office.notices.words = OutgoingMessage(text="see", buttons=(OutgoingButton(text="here", data="x"),))
    await leave_many(office, 4)
    await office.send_all()
    clock.moment = EVENING
    await office.send_all()
    assert texts(office) == ["see"] * 4
    assert await rows(connection, STATES) == [("sent", 4)]


async def test_broadcasts_join_the_digest_and_still_add_up(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave_many(office, 2)
    await office.send_all()
    notices = [await broadcast(office, connection, [STRANGERS_PHONE]) for _ in range(2)]
    assert await office.send_all() == 0
    async with office.unit_of_work() as uow:
        assert [await uow.broadcasts.tally(notice) for notice in notices] == [Tally(pending=1)] * 2
        assert await uow.broadcasts.cancel(notices[0], clock.now())
        await uow.commit()
    clock.moment = EVENING
    assert await office.send_all() == 1
    assert texts(office)[-1] == "link_released in ky"
    async with office.unit_of_work() as uow:
        assert [await uow.broadcasts.tally(notice) for notice in notices] == [Tally(cancelled=1), Tally(sent=1)]


async def test_digest_waits_for_the_end_of_quiet_hours_too(office: Office, clock: StandingClock) -> None:
    hours = QuietHours(start=time(19), until=time(8))
    await office.accounts.choose_quiet_hours(await office.recognise(STRANGERS_PHONE), hours)
    await leave_many(office, 4)
    assert await office.send_all() == 2
    clock.moment = EVENING
    assert await office.send_all() == 0
    clock.moment = datetime(2026, 11, 22, 2, tzinfo=UTC)
    assert await office.send_all() == 1
