"""Rosters of the older version with one number in two spellings: the upgrade takes them, the next import joins them."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from migrations.keys_of_20261122 import keys_of
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.schema import migrate
from services.db.uow import reading_factory, unit_of_work_factory
from services.people.dto import PersonKind, ProblemKind, RosterEntry, RosterFile
from services.people.roster_file import read_roster
from services.people.rules import group_key, number_key, phone_keys, search_words
from tests.support import database
from tests.support.clock import StandingClock
from tests.support.office import Office, rows
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN

OLDER = "20261121_2200"
TWINS = ("s-1", "S-1", "С-2", "C-2", "S 3", "S3")  # the third begins with a Cyrillic letter
NUMBERS = "select person_no, number_key from people where absent_since is null order by id"
TEXTS = (
    "last_name, first_name, patronymic, name_latin, phone, email, unit, programme_ky, programme_ru, programme_en,"
    " group_name, study_form, funding, degree, admission_order, citizenship, post_ky, post_ru, post_en, sort_key"
)
ADD = f"""
    insert into people (person_no, kind, status, absent_since, {TEXTS})
    values (:number, :kind, 'active', :absent, 'Маматова', 'Айзада'{", ''" * (TEXTS.count(",") - 1)})
"""  # noqa: S608 -- constants


@pytest.fixture
async def older(postgres: URL) -> AsyncIterator[AsyncEngine]:
    """An engine on a database of the older version."""
    async with database.clone(postgres, "template1") as url:
        engine = create_engine(url, pool_size=2)
        await migrate(engine, OLDER)
        yield engine
        await engine.dispose()


async def upgraded(engine: AsyncEngine, *people: tuple[str, str]) -> None:
    async with engine.begin() as connection:
        for number, kind in people:
            await connection.execute(text(ADD), {"number": number, "kind": kind, "absent": None})
    await migrate(engine)


async def told(engine: AsyncEngine, query: str) -> list[tuple[object, ...]]:
    async with engine.connect() as connection:
        return await rows(connection, query)


def office_of(engine: AsyncEngine, clock: StandingClock) -> Office:
    return Office(unit_of_work_factory(engine), reading_factory(engine), clock)


def roster_of(*numbers: str) -> RosterFile:
    lines = [f"{number},student,Маматова,Айзада" for number in numbers]
    return read_roster("\n".join(["person_no,kind,last_name,first_name", *lines]).encode())


async def test_two_spellings_of_a_number_survive_the_upgrade_and_the_next_import_joins_them(
    older: AsyncEngine, clock: StandingClock
) -> None:
    await upgraded(older, *((number, "student") for number in TWINS))
    assert await told(older, NUMBERS) == [
        ("s-1", "S-1"), ("S-1", "S-1 2"), ("С-2", "C-2"), ("C-2", "C-2 4"), ("S 3", "S3"), ("S3", "S3 6"),
    ]  # fmt: skip
    office = office_of(older, clock)
    same = roster_of(*TWINS)
    assert [row.problems[0].kind for row in same.rejected] == [ProblemKind.REPEATED] * 3
    both = await office.roster.import_roster(OPERATOR, same)
    assert (both.added, len(both.rejected)) == (0, 3)  # the file says which rows to put right

    once = await office.roster.import_roster(OPERATOR, roster_of("S-1", "C-2", "S 3"), allow_removals=True)

    assert (once.added, once.removed) == (0, 3)
    assert await told(older, NUMBERS) == [("S-1", "S-1"), ("C-2", "C-2"), ("S 3", "S3")]
    for number in ("s-1", "С-2", "S3"):
        async with office.unit_of_work() as uow:
            person = await uow.people.find_by_number(number)
        assert person is not None
        assert not person.absent

    undone = await office.roster.undo(OPERATOR)

    assert undone.brought_back == 3
    assert [number for number, _key in await told(older, NUMBERS)] == list(TWINS)
    await office.roster.import_roster(OPERATOR, roster_of("s-1", "c-2", "s 3"), allow_removals=True)
    assert await told(older, NUMBERS) == [("s-1", "S-1"), ("С-2", "C-2"), ("S 3", "S3")]


async def test_same_roster_is_taken_as_it_is_by_whoever_hands_it_over_unread(
    older: AsyncEngine, clock: StandingClock
) -> None:
    await upgraded(older, ("s-1", "student"), ("S-1", "student"))
    office = office_of(older, clock)
    entries = tuple(replace(AIZADA, person_no=number) for number in ("S-1", "s-1"))
    difference = await office.roster.import_roster(OPERATOR, RosterFile(entries=entries, rejected=()))
    assert (difference.added, difference.changed, difference.removed) == (0, 2, 0)
    assert await told(older, NUMBERS) == [("s-1", "S-1"), ("S-1", "S-1 2")]


async def test_number_that_moves_from_an_employee_to_a_student_in_another_spelling_is_one_person(
    older: AsyncEngine, clock: StandingClock
) -> None:
    await upgraded(older, ("x-1", "staff"), ("X-1", "staff"))
    office = office_of(older, clock)
    entry = replace(AIZADA, person_no="X-1", kind=PersonKind.STUDENT)
    difference = await office.roster.import_roster(OPERATOR, RosterFile(entries=(entry,), rejected=()))
    assert (difference.added, difference.changed) == (0, 1)
    kinds = await told(older, "select person_no, kind, number_key from people order by id")
    assert kinds == [("x-1", "staff", "X-1"), ("X-1", "student", "X-1 2")]


@pytest.mark.parametrize("entry", [AIZADA, NURLAN, GULNARA, BAKYT], ids=lambda entry: entry.person_no)
def test_upgrade_writes_what_the_program_finds_people_by(entry: RosterEntry) -> None:
    """Hold the migration's copy against the program for as long as no later migration writes the keys anew."""
    facts = {name: getattr(entry, name) for name in (
        "person_no", "last_name", "first_name", "patronymic", "name_latin", "group_name", "phone",
    )}  # fmt: skip
    assert keys_of({"id": 7, **facts}, set()) == {
        "number_key": number_key(entry.person_no),
        "group_key": group_key(entry.group_name),
        "phone_keys": phone_keys(entry.phone),
        "search": search_words(entry),
    }


async def test_correction_of_a_person_whose_number_has_another_spelling_keeps_the_key(
    older: AsyncEngine, clock: StandingClock
) -> None:
    await upgraded(older, ("s-1", "student"), ("S-1", "student"))
    async with office_of(older, clock).unit_of_work() as uow:
        await uow.people.rewrite(2, replace(AIZADA, person_no="S-1"))
        await uow.commit()
    assert await told(older, NUMBERS) == [("s-1", "S-1"), ("S-1", "S-1 2")]
