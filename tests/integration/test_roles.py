"""Granting and revoking roles."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role, RoleGrant
from services.db.repositories.accounts import FIND_ACCOUNT
from services.linking.dto import LinkWay
from services.roles.dto import GrantProposal, GrantState
from services.roles.errors import AmbiguousHolder, RoleHeldAlready, RoleNotHeld, UnknownHolder, UnknownUnit
from tests.integration.test_role_days import NEXT_WEEK, TODAY
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, INSTITUTE, STRANGERS_PHONE, Office, picture, rows
from tests.support.people import AIZADA, BAKYT, NURLAN, changed


async def test_role_granted_to_a_telegram_id_is_in_force_with_its_next_update(office: Office) -> None:
    await office.recognise(STRANGERS_PHONE)
    grant = await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR)
    assert (grant.telegram_id, grant.person, grant.state) == (STRANGERS_PHONE, None, GrantState.IN_FORCE)
    assert (await office.recognise(STRANGERS_PHONE)).grants == {RoleGrant(role=Role.EDITOR)}


async def test_role_may_be_granted_before_the_account_ever_wrote(office: Office) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN)
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.ADMIN)


async def test_role_granted_by_number_is_bound_to_the_account_that_is_theirs(office: Office) -> None:
    await office.aizada()
    holder = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    assert holder.person is not None
    assert (await office.recognise(AIZADAS_PHONE)).has(Role.REGISTRAR)


async def test_role_of_a_person_ends_on_the_lost_phone_and_does_not_move_with_the_link(office: Office) -> None:
    await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.roles.grant(OPERATOR, str(AIZADAS_PHONE), Role.EDITOR)
    new_phone = await office.connect(STRANGERS_PHONE, AIZADA)
    assert new_phone.grants == frozenset()
    assert (await office.recognise(AIZADAS_PHONE)).grants == {RoleGrant(role=Role.EDITOR)}  # granted to the account


async def test_role_that_waits_for_an_account_is_bound_to_the_first_that_is_linked(office: Office) -> None:
    await office.enrol(AIZADA)
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    assert (await office.connect(AIZADAS_PHONE, AIZADA)).has(Role.REGISTRAR)
    assert (await office.connect(STRANGERS_PHONE, AIZADA)).grants == frozenset()


@pytest.mark.parametrize("way", [LinkWay.CONTACT, LinkWay.REQUEST])
async def test_role_of_whoever_was_linked_without_a_code_waits_for_one_on_the_same_account(
    office: Office, connection: AsyncConnection, way: LinkWay
) -> None:
    await office.enrol(AIZADA)
    person = (await office.connect(AIZADAS_PHONE, AIZADA)).require_person()
    await rows(connection, "update links set way = :way returning 1", way=way.value)
    proposal = GrantProposal(holder=AIZADA.person_no, role=Role.REGISTRAR)
    review = await office.roles.review(OPERATOR, proposal)
    assert (review.state, review.candidate.needs_code) == (GrantState.WAITING, True)
    grant = await office.roles.give(OPERATOR, proposal)
    assert (grant.telegram_id, grant.state) == (None, GrantState.WAITING)
    assert (await office.recognise(AIZADAS_PHONE)).grants == frozenset()
    again = await office.connect(AIZADAS_PHONE, AIZADA)
    assert (again.has(Role.REGISTRAR), again.person) == (True, person)
    standing = "select way, former_account_id from links where ended_at is null"
    assert await rows(connection, standing) == [("code", None)]
    assert await rows(connection, "select kind from notices where kind = 'link_moved'") == []


async def test_deputy_has_nothing_while_the_role_of_the_one_they_stand_in_for_rests(
    office: Office, connection: AsyncConnection
) -> None:
    await office.aizada()
    grant = await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.roles.appoint_deputy(OPERATOR, grant.id, str(BAKYTS_PHONE), TODAY, NEXT_WEEK)

    async def stands_in() -> tuple[bool, GrantState, bool, bool]:
        deputy = await office.recognise(BAKYTS_PHONE)
        (entry,) = (await office.role_register.list_grants(OPERATOR)).entries
        async with office.reading() as uow:
            told = BAKYTS_PHONE in await uow.links.list_officials(TODAY, ())
        own = await office.role_register.list_own(deputy)
        return deputy.has(Role.REGISTRAR), entry.deputies[0].state, told, bool(own.grants)

    in_force, at_rest = (True, GrantState.IN_FORCE, True, True), (False, GrantState.RESTING, False, False)
    assert await stands_in() == in_force
    await office.enrol(NURLAN)
    assert await stands_in() == at_rest
    await office.enrol(AIZADA)
    assert await stands_in() == in_force
    await rows(
        connection, "update accounts set frozen_at = now() where telegram_id = :id returning 1", id=AIZADAS_PHONE
    )
    assert await stands_in() == at_rest
    await connection.exec_driver_sql("update accounts set frozen_at = null")
    await office.connect(STRANGERS_PHONE, AIZADA)
    assert await stands_in() == at_rest


async def test_bare_role_rests_on_a_frozen_account(office: Office, connection: AsyncConnection) -> None:
    await office.recognise(STRANGERS_PHONE)
    grant = await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN)
    await connection.exec_driver_sql("update accounts set frozen_at = now()")
    assert (await office.role_register.get_grant(OPERATOR, grant.id)).grant.state is GrantState.RESTING
    assert [menu.official for menu in await office.menus.list_menus()] == []


async def test_role_of_a_person_rests_while_they_are_not_in_the_roster(office: Office) -> None:
    await office.aizada()
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.enrol(NURLAN)
    assert (await office.recognise(AIZADAS_PHONE)).grants == frozenset()
    await office.enrol(AIZADA, NURLAN)
    assert (await office.recognise(AIZADAS_PHONE)).has(Role.REGISTRAR)


async def test_role_of_a_person_is_revoked_by_number_wherever_the_link_is(office: Office) -> None:
    await office.enrol(AIZADA)
    await office.roles.grant(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(STRANGERS_PHONE, AIZADA)
    await office.enrol(NURLAN)  # somebody who left can be deprived of a right too
    await office.roles.revoke(OPERATOR, AIZADA.person_no, Role.REGISTRAR)
    await office.enrol(AIZADA, NURLAN)
    assert (await office.recognise(STRANGERS_PHONE)).grants == frozenset()


async def test_rights_of_an_account_and_its_person_are_found_by_indexes(connection: AsyncConnection) -> None:
    many = (
        "insert into role_grants (telegram_id, role, granted_at, granted_by)"
        " select number, 'editor', now(), 'operator' from generate_series(1, 5000) number"
    )
    await connection.exec_driver_sql(many)
    await connection.exec_driver_sql("analyze role_grants")
    statement = FIND_ACCOUNT.replace("$1", "1").replace("$2", "''").replace("$3", "current_date")
    plan = [str(line) for (line,) in await rows(connection, f"explain {statement}")]
    assert any("Index" in line and "uq_role_grants_in_force" in line for line in plan), plan
    assert not any("Seq Scan on role_grants" in line for line in plan), plan


async def test_role_granted_by_number_waits_for_the_account(office: Office) -> None:
    await office.enrol(BAKYT)
    grant = await office.roles.grant(OPERATOR, BAKYT.person_no, Role.APPROVER)
    assert (grant.telegram_id, grant.state) == (None, GrantState.WAITING)
    assert grant.person is not None
    assert grant.person.full_name == "Токтогулов Бакыт Эркинович"


async def test_digits_that_are_a_number_and_an_account_are_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(changed(BAKYT, person_no=str(STRANGERS_PHONE)))
    await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for attempt in (
        office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR),
        office.roles.revoke(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR),
    ):
        with pytest.raises(AmbiguousHolder) as refused:
            await attempt
        assert refused.value.text == str(STRANGERS_PHONE)
    assert await picture(connection) == before


async def test_number_made_of_digits_is_a_person_as_long_as_no_account_has_it(office: Office) -> None:
    await office.enrol(changed(BAKYT, person_no="20260001"))
    holder = await office.roles.grant(OPERATOR, "20260001", Role.EDITOR)
    assert holder.person is not None


@pytest.mark.parametrize("text", ["S-9999", "", "-5", "7001.0", "٧٠٠١", "0", "9" * 19, "9" * 400])
async def test_text_that_is_nobody_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, text: str
) -> None:
    before = await picture(connection)
    with pytest.raises(UnknownHolder) as refused:
        await office.roles.grant(OPERATOR, text, Role.EDITOR)
    assert refused.value.text == text
    assert await picture(connection) == before


async def test_role_for_an_unknown_unit_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection
) -> None:
    before = await picture(connection)
    with pytest.raises(UnknownUnit) as refused:
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.UNIT_HEAD, "mti")
    assert refused.value.code == "mti"
    assert await picture(connection) == before


async def test_role_for_a_unit_holds_there_only_and_is_revoked_by_itself(office: Office) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    phone = str(STRANGERS_PHONE)
    await office.roles.grant(OPERATOR, phone, Role.EDITOR, "mti")
    await office.roles.grant(OPERATOR, phone, Role.EDITOR)
    await office.roles.revoke(OPERATOR, phone, Role.EDITOR)
    assert (await office.recognise(STRANGERS_PHONE)).grants == {RoleGrant(role=Role.EDITOR, unit_code="mti")}
    await office.roles.revoke(OPERATOR, phone, Role.EDITOR, "mti")
    assert (await office.recognise(STRANGERS_PHONE)).grants == frozenset()


@pytest.mark.parametrize("unit", [None, "mti"])
async def test_same_role_twice_is_refused_and_nothing_is_written(
    office: Office, connection: AsyncConnection, unit: str | None
) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR, unit)
    before = await picture(connection)
    with pytest.raises(RoleHeldAlready):
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR, unit)
    assert await picture(connection) == before


async def test_role_that_waits_for_a_person_is_not_granted_twice(office: Office) -> None:
    await office.enrol(BAKYT)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.EDITOR)
    with pytest.raises(RoleHeldAlready):
        await office.roles.grant(OPERATOR, BAKYT.person_no, Role.EDITOR)


async def test_role_that_nobody_holds_cannot_be_revoked(office: Office, connection: AsyncConnection) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.EDITOR)
    before = await picture(connection)
    for holder, role in ((str(STRANGERS_PHONE), Role.ADMIN), (str(AIZADAS_PHONE), Role.EDITOR)):
        with pytest.raises(RoleNotHeld):
            await office.roles.revoke(OPERATOR, holder, role)
    assert await picture(connection) == before


async def test_revoked_role_may_be_granted_anew_and_its_history_is_kept(
    office: Office, connection: AsyncConnection
) -> None:
    phone = str(STRANGERS_PHONE)
    await office.roles.grant(OPERATOR, phone, Role.EDITOR)
    await office.roles.revoke(OPERATOR, phone, Role.EDITOR)
    await office.roles.grant(OPERATOR, phone, Role.EDITOR)
    history = "select granted_by, revoked_by, revoked_at is null from role_grants order by id"
    assert await rows(connection, history) == [("operator", "operator", False), ("operator", None, True)]


async def test_administrator_in_the_chat_signs_with_the_account(office: Office, connection: AsyncConnection) -> None:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    admin = await office.recognise(BAKYTS_PHONE)
    await office.roles.grant(admin, str(STRANGERS_PHONE), Role.EDITOR)
    assert await rows(connection, "select granted_by from role_grants where role = 'editor'") == [
        (f"account {BAKYTS_PHONE}",)
    ]


async def test_administrator_of_one_unit_is_no_administrator(office: Office) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN, "mti")
    with pytest.raises(NotAllowed):
        await office.roles.grant(await office.recognise(STRANGERS_PHONE), "7001", Role.EDITOR)


async def test_grant_and_link_at_the_same_moment_do_not_disturb_each_other(busy_office: Office) -> None:
    office = busy_office
    people = [changed(BAKYT, person_no=f"E-{number}") for number in range(12)]
    await office.enrol(*people)
    codes = [await office.linking.issue_code(OPERATOR, person.person_no) for person in people]
    strangers = [await office.newcomer(9000 + number) for number in range(12)]
    await asyncio.gather(
        *(office.linking.link(who, code.code) for who, code in zip(strangers, codes, strict=True)),
        *(office.roles.grant(OPERATOR, person.person_no, Role.EDITOR) for person in people),
    )
    assert all([(await office.recognise(9000 + number)).has(Role.EDITOR) for number in range(12)])
