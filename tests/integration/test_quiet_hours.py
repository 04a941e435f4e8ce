"""Nothing unasked comes in somebody's quiet hours but what is urgent."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotLinked
from services.db.uow import UnitOfWorkFactory
from services.delivery.dto import Urgency
from services.delivery.quiet_hours import NO_QUIET_HOURS, QuietHours
from tests.support import notices
from tests.support.clock import StandingClock
from tests.support.notices import readers
from tests.support.office import AIZADAS_PHONE, NURLANS_PHONE, STRANGERS_PHONE, Office, picture, rows

NIGHT = QuietHours(start=time(22), until=time(7))
NOON_BREAK = QuietHours(start=time(13), until=time(14, 30))


def bishkek(hour: int, minute: int = 0, *, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=6)


@pytest.fixture
def office(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> Office:
    return Office(unit_of_work, reading, clock, quiet_hours=NIGHT)


async def leave(
    office: Office, occasion: str, *, urgency: Urgency = Urgency.NORMAL, account: int = STRANGERS_PHONE
) -> None:
    await notices.leave(office, account, occasion, urgency=urgency)


async def choose(office: Office, account: int, hours: QuietHours | None) -> None:
    await office.accounts.choose_quiet_hours(await office.recognise(account), hours)


@pytest.mark.parametrize(
    ("hours", "moment", "comes"),
    [
        (None, bishkek(21, 59), True),
        (None, bishkek(22), False),
        (None, bishkek(0, 0), False),
        (None, bishkek(6, 59), False),
        (None, bishkek(7), True),
        (NOON_BREAK, bishkek(12, 59), True),
        (NOON_BREAK, bishkek(13), False),
        (NOON_BREAK, bishkek(14, 29), False),
        (NOON_BREAK, bishkek(14, 30), True),
        (NOON_BREAK, bishkek(23), True),
        (NO_QUIET_HOURS, bishkek(23), True),
    ],
)
async def test_ordinary_message_comes_outside_of_the_readers_quiet_hours_only(
    office: Office, clock: StandingClock, hours: QuietHours | None, moment: datetime, comes: bool
) -> None:
    clock.moment = moment
    await choose(office, STRANGERS_PHONE, hours)
    await leave(office, "once")
    assert (await office.send_all() == 1) is comes


@pytest.mark.parametrize("urgency", [Urgency.ANSWER, Urgency.URGENT])
async def test_answers_and_urgent_news_come_at_any_hour(office: Office, clock: StandingClock, urgency: Urgency) -> None:
    clock.moment = bishkek(3)
    await leave(office, "once", urgency=urgency)
    assert await office.send_all() == 1


async def test_what_waits_goes_out_when_the_hours_of_its_reader_end(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    clock.moment = bishkek(22, 30)
    await choose(office, AIZADAS_PHONE, QuietHours(start=time(20), until=time(9, 15)))
    await leave(office, "first", account=AIZADAS_PHONE)
    await leave(office, "second", account=STRANGERS_PHONE)
    assert await office.send_all() == 0
    assert await rows(connection, "select due_at from messages order by id") == [
        (bishkek(9, 15, day=22),),
        (bishkek(7, day=22),),
    ]
    clock.moment = bishkek(7, day=22)
    assert await office.send_all() == 1
    clock.moment = bishkek(9, 15, day=22)
    assert await office.send_all() == 1
    assert readers(office) == [STRANGERS_PHONE, AIZADAS_PHONE]


async def test_nothing_that_may_go_out_waits_behind_a_night_of_ordinary_messages(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    clock.moment = bishkek(23)
    for number in range(5):
        await leave(office, f"ordinary {number}")
    await leave(office, "answer", urgency=Urgency.ANSWER, account=AIZADAS_PHONE)
    await choose(office, NURLANS_PHONE, NO_QUIET_HOURS)
    await leave(office, "ordinary by day and night", account=NURLANS_PHONE)
    assert await office.delivery.send_next()
    assert readers(office) == [AIZADAS_PHONE]
    assert await office.send_all() == 1
    due = "select count(*) from messages where state = 'pending' and due_at <= :now"
    assert await rows(connection, due, now=clock.now()) == [(0,)]  # put off once, not passed over at every claim
    assert readers(office) == [AIZADAS_PHONE, NURLANS_PHONE]


async def test_message_of_a_dead_sender_waits_too_and_its_death_is_counted(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    clock.moment = bishkek(21, 59)
    await leave(office, "once")
    await rows(connection, "update messages set state = 'claimed', worker = 99, attempts = 1 returning id")
    clock.moment = bishkek(22)
    assert await office.send_all() == 0
    assert await rows(connection, "select state, worker, unclear from messages") == [("pending", None, 1)]


async def test_choice_is_kept_and_can_be_given_back(office: Office, connection: AsyncConnection) -> None:
    stored = "select quiet_from, quiet_until from accounts"
    await choose(office, STRANGERS_PHONE, NOON_BREAK)
    assert await rows(connection, stored) == [(time(13), time(14, 30))]
    kept = await office.accounts.get_settings(await office.recognise(STRANGERS_PHONE))
    assert (kept.quiet_hours, kept.usual_quiet_hours) == (NOON_BREAK, NIGHT)
    await choose(office, STRANGERS_PHONE, None)
    assert await rows(connection, stored) == [(None, None)]


async def test_operator_without_an_account_has_no_quiet_hours_to_choose(
    office: Office, connection: AsyncConnection
) -> None:
    before = await picture(connection)
    with pytest.raises(NotLinked):
        await office.accounts.choose_quiet_hours(OPERATOR, NIGHT)
    with pytest.raises(NotLinked):
        await office.accounts.get_settings(OPERATOR)
    assert await picture(connection) == before
