"""Asking the Study Office to be recognised, and the desk that decides."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.delivery.dto import NoticeKind
from services.link_requests.dto import Alike, LinkRequest, RefusalReason, TypedFacts
from services.link_requests.errors import (
    AskerFrozen,
    HolderNeedsCode,
    ReasonUnreadable,
    RequestDecided,
    RequestsExhausted,
    RequestUnreadable,
    RequestWaiting,
)
from services.linking.errors import LinkedToAnother, OwnAccount, PersonAbsent
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
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

FACTS = TypedFacts(name="Маматова Айзада", group_name="пи 1 25", person_no="s-1001")
TOLD = (
    "select n.kind, d.account_id from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind <> 'role_changed' order by n.id"
)
STATES = "select state, decided_by, reason from link_requests order by id"


@pytest.fixture
async def registrar(office: Office) -> Actor:
    """The roster, and an official in the chat."""
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    await office.recognise(BAKYTS_PHONE)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    return await office.recognise(BAKYTS_PHONE)


async def asks(office: Office, phone: int = AIZADAS_PHONE, facts: TypedFacts = FACTS) -> LinkRequest:
    return await office.link_requests.ask(await office.newcomer(phone), facts)


async def person_id(connection: AsyncConnection, person_no: str) -> int:
    return int(str(await scalar(connection, "select id from people where person_no = :no", no=person_no)))


async def test_request_waits_officials_are_told_and_nothing_of_the_roster_is_shown(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR)
    await office.recognise(NURLANS_PHONE)
    request = await asks(office, facts=TypedFacts(name="  Маматова \n Айзада ", group_name="ПИ", person_no="S-1"))
    assert request.facts == TypedFacts(name="Маматова Айзада", group_name="ПИ", person_no="S-1")
    assert request.person is None
    assert await rows(connection, TOLD) == [(NoticeKind.LINK_REQUEST_WAITING, registrar.account_id)]
    standing = await office.link_requests.get_standing(await office.recognise(AIZADAS_PHONE))
    assert standing.waiting is not None
    assert (standing.waiting.id, standing.requests_left) == (request.id, 3)


@pytest.mark.parametrize("facts", [("", "ПИ", "1001"), ("А", "ПИ", "10"), ("Ай", "х" * 121, "10"), ("Ай", "ПИ", " 1 ")])
async def test_facts_too_short_or_too_long_are_refused(office: Office, facts: tuple[str, str, str]) -> None:
    name, group_name, person_no = facts
    with pytest.raises(RequestUnreadable):
        await asks(office, facts=TypedFacts(name=name, group_name=group_name, person_no=person_no))


async def test_one_request_waits_at_a_time_also_after_a_double_tap(busy_office: Office) -> None:
    actor = await busy_office.newcomer(AIZADAS_PHONE)
    outcomes = await asyncio.gather(
        *(busy_office.link_requests.ask(actor, FACTS) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkRequest"] + ["RequestWaiting"] * 3


async def test_after_three_refusals_it_is_for_the_counter_but_withdrawn_requests_are_not_counted(
    office: Office, registrar: Actor
) -> None:
    for _ in range(4):
        await asks(office)
        await office.link_requests.withdraw(await office.recognise(AIZADAS_PHONE))
    for left in (2, 1, 0):
        request = await asks(office)
        await office.link_requests.refuse(registrar, request.id, RefusalReason.NAME_DIFFERS)
        standing = await office.link_requests.get_standing(await office.recognise(AIZADAS_PHONE))
        assert (standing.waiting, standing.requests_left) == (None, left)
    with pytest.raises(RequestsExhausted):
        await asks(office)


async def test_who_asks_and_withdraws_in_a_loop_does_not_ring_the_officials(
    office: Office, connection: AsyncConnection, clock: StandingClock, registrar: Actor
) -> None:
    for minutes in (0, 10, 51):  # the third is more than an hour after the first
        clock.advance(minutes=minutes)
        await asks(office)
        await office.link_requests.withdraw(await office.recognise(AIZADAS_PHONE))
    clock.advance(minutes=61)
    await asks(office)
    assert await rows(connection, TOLD) == [(NoticeKind.LINK_REQUEST_WAITING, registrar.account_id)] * 2


async def test_who_was_refused_and_asks_again_within_the_hour_is_not_overlooked(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office)
    await office.link_requests.refuse(registrar, request.id, RefusalReason.NAME_DIFFERS)
    await asks(office)
    waiting = [told for told in await rows(connection, TOLD) if told[0] == NoticeKind.LINK_REQUEST_WAITING]
    assert waiting == [(NoticeKind.LINK_REQUEST_WAITING, registrar.account_id)] * 2


async def test_rush_of_requests_rings_every_official_once_an_hour(
    office: Office, connection: AsyncConnection, clock: StandingClock, registrar: Actor
) -> None:
    await asks(office)
    await asks(office, NURLANS_PHONE)
    await office.recognise(7020)
    await office.roles.grant(OPERATOR, "7020", Role.ADMIN)  # was not told of the first ones
    await asks(office, STRANGERS_PHONE)
    assert [account for _, account in await rows(connection, TOLD)] == [registrar.account_id, 7020]
    clock.advance(minutes=61)
    await asks(office, 7030)
    assert [account for _, account in await rows(connection, TOLD)] == [registrar.account_id, 7020] * 2


async def test_menus_are_looked_at_when_a_request_is_accepted(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office)
    rung = office.menu_bell.rung
    await office.link_requests.accept(registrar, request.id, await person_id(connection, AIZADA.person_no))
    assert office.menu_bell.rung == rung + 1


async def test_official_does_not_link_their_own_account_on_request(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office, BAKYTS_PHONE)
    person = await person_id(connection, GULNARA.person_no)
    before = await picture(connection)
    with pytest.raises(OwnAccount):
        await office.link_requests.accept(registrar, request.id, person)
    assert await picture(connection) == before


@pytest.mark.parametrize(("last", "needs"), [(-1, False), (0, True)])
async def test_role_that_is_over_does_not_ask_for_a_code_for_ever(
    office: Office, connection: AsyncConnection, clock: StandingClock, registrar: Actor, last: int, needs: bool
) -> None:
    today = clock.now().date()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.EDITOR, valid_to=today)
    clock.advance(days=-last)
    request = await asks(office)
    person = await person_id(connection, AIZADA.person_no)
    comparison = await office.link_requests.compare(registrar, request.id, person)
    assert comparison.candidate.standing.holds_roles is needs
    if needs:
        with pytest.raises(HolderNeedsCode):
            await office.link_requests.accept(registrar, request.id, person)
    else:
        await office.link_requests.accept(registrar, request.id, person)


async def test_role_of_the_account_itself_asks_for_a_code_too(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    await office.connect(STRANGERS_PHONE, AIZADA)
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR)
    request = await asks(office)
    with pytest.raises(HolderNeedsCode):
        await office.link_requests.accept(registrar, request.id, await person_id(connection, AIZADA.person_no))


async def test_linked_person_has_nothing_to_ask_for(office: Office) -> None:
    await office.enrol(AIZADA)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    with pytest.raises(LinkedToAnother):
        await office.link_requests.ask(aizada, FACTS)
    with pytest.raises(LinkedToAnother):
        await office.link_requests.get_standing(aizada)


async def test_link_by_another_way_withdraws_the_request(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office)
    await office.connect(AIZADAS_PHONE, AIZADA)
    assert await rows(connection, STATES) == [("withdrawn", None, None)]
    with pytest.raises(RequestDecided):
        await office.link_requests.get_waiting(registrar, request.id)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (TypedFacts(name="Кто-то Другой", group_name="ЭЛ-1-25", person_no="s - 1001"), ["S-1001"]),
        (TypedFacts(name="айзада маматова бакытовна", group_name="??", person_no="??"), ["S-1001"]),
        (TypedFacts(name="Омурова Гулнара", group_name="??", person_no="??"), ["S-1003"]),
        (TypedFacts(name="Маматова Айжан", group_name="ПИ-1-25", person_no="??"), ["S-1001"]),
        (TypedFacts(name="Нурлан Асан уулу", group_name="пи125", person_no="S-1001"), ["S-1001", "S-1002"]),
        (TypedFacts(name="Никто Никтоев", group_name="ПИ-1-25", person_no="S-9"), []),
        (TypedFacts(name="' | & !*", group_name="' or 1=1", person_no="'--"), []),
    ],
)  # fmt: skip
async def test_desk_finds_who_may_be_meant_however_it_is_spelt(
    office: Office, registrar: Actor, facts: TypedFacts, found: list[str]
) -> None:
    await asks(office, facts=facts)
    desk = await office.link_requests.find_next(registrar)
    assert desk is not None
    assert [candidate.standing.person.person_no for candidate in desk.candidates] == found


async def test_of_many_candidates_the_likest_five_are_shown(office: Office, registrar: Actor) -> None:
    many = [changed(AIZADA, person_no=f"S-20{n:02}", group_name=f"ПИ-{n}-25") for n in range(9)]
    await office.enrol(AIZADA, BAKYT, *many)
    await asks(office, facts=TypedFacts(name="Айзада Маматова", group_name="ПИ-7-25", person_no="S-2003"))
    desk = await office.link_requests.find_next(registrar)
    assert desk is not None
    assert len(desk.candidates) == 5
    assert [candidate.standing.person.person_no for candidate in desk.candidates[:2]] == ["S-2003", "S-2007"]


async def test_comparison_says_what_agrees_and_is_noted(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office)
    aizada, nurlan = [await person_id(connection, one.person_no) for one in (AIZADA, NURLAN)]
    comparison = await office.link_requests.compare(registrar, request.id, aizada)
    assert comparison.alike == Alike(name=True, group_name=True, person_no=True)
    other = await office.link_requests.compare(registrar, request.id, nurlan)
    assert other.alike == Alike(name=False, group_name=True, person_no=False)
    noted = "select subject from audit_entries where act = 'person_looked_at' order by id"
    assert await rows(connection, noted) == [(f"person:{aizada}",), (f"person:{nurlan}",)]


async def test_queue_is_walked_from_the_oldest(office: Office, clock: StandingClock, registrar: Actor) -> None:
    ids = []
    for phone in (8003, 8001, 8002):
        ids.append((await asks(office, phone)).id)
        clock.advance(minutes=1)
    after, seen = 0, []
    while (desk := await office.link_requests.find_next(registrar, after=after)) is not None:
        assert desk.waiting == 3
        after = desk.request.id
        seen.append(after)
    assert seen == ids


async def test_accepted_request_links_and_tells_the_asker_and_the_former_account(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    await office.connect(STRANGERS_PHONE, AIZADA)
    request = await asks(office)
    aizada = await person_id(connection, AIZADA.person_no)
    await office.link_requests.accept(registrar, request.id, aizada)
    linked = await office.recognise(AIZADAS_PHONE)
    assert linked.person is not None
    assert linked.person.id == aizada
    assert (await office.recognise(STRANGERS_PHONE)).person is None
    link = "select way, linked_by, former_account_id from links where ended_at is null"
    assert await rows(connection, link) == [("request", BAKYTS_PHONE, STRANGERS_PHONE)]
    told = (await rows(connection, TOLD))[1:]
    assert told == [(NoticeKind.LINK_MOVED, STRANGERS_PHONE), (NoticeKind.LINK_REQUEST_DECIDED, AIZADAS_PHONE)]
    assert await rows(connection, STATES) == [("linked", BAKYTS_PHONE, None)]
    audited = "select account_id, details from audit_entries where act = 'linked' order by id desc limit 1"
    assert await rows(connection, audited) == [(BAKYTS_PHONE, {"account": AIZADAS_PHONE, "way": "request"})]


async def test_of_two_officials_the_second_is_told_that_it_is_decided(
    busy_office: Office, registrar_and_request: tuple[Actor, LinkRequest, int]
) -> None:
    actor, request, person = registrar_and_request
    outcomes = await asyncio.gather(
        busy_office.link_requests.accept(actor, request.id, person),
        busy_office.link_requests.refuse(OPERATOR, request.id, "келиңиз"),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkRequest", "RequestDecided"]


@pytest.fixture
async def registrar_and_request(busy_office: Office) -> tuple[Actor, LinkRequest, int]:
    """The same on a database where several connections matter."""
    await busy_office.enrol(AIZADA)
    request = await asks(busy_office)
    desk = await busy_office.link_requests.find_next(OPERATOR)
    assert desk is not None
    return OPERATOR, request, desk.candidates[0].standing.person.id


async def test_person_with_roles_an_absent_one_and_a_frozen_asker_are_not_linked(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    await office.roles.grant(OPERATOR, NURLAN.person_no, Role.EDITOR)
    request = await asks(office)
    nurlan, gulnara, aizada = [await person_id(connection, one.person_no) for one in (NURLAN, GULNARA, AIZADA)]
    await office.enrol(AIZADA, NURLAN, BAKYT)
    for person, refusal in ((nurlan, HolderNeedsCode), (gulnara, PersonAbsent), (10**12, PersonAbsent)):
        with pytest.raises(refusal):
            await office.link_requests.accept(registrar, request.id, person)
    async with office.unit_of_work() as uow:
        await uow.links.set_frozen(AIZADAS_PHONE, office.clock.now())
        await uow.commit()
    with pytest.raises(AskerFrozen):
        await office.link_requests.accept(registrar, request.id, aizada)
    assert await rows(connection, STATES) == [("waiting", None, None)]
    assert await scalar(connection, "select count(*) from links") == 0


@pytest.mark.parametrize("reason", ["", "x", "ө" * 301])
async def test_reason_too_short_or_too_long_refuses_nobody(
    office: Office, connection: AsyncConnection, registrar: Actor, reason: str
) -> None:
    request = await asks(office)
    with pytest.raises(ReasonUnreadable):
        await office.link_requests.refuse(registrar, request.id, reason)
    assert await rows(connection, STATES) == [("waiting", None, None)]


async def test_refused_request_keeps_its_reason_and_is_told(
    office: Office, connection: AsyncConnection, registrar: Actor
) -> None:
    request = await asks(office)
    await office.link_requests.refuse(registrar, request.id, " Билетиңизди \n көрсөтүңүз ")
    assert await rows(connection, STATES) == [("refused", BAKYTS_PHONE, "Билетиңизди көрсөтүңүз")]
    assert (await rows(connection, TOLD))[-1] == (NoticeKind.LINK_REQUEST_DECIDED, AIZADAS_PHONE)
    for decide in (
        office.link_requests.refuse(registrar, request.id, "дагы"),
        office.link_requests.accept(registrar, request.id, 1),
        office.link_requests.compare(registrar, request.id, 1),
    ):
        with pytest.raises(RequestDecided):
            await decide


@pytest.mark.parametrize("role", [None, Role.EDITOR])
async def test_nobody_else_sees_or_decides_requests_and_nothing_is_written(
    office: Office, connection: AsyncConnection, role: Role | None
) -> None:
    request = await asks(office)
    if role is not None:
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), role)
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    desk = office.link_requests
    for act in (
        desk.find_next(stranger),
        desk.get_waiting(stranger, request.id),
        desk.compare(stranger, request.id, 1),
        desk.accept(stranger, request.id, 1),
        desk.refuse(stranger, request.id, RefusalReason.NAME_DIFFERS),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert await picture(connection) == before


async def test_second_request_of_an_account_is_refused_while_one_waits(office: Office, clock: StandingClock) -> None:
    asked_at = clock.now()
    await asks(office)
    clock.advance(minutes=5)
    with pytest.raises(RequestWaiting) as refused:
        await asks(office)
    assert refused.value.since == asked_at
