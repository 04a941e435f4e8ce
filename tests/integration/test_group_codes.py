"""One-time codes for a whole group."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.linking.errors import GroupLinked, LinkCodeUnknown, PersonAbsent, UnknownGroup
from services.people.dto import PersonStatus
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, NURLANS_PHONE, STRANGERS_PHONE, Office, picture, rows
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN, changed

OTHERS = (
    changed(NURLAN, person_no="S-2001", status=PersonStatus.EXPELLED),
    changed(NURLAN, person_no="S-2002", group_name="ПИ-2-25"),
    changed(BAKYT, group_name="ПИ-1-25"),
)


@pytest.fixture(autouse=True)
async def roster(office: Office) -> None:
    gone = changed(NURLAN, person_no="S-2003")
    await office.enrol(AIZADA, NURLAN, GULNARA, *OTHERS, gone)
    await office.enrol(AIZADA, NURLAN, GULNARA, *OTHERS)


@pytest.mark.parametrize("typed", ["ПИ-1-25", "пи 1 25", " ПИ1-25 "])
async def test_everybody_who_studies_in_the_group_and_is_not_linked_gets_a_code(
    office: Office, connection: AsyncConnection, clock: StandingClock, typed: str
) -> None:
    await office.connect(AIZADAS_PHONE, AIZADA)
    preview = await office.linking.get_group(OPERATOR, typed)
    assert (preview.group_name, preview.people, preview.unlinked) == ("ПИ-1-25", 3, 2)
    printed = await office.linking.issue_group_codes(OPERATOR, typed, days=30)
    sheet = printed.codes
    assert printed.sheet == b"S-1002,S-1003"
    assert [code.person.person_no for code in sheet.codes] == ["S-1002", "S-1003"]  # А before Ө
    assert (sheet.expires_at - clock.now()).days == 30
    for code, phone in zip(sheet.codes, (NURLANS_PHONE, STRANGERS_PHONE), strict=True):
        assert await office.linking.link(await office.newcomer(phone), code.payload) == code.person
    audited = "select subject, details from audit_entries where act = 'group_codes_issued'"
    assert await rows(connection, audited) == [("group:ПИ-1-25", {"codes": 2})]


async def test_earlier_unused_codes_of_the_group_stop_working(office: Office) -> None:
    before = await office.linking.issue_code(OPERATOR, NURLAN.person_no)
    await office.linking.issue_group_codes(OPERATOR, "ПИ-1-25")
    with pytest.raises(LinkCodeUnknown):
        await office.linking.link(await office.newcomer(NURLANS_PHONE), before.code)


async def test_earlier_codes_live_on_if_the_sheet_cannot_be_drawn(office: Office, connection: AsyncConnection) -> None:
    given = await office.linking.issue_code(OPERATOR, NURLAN.person_no)
    before = await picture(connection)
    office.sheets.broken = True
    with pytest.raises(OSError, match="no paper"):
        await office.linking.issue_group_codes(OPERATOR, "ПИ-1-25")
    assert await picture(connection) == before
    assert await office.linking.link(await office.newcomer(NURLANS_PHONE), given.code) == given.person


@pytest.mark.parametrize("typed", ["ПИ-1-26", "", "—", "Сантехника"])
async def test_group_that_is_not_there_is_refused_and_similar_ones_are_named(
    office: Office, connection: AsyncConnection, typed: str
) -> None:
    before = await picture(connection)
    with pytest.raises(UnknownGroup) as refused:
        await office.linking.issue_group_codes(OPERATOR, typed)
    assert refused.value.similar == (("ПИ-1-25", "ПИ-2-25") if typed == "ПИ-1-26" else ())
    assert await picture(connection) == before


async def test_group_in_which_everybody_is_linked_gets_no_sheet(office: Office) -> None:
    await office.connect(STRANGERS_PHONE, OTHERS[1])
    with pytest.raises(GroupLinked):
        await office.linking.issue_group_codes(OPERATOR, "ПИ-2-25")


async def test_registrar_may_and_a_stranger_may_not(office: Office, connection: AsyncConnection) -> None:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    assert (await office.linking.issue_group_codes(await office.recognise(BAKYTS_PHONE), "ПИ-1-25")).codes.codes
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await office.linking.get_group(stranger, "ПИ-1-25")
    with pytest.raises(NotAllowed):
        await office.linking.issue_group_codes(stranger, "ПИ-1-25")
    assert await picture(connection) == before


async def test_who_left_the_roster_gets_no_code_and_that_is_said(office: Office) -> None:
    with pytest.raises(PersonAbsent) as refused:
        await office.linking.issue_code(OPERATOR, "S-2003")
    assert refused.value.person_no == "S-2003"
