"""The head of every day: written once, posted by one, at least once."""

from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor
from services.register.dto import Head
from services.register.fence import IssuingFence
from services.register.heads import DailyHeads
from services.register.service import RegisterService
from tests.support.clock import StandingClock
from tests.support.office import Office, rows
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, changed

HEADS = "select day, seq, posted_at from register_heads order by day"


class NotedChannel:
    """Notes what is posted; `broken`: nothing can be."""

    def __init__(self) -> None:
        self.broken = False
        self.posted: list[Head] = []

    async def post(self, head: Head) -> bool:
        """Note it."""
        if not self.broken:
            self.posted.append(head)
        return not self.broken


@pytest.fixture
def channel() -> NotedChannel:
    return NotedChannel()


@pytest.fixture
def heads(office: Office, channel: NotedChannel) -> DailyHeads:
    return DailyHeads(office.unit_of_work, office.clock, BishkekCalendar(), channel)


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def test_day_that_ended_gets_its_head_which_is_posted_once(
    office: Office, heads: DailyHeads, channel: NotedChannel, connection: AsyncConnection, clock: StandingClock,
    aizada: Actor,
) -> None:  # fmt: skip
    await office.request(aizada)
    assert not await heads.post_next()  # the day goes on
    clock.advance(hours=12, minutes=1)
    await office.enrol(changed(AIZADA, course=4))
    await office.request(aizada)  # after midnight: of the next day
    assert await heads.post_next()
    assert not await heads.post_next()
    day = BishkekCalendar().today(clock.now()) - timedelta(days=1)
    assert await rows(connection, HEADS) == [(day, 1, clock.now())]
    (posted,) = channel.posted
    assert (posted.day, posted.seq) == (day, 1)
    entry = await RegisterService(office.unit_of_work, clock).find_head(OPERATOR, posted.hash.hex())
    assert entry is not None
    assert entry.number == "2026-00001"


async def test_missed_days_are_made_up_for_and_what_could_not_be_posted_is_tried_again(
    office: Office, heads: DailyHeads, channel: NotedChannel, connection: AsyncConnection, clock: StandingClock,
    aizada: Actor,
) -> None:  # fmt: skip
    await office.request(aizada)
    first = BishkekCalendar().today(clock.now())
    clock.advance(days=1)
    channel.broken = True
    assert not await heads.post_next()
    clock.advance(days=2)
    channel.broken = False
    while await heads.post_next():
        pass
    assert [head.day for head in channel.posted] == [first + timedelta(days=number) for number in range(3)]
    assert {head.seq for head in channel.posted} == {1}
    clock.advance(days=10)
    while await heads.post_next():
        pass
    assert len(channel.posted) == 3 + 7  # what is older than a week is covered by a later head
    assert len(await rows(connection, HEADS)) == 13


async def test_register_without_entries_has_no_heads(
    heads: DailyHeads, channel: NotedChannel, connection: AsyncConnection
) -> None:
    assert not await heads.post_next()
    assert await rows(connection, HEADS) == []
    assert channel.posted == []


async def test_heads_are_kept_without_a_channel(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    clock.advance(days=1)
    assert not await DailyHeads(office.unit_of_work, clock, BishkekCalendar(), None).post_next()
    ((day, seq, posted_at),) = await rows(connection, HEADS)
    assert (seq, posted_at) == (1, None)
    assert isinstance(day, date)


async def test_days_that_a_restore_lost_are_passed_over(
    office: Office, heads: DailyHeads, channel: NotedChannel, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    fence = IssuingFence(office.unit_of_work, clock, BishkekCalendar())
    await fence.halt(OPERATOR)
    clock.advance(days=3)
    assert not await heads.post_next()
    await fence.resume(OPERATOR, "2026-00010")
    assert not await heads.post_next()
    assert channel.posted == []
    today = BishkekCalendar().today(clock.now())
    clock.advance(days=1)
    assert await heads.post_next()
    assert [head.day for head in channel.posted] == [today]
