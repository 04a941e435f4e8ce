"""Taking over the units."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.languages import Trilingual
from services.units.dto import UnitKind
from tests.support.office import INSTITUTE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT, changed

DEPARTMENT = replace(
    INSTITUTE, code="pi", name=Trilingual(ky="ПИ кафедрасы", ru="Кафедра ПИ"), abbreviation="ПИ", parent_code="mti",
    aliases=(),
)  # fmt: skip
UNIT_OF = "select u.code from people p left join units u on u.id = p.unit_id where p.person_no = :number"


async def test_units_are_added_and_missing_names_are_counted(office: Office, connection: AsyncConnection) -> None:
    difference = await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    assert (difference.added, difference.changed, difference.unchanged) == (2, 0, 0)
    assert difference.missing_names == {"ky": 0, "ru": 0, "en": 1}
    assert await rows(connection, "select code, parent_code from units order by id") == [("mti", ""), ("pi", "mti")]


async def test_more_units_than_one_statement_holds_are_written(office: Office, connection: AsyncConnection) -> None:
    many = [replace(INSTITUTE, code=f"unit-{number}", aliases=()) for number in range(1_201)]
    assert (await office.units.import_units(OPERATOR, many)).added == 1_201
    assert await scalar(connection, "select count(distinct code) from units") == 1_201


async def test_second_import_changes_only_what_differs(office: Office, connection: AsyncConnection) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    before = await picture(connection)
    same = await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    assert (same.added, same.changed, same.unchanged) == (0, 0, 2)
    assert await picture(connection) == before
    other = await office.units.import_units(OPERATOR, [INSTITUTE, replace(DEPARTMENT, aliases=("Кафедра",))])
    assert (other.added, other.changed, other.unchanged) == (0, 1, 1)


async def test_members_of_a_group_stay_until_a_file_says_otherwise(office: Office, connection: AsyncConnection) -> None:
    group = replace(DEPARTMENT, code="heads", kind=UnitKind.ROLE, members=("mti", "pi"))
    members = "select members from units where code = 'heads'"
    assert (await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT, group])).added == 3
    silent = await office.units.import_units(OPERATOR, [replace(group, members=None)])
    assert (silent.changed, await scalar(connection, members)) == (0, ["mti", "pi"])
    emptied = await office.units.import_units(OPERATOR, [replace(group, members=())])
    assert (emptied.changed, await scalar(connection, members)) == (1, [])


async def test_unit_that_is_not_in_the_file_stays(office: Office, connection: AsyncConnection) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.units.import_units(OPERATOR, [])
    assert await scalar(connection, "select count(*) from units") == 1


@pytest.mark.parametrize("role", [None, Role.REGISTRAR])
async def test_nobody_but_an_administrator_imports_units_and_nothing_is_written(
    office: Office, connection: AsyncConnection, role: Role | None
) -> None:
    if role:
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), role)
    actor = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await office.units.import_units(actor, [INSTITUTE])
    assert await picture(connection) == before


@pytest.mark.parametrize(
    "text",
    ["mti", "МТИ", "мти", "Институт ИТ", "институт  ИТ", "Маалыматтык технологиялар институту", "ИТ институту",
     "Mаалыматтык теxнологиялар институту", "institute of it"],
)  # fmt: skip
async def test_roster_may_call_a_unit_by_any_of_its_names(
    office: Office, connection: AsyncConnection, text: str
) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    difference = await office.enrol(changed(AIZADA, unit=text))
    assert difference.unknown_units == ()
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) == "mti"


async def test_code_wins_over_a_name_of_another_unit(office: Office, connection: AsyncConnection) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE, replace(DEPARTMENT, aliases=("mti",))])
    await office.enrol(changed(AIZADA, unit="mti"))
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) == "mti"


async def test_name_that_two_units_share_names_neither(office: Office, connection: AsyncConnection) -> None:
    twin = replace(INSTITUTE, code="mti-2", aliases=())
    await office.units.import_units(OPERATOR, [INSTITUTE, twin])
    difference = await office.enrol(changed(AIZADA, unit="МТИ"))
    assert difference.unknown_units == ("МТИ",)
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) is None


async def test_post_is_no_unit(office: Office) -> None:
    await office.units.import_units(OPERATOR, [replace(INSTITUTE, kind=UnitKind.ROLE)])
    assert (await office.enrol(AIZADA)).unknown_units == ("mti",)


async def test_people_find_their_unit_when_it_is_imported_after_them(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA, changed(BAKYT, unit="ПИ"))
    await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) == "mti"
    assert await scalar(connection, UNIT_OF, number=BAKYT.person_no) == "pi"


async def test_people_follow_an_alias_that_moves_to_another_unit(office: Office, connection: AsyncConnection) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE, DEPARTMENT])
    await office.enrol(changed(AIZADA, unit="ИТ институту"))
    moved = [replace(INSTITUTE, aliases=()), replace(DEPARTMENT, aliases=("ИТ институту",))]
    await office.units.import_units(OPERATOR, moved)
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) == "pi"


async def test_people_lose_a_unit_whose_name_has_become_ambiguous(office: Office, connection: AsyncConnection) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(changed(AIZADA, unit="МТИ"))
    await office.units.import_units(OPERATOR, [INSTITUTE, replace(DEPARTMENT, abbreviation="МТИ")])
    assert await scalar(connection, UNIT_OF, number=AIZADA.person_no) is None
