"""Linking by one-time codes."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, NotLinked, Role
from services.linking.errors import LinkCodeExpired, LinkCodeUnknown, LinkCodeUsed, LinkedToAnother, PersonNotLinked
from services.people.errors import UnknownPerson
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, NURLANS_PHONE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT, NURLAN

LINKS = "select telegram_id from accounts where person_id is not null order by telegram_id"


@pytest.fixture(autouse=True)
async def roster(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN, BAKYT)


async def test_typed_code_links_the_account(office: Office) -> None:
    stranger = await office.newcomer(AIZADAS_PHONE)
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    person = await office.linking.link(stranger, f" {code.code[:5]}-{code.code[5:]} ".lower())
    assert person.full_name == "Маматова Айзада Бакытовна"
    assert (await office.recognise(AIZADAS_PHONE)).person == person


async def test_payload_of_the_deep_link_links_the_account(office: Office) -> None:
    stranger = await office.newcomer(AIZADAS_PHONE)
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    assert await office.linking.link(stranger, code.payload) == code.person


async def test_code_itself_is_not_in_the_database(office: Office, connection: AsyncConnection) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    (row,) = await rows(connection, "select payload_digest, typed_digest from link_codes")
    stored = b"".join(part for part in row if isinstance(part, bytes))
    assert len(stored) == 64
    assert code.code.encode() not in stored
    assert code.payload.encode() not in stored


@pytest.mark.parametrize("role", [Role.ADMIN, Role.REGISTRAR])
async def test_registrar_may_give_a_code(office: Office, role: Role) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), role)
    code = await office.linking.issue_code(await office.recognise(STRANGERS_PHONE), AIZADA.person_no)
    assert code.person.person_no == AIZADA.person_no


async def test_stranger_gets_no_code_and_nothing_is_written(office: Office, connection: AsyncConnection) -> None:
    stranger = await office.newcomer(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await office.linking.issue_code(stranger, AIZADA.person_no)
    assert await picture(connection) == before


@pytest.mark.parametrize("number", ["S-9999", "", "s-1001"])
async def test_number_that_is_not_in_the_roster_gets_no_code(
    office: Office, connection: AsyncConnection, number: str
) -> None:
    before = await picture(connection)
    with pytest.raises(UnknownPerson) as refused:
        await office.linking.issue_code(OPERATOR, number)
    assert refused.value.person_no == number
    assert await picture(connection) == before


async def test_operator_has_no_account_to_link(office: Office) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    with pytest.raises(NotLinked):
        await office.linking.link(OPERATOR, code.code)


@pytest.mark.parametrize("form", ["code", "payload"])
async def test_code_works_once_in_either_form(office: Office, form: str) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    await office.linking.link(await office.newcomer(AIZADAS_PHONE), code.code)
    with pytest.raises(LinkCodeUsed):
        await office.linking.link(await office.newcomer(STRANGERS_PHONE), getattr(code, form))
    assert (await office.recognise(STRANGERS_PHONE)).person is None


async def test_code_works_until_its_last_moment(office: Office, clock: StandingClock) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no, days=2)
    clock.advance(days=2, seconds=-1)
    await office.linking.link(await office.newcomer(AIZADAS_PHONE), code.code)


async def test_expired_code_is_refused(office: Office, clock: StandingClock, connection: AsyncConnection) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no, days=2)
    clock.advance(days=2)
    with pytest.raises(LinkCodeExpired):
        await office.linking.link(await office.newcomer(AIZADAS_PHONE), code.payload)
    assert await rows(connection, LINKS) == []


async def test_new_code_makes_the_earlier_one_void(office: Office) -> None:
    first = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    second = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    stranger = await office.newcomer(AIZADAS_PHONE)
    for void in (first.code, first.payload):
        with pytest.raises(LinkCodeUnknown):
            await office.linking.link(stranger, void)
    await office.linking.link(stranger, second.code)


async def test_code_of_somebody_who_left_the_roster_is_unknown(office: Office) -> None:
    code = await office.linking.issue_code(OPERATOR, AIZADA.person_no)
    await office.enrol(NURLAN, BAKYT)
    with pytest.raises(LinkCodeUnknown):
        await office.linking.link(await office.newcomer(AIZADAS_PHONE), code.code)


async def test_second_account_moves_the_link_and_tells_the_former_exactly_once(
    office: Office, connection: AsyncConnection
) -> None:
    await office.connect(AIZADAS_PHONE, AIZADA)
    new_phone = await office.connect(STRANGERS_PHONE, AIZADA)
    assert new_phone.person is not None
    assert await rows(connection, LINKS) == [(STRANGERS_PHONE,)]
    assert (await office.recognise(AIZADAS_PHONE)).person is None
    assert await office.send_all() == 1
    assert [chat for chat, _message, _file in office.messenger.sent] == [AIZADAS_PHONE]
    assert office.outbox_bell.rung == 2


async def test_linking_the_same_account_again_tells_nobody(office: Office, connection: AsyncConnection) -> None:
    await office.connect(AIZADAS_PHONE, AIZADA)
    await office.connect(AIZADAS_PHONE, AIZADA)
    assert await rows(connection, LINKS) == [(AIZADAS_PHONE,)]
    assert await scalar(connection, "select count(*) from messages") == 0


async def test_account_of_one_person_cannot_become_another_and_nothing_is_written(
    office: Office, connection: AsyncConnection
) -> None:
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    code = await office.linking.issue_code(OPERATOR, NURLAN.person_no)
    before = await picture(connection)
    with pytest.raises(LinkedToAnother) as refused:
        await office.linking.link(aizada, code.code)
    assert refused.value.person == aizada.person
    assert await picture(connection) == before
    await office.linking.link(await office.newcomer(NURLANS_PHONE), code.code)  # the code is not used up


async def test_roles_of_the_person_come_with_the_link(office: Office) -> None:
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.APPROVER)
    assert not (await office.recognise(STRANGERS_PHONE)).has(Role.APPROVER)
    bakyt = await office.connect(STRANGERS_PHONE, BAKYT)
    assert bakyt.has(Role.APPROVER)


async def test_role_of_the_account_and_the_same_of_its_person_are_revoked_apart(office: Office) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.APPROVER)
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.APPROVER)
    assert (await office.connect(STRANGERS_PHONE, BAKYT)).has(Role.APPROVER)
    await office.roles.revoke(OPERATOR, BAKYT.person_no, Role.APPROVER)
    assert (await office.recognise(STRANGERS_PHONE)).has(Role.APPROVER)
    await office.roles.revoke(OPERATOR, str(STRANGERS_PHONE), Role.APPROVER)
    assert not (await office.recognise(STRANGERS_PHONE)).has(Role.APPROVER)


async def test_role_revoked_before_the_link_does_not_come_back_with_it(office: Office) -> None:
    await office.roles.grant(OPERATOR, BAKYT.person_no, Role.APPROVER)
    await office.roles.revoke(OPERATOR, BAKYT.person_no, Role.APPROVER)
    assert not (await office.connect(STRANGERS_PHONE, BAKYT)).has(Role.APPROVER)


async def test_code_that_was_given_is_noted_without_the_code(office: Office, connection: AsyncConnection) -> None:
    await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), Role.REGISTRAR)
    code = await office.linking.issue_code(await office.recognise(STRANGERS_PHONE), AIZADA.person_no)
    noted = "select account_id, act, subject, details from audit_entries where act = 'code_issued'"
    assert await rows(connection, noted) == [
        (STRANGERS_PHONE, "code_issued", f"person:{code.person.id}", {}),
    ]


async def test_official_parts_a_person_from_their_account(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    person_id = aizada.require_person().id
    with pytest.raises(NotAllowed):
        await office.linking.unlink(await office.connect(NURLANS_PHONE, NURLAN), person_id)
    await office.linking.unlink(OPERATOR, person_id)
    assert await rows(connection, LINKS) == [(NURLANS_PHONE,)]
    with pytest.raises(PersonNotLinked):
        await office.linking.unlink(OPERATOR, person_id)
    assert await scalar(connection, "select ended_how from links where person_id = :id", id=person_id) == "taken_away"
