"""What is known better than the source stays over an import; an import can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, NotLinked, Role
from services.people.dto import RosterDifference, RosterEntry, RosterFile
from services.people.errors import ImportUndone, NothingToUndo, NotTheLastImport
from services.people.facts import fact_text, fact_value
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN

PEOPLE = "select p::text from people p order by id"
CORRECTIONS = "select fact, roster_value, value, ended_how from person_corrections order by id"


async def correct(office: Office, connection: AsyncConnection, entry: RosterEntry, fact: str, value: str) -> None:
    """Put a fact right as an official does."""
    async with office.unit_of_work() as uow:
        person = await uow.people.find_by_number(entry.person_no)
        assert person is not None
        known = fact_text(getattr(person.entry, fact))
        right: Any = {fact: fact_value(fact, value)}
        await uow.people.change({person.id: replace(person.entry, **right)}, {})
        await uow.commit()
    await rows(
        connection,
        "insert into person_corrections (person_id, fact, roster_value, value, corrected_at) "
        "values (:person, :fact, :known, :value, :now) returning id",
        person=person.id, fact=fact, known=known, value=value, now=office.clock.now(),
    )  # fmt: skip


async def entry_of(office: Office, person_no: str) -> RosterEntry:
    async with office.unit_of_work() as uow:
        person = await uow.people.find_by_number(person_no)
    assert person is not None
    return person.entry


async def again(office: Office, *entries: RosterEntry) -> RosterDifference:
    return await office.roster.import_roster(OPERATOR, RosterFile(entries=entries, rejected=()), allow_removals=True)


async def test_correction_outlives_the_next_import(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, NURLAN)
    await correct(office, connection, NURLAN, "name_latin", "Asan uulu Nurlan")
    await correct(office, connection, AIZADA, "birth_date", "2006-04-14")
    assert (await again(office, AIZADA, NURLAN)).unchanged == 2
    told = replace(AIZADA, birth_date=date(2006, 3, 15), phone="0777")
    difference = await again(office, told, NURLAN)
    assert [[(fact.fact, fact.old, fact.new) for fact in one.facts] for one in difference.people] == [
        [("birth_date", "2006-03-14", "2006-03-15"), ("phone", "+996700000001", "0777")]
    ]
    assert await entry_of(office, "S-1001") == replace(told, birth_date=date(2006, 4, 14))
    assert (await entry_of(office, "S-1002")).name_latin == "Asan uulu Nurlan"
    assert await rows(connection, CORRECTIONS) == [
        ("name_latin", "", "Asan uulu Nurlan", None), ("birth_date", "2006-03-15", "2006-04-14", None),
    ]  # fmt: skip


async def test_correction_ends_when_the_source_says_the_same(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(GULNARA)
    await correct(office, connection, GULNARA, "patronymic", "Өмүрбековна")
    await again(office, replace(GULNARA, patronymic="Омурбековна"))
    assert await rows(connection, CORRECTIONS) == [("patronymic", "Таалайбековна", "Өмүрбековна", "adopted")]
    assert (await entry_of(office, "S-1003")).patronymic == "Өмүрбековна"
    assert (await again(office, replace(GULNARA, patronymic="Омурбековна"))).unchanged == 1


async def test_corrections_are_listed_for_the_source_system(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, NURLAN)
    await correct(office, connection, AIZADA, "phone", "0777")
    await correct(office, connection, NURLAN, "name_latin", "Asan uulu Nurlan")
    listed = await office.roster.list_corrections(OPERATOR)
    assert [(one.person_no, one.full_name, one.fact, one.roster_value, one.value) for one in listed] == [
        ("S-1002", "Асан уулу Нурлан", "name_latin", "", "Asan uulu Nurlan"),
        ("S-1001", "Маматова Айзада Бакытовна", "phone", "+996700000001", "0777"),
    ]


async def test_undo_makes_the_roster_what_it_was_but_for_corrections_made_since(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.enrol(AIZADA, NURLAN, GULNARA)
    await office.enrol(AIZADA, NURLAN)  # Гүлнара left earlier
    before = await rows(connection, PEOPLE)
    clock.advance(days=1)
    newcomer = replace(AIZADA, person_no="S-1009", phone="")
    await again(office, replace(AIZADA, phone="0777", course=3), GULNARA, newcomer)  # Нурлан is not there
    await correct(office, connection, AIZADA, "name_latin", "Mamatova Ayzada")
    clock.advance(days=6)

    undone = await office.roster.undo(OPERATOR)

    assert (undone.taken_out, undone.restored, undone.brought_back) == (1, 2, 1)
    assert await entry_of(office, "S-1001") == replace(AIZADA, name_latin="Mamatova Ayzada")
    others = "select p::text from people p where person_no in ('S-1002', 'S-1003') order by id"
    assert await rows(connection, others) == before[1:]
    absent = "select person_no from people where absent_since is not null order by person_no"
    assert await rows(connection, absent) == [("S-1003",), ("S-1009",)]
    assert [one.fact for one in await office.roster.list_corrections(OPERATOR)] == ["name_latin"]


async def test_undo_puts_a_correction_in_force_again_that_the_import_had_ended(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.enrol(AIZADA)
    await correct(office, connection, AIZADA, "phone", "0777")
    clock.advance(days=1)
    await again(office, replace(AIZADA, phone="0777"))
    await office.roster.undo(OPERATOR)
    assert await rows(connection, CORRECTIONS) == [("phone", "+996700000001", "0777", None)]
    assert (await entry_of(office, "S-1001")).phone == "0777"


async def test_person_who_was_removed_by_mistake_has_the_link_again(office: Office) -> None:
    aizada = await office.aizada()
    await office.enrol(NURLAN)
    with pytest.raises(NotLinked):
        await office.request(aizada)
    await office.roster.undo(OPERATOR)
    assert (await office.recognise(AIZADAS_PHONE)).person == aizada.person


async def test_imports_are_undone_from_the_newest_back(office: Office, clock: StandingClock) -> None:
    for course in (2, 3, 4):
        clock.advance(days=1)
        await office.enrol(replace(AIZADA, course=course))
    newest = (await office.roster.get_overview(OPERATOR)).undoable
    assert newest is not None
    with pytest.raises(NotTheLastImport):
        await office.roster.undo(OPERATOR, newest.id - 1)
    await office.roster.undo(OPERATOR, newest.id)
    with pytest.raises(NotTheLastImport):  # a second tap must not take one more back
        await office.roster.undo(OPERATOR, newest.id)
    assert (await entry_of(office, "S-1001")).course == 3
    with pytest.raises(ImportUndone) as refused:  # nor may the same command, given twice
        await office.roster.undo(OPERATOR)
    assert (refused.value.import_id, refused.value.imported_at) == (newest.id - 1, clock.now() - timedelta(days=1))
    assert (await entry_of(office, "S-1001")).course == 3
    assert (await office.roster.undo(OPERATOR, newest.id - 1)).import_id == newest.id - 1
    assert (await entry_of(office, "S-1001")).course == 2
    await office.roster.undo(OPERATOR, newest.id - 2)
    with pytest.raises(NothingToUndo):
        await office.roster.undo(OPERATOR)


async def test_after_seven_days_nothing_is_undone_and_the_former_facts_are_forgotten(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.enrol(AIZADA)
    clock.advance(days=7)
    assert (await office.roster.get_overview(OPERATOR)).undoable is not None
    clock.advance(seconds=1)
    before = await picture(connection)
    with pytest.raises(NothingToUndo):
        await office.roster.undo(OPERATOR)
    assert await picture(connection) == before
    await office.enrol(AIZADA, BAKYT)
    assert await scalar(connection, "select count(*) from roster_import_changes") == 2
    assert await office.roster.forget() == 1
    assert await scalar(connection, "select count(*) from roster_import_changes") == 1
    assert await scalar(connection, "select count(*) from roster_imports") == 2


async def test_imports_and_undoing_are_noted_without_any_value(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA)
    await office.roster.undo(OPERATOR)
    noted = await rows(connection, "select act, details::text from audit_entries order by id")
    assert noted == [("roster_imported", '{"added": 1, "changed": 0, "removed": 0}'), ("roster_undone", "{}")]


async def test_overview_counts_who_is_there(office: Office, clock: StandingClock) -> None:
    assert (await office.roster.get_overview(OPERATOR)).last is None
    await office.enrol(AIZADA, NURLAN, BAKYT)
    clock.advance(hours=1)
    await office.enrol(AIZADA, BAKYT)
    overview = await office.roster.get_overview(OPERATOR)
    assert overview.present == {"student": 1, "staff": 1}
    assert overview.last is not None
    assert (overview.last.removed, overview.last.unchanged, overview.undoable) == (1, 2, overview.last)


@pytest.mark.parametrize("role", [None, Role.REGISTRAR])
async def test_nobody_but_an_administrator_sees_or_undoes(
    office: Office, connection: AsyncConnection, role: Role | None
) -> None:
    await office.enrol(AIZADA)
    if role:
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), role)
    actor = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for ask in (office.roster.undo, office.roster.get_overview, office.roster.list_corrections):
        with pytest.raises(NotAllowed):
            await ask(actor)
    assert await picture(connection) == before
