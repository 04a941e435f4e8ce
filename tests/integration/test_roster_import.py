"""Taking over the roster: all or nothing."""

import asyncio
import time
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, NotAllowed, NotLinked, Role
from services.people.dto import (
    ChangeKind,
    PersonKind,
    PersonStatus,
    ProblemKind,
    RejectedRow,
    Removals,
    RosterDifference,
    RosterEntry,
    RosterFile,
    RowProblem,
)
from services.people.errors import TooManyRemovals
from services.people.roster_file import read_roster
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, INSTITUTE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, BAKYT, NURLAN, changed
from tests.support.waiting import ask, somebody_waits

ABSENT = "select person_no from people where absent_since is not null order by person_no"


def file(*entries: RosterEntry, rejected: tuple[RejectedRow, ...] = ()) -> RosterFile:
    return RosterFile(entries=entries, rejected=rejected)


def crowd(number: int, **facts: object) -> list[RosterEntry]:
    return [changed(AIZADA, person_no=f"S-{place:05}", **facts) for place in range(number)]


async def test_new_people_are_added_as_the_file_has_them(office: Office) -> None:
    difference = await office.roster.import_roster(OPERATOR, file(AIZADA, NURLAN, BAKYT))
    assert (difference.added, difference.unknown_units, difference.without_unit) == (3, ("mti", "ob"), 3)
    assert [(one.full_name, one.change) for one in difference.people] == [
        ("Асан уулу Нурлан", ChangeKind.ADDED),
        ("Маматова Айзада Бакытовна", ChangeKind.ADDED),
        ("Токтогулов Бакыт Эркинович", ChangeKind.ADDED),
    ]
    async with office.unit_of_work() as uow:
        for entry in (AIZADA, NURLAN, BAKYT):
            stored = await uow.people.find_by_number(entry.person_no)
            assert stored is not None
            assert (stored.entry, stored.absent) == (entry, False)


async def test_same_file_again_changes_nothing(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, BAKYT)
    before = await picture(connection)
    difference = await office.roster.import_roster(OPERATOR, file(AIZADA, BAKYT))
    assert (difference.added, difference.changed, difference.removed, difference.unchanged) == (0, 0, 0, 2)
    assert await picture(connection) == before


async def test_changed_facts_are_written_and_the_others_stay(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, NURLAN)
    difference = await office.roster.import_roster(
        OPERATOR, file(replace(AIZADA, course=3, status=PersonStatus.LEAVE), NURLAN)
    )
    assert (difference.changed, difference.unchanged) == (1, 1)
    facts = "select person_no, course, status from people order by person_no"
    assert await rows(connection, facts) == [("S-1001", 3, "leave"), ("S-1002", 2, "active")]


async def test_dry_run_tells_the_difference_and_writes_nothing(office: Office, connection: AsyncConnection) -> None:
    people = crowd(40)
    await office.enrol(*people)
    before = await picture(connection)
    news = file(*people[2:], NURLAN)
    tried = await office.roster.import_roster(OPERATOR, news, dry_run=True)
    assert (tried.added, tried.removed, tried.unchanged) == (1, 2, 38)
    assert await picture(connection) == before
    assert await office.roster.import_roster(OPERATOR, news) == tried
    assert await picture(connection) != before


async def test_file_with_a_rejected_row_writes_nothing_and_says_what_it_would(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA)
    before = await picture(connection)
    bad = RejectedRow(row=3, problems=(RowProblem(kind=ProblemKind.EMPTY, column="kind"),))
    difference = await office.roster.import_roster(OPERATOR, file(AIZADA, BAKYT, rejected=(bad,)))
    assert (difference.added, difference.unchanged, difference.rejected) == (1, 1, (bad,))
    assert await picture(connection) == before


async def test_empty_file_judges_nobody(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, BAKYT)
    assert await office.roster.import_roster(OPERATOR, file()) == RosterDifference()
    assert await rows(connection, ABSENT) == []


async def test_kind_that_is_not_in_the_file_is_not_judged(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, BAKYT)
    await office.roster.import_roster(OPERATOR, file(AIZADA))
    assert await rows(connection, ABSENT) == []


async def test_up_to_five_per_cent_of_a_kind_may_leave(office: Office, connection: AsyncConnection) -> None:
    people = crowd(40)
    await office.enrol(*people)
    assert (await office.roster.import_roster(OPERATOR, file(*people[2:]))).removed == 2
    assert await rows(connection, ABSENT) == [("S-00000",), ("S-00001",)]
    # Those who left before count neither as present nor as leaving now.
    assert (await office.roster.import_roster(OPERATOR, file(*people[3:]))).removed == 1


async def test_more_than_five_per_cent_of_a_kind_may_not_leave_and_nothing_is_written(
    office: Office, connection: AsyncConnection
) -> None:
    people = crowd(40)
    staff = crowd(10, kind=PersonKind.STAFF)
    staff = [replace(entry, person_no=f"E-{place}") for place, entry in enumerate(staff)]
    await office.enrol(*people, *staff)
    before = await picture(connection)
    with pytest.raises(TooManyRemovals) as refused:
        await office.roster.import_roster(OPERATOR, file(*people, *staff[1:]))
    assert (refused.value.kind, refused.value.removed, refused.value.present) == ("staff", 1, 10)
    tried = await office.roster.import_roster(OPERATOR, file(*people, *staff[1:]), dry_run=True)
    assert tried.too_many == (Removals(kind=PersonKind.STAFF, removed=1, present=10),)
    assert [(one.person_no, one.change) for one in tried.people] == [("E-0", ChangeKind.REMOVED)]
    assert await picture(connection) == before


async def test_operator_may_insist_on_removals(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, NURLAN)
    difference = await office.roster.import_roster(OPERATOR, file(NURLAN), allow_removals=True)
    assert difference.removed == 1
    assert await rows(connection, ABSENT) == [("S-1001",)]


async def test_absent_persons_link_is_closed_for_use(office: Office) -> None:
    aizada = await office.aizada()
    await office.enrol(NURLAN)
    assert (await office.recognise(AIZADAS_PHONE)).person is None
    with pytest.raises(NotLinked):  # the update that was under way when the import ran
        await office.request(aizada)


async def test_returning_person_has_the_link_and_the_history_again(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await office.aizada()
    await office.request(aizada)
    await office.enrol(NURLAN)
    clock.advance(days=200)
    difference = await office.roster.import_roster(OPERATOR, file(AIZADA, NURLAN))
    assert (difference.added, difference.changed, difference.unchanged) == (0, 1, 1)
    assert (await office.recognise(AIZADAS_PHONE)).person == aizada.person
    assert await scalar(connection, "select count(*) from certificates") == 1
    assert await rows(connection, ABSENT) == []


async def test_absent_person_is_never_deleted_and_keeps_the_first_day_of_absence(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.enrol(AIZADA)
    await office.enrol(NURLAN)
    left = clock.now()
    clock.advance(days=1)
    await office.enrol(NURLAN)
    assert await scalar(connection, "select absent_since from people where person_no = 'S-1001'") == left


async def test_student_who_becomes_an_employee_is_the_same_person(office: Office, connection: AsyncConnection) -> None:
    students = crowd(30)
    await office.enrol(*students, BAKYT)
    graduate = replace(students[0], kind=PersonKind.STAFF)
    difference = await office.roster.import_roster(OPERATOR, file(graduate, BAKYT))
    assert (difference.added, difference.changed, difference.removed) == (0, 1, 0)
    difference = await office.roster.import_roster(OPERATOR, file(*students[1:]))
    assert difference.removed == 0
    assert await scalar(connection, "select count(*) from people") == 31


async def test_person_of_another_kind_with_the_number_of_an_absent_one_returns(
    office: Office, connection: AsyncConnection
) -> None:
    await office.enrol(AIZADA, NURLAN)
    await office.enrol(NURLAN)
    await office.enrol(replace(AIZADA, kind=PersonKind.STAFF))
    returned = "select kind, absent_since from people where person_no = 'S-1001'"
    assert await rows(connection, returned) == [("staff", None)]


async def test_unknown_units_are_reported_once_and_people_are_taken_all_the_same(office: Office) -> None:
    people = [changed(entry, unit="Жок кафедра") for entry in crowd(3)]
    difference = await office.roster.import_roster(OPERATOR, file(*people, changed(BAKYT, unit="")))
    assert (difference.added, difference.unknown_units) == (4, ("Жок кафедра",))


@pytest.mark.parametrize("role", [None, Role.REGISTRAR, Role.EDITOR])
async def test_nobody_but_an_administrator_imports_and_nothing_is_written(
    office: Office, connection: AsyncConnection, role: Role | None
) -> None:
    if role:
        await office.roles.grant(OPERATOR, str(STRANGERS_PHONE), role)
    actor = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for dry_run in (False, True):
        with pytest.raises(NotAllowed):
            await office.roster.import_roster(actor, file(AIZADA), dry_run=dry_run)
    assert await picture(connection) == before


async def test_two_thousand_people_are_added_changed_and_compared_in_seconds(
    office: Office, connection: AsyncConnection
) -> None:
    people = crowd(2_000)
    begun = time.perf_counter()
    assert (await office.enrol(*people)).added == 2_000
    assert (await office.enrol(*[replace(entry, course=4) for entry in people])).changed == 2_000
    assert (await office.enrol(NURLAN)).removed == 2_000
    assert time.perf_counter() - begun < 15
    assert await scalar(connection, "select count(*) from people where absent_since is not null") == 2_000


async def test_two_imports_at_once_run_one_after_the_other(busy_office: Office, engine: AsyncEngine) -> None:
    people = crowd(50)
    differences = await asyncio.gather(*(busy_office.roster.import_roster(OPERATOR, file(*people)) for _ in range(4)))
    assert sorted(difference.added for difference in differences) == [0, 0, 0, 50]
    assert sorted(difference.unchanged for difference in differences) == [0, 50, 50, 50]
    assert await ask(engine, "select count(*) from people") == [(50,)]


async def test_units_that_come_while_people_are_imported_find_their_people(
    busy_office: Office, engine: AsyncEngine
) -> None:
    async with asyncio.TaskGroup() as group, busy_office.unit_of_work() as uow:
        await uow.people.lock_roster()
        await uow.people.add([AIZADA], await uow.units.resolve([AIZADA.unit]))
        group.create_task(busy_office.units.import_units(OPERATOR, [INSTITUTE]))
        await somebody_waits(engine)
        await uow.commit()
    assert await ask(engine, "select u.code from people p join units u on u.id = p.unit_id") == [("mti",)]


async def test_a_column_that_the_file_lacks_leaves_the_fact_as_it_is(office: Office) -> None:
    await office.enrol(replace(AIZADA, status=PersonStatus.EXPELLED))
    misspelt = read_roster(b"person_no,kind,last_name,first_name,statuss\nS-1001,student,Mamatova,Aizada,active\n")
    assert misspelt.unknown_columns == ("statuss",)

    difference = await office.roster.import_roster(OPERATOR, misspelt)

    assert (difference.changed, difference.rejected) == (1, ())
    async with office.unit_of_work() as uow:
        person = await uow.people.find_by_number(AIZADA.person_no)
    assert person is not None
    assert person.entry == replace(AIZADA, status=PersonStatus.EXPELLED, last_name="Mamatova", first_name="Aizada")


async def test_difference_names_the_facts_before_and_after(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN)
    await office.enrol(NURLAN)
    news = file(replace(AIZADA, phone="0777"), replace(NURLAN, course=3, birth_date=None))
    difference = await office.roster.import_roster(OPERATOR, news, dry_run=True)
    assert [(one.person_no, one.change) for one in difference.people] == [
        ("S-1002", ChangeKind.CHANGED), ("S-1001", ChangeKind.RETURNED),
    ]  # fmt: skip
    assert [(fact.fact, fact.old, fact.new) for one in difference.people for fact in one.facts] == [
        ("birth_date", "2006-03-14", ""), ("course", "2", "3"), ("phone", "+996700000001", "0777"),
    ]  # fmt: skip


async def test_person_is_the_same_however_the_number_is_spelt_and_the_known_spelling_stays(office: Office) -> None:
    await office.enrol(AIZADA)
    difference = await office.enrol(replace(AIZADA, person_no="s-1001 "))
    assert (difference.added, difference.changed, difference.unchanged) == (0, 0, 1)
    cyrillic = replace(AIZADA, person_no="С-77", phone="")
    await office.enrol(AIZADA, cyrillic)
    assert (await office.enrol(AIZADA, replace(cyrillic, person_no="C-77"))).unchanged == 2


async def test_poorer_spelling_of_a_name_changes_nothing_and_a_better_one_does(office: Office) -> None:
    known = replace(AIZADA, last_name="Өмүрова", first_name="Таңсулуу", patronymic="Петровна")
    await office.enrol(known)
    poorer = replace(known, last_name="Омурова", first_name="Таӊсулуу", programme_ru="Программная  инженерия")
    assert (await office.enrol(poorer)).unchanged == 1
    better = await office.enrol(replace(poorer, patronymic="Пётровна", course=3))
    assert [[fact.fact for fact in one.facts] for one in better.people] == [["patronymic", "course"]]
    async with office.unit_of_work() as uow:
        person = await uow.people.find_by_number(known.person_no)
    assert person is not None
    assert person.entry == replace(known, patronymic="Пётровна", course=3)
