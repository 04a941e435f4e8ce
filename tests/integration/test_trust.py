"""Personal talks: who sees what, one talk a time, nothing left the day after."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, NotLinked, Role
from services.trust.dto import SlotState, TalkState, Topic, TypedTimes
from services.trust.errors import (
    NobodyFree,
    NoSuchSlot,
    PlaceNeeded,
    SlotBooked,
    SlotTaken,
    TalkOpenAlready,
    TalkOver,
    TimesOverlap,
    TimesPast,
    TimesUnreadable,
)
from services.trust.rules import cut, read_times
from tests.integration.test_certificate_series import students
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, NURLAN
from tests.support.trusting import TWO, TrustOffice, talks_on, trust_office

TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind like 'trust%' order by n.id, d.id"
)
TODAY = date(2026, 11, 21)


@pytest.fixture
async def talks(office: Office) -> TrustOffice:
    return await trust_office(office)


@pytest.fixture
async def aizada(talks: TrustOffice) -> Actor:
    return await talks.office.connect(AIZADAS_PHONE, AIZADA)


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        ("25.11 14:00-16:00", date(2026, 11, 25), ""),
        (" 25/11/2026.,  14.00 – 16:00;  214, <b>Башкы корпус ", date(2026, 11, 25), "214, <b>Башкы корпус"),
        ("5.1 14:00—16:00 x", date(2027, 1, 5), "x"),
    ],
)
def test_times_are_read_as_people_write_them(text: str, day: date, place: str) -> None:
    assert read_times(text, TODAY) == TypedTimes(day=day, start=time(14), until=time(16), place=place)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("эртең", TimesUnreadable),
        ("31.11 14:00-16:00 214", TimesUnreadable),
        ("25.11 24:00-25:00 214", TimesUnreadable),
        ("25.11 16:00-14:00 214", TimesUnreadable),
        ("25.11.2025 14:00-16:00 214", TimesPast),
        ("20.11 14:00-16:00 214", TimesPast),
        (f"25.11 14:00-16:00 {'x' * 101}", PlaceNeeded),
    ],
)
def test_what_is_no_times_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_times(text, TODAY)


def test_rest_that_is_too_short_for_a_talk_is_left() -> None:
    assert cut(TWO, TWO + timedelta(minutes=50), 20) == [
        (TWO, TWO + timedelta(minutes=20)),
        (TWO + timedelta(minutes=20), TWO + timedelta(minutes=40)),
    ]
    assert cut(TWO, TWO + timedelta(minutes=10), 20) == []


async def test_talk_is_booked_and_its_officer_alone_is_told(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection
) -> None:
    assert not (await talks.trust.look(aizada)).offered
    with pytest.raises(NobodyFree):
        await talks.trust.list_officers(aizada)
    first, *_others = await talks.offer()
    assert (first.slot.starts_at, first.slot.place, len(_others)) == (TWO, "214 <b>", 3)
    (officer,) = await talks.trust.list_officers(aizada)
    assert (officer.name, officer.post.ru, officer.free) == ("Токтогулов Бакыт Эркинович", "Декан", 4)
    free = await talks.trust.list_free(aizada, officer.id)
    assert (await talks.trust.find_free(aizada, free.slots[0].id))[1] == first.slot
    talk = await talks.trust.book(aizada, first.slot.id, Topic.RELATIONS)
    assert (talk.person.full_name, talk.topic) == ("Маматова Айзада Бакытовна", Topic.RELATIONS)
    assert await rows(connection, TOLD) == [
        ("trust_booked", BAKYTS_PHONE),
        ("trust_reminder", AIZADAS_PHONE),
        ("trust_reminder", BAKYTS_PHONE),
    ]
    held = await rows(connection, "select urgency, due_at from messages order by id desc limit 1")
    assert held == [("urgent", datetime(2026, 11, 25, 2, 0, tzinfo=UTC))]
    view = await talks.trust.look(aizada)
    assert ([one.id for one in view.talks], view.offered) == ([talk.id], True)
    assert (await talks.desk.open_slot(talks.bakyt, first.slot.id)).talk == talk
    assert [one.id for one in (await talks.trust.list_free(aizada, officer.id)).slots] != [first.slot.id]


async def test_nothing_that_others_read_says_who_booked_or_about_what(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection
) -> None:
    (first, *_others) = await talks.offer()
    await talks.trust.book(aizada, first.slot.id, Topic.CORRUPTION)
    await talks.desk.call_off(talks.bakyt, first.slot.id)
    assert aizada.person is not None
    acts = await rows(
        connection, "select account_id, act, subject, details from audit_entries where act like 'trust%' order by id"
    )
    assert acts == [
        (BAKYTS_PHONE, "trust_times_offered", "trust-times", {}),
        (BAKYTS_PHONE, "trust_talk_called_off", "trust-times", {}),
    ]
    payloads = await rows(connection, "select distinct payload::text from notices where kind like 'trust%'")
    assert [key for (payload,) in payloads for key in ("corruption", "Маматова") if key in str(payload)] == []


async def test_one_time_is_for_one_and_one_talk_at_a_time_with_an_officer(talks: TrustOffice, aizada: Actor) -> None:
    first, second, *_others = await talks.offer()
    nurlan = await talks.office.connect(NURLANS_PHONE, NURLAN)
    await talks.trust.book(aizada, first.slot.id, Topic.UNSAID)
    for act in (talks.trust.book(nurlan, first.slot.id, Topic.UNSAID), talks.trust.find_free(nurlan, first.slot.id)):
        with pytest.raises(SlotTaken):
            await act
    with pytest.raises(TalkOpenAlready) as refused:
        await talks.trust.book(aizada, second.slot.id, Topic.OTHER)
    assert refused.value.starts_at == TWO
    with pytest.raises(SlotTaken):  # nobody talks to themselves
        await talks.trust.book(talks.bakyt, second.slot.id, Topic.OTHER)
    with pytest.raises(SlotTaken):
        await talks.trust.book(aizada, 0, Topic.OTHER)
    assert (await talks.trust.look(talks.bakyt)).offered is False


async def test_thirty_people_who_want_one_time_get_it_once(busy_office: Office, engine: AsyncEngine) -> None:
    officer, *people = await students(busy_office, 31)
    await busy_office.roles.grant(OPERATOR, "S-000", Role.TRUST_OFFICER)
    talks = talks_on(busy_office, await busy_office.recognise(officer.account_id or 0))
    first, *_others = await talks.offer()

    async def book(person: Actor) -> bool:
        try:
            await talks.trust.book(person, first.slot.id, Topic.HEALTH)
        except SlotTaken:
            return False
        return True

    async with asyncio.timeout(20):
        booked = await asyncio.gather(*map(book, people))
    assert booked.count(True) == 1
    async with engine.connect() as connection:
        assert await rows(connection, "select count(*) from trust_talks") == [(1,)]
        assert len(await rows(connection, TOLD)) == 3


async def test_person_cancels_until_it_begins_and_the_time_is_free_again(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection, clock: StandingClock
) -> None:
    first, *_others = await talks.offer()
    talk = await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)
    nurlan = await talks.office.connect(NURLANS_PHONE, NURLAN)
    with pytest.raises(TalkOver):
        await talks.trust.cancel(nurlan, talk.id)  # another's
    assert (await talks.trust.find(aizada, talk.id)).id == talk.id
    await talks.trust.cancel(aizada, talk.id)
    assert (await rows(connection, TOLD))[-1] == ("trust_cancelled", BAKYTS_PHONE)
    told = await talks.news.find_talk(talk.id, BAKYTS_PHONE)
    assert told is not None
    assert (told[0].state, told[1]) == (TalkState.LEFT, True)
    with pytest.raises(TalkOver):
        await talks.trust.cancel(aizada, talk.id)
    again = await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)
    clock.moment = TWO
    with pytest.raises(TalkOver):
        await talks.trust.cancel(aizada, again.id)
    with pytest.raises(TalkOver):
        await talks.desk.call_off(talks.bakyt, first.slot.id)
    assert await talks.news.find_talk(again.id, BAKYTS_PHONE) is None


async def test_officer_calls_a_talk_off_and_offers_the_time_again(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection
) -> None:
    first, *_others = await talks.offer()
    talk = await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)
    with pytest.raises(SlotBooked):
        await talks.desk.withdraw(talks.bakyt, first.slot.id)
    called_off = await talks.desk.call_off(talks.bakyt, first.slot.id)
    assert (called_off.talk, called_off.slot.state) == (None, SlotState.CLOSED)
    assert (await rows(connection, TOLD))[-1] == ("trust_cancelled", AIZADAS_PHONE)
    told = await talks.news.find_talk(talk.id, AIZADAS_PHONE)
    assert told is not None
    assert (told[0].state, told[1]) == (TalkState.CALLED_OFF, False)
    assert await talks.news.find_talk(talk.id, STRANGERS_PHONE) is None
    with pytest.raises(SlotTaken):
        await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)
    with pytest.raises(TalkOver):
        await talks.desk.call_off(talks.bakyt, first.slot.id)
    assert (await talks.desk.offer_again(talks.bakyt, first.slot.id)).slot.state is SlotState.OPEN
    await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)


async def test_times_are_offered_once_and_taken_back(talks: TrustOffice, aizada: Actor) -> None:
    with pytest.raises(PlaceNeeded):
        await talks.desk.read(talks.bakyt, "25.11 14:00-16:00")
    first, *others = await talks.offer(minutes=60)
    assert (await talks.desk.read(talks.bakyt, "26.11 9:00-10:00")).place == "214 <b>"
    for typed, minutes, refusal in (
        ("25.11 15:30-17:00 x", 30, TimesOverlap),
        ("26.11 14:00-14:10 x", 20, TimesUnreadable),
        ("26.11 14:00-15:00 x", 7, TimesUnreadable),
        ("21.11 11:00-15:00 x", 20, TimesPast),
    ):
        with pytest.raises(refusal):
            await talks.offer(typed, minutes)
    assert await talks.desk.withdraw(talks.bakyt, first.slot.id) == others
    for act in (talks.desk.withdraw, talks.desk.open_slot, talks.desk.offer_again, talks.desk.call_off):
        with pytest.raises(NoSuchSlot):
            await act(talks.bakyt, first.slot.id)
    with pytest.raises(SlotTaken):
        await talks.trust.book(aizada, first.slot.id, Topic.OTHER)
    assert len(await talks.offer("25.11 14:00-15:00 x", 20)) == 4  # what was taken back is no hindrance


async def test_talks_are_gone_the_day_after_with_all_that_was_told(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection, clock: StandingClock
) -> None:
    first, second, *_others = await talks.offer()
    before = await scalar(connection, "select count(*) from messages m where exists "
                          "(select from deliveries d where d.message_id = m.id)")  # fmt: skip
    left = await talks.trust.book(aizada, second.slot.id, Topic.HEALTH)
    await talks.trust.cancel(aizada, left.id)
    await talks.trust.book(aizada, first.slot.id, Topic.HEALTH)
    clock.advance(hours=23)
    assert await talks.rounds.forget() == 0
    clock.advance(hours=2)
    assert await talks.rounds.forget() == 1  # what was cancelled
    assert len((await talks.trust.look(aizada)).talks) == 1
    clock.moment = datetime(2026, 11, 25, 17, 59, tzinfo=UTC)
    assert await talks.rounds.forget() == 0
    await rows(connection, "update messages set state = 'sending' where urgency = 'urgent' returning 1")
    clock.advance(minutes=1)
    assert await talks.rounds.forget() == 0  # something of it is in a sender's hand
    await rows(connection, "update messages set state = 'sent' where urgency = 'urgent' returning 1")
    assert await talks.rounds.forget() == 1
    for table in ("trust_talks", "trust_slots"):
        assert await scalar(connection, f"select count(*) from {table}") == 0  # noqa: S608 -- ours
    assert await rows(connection, TOLD) == []
    assert await scalar(connection, "select count(*) from messages") == before


async def test_talk_whose_officer_is_none_any_more_is_called_off(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection
) -> None:
    assert await talks.rounds.call_off_deserted() == 0
    first, *_others = await talks.offer()
    await talks.trust.book(aizada, first.slot.id, Topic.STUDIES)
    assert await talks.rounds.call_off_deserted() == 0
    await rows(connection, "update role_grants set revoked_at = :now, revoked_by = 'x' returning 1", now=TWO)
    with pytest.raises(NobodyFree):
        await talks.trust.list_free(aizada, first.slot.officer_id)
    assert await talks.rounds.call_off_deserted() == 1
    assert await talks.rounds.call_off_deserted() == 0
    assert (await rows(connection, TOLD))[-1] == ("trust_cancelled", AIZADAS_PHONE)
    assert (await talks.trust.look(aizada)).talks == ()


ACTS: list[Callable[[TrustOffice, Actor, int], Awaitable[object]]] = [
    lambda talks, actor, _slot: talks.desk.list_slots(actor),
    lambda talks, actor, slot: talks.desk.open_slot(actor, slot),
    lambda talks, actor, _slot: talks.desk.offer(actor, "26.11 14:00-16:00 214", 30),
    lambda talks, actor, slot: talks.desk.withdraw(actor, slot),
    lambda talks, actor, slot: talks.desk.call_off(actor, slot),
    lambda talks, actor, slot: talks.desk.offer_again(actor, slot),
]


async def test_nobody_else_sees_the_desk_not_even_an_administrator_or_another_officer(
    talks: TrustOffice, aizada: Actor, connection: AsyncConnection
) -> None:
    first, *_others = await talks.offer()
    await talks.trust.book(aizada, first.slot.id, Topic.STUDIES)
    await talks.office.roles.grant(OPERATOR, AIZADA.person_no, Role.ADMIN)
    aizada = await talks.office.recognise(AIZADAS_PHONE)
    before = await picture(connection)
    for act in ACTS:
        with pytest.raises(NotAllowed):
            await act(talks, aizada, first.slot.id)
    assert await picture(connection) == before
    await talks.office.connect(NURLANS_PHONE, NURLAN)
    await talks.office.roles.grant(OPERATOR, NURLAN.person_no, Role.TRUST_OFFICER)
    nurlan = await talks.office.recognise(NURLANS_PHONE)
    assert await talks.desk.list_slots(nurlan) == []
    for act in (ACTS[1], *ACTS[3:]):
        with pytest.raises(NoSuchSlot):
            await act(talks, nurlan, first.slot.id)


async def test_guest_sees_the_numbers_and_books_nothing(talks: TrustOffice, connection: AsyncConnection) -> None:
    first, *_others = await talks.offer()
    guest = await talks.office.recognise(GULNARAS_PHONE)
    before = await picture(connection)
    view = await talks.trust.look(guest)
    assert (view.linked, view.offered, view.talks) == (False, False, ())
    for act in (
        talks.trust.list_officers(guest),
        talks.trust.list_free(guest, first.slot.officer_id),
        talks.trust.find_free(guest, first.slot.id),
        talks.trust.book(guest, first.slot.id, Topic.OTHER),
        talks.trust.cancel(guest, 1),
    ):
        with pytest.raises(NotLinked):
            await act
    assert await picture(connection) == before
