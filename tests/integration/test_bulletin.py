"""Announcements for their readers: what each sees, and the word that one was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotLinked
from services.announcements.dto import Category, DraftChange, NewAnnouncement
from services.announcements.errors import NoSuchAnnouncement
from services.bulletin.errors import AnnouncementWithdrawn, NotARecipient, NotInBulletin, OnlyPreview
from services.bulletin.service import ON_A_PAGE, BulletinNews
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, NURLAN

TEXTS = {Language.KY: "<b>Жарыя</b>", Language.RU: "Объявление", Language.EN: "Announcement"}


@pytest.fixture
async def aizada(office: Office) -> Actor:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, NURLAN)
    await office.connect(NURLANS_PHONE, NURLAN)
    return await office.connect(AIZADAS_PHONE, AIZADA)


async def announce(
    office: Office, connection: AsyncConnection, audience: str = "all", *, asks: bool = False, public: bool = False
) -> int:
    announced = await office.announcements.announce(OPERATOR, NewAnnouncement(texts=TEXTS, audience=audience))
    await rows(
        connection,
        "update announcements set asks_reading = :asks, is_public = :public where id = :id returning 1",
        id=announced.id, asks=asks, public=public,
    )  # fmt: skip
    return announced.id


async def seen(office: Office, actor: Actor, page: int = 0) -> Sequence[int]:
    return [entry.announcement.id for entry in (await office.bulletin.list_page(actor, page)).entries]


async def test_each_reader_sees_what_was_meant_for_them_and_what_is_public(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    nurlan, stranger = await office.recognise(NURLANS_PHONE), await office.recognise(STRANGERS_PHONE)
    hers = await announce(office, connection, "person:S-1001")
    clock.advance(minutes=1)
    everybodys = await announce(office, connection, public=True)
    assert await seen(office, aizada) == [everybodys, hers]
    assert await seen(office, nurlan) == [everybodys]
    assert await seen(office, stranger) == [everybodys]
    assert (await office.bulletin.open(stranger, everybodys)).text.html == "<b>Жарыя</b>"
    mine = [entry.out.mine for actor in (nurlan, stranger) for entry in [await office.bulletin.open(actor, everybodys)]]
    assert mine == [True, False]
    for actor in (nurlan, stranger):
        with pytest.raises(NotInBulletin):
            await office.bulletin.open(actor, hers)


async def test_drafts_and_what_was_withdrawn_are_not_shown(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    number = await announce(office, connection, public=True)
    await office.begin_draft(OPERATOR)
    await rows(connection, "update announcements set withdrawn_at = :now where id = :id returning 1", id=number,
               now=office.clock.now())  # fmt: skip
    assert await seen(office, aizada) == []
    with pytest.raises(NotInBulletin):
        await office.bulletin.open(aizada, number)
    with pytest.raises(NotInBulletin):
        await office.bulletin.open(aizada, 0)


async def test_stopped_announcement_is_shown_only_to_whoever_got_it(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    number = await announce(office, connection, "all", public=True)
    await office.delivery.send_next()
    await office.announcements.cancel(OPERATOR, number)
    (got,) = {chat for chat, _message, _file in office.messenger.sent}
    for actor in (aizada, await office.recognise(NURLANS_PHONE), await office.recognise(STRANGERS_PHONE)):
        assert await seen(office, actor) == ([number] if actor.account_id == got else [])


async def test_what_came_before_the_account_was_this_persons_is_not_shown(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    old = await announce(office, connection)
    assert aizada.person is not None
    await office.linking.unlink(aizada, aizada.person.id)
    assert await seen(office, await office.recognise(AIZADAS_PHONE)) == []
    clock.advance(minutes=1)
    await office.connect(AIZADAS_PHONE, NURLAN)
    assert await seen(office, await office.recognise(AIZADAS_PHONE)) == []
    assert old


async def test_guest_sees_what_was_sent_to_them_but_not_what_was_sent_to_the_person_they_were(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    number = await announce(office, connection, "person:S-1001")
    guest = await office.recognise(STRANGERS_PHONE)
    await rows(
        connection,
        "insert into deliveries (notice_id, account_id) select notice_id, :account from announcements returning 1",
        account=STRANGERS_PHONE,
    )
    assert await seen(office, guest) == [number]
    assert aizada.person is not None
    await office.linking.unlink(aizada, aizada.person.id)
    assert await seen(office, await office.recognise(AIZADAS_PHONE)) == []


async def test_pages_go_back_a_year_and_an_old_button_leads_to_the_first(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await announce(office, connection)
    clock.advance(days=366)
    numbers = []
    for _ in range(ON_A_PAGE + 1):
        numbers.append(await announce(office, connection))
        clock.advance(seconds=1)
    first = await office.bulletin.list_page(aizada, 0)
    assert [entry.announcement.id for entry in first.entries] == numbers[:0:-1]
    assert first.has_more
    last = await office.bulletin.list_page(aizada, 1)
    assert ([entry.announcement.id for entry in last.entries], last.has_more) == (numbers[:1], False)
    assert (await office.bulletin.list_page(aizada, 7)).number == 0


async def test_one_with_a_file_comes_as_a_message(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    number = await announce(office, connection)
    await office.send_all()
    await rows(
        connection,
        "with f as (insert into files (content, sha256, size, mime, created_at)"
        " values (''::bytea, ''::bytea, 0, 'image/png', :now) returning id)"
        " update announcements set media = 'photo', file_id = (select id from f) where id = :id returning 1",
        id=number, now=office.clock.now(),
    )  # fmt: skip
    before = len(office.messenger.sent)
    await office.bulletin.open(aizada, number)
    await office.send_all()
    ((chat, _message, _file),) = office.messenger.sent[before:]
    assert chat == AIZADAS_PHONE


async def test_reading_is_noted_once_whoever_presses_how_often(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    number = await announce(office, connection, asks=True)
    first = await office.bulletin.confirm(aizada, number)
    assert first.read_at == clock.now()
    clock.advance(hours=1)
    assert (await office.bulletin.confirm(aizada, number)).read_at == first.read_at
    assert await scalar(connection, "select count(*) from announcement_readings") == 1
    assert (await office.bulletin.open(aizada, number)).out.read_at == first.read_at
    await rows(connection, "update announcements set corrected_at = :now returning 1", now=clock.now())
    nurlan = await office.recognise(NURLANS_PHONE)
    assert (await office.bulletin.confirm(nurlan, number)).read_at == clock.now()
    assert (await office.bulletin.open(aizada, number)).out.read_at is None
    clock.advance(hours=1)
    again = await office.bulletin.confirm(aizada, number)
    assert (again.read_at, (await office.bulletin.open(aizada, number)).out.read_at) == (clock.now(), clock.now())
    assert await scalar(connection, "select count(*) from announcement_readings") == 2


async def test_reading_is_not_noted_of_whoever_was_not_asked(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    asking = await announce(office, connection, "person:S-1001", asks=True, public=True)
    silent, withdrawn = await announce(office, connection), await announce(office, connection, asks=True)
    await rows(connection, "update announcements set withdrawn_at = :now where id = :id returning 1", id=withdrawn,
               now=office.clock.now())  # fmt: skip
    draft = await office.begin_draft(OPERATOR)
    options = replace(draft.options, asks_reading=True)
    await office.announcement_drafts.change(OPERATOR, draft.id, draft.version, DraftChange(options=options))
    nurlan, stranger = await office.recognise(NURLANS_PHONE), await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor, number, refusal in (
        (nurlan, asking, NotARecipient),
        (stranger, asking, NotARecipient),
        (aizada, silent, NoSuchAnnouncement),
        (aizada, 0, NoSuchAnnouncement),
        (aizada, withdrawn, AnnouncementWithdrawn),
        (aizada, draft.id, OnlyPreview),
        (OPERATOR, asking, NotLinked),
    ):
        with pytest.raises(refusal):
            await office.bulletin.confirm(actor, number)
    assert await picture(connection) == before


async def test_notices_are_told_what_the_account_sees(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    number = await announce(office, connection, "person:S-1001", asks=True)
    news = BulletinNews(office.reading, office.announcement_news)
    entry = await news.find_entry(number, AIZADAS_PHONE, Language.RU)
    assert entry is not None
    assert (entry.text.html, entry.out.read_at) == ("Объявление", None)
    assert await news.find_entry(number, NURLANS_PHONE, Language.RU) is None
    assert aizada.account_id == AIZADAS_PHONE


async def test_reminder_is_not_for_who_left_or_switched_its_kind_off(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock
) -> None:
    number = await announce(office, connection, "role:student", asks=True)
    news = BulletinNews(office.reading, office.announcement_news)
    assert await news.find_meant(number, AIZADAS_PHONE, Language.RU) is not None
    await office.accounts.choose_category(aizada, Category.GENERAL, wanted=False)
    assert await news.find_entry(number, AIZADAS_PHONE, Language.RU) is not None
    assert await news.find_meant(number, AIZADAS_PHONE, Language.RU) is None
    await office.accounts.choose_category(aizada, Category.GENERAL, wanted=True)
    assert await news.find_meant(number, AIZADAS_PHONE, Language.RU) is not None
    await rows(connection, "update announcements set audience = 'role:staff' where id = :id returning 1", id=number)
    clock.advance(seconds=6)
    assert await news.find_meant(number, AIZADAS_PHONE, Language.RU) is None


async def test_choices_of_categories_and_of_the_evening_are_kept(office: Office, aizada: Actor) -> None:
    for _ in range(2):
        await office.accounts.choose_category(aizada, Category.EVENTS, wanted=False)
        await office.accounts.choose_category(aizada, Category.CAREER, wanted=False)
    await office.accounts.choose_gathering(aizada, gathered=True)
    settings = await office.accounts.get_settings(aizada)
    assert (settings.muted, settings.gathered) == (frozenset({Category.EVENTS, Category.CAREER}), True)
    for _ in range(2):
        await office.accounts.choose_category(aizada, Category.EVENTS, wanted=True)
    await office.accounts.choose_gathering(aizada, gathered=False)
    settings = await office.accounts.get_settings(aizada)
    assert (settings.muted, settings.gathered) == (frozenset({Category.CAREER}), False)
    other = await office.accounts.get_settings(await office.recognise(NURLANS_PHONE))
    assert (other.muted, other.gathered) == (frozenset(), False)
    for choice in (
        office.accounts.choose_category(OPERATOR, Category.EVENTS, wanted=False),
        office.accounts.choose_gathering(OPERATOR, gathered=True),
    ):
        with pytest.raises(NotLinked):
            await choice


@pytest.mark.parametrize("hours", [timedelta(), timedelta(hours=9)], ids=["at noon", "after the evening's"])
async def test_who_wants_them_gathered_gets_ordinary_messages_in_the_evening(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor, hours: timedelta
) -> None:
    await office.send_all()
    await office.accounts.choose_gathering(aizada, gathered=True)
    clock.advance(seconds=hours.total_seconds())
    for _ in range(2):
        await announce(office, connection)
    before = len(office.messenger.sent)
    await office.send_all()
    assert {chat for chat, _message, _file in office.messenger.sent[before:]} == {NURLANS_PHONE}
    urgent = NewAnnouncement(texts=TEXTS, audience="person:S-1001", urgent=True)
    await office.announcements.announce(OPERATOR, urgent)
    await office.send_all()
    assert office.messenger.sent[-1][0] == AIZADAS_PHONE
    at_once = len(office.messenger.sent)
    clock.advance(hours=8 if not hours else 23)
    await office.send_all()
    ((chat, message, _file),) = office.messenger.sent[at_once:]
    assert chat == AIZADAS_PHONE
    assert message.text.startswith("digest in ky")
