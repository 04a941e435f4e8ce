"""Links that move, are disowned, released, given up and taken away."""

import asyncio
from collections.abc import Awaitable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, LinkFrozen, NotAllowed, Role
from services.delivery.dto import NoticeKind
from services.linking.dto import SharedContact
from services.linking.errors import LinkStandsNoMore, LinkTaken, NotFrozen, OwnAccount, PersonNotLinked
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
from tests.support.people import AIZADA, BAKYT, NURLAN

TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind <> 'role_changed' order by n.id"
)


@pytest.fixture
async def moved(office: Office, connection: AsyncConnection) -> int:
    """Айзада's link was moved from her phone to a stranger's; a registrar is there to be told."""
    await office.enrol(AIZADA, NURLAN, BAKYT)
    await office.recognise(BAKYTS_PHONE)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.ADMIN)  # never wrote
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(STRANGERS_PHONE, AIZADA)
    return int(str(await scalar(connection, "select id from links where ended_at is null")))


async def test_disowned_link_freezes_the_new_account_and_tells_everybody(
    office: Office, connection: AsyncConnection, clock: StandingClock, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    thief = await office.recognise(STRANGERS_PHONE)
    assert (thief.person, thief.frozen) == (None, True)
    with pytest.raises(LinkFrozen):
        thief.require_person()
    assert (await office.recognise(AIZADAS_PHONE)).person is None  # not linked again by itself
    assert await rows(connection, TOLD) == [
        (NoticeKind.LINK_MOVED, AIZADAS_PHONE),
        (NoticeKind.LINK_FROZEN, STRANGERS_PHONE),
        (NoticeKind.LINK_DISPUTED, BAKYTS_PHONE),
    ]
    assert await rows(connection, "select disowned_at, ended_at from links where id = :id", id=moved) == [
        (clock.now(), None)
    ]
    audited = "select account_id from audit_entries where act = 'link_disowned'"
    assert await rows(connection, audited) == [(AIZADAS_PHONE,)]


@pytest.mark.parametrize("who", [STRANGERS_PHONE, BAKYTS_PHONE])
async def test_nobody_but_the_former_account_may_disown(
    office: Office, connection: AsyncConnection, moved: int, who: int
) -> None:
    actor = await office.recognise(who)
    before = await picture(connection)
    for link_id in (moved, moved - 1, 0):
        with pytest.raises(LinkStandsNoMore):
            await office.linking.disown(actor, link_id)
    assert await picture(connection) == before


async def test_link_is_disowned_once_within_thirty_days_and_while_it_stands(
    office: Office, clock: StandingClock, moved: int
) -> None:
    aizada = await office.recognise(AIZADAS_PHONE)
    clock.advance(days=30, seconds=1)
    with pytest.raises(LinkStandsNoMore):
        await office.linking.disown(aizada, moved)
    clock.advance(seconds=-1)
    await office.linking.disown(aizada, moved)
    await office.linking.release(OPERATOR, STRANGERS_PHONE, moved)
    with pytest.raises(LinkStandsNoMore):  # the Study Office has judged
        await office.linking.disown(aizada, moved)
    await office.connect(AIZADAS_PHONE, AIZADA)
    with pytest.raises(LinkStandsNoMore):
        await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)


async def test_true_person_takes_the_link_back_with_a_code_and_the_frozen_account_cannot_disown_that(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    assert (await office.connect(AIZADAS_PHONE, AIZADA)).person is not None
    thief = await office.recognise(STRANGERS_PHONE)
    assert thief.frozen
    newest = int(str(await scalar(connection, "select max(id) from links")))
    with pytest.raises(LinkFrozen):
        await office.linking.disown(thief, newest)
    payload = "select payload from notices where kind = 'link_moved' order by id desc limit 1"
    assert await scalar(connection, payload) == {"link_id": newest, "may_disown": False}


async def test_release_lifts_the_freeze_and_is_told_and_audited(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    registrar = await office.recognise(BAKYTS_PHONE)
    await office.linking.release(registrar, STRANGERS_PHONE, moved)
    assert (await office.recognise(STRANGERS_PHONE)).person is not None
    assert (await rows(connection, TOLD))[-1] == (NoticeKind.LINK_RELEASED, STRANGERS_PHONE)
    with pytest.raises(NotFrozen):
        await office.linking.release(registrar, STRANGERS_PHONE, moved)


async def test_button_of_an_earlier_hold_does_not_lift_a_later_one(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    await office.linking.release(OPERATOR, STRANGERS_PHONE, moved)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(STRANGERS_PHONE, AIZADA)
    later = int(str(await scalar(connection, "select max(id) from links")))
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), later)
    before = await picture(connection)
    for stale in (moved, later + 1, 0):
        with pytest.raises(NotFrozen):
            await office.linking.release(OPERATOR, STRANGERS_PHONE, stale)
    assert await picture(connection) == before
    await office.linking.release(OPERATOR, STRANGERS_PHONE, later)


async def test_button_of_an_earlier_link_does_not_take_a_later_one_away(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    earlier, person_id = (await rows(connection, "select id, person_id from links where ended_at is not null"))[0]
    before = await picture(connection)
    with pytest.raises(PersonNotLinked):
        await office.linking.unlink(OPERATOR, int(str(person_id)), int(str(earlier)))
    assert await picture(connection) == before
    await office.linking.unlink(OPERATOR, int(str(person_id)), moved)


async def test_own_link_that_has_moved_meanwhile_is_not_ended(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(STRANGERS_PHONE, AIZADA)
    before = await picture(connection)
    with pytest.raises(PersonNotLinked):
        await office.linking.unlink(aizada, aizada.require_person().id)
    assert await picture(connection) == before


async def test_frozen_official_does_nothing_and_nobody_releases_their_own_account(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.REGISTRAR)
    official = await office.recognise(STRANGERS_PHONE)
    person_id = official.require_person().id
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    frozen = await office.recognise(STRANGERS_PHONE)
    assert frozen.grants == frozenset()
    before = await picture(connection)
    for attempt in (office.linking.release(frozen, STRANGERS_PHONE, moved), office.linking.unlink(frozen, person_id)):
        with pytest.raises(LinkFrozen):
            await attempt
    with pytest.raises(OwnAccount):  # recognised a moment before the hold
        await office.linking.release(official, STRANGERS_PHONE, moved)
    assert await picture(connection) == before


async def test_administrator_of_the_settings_is_none_while_the_account_is_frozen(office: Office, moved: int) -> None:
    office.accounts._administrators = frozenset({STRANGERS_PHONE})
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.ADMIN)
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    frozen = await office.recognise(STRANGERS_PHONE)
    assert frozen.grants == frozenset()
    with pytest.raises(LinkFrozen):
        frozen.require(Role.ADMIN)


async def test_official_who_left_the_roster_does_not_take_their_own_link_away_as_an_official(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    person_id = (await office.connect(AIZADAS_PHONE, AIZADA)).require_person().id
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.REGISTRAR)
    await office.enrol(NURLAN)
    before = await picture(connection)
    with pytest.raises(OwnAccount):
        await office.linking.unlink(await office.recognise(AIZADAS_PHONE), person_id)
    assert await picture(connection) == before


async def test_thief_who_gives_the_link_up_is_frozen_all_the_same(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    thief = await office.recognise(STRANGERS_PHONE)
    await office.linking.unlink(thief, thief.require_person().id)
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    assert (await office.recognise(STRANGERS_PHONE)).frozen
    assert (NoticeKind.LINK_DISPUTED, BAKYTS_PHONE) in await rows(connection, TOLD)
    await office.linking.release(OPERATOR, STRANGERS_PHONE, moved)


async def test_link_is_not_disowned_by_whoever_has_the_person_back(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    back = await office.connect(AIZADAS_PHONE, AIZADA)
    before = await picture(connection)
    with pytest.raises(LinkStandsNoMore):
        await office.linking.disown(back, moved)
    assert await picture(connection) == before


async def test_menus_are_looked_at_whenever_a_link_comes_goes_freezes_or_thaws(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    rung = [office.menu_bell.rung]

    async def step(work: Awaitable[object]) -> None:
        await work
        rung.append(office.menu_bell.rung)

    code = await office.linking.issue_code(OPERATOR, BAKYT.person_no)
    await step(office.linking.disown(await office.recognise(AIZADAS_PHONE), moved))
    await step(office.linking.release(OPERATOR, STRANGERS_PHONE, moved))
    person_id = int(str(await scalar(connection, "select person_id from links where id = :id", id=moved)))
    await step(office.linking.unlink(OPERATOR, person_id, moved))
    await step(office.linking.link(await office.newcomer(AIZADAS_PHONE), code.code))
    contact = SharedContact(phone=NURLAN.phone, owner_id=NURLANS_PHONE, forwarded=False, via_bot=False)
    await step(office.linking.link_by_contact(await office.newcomer(NURLANS_PHONE), contact))
    assert rung == [rung[0] + number for number in range(6)]


async def test_stranger_releases_nobody_and_takes_nothing_away(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    stranger = await office.recognise(GULNARAS_PHONE)
    person_id = int(str(await scalar(connection, "select person_id from links limit 1")))
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await office.linking.release(stranger, STRANGERS_PHONE, moved)
    with pytest.raises(NotAllowed):
        await office.linking.unlink(stranger, person_id)
    assert await picture(connection) == before


async def test_own_link_is_given_up_without_a_word_and_an_official_takes_one_away_with_one(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    assert aizada.person is not None
    await office.linking.unlink(aizada, aizada.person.id)
    assert (await office.recognise(AIZADAS_PHONE)).person is None
    assert await rows(connection, TOLD) == []
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.linking.unlink(OPERATOR, aizada.person.id)
    assert (await office.recognise(AIZADAS_PHONE)).person is None
    assert await rows(connection, TOLD) == [(NoticeKind.LINK_TAKEN_AWAY, AIZADAS_PHONE)]
    assert await rows(connection, "select ended_how from links order by id") == [("unlinked",), ("taken_away",)]
    audited = "select account_id from audit_entries where act = 'unlinked' order by id"
    assert await rows(connection, audited) == [(AIZADAS_PHONE,), (None,)]
    with pytest.raises(PersonNotLinked):
        await office.linking.unlink(OPERATOR, aizada.person.id)


async def test_account_that_is_taken_away_by_the_study_office_is_free_again(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    person_id = int(str(await scalar(connection, "select person_id from links where id = :id", id=moved)))
    await office.linking.unlink(OPERATOR, person_id)
    assert not (await office.recognise(STRANGERS_PHONE)).frozen


async def test_account_of_somebody_who_left_the_roster_can_become_another(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.enrol(NURLAN)
    nurlan = await office.connect(AIZADAS_PHONE, NURLAN)
    assert nurlan.person is not None
    assert nurlan.person.person_no == NURLAN.person_no
    assert await rows(connection, "select ended_how from links order by id") == [("unlinked",), (None,)]


async def test_administrators_of_the_settings_are_told_of_disputes(
    office: Office, connection: AsyncConnection, moved: int
) -> None:
    office.linking._administrators = frozenset({GULNARAS_PHONE, 999})
    await office.recognise(GULNARAS_PHONE)
    await office.linking.disown(await office.recognise(AIZADAS_PHONE), moved)
    told = await rows(connection, TOLD)
    assert {account for kind, account in told if kind == NoticeKind.LINK_DISPUTED} == {GULNARAS_PHONE, BAKYTS_PHONE}


async def test_second_link_of_a_person_is_refused_by_the_database_itself(office: Office) -> None:
    await office.enrol(AIZADA)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    assert aizada.person is not None
    await office.recognise(STRANGERS_PHONE)
    async with office.unit_of_work() as uow:
        with pytest.raises(LinkTaken):
            await uow.links.link(STRANGERS_PHONE, aizada.person.id, office.clock.now())


async def test_code_and_contact_at_the_same_moment_leave_one_link(busy_office: Office, engine: AsyncEngine) -> None:
    office = busy_office
    await office.enrol(AIZADA)
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    phones: list[Actor] = [await office.newcomer(phone) for phone in (8001, 8002, 8003)]
    contact = SharedContact(phone=AIZADA.phone, owner_id=8001, forwarded=False, via_bot=False)
    outcomes = await asyncio.gather(
        office.linking.link_by_contact(phones[0], contact),
        *(office.linking.link(phone, code.payload) for phone in phones[1:]),
        return_exceptions=True,
    )
    assert 1 <= sum(not isinstance(outcome, BaseException) for outcome in outcomes) <= 2  # a code moves a link
    async with engine.connect() as connection:
        assert await scalar(connection, "select count(*) from accounts where person_id is not null") == 1
        assert await scalar(connection, "select count(*) from links where ended_at is null") == 1
