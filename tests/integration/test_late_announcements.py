"""Announcements that did not begin as they were meant, and what readers still get at the moment of sending."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.announcements.dto import AnnouncementState, Hold
from services.announcements.news import KEPT_FOR
from services.audience.errors import AudienceUnknown
from services.delivery.dto import IfLate, NewBroadcast, NoticeKind, Tally, Urgency
from services.languages import Language
from tests.integration.test_announcements import TEXTS, carried, person_of, settle, stands, words
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA

ASKED = "select d.account_id, n.payload->>'hold', m.urgency from notices n join deliveries d on d.notice_id = n.id join messages m on m.id = d.message_id where n.kind = 'announcement_late' order by n.id"  # noqa: E501


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    await settle(office)


@pytest.fixture
async def editor(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    return await office.recognise(BAKYTS_PHONE)


async def test_author_is_asked_about_what_an_outage_made_too_late(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    due_at = clock.now() + timedelta(hours=1)
    announced = await office.announcements.announce(editor, words(due_at=due_at))
    clock.advance(hours=26)
    assert await office.begin_due() == 1
    assert await office.begin_due() == 0
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.PAUSED, Tally(pending=4))
    assert await rows(connection, ASKED) == [(BAKYTS_PHONE, "late", "urgent")]
    assert office.alarm.waiting == []
    waiting = await office.announcement_news.find_paused(announced.id)
    assert waiting is not None
    assert waiting.announcement.due_at == due_at

    await office.announcements.resume(editor, announced.id)
    assert (await stands(office, announced)).state is AnnouncementState.SENDING
    assert await office.announcement_news.find_paused(announced.id) is None


@pytest.mark.parametrize("hours", [1, 25])
async def test_what_is_not_too_late_begins_after_an_outage(office: Office, clock: StandingClock, hours: int) -> None:
    announced = await office.announcements.announce(OPERATOR, words(due_at=clock.now() + timedelta(hours=1)))
    clock.advance(hours=hours)
    assert await office.begin_due() == 1
    assert (await stands(office, announced)).state is AnnouncementState.SENDING


async def test_operators_are_told_of_what_is_their_own(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    announced = await office.announcements.announce(OPERATOR, words(due_at=clock.now() + timedelta(hours=1)))
    clock.advance(hours=26)
    await office.begin_due()
    assert office.alarm.waiting == [(announced.id, Hold.LATE)]
    assert await rows(connection, ASKED) == []
    await office.announcements.cancel(OPERATOR, announced.id)
    assert (await stands(office, announced)).tally == Tally(cancelled=4)


async def test_what_is_to_be_dropped_when_late_is_dropped(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    new = words(due_at=clock.now(), late_after=timedelta(hours=1), if_late=IfLate.DROP)
    announced = await office.announcements.announce(editor, new)
    clock.advance(hours=2)
    assert await office.begin_due() == 1
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.CANCELLED, Tally(cancelled=4))
    assert await rows(connection, ASKED) == []


async def test_author_is_asked_where_the_audience_names_what_is_gone(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    gone = "-group:ПИ-1-25"
    announced = await office.announcements.announce(editor, words(due_at=clock.now(), audience=f"all {gone}"))
    await rows(connection, "update people set group_name = 'ПИ-2-25', group_key = 'other' returning 1")
    assert await office.begin_due() == 1
    assert (await stands(office, announced)).state is AnnouncementState.PAUSED
    assert await rows(connection, ASKED) == [(BAKYTS_PHONE, "audience", "urgent")]
    assert await scalar(connection, "select count(*) from broadcasts") == 0
    before = await picture(connection)
    with pytest.raises(AudienceUnknown):
        await office.announcements.resume(editor, announced.id)
    assert await picture(connection) == before


async def test_nothing_begins_while_sending_is_halted(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    announced = await office.announcements.announce(OPERATOR, words(due_at=clock.now()))
    await rows(connection, "update send_pace set halted_at = :now returning 1", now=clock.now())
    assert await office.begin_due() == 0
    await rows(connection, "update send_pace set halted_at = null returning 1")
    assert await office.begin_due() == 1
    assert (await stands(office, announced)).state is AnnouncementState.SENDING


async def test_author_is_asked_about_what_an_outage_stopped_on_the_way(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    announced = await office.announcements.announce(editor, words())
    await carried(connection, announced, ["sent"])
    notice_id = (await stands(office, announced)).announcement.notice_id
    assert notice_id is not None
    opened_at = clock.now()
    clock.advance(hours=30)
    await office.late.ask(notice_id, opened_at, clock.now())
    view = await stands(office, announced)
    assert (view.state, view.tally) == (AnnouncementState.PAUSED, Tally(sent=1, pending=2, blocked=1))
    assert await rows(connection, ASKED) == [(BAKYTS_PHONE, "late", "urgent")]
    assert await scalar(
        connection, "select payload->>'due_at' from notices where kind = 'announcement_late'"
    ) == opened_at.isoformat()  # fmt: skip

    await office.announcements.cancel(editor, announced.id)
    before = await picture(connection)
    await office.late.ask(notice_id, opened_at, clock.now())  # it has ended meanwhile
    assert await picture(connection) == before


async def test_notice_that_is_no_announcement_has_no_author_to_ask(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    other = NewBroadcast(kind=NoticeKind.ROLE_CHANGED, payload={}, subject="role:1", urgency=Urgency.NORMAL)
    async with office.unit_of_work() as uow:
        notice_id = await uow.broadcasts.open(other, clock.now())
        await uow.commit()
    before = await picture(connection)
    await office.late.ask(notice_id, clock.now(), clock.now())
    assert await picture(connection) == before
    assert office.alarm.waiting == []


async def test_author_without_the_role_can_still_stop_it_but_not_send_it(office: Office, clock: StandingClock) -> None:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    editor = await office.recognise(BAKYTS_PHONE)
    announced = await office.announcements.announce(editor, words(due_at=clock.now() + timedelta(hours=1)))
    clock.advance(hours=30)
    await office.begin_due()
    await office.roles.revoke(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    former = await office.recognise(BAKYTS_PHONE)
    with pytest.raises(NotAllowed):
        await office.announcements.resume(former, announced.id)
    assert (await office.announcements.cancel(former, announced.id)).state is AnnouncementState.CANCELLED


async def test_reader_gets_the_text_in_their_language_while_it_is_meant_for_them(
    office: Office, connection: AsyncConnection
) -> None:
    some = {Language.KY: TEXTS[Language.KY], Language.RU: TEXTS[Language.RU]}
    announced = await office.announcements.announce(
        OPERATOR, words(texts=some, fallback=Language.RU, audience="role:student")
    )
    news = office.announcement_news
    for reader, html in ((Language.KY, "<b>Жарыя</b>"), (Language.EN, "Объявление")):
        chosen = await news.find_told(announced.id, AIZADAS_PHONE, reader)
        assert chosen is not None
        assert chosen.text.html == html
    for phone in (BAKYTS_PHONE, STRANGERS_PHONE):
        assert await news.find_told(announced.id, phone, Language.KY) is None
    await office.linking.unlink(OPERATOR, await person_of(connection, NURLANS_PHONE))  # a leaver
    assert await news.find_told(announced.id, NURLANS_PHONE, Language.KY) is None
    assert await news.find_told(announced.id, AIZADAS_PHONE, Language.KY) is not None


async def test_cancelled_announcement_is_not_told_any_more(office: Office, clock: StandingClock) -> None:
    announced = await office.announcements.announce(OPERATOR, words())
    news = office.announcement_news
    assert await news.find_told(announced.id, AIZADAS_PHONE, Language.KY) is not None
    await office.announcements.cancel(OPERATOR, announced.id)
    clock.advance(seconds=KEPT_FOR.total_seconds())
    assert await news.find_told(announced.id, AIZADAS_PHONE, Language.KY) is None
    assert await news.find_told(announced.id + 1, AIZADAS_PHONE, Language.KY) is None
    assert await news.find_paused(announced.id + 1) is None


async def test_reader_who_changed_the_language_or_whose_list_was_dropped_has_not_left(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    news, aizada = office.announcement_news, await office.recognise(AIZADAS_PHONE)
    of_readers = await office.announcements.announce(OPERATOR, words(audience="lang:ky role:student"))
    await office.accounts.choose_language(aizada, Language.RU)
    assert await news.find_told(of_readers.id, AIZADAS_PHONE, Language.RU) is not None

    await office.audiences.bring_list(OPERATOR, "олимпиада", [AIZADA.person_no])
    of_a_list = await office.announcements.announce(OPERATOR, words(audience="list:олимпиада"))
    await office.audiences.drop_list(OPERATOR, "олимпиада")
    assert await news.find_told(of_a_list.id, AIZADAS_PHONE, Language.RU) is not None
    await office.linking.unlink(OPERATOR, await person_of(connection, AIZADAS_PHONE))
    clock.advance(seconds=KEPT_FOR.total_seconds())
    assert await news.find_told(of_a_list.id, AIZADAS_PHONE, Language.RU) is None
