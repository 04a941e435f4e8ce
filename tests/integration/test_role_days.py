"""Roles from a day to a day, deputies, and what is told and noted."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, Role, RoleGrant
from services.errors import Refusal
from services.roles.dto import GrantProposal, GrantState, HolderKey, Period
from services.roles.errors import (
    BeyondGrant,
    DeputyNeedsPeriod,
    DeputyOfDeputy,
    DeputyOfThemself,
    GrantNotInForce,
    PeriodIsOver,
    RoleHeldAlready,
    RoleNotHeld,
    UnitNeeded,
    UnknownHolder,
    UnknownUnit,
    WrongPeriod,
)
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    STRANGERS_PHONE,
    Office,
    office_on,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, NURLAN, changed

YESTERDAY, TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
NEXT_WEEK = date(2026, 11, 28)
PHONE = str(STRANGERS_PHONE)


async def test_role_begins_and_ends_with_the_days_of_the_university(office: Office, clock: StandingClock) -> None:
    grant = await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=TOMORROW, valid_to=TOMORROW)
    assert grant.state is GrantState.NOT_YET
    seen = []
    for _ in range(5):
        seen.append((await office.recognise(STRANGERS_PHONE)).has(Role.EDITOR))
        clock.advance(hours=12)  # noon of the 21st, midnight, noon of the 22nd, midnight, noon
    assert seen == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [(TOMORROW, TODAY, WrongPeriod), (None, YESTERDAY, PeriodIsOver), (YESTERDAY, YESTERDAY, PeriodIsOver)],
)
async def test_days_that_are_none_are_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, first: date | None, last: date, refusal: type[Refusal]
) -> None:
    before = await picture(connection)
    with pytest.raises(refusal):
        await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=first, valid_to=last)
    assert await picture(connection) == before


async def test_days_that_overlap_are_refused_with_those_that_are_held(
    office: Office, connection: AsyncConnection
) -> None:
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=TODAY, valid_to=TOMORROW)
    before = await picture(connection)
    with pytest.raises(RoleHeldAlready) as refused:
        await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=TOMORROW, valid_to=NEXT_WEEK)
    assert refused.value.period == Period(first=TODAY, last=TOMORROW)
    assert await picture(connection) == before
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_from=NEXT_WEEK)


async def test_role_whose_days_are_over_may_be_given_again_and_is_not_revoked(
    office: Office, clock: StandingClock
) -> None:
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR, valid_to=TODAY)
    clock.advance(days=1)
    with pytest.raises(RoleNotHeld):
        await office.roles.revoke(OPERATOR, PHONE, Role.EDITOR)
    await office.roles.grant(OPERATOR, PHONE, Role.EDITOR)
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.EDITOR)


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_STAFF])
async def test_role_of_a_unit_without_its_unit_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, role: Role
) -> None:
    before = await picture(connection)
    with pytest.raises(UnitNeeded):
        await office.roles.grant(OPERATOR, PHONE, role)
    assert await picture(connection) == before


async def test_person_is_found_by_any_spelling_of_the_number(office: Office) -> None:
    await office.enrol(changed(BAKYT, person_no="AB-12"))
    grant = await office.roles.grant(OPERATOR, " ав-12 ", Role.EDITOR)  # Cyrillic letters of the same shape
    assert grant.person is not None
    assert grant.person.person_no == "AB-12"


async def test_new_account_of_a_person_gets_the_role_anew_and_the_old_one_loses_it(
    office: Office, connection: AsyncConnection
) -> None:
    await office.aizada()
    lost = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    deputy = await office.roles.appoint_deputy(OPERATOR, lost.id, str(GULNARAS_PHONE), TODAY, NEXT_WEEK)
    await office.connect(STRANGERS_PHONE, AIZADA)
    grant = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    assert grant.telegram_id == STRANGERS_PHONE
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.REGISTRAR)
    in_force = "select id from role_grants where revoked_at is null"
    assert await rows(connection, in_force) == [(grant.id,)]
    await office.connect(AIZADAS_PHONE, AIZADA)  # back on the old phone: it gives no right
    assert (await office.recognise(AIZADAS_PHONE)).grants == frozenset()
    assert not (await office.recognise(deputy.telegram_id or 0)).grants


async def test_role_that_rests_while_nobody_is_linked_is_given_anew_for_the_next_account(
    office: Office, connection: AsyncConnection
) -> None:
    await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await connection.exec_driver_sql("update accounts set person_id = null")
    grant = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    assert grant.state is GrantState.WAITING
    assert (await office.connect(AIZADAS_PHONE, AIZADA)).has(Role.REGISTRAR)


async def test_frozen_link_lets_the_role_rest(office: Office, connection: AsyncConnection) -> None:
    await office.aizada()
    grant = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.ADMIN)
    await connection.exec_driver_sql("update accounts set frozen_at = first_seen_at")
    assert (await office.role_register.get_grant(OPERATOR, grant.id)).grant.state is GrantState.RESTING
    assert (await office.recognise(AIZADAS_PHONE)).grants == frozenset()


async def test_role_takes_effect_on_every_replica_with_the_next_update(
    engine: AsyncEngine, clock: StandingClock
) -> None:
    one, other = office_on(engine, clock, worker=1), office_on(engine, clock, worker=2)
    assert not (await other.recognise(STRANGERS_PHONE)).has(Role.EDITOR)
    grant = await one.roles.grant(OPERATOR, PHONE, Role.EDITOR)
    assert (await other.recognise(STRANGERS_PHONE)).has(Role.EDITOR)
    await other.roles.revoke_grant(OPERATOR, grant.id)
    assert not (await one.recognise(STRANGERS_PHONE)).has(Role.EDITOR)


async def test_deputy_has_the_role_in_the_same_unit_for_the_days(office: Office, clock: StandingClock) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.UNIT_HEAD, "mti")
    deputy = await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TOMORROW, TOMORROW)
    assert (deputy.role, deputy.principal and deputy.principal.grant_id) == (Role.UNIT_HEAD, grant.id)
    assert not (await office.recognise(STRANGERS_PHONE)).grants
    clock.advance(days=1)
    assert (await office.recognise(STRANGERS_PHONE)).grants == {RoleGrant(role=Role.UNIT_HEAD, unit_code="mti")}
    clock.advance(days=1)
    assert not (await office.recognise(STRANGERS_PHONE)).grants


@pytest.mark.parametrize("way", ["by the card", "by the number"])
async def test_deputy_loses_the_role_with_the_one_they_stand_in_for(office: Office, way: str) -> None:
    await office.enrol(BAKYT)
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TODAY, NEXT_WEEK)
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.REGISTRAR)
    if way == "by the card":
        ended = await office.roles.revoke_grant(OPERATOR, grant.id)
    else:
        ended = await office.roles.revoke(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    assert [one.telegram_id for one in ended.grants] == [BAKYTS_PHONE, STRANGERS_PHONE]
    assert not (await office.recognise(STRANGERS_PHONE)).grants


Attempt = Callable[[Office, int, int], Awaitable[object]]

REFUSED_DEPUTIES: dict[str, tuple[Attempt, type[Refusal]]] = {
    "of a deputy": (
        lambda office, _grant, deputy: office.roles.appoint_deputy(OPERATOR, deputy, "7099", TODAY, TOMORROW),
        DeputyOfDeputy,
    ),
    "of themself": (
        lambda office, grant, _: office.roles.appoint_deputy(OPERATOR, grant, str(BAKYTS_PHONE), TODAY, TOMORROW),
        DeputyOfThemself,
    ),
    "of nobody": (
        lambda office, _grant, _deputy: office.roles.appoint_deputy(OPERATOR, 10**9, "7099", TODAY, TOMORROW),
        RoleNotHeld,
    ),
    "longer than the role": (
        lambda office, grant, _: office.roles.appoint_deputy(OPERATOR, grant, "7099", TODAY, date(2027, 1, 1)),
        BeyondGrant,
    ),
    "without an end": (
        lambda office, grant, _: office.roles.give(
            OPERATOR, GrantProposal(holder=HolderKey(telegram_id=7099), deputy_of=grant)
        ),
        DeputyNeedsPeriod,
    ),
    "twice": (
        lambda office, grant, _: office.roles.appoint_deputy(OPERATOR, grant, PHONE, NEXT_WEEK, NEXT_WEEK),
        RoleHeldAlready,
    ),
    "by a person that is none": (
        lambda office, grant, _: office.roles.give(
            OPERATOR,
            GrantProposal(holder=HolderKey(person_id=10**9), deputy_of=grant, period=Period(last=TOMORROW)),
        ),
        UnknownHolder,
    ),
    "in a unit that is none": (
        lambda office, _grant, _deputy: office.roles.give(
            OPERATOR, GrantProposal(holder=HolderKey(telegram_id=7099), role=Role.EDITOR, unit=10**9)
        ),
        UnknownUnit,
    ),
    "no role at all": (
        lambda office, _grant, _deputy: office.roles.give(OPERATOR, GrantProposal(holder=HolderKey(telegram_id=7099))),
        RoleNotHeld,
    ),
}


@pytest.mark.parametrize("case", REFUSED_DEPUTIES)
async def test_deputy_that_cannot_be_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, case: str
) -> None:
    attempt, refusal = REFUSED_DEPUTIES[case]
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR, valid_to=date(2026, 12, 31))
    deputy = await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TODAY, NEXT_WEEK)
    before = await picture(connection)
    with pytest.raises(refusal):
        await attempt(office, grant.id, deputy.id)
    assert await picture(connection) == before


@pytest.mark.parametrize("first", [None, TOMORROW])
async def test_nobody_stands_in_for_what_is_not_in_force(
    office: Office, connection: AsyncConnection, first: date | None
) -> None:
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR, valid_from=first)
    if first is None:
        await office.roles.revoke_grant(OPERATOR, grant.id)
    before = await picture(connection)
    with pytest.raises(GrantNotInForce):
        await office.roles.appoint_deputy(OPERATOR, grant.id, PHONE, TOMORROW, NEXT_WEEK)
    assert await picture(connection) == before


async def test_what_was_given_and_ended_is_told_to_the_account_that_wrote(
    office: Office, connection: AsyncConnection
) -> None:
    await office.recognise(STRANGERS_PHONE)
    grant = await office.roles.grant(OPERATOR, PHONE, Role.EDITOR)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)  # never wrote, is told by the menu
    await office.roles.revoke_grant(OPERATOR, grant.id)
    told = await rows(connection, "select account_id, payload from notices join deliveries on notice_id = notices.id")
    assert told == [
        (STRANGERS_PHONE, {"grant_id": grant.id, "granted": True}),
        (STRANGERS_PHONE, {"grant_id": grant.id, "granted": False}),
    ]
    assert await scalar(connection, "select distinct urgency from messages") == "normal"
    assert office.outbox_bell.rung == office.menu_bell.rung == 3


async def test_account_of_a_lost_phone_is_not_told(office: Office, connection: AsyncConnection) -> None:
    await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.connect(STRANGERS_PHONE, AIZADA)
    await office.roles.revoke(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    told = "select payload->>'granted' from notices where kind = 'role_changed'"
    assert await rows(connection, told) == [("true",)]


async def test_who_gave_and_took_which_role_is_noted_in_the_audit_log(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(NURLAN)
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    admin = await office.recognise(BAKYTS_PHONE)
    grant = await office.roles.grant(
        admin, NURLAN.person_no, Role.UNIT_HEAD, "mti", valid_from=TOMORROW, valid_to=NEXT_WEEK
    )
    await office.roles.revoke_grant(admin, grant.id)
    assert grant.person is not None
    details = {
        "grant": grant.id, "role": "unit_head", "unit": "mti", "deputy_of": None,
        "from": "2026-11-22", "to": "2026-11-28",
    }  # fmt: skip
    entries = "select account_id, act, subject, details from audit_entries where subject like 'person:%' order by id"
    assert await rows(connection, entries) == [
        (BAKYTS_PHONE, act, f"person:{grant.person.id}", details) for act in ("role_granted", "role_revoked")
    ]


ATTEMPTS: dict[str, Callable[[Office, Actor, int], Awaitable[object]]] = {
    "grant": lambda office, actor, _: office.roles.grant(actor, "7099", Role.EDITOR),
    "give to themself": lambda office, actor, _: office.roles.grant(actor, str(actor.account_id), Role.ADMIN),
    "review": lambda office, actor, _: office.roles.review(actor, GrantProposal(holder="7099", role=Role.EDITOR)),
    "revoke": lambda office, actor, _: office.roles.revoke(actor, str(BAKYTS_PHONE), Role.ADMIN),
    "revoke a grant": lambda office, actor, grant: office.roles.revoke_grant(actor, grant),
    "appoint a deputy": lambda office, actor, grant: office.roles.appoint_deputy(
        actor, grant, str(actor.account_id), TODAY, TOMORROW
    ),
    "list": lambda office, actor, _: office.role_register.list_grants(actor),
    "look at a grant": lambda office, actor, grant: office.role_register.get_grant(actor, grant),
    "find people": lambda office, actor, _: office.role_register.find_candidates(actor, "Бакыт"),
    "find units": lambda office, actor, _: office.role_register.find_units(actor, "мти"),
}


@pytest.mark.parametrize("who", ["a stranger", "a student", *(role for role in Role if role is not Role.ADMIN)])
async def test_nobody_but_an_administrator_gives_takes_or_sees_roles_and_nothing_is_written(
    office: Office, connection: AsyncConnection, who: str
) -> None:
    await office.aizada()
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    if who in set(Role):
        await office.roles.grant(OPERATOR, PHONE, Role(who), "mti" if who.startswith("unit") else None)
    actor = await office.recognise(AIZADAS_PHONE if who == "a student" else STRANGERS_PHONE)
    before = await picture(connection)
    for attempt in ATTEMPTS.values():
        with pytest.raises(NotAllowed):
            await attempt(office, actor, grant.id)
    assert await picture(connection) == before
