"""Somebody who can give rights is always left, unless the operator wants it otherwise."""

import asyncio
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.db.uow import UnitOfWorkFactory
from services.roles.dto import EndedGrants
from services.roles.errors import LastAdministrator, OwnAdministration
from tests.integration.test_role_days import NEXT_WEEK, TODAY
from tests.support.clock import StandingClock
from tests.support.office import BAKYTS_PHONE, GULNARAS_PHONE, INSTITUTE, STRANGERS_PHONE, Office, picture
from tests.support.people import BAKYT


async def wrote(office: Office, *phones: int) -> None:
    for phone in phones:
        await office.recognise(phone)


@pytest.mark.parametrize("others", [0, 1])
async def test_administrator_does_not_take_their_own_right_away_and_nothing_is_written(
    office: Office, connection: AsyncConnection, others: int
) -> None:
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    for number in range(others):
        await office.roles.grant(OPERATOR, str(GULNARAS_PHONE + number), Role.ADMIN)
    admin = await office.recognise(BAKYTS_PHONE)
    before = await picture(connection)
    with pytest.raises(OwnAdministration):
        await office.roles.revoke_grant(admin, grant.id)
    with pytest.raises(OwnAdministration):
        await office.roles.revoke(admin, str(BAKYTS_PHONE), Role.ADMIN)
    assert await picture(connection) == before


async def test_deputy_does_not_end_the_right_they_stand_in_with(office: Office, connection: AsyncConnection) -> None:
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    await office.roles.appoint_deputy(OPERATOR, grant.id, str(STRANGERS_PHONE), TODAY, NEXT_WEEK)
    deputy = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(OwnAdministration):
        await office.roles.revoke_grant(deputy, grant.id)
    assert await picture(connection) == before


async def test_of_two_administrators_who_revoke_each_other_one_stays(
    office: Office, connection: AsyncConnection
) -> None:
    phones = (BAKYTS_PHONE, GULNARAS_PHONE)
    await wrote(office, *phones)
    grants = [await office.roles.grant(OPERATOR, str(phone), Role.ADMIN) for phone in phones]
    bakyt, gulnara = [await office.recognise(phone) for phone in phones]  # both have looked at their lists
    await office.roles.revoke_grant(bakyt, grants[1].id)
    before = await picture(connection)
    with pytest.raises(LastAdministrator):
        await office.roles.revoke_grant(gulnara, grants[0].id)
    assert await picture(connection) == before
    with pytest.raises(NotAllowed):
        await office.roles.revoke_grant(await office.recognise(GULNARAS_PHONE), grants[0].id)


async def test_of_two_administrators_who_revoke_each_other_at_the_same_moment_one_stays(busy_office: Office) -> None:
    office, phones = busy_office, (BAKYTS_PHONE, GULNARAS_PHONE)
    await wrote(office, *phones)
    first, second = [await office.roles.grant(OPERATOR, str(phone), Role.ADMIN) for phone in phones]
    bakyt, gulnara = [await office.recognise(phone) for phone in phones]
    ended = await asyncio.gather(
        office.roles.revoke_grant(bakyt, second.id), office.roles.revoke_grant(gulnara, first.id),
        return_exceptions=True,
    )  # fmt: skip
    assert {type(one) for one in ended} == {EndedGrants, LastAdministrator}
    assert sorted([(await office.recognise(phone)).has(Role.ADMIN) for phone in phones]) == [False, True]


async def test_administrator_who_rests_or_has_one_unit_only_is_not_the_one_who_is_left(office: Office) -> None:
    await office.enrol(BAKYT)
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN, "mti")
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.ADMIN)  # waits
    last = await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.ADMIN)
    assert (await office.roles.revoke_grant(OPERATOR, last.id)).nobody_left


@pytest.mark.parametrize(("last", "known"), [(TODAY, True), (None, False)])
async def test_administrator_of_today_only_or_who_never_wrote_is_not_the_one_who_is_left(
    office: Office, last: date | None, known: bool
) -> None:
    await wrote(office, BAKYTS_PHONE, *([GULNARAS_PHONE] if known else []))
    first = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.ADMIN, valid_to=last)
    assert (await office.roles.revoke_grant(OPERATOR, first.id)).nobody_left


async def test_last_administrator_does_not_vanish_with_their_link(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(BAKYT)
    bakyt = await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.ADMIN)
    await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.REGISTRAR)
    person_id = bakyt.require_person().id
    actors = [await office.recognise(phone) for phone in (BAKYTS_PHONE, GULNARAS_PHONE)]
    before = await picture(connection)
    for actor in actors:
        with pytest.raises(LastAdministrator):
            await office.linking.unlink(actor, person_id)
    assert await picture(connection) == before
    await wrote(office, STRANGERS_PHONE)
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.ADMIN)
    await office.linking.unlink(await office.recognise(BAKYTS_PHONE), person_id)


async def test_last_administrator_by_a_grant_may_unlink_where_the_settings_name_another(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    office = Office(unit_of_work, reading, clock, administrators=[STRANGERS_PHONE])
    await office.enrol(BAKYT)
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.ADMIN)
    bakyt = await office.recognise(BAKYTS_PHONE)
    await office.linking.unlink(bakyt, bakyt.require_person().id)


async def test_operator_may_take_the_last_right_and_is_told_that_nobody_is_left(office: Office) -> None:
    await wrote(office, BAKYTS_PHONE, GULNARAS_PHONE)
    first = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    second = await office.roles.grant(OPERATOR, str(GULNARAS_PHONE), Role.ADMIN)
    assert not (await office.roles.revoke_grant(OPERATOR, first.id)).nobody_left
    assert (await office.roles.revoke_grant(OPERATOR, second.id)).nobody_left
    editor = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    assert not (await office.roles.revoke_grant(OPERATOR, editor.id)).nobody_left  # it took nothing of the kind


async def test_administrators_of_the_settings_are_administrators_too(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock
) -> None:
    office = Office(unit_of_work, reading, clock, administrators=[STRANGERS_PHONE])
    grant = await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.ADMIN)
    named = await office.recognise(STRANGERS_PHONE)
    assert not (await office.roles.revoke_grant(named, grant.id)).nobody_left
