"""The registrar's search among many people: how long the service takes, whatever is typed."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import URL, text

from bot.demonstration.names import invent_name
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.people.dto import RosterEntry
from services.ports import SystemClock
from services.study_office.service import StudyOfficeService
from tests.support.papers import STUDY, BishkekCalendar, PlainStationery
from tests.support.people import AIZADA

_SEED = 20
_ROUNDS = 20
_GROUP = 25


async def measure(database: URL, count: int) -> list[float]:
    """Put so many people into the roster and return the seconds of each search."""
    engine = create_engine(database)
    people = _people(count)
    async with unit_of_work_factory(engine)() as uow:
        await uow.people.add(people, {})
        await uow.commit()
    async with engine.begin() as connection:
        await connection.execute(text("analyze people"))
    factories = unit_of_work_factory(engine), reading_factory(engine)
    office = StudyOfficeService(*factories, SystemClock(), BishkekCalendar(), PlainStationery(), (STUDY,))
    waits = []
    for typed in [*_questions(people)] * _ROUNDS:
        begun = time.perf_counter()
        await office.search(OPERATOR, typed)
        waits.append(time.perf_counter() - begun)
    await engine.dispose()
    return waits


def _people(count: int) -> list[RosterEntry]:
    dice = random.Random(_SEED)  # noqa: S311 -- the same people at every run
    return [_person(dice, number) for number in range(count)]


def _person(dice: random.Random, number: int) -> RosterEntry:
    name, group = invent_name(dice), number // _GROUP
    return replace(
        AIZADA,
        person_no=f"S-{100_000 + number}",
        last_name=name.last,
        first_name=name.first,
        patronymic=name.patronymic,
        name_latin=name.latin,
        phone=f"+996 700 {100_000 + number}",
        unit="",
        group_name=f"{dice.choice(('ПИ', 'ИСТ', 'МР', 'ЭЭ'))}-{group % 9 + 1}-{21 + group % 5}",
    )


def _questions(people: Sequence[RosterEntry]) -> list[str]:
    """What registrars type: one letter, a common surname, a whole name, a number, a phone, a group, a mistake."""
    somebody = people[len(people) // 2]
    return [
        "а",
        "ма",
        "асанов",
        "осмонова айзада",
        f"{somebody.last_name} {somebody.first_name} {somebody.patronymic}",
        somebody.name_latin,
        somebody.person_no.lower(),
        "s-1",
        "0" + somebody.phone.removeprefix("+996 ").replace(" ", "-"),
        somebody.group_name,
        "пи 1",
        "жокадам",
    ]
