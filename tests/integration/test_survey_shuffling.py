"""Marks and sealed replies are written anew every night; before a backup, too, and a closing does not empty it."""

import io
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.databases import snapshot
from services.db.repositories import survey_closing
from services.db.uow import unit_of_work_factory
from services.questionnaires.dto import Answers
from services.surveys.dto import ClosingEnd
from services.surveys.sealing import open_sealed
from services.surveys.shuffling import NightlyShuffle, shuffle_replies
from tests.support.answering import finish, finish_all
from tests.support.clock import StandingClock
from tests.support.closing import Closer
from tests.support.office import rows
from tests.support.papers import BishkekCalendar
from tests.support.surveyed import Surveyed, put_survey

EVERYBODY = 60
AT_ONCE = "select m.person_id from survey_marks m join sealed_replies s on m.xmin = s.xmin"


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


async def copy_out(connection: AsyncConnection, table: str) -> list[list[str]]:
    """Return the rows of a table as pg_dump writes them, in its order."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    copied = io.BytesIO()
    await driver.copy_from_table(table, output=copied)
    return [line.split("\t") for line in copied.getvalue().decode().splitlines()]


async def attack(connection: AsyncConnection, keys: SurveyKeyFiles, surveyed: Surveyed) -> list[tuple[int, Answers]]:
    """Pair the first mark of one plain dump with the first sealed row, the second with the second; needs the key."""
    assert surveyed.survey.public_key is not None
    private = keys.find(surveyed.survey.id, surveyed.survey.public_key)
    assert private is not None
    marks = [int(row[1]) for row in await copy_out(connection, "survey_marks")]
    bodies = [bytes.fromhex(row[2].removeprefix(r"\\x")) for row in await copy_out(connection, "sealed_replies")]
    opened = [open_sealed(body, private).answers for body in bodies]
    return list(zip(marks, opened, strict=True))


def right(found: Sequence[tuple[int, Answers]], truth: Mapping[int, Answers]) -> int:
    return sum(truth[person] == answers for person, answers in found)


async def test_one_dump_and_the_key_name_everybody_and_after_the_night_only_those_of_today(
    engine: AsyncEngine, keys: SurveyKeyFiles
) -> None:
    async with engine.begin() as connection:
        surveyed = await put_survey(connection, keys, {"mti": EVERYBODY})
    people = list(surveyed.people["mti"])
    random.Random(1).shuffle(people)  # noqa: S311 -- the order in which they come
    truth: dict[int, Answers] = {
        person: {"teach1": place % 5 + 1, "load1": place // 5 % 5 + 1, "teach2": place // 25 % 5 + 1}
        for place, person in enumerate(people)
    }

    async def come(coming: Sequence[int]) -> None:
        for person in coming:
            async with engine.begin() as connection:
                assert await finish(connection, surveyed.survey, person, truth[person])

    await come(people[:-5])
    async with engine.connect() as connection:
        assert right(await attack(connection, keys, surveyed), truth) == EVERYBODY - 5
    assert await shuffle_replies(unit_of_work_factory(engine))
    await come(people[-5:])
    async with engine.connect() as connection:
        found = await attack(connection, keys, surveyed)
        linked = await rows(
            connection, "select m.person_id from survey_marks m join sealed_replies s on m.xmin = s.xmin"
        )
    assert right(found[-5:], truth) == 5  # what is left to see: one day
    assert right(found[:-5], truth) < 12  # by chance one is right; twelve are, once in 10⁹ nights
    assert {row[0] for row in linked} == set(people[-5:])
    assert [person for person, _ in found[:-5]] == sorted(people[:-5])
    await shuffle_replies(unit_of_work_factory(engine))
    async with engine.connect() as connection:
        assert await rows(connection, AT_ONCE) == []
        assert await rows(connection, "select count(*) from sealed_replies") == [(EVERYBODY,)]


async def test_it_is_done_once_a_night_and_later_if_somebody_reads(
    engine: AsyncEngine, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_closing, "LOCK_PATIENCE", "20ms")
    nightly = NightlyShuffle(unit_of_work_factory(engine), clock, BishkekCalendar())
    async with engine.connect() as backup:
        await backup.execute(text("lock table sealed_replies in access share mode"))
        assert not await nightly.run()
    assert await nightly.run()
    assert not await nightly.run()
    clock.advance(days=1)
    assert await nightly.run()


async def test_a_backup_that_meets_a_closing_holds_every_reply(
    engine: AsyncEngine, keys: SurveyKeyFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TRUNCATE empties a table for earlier moments, too: whoever looks at one holds the closing up."""
    monkeypatch.setattr(survey_closing, "LOCK_PATIENCE", "20ms")
    async with engine.begin() as connection:
        surveyed, other = await put_survey(connection, keys), await put_survey(connection, keys)
        for one in (surveyed, other):
            await finish_all(connection, one.survey, one.people["mti"][:20], {"teach1": 5})
    closer = Closer(unit_of_work_factory(engine), keys)
    async with snapshot(engine, counted=False) as taken:
        assert (await closer.close(surveyed)).end is ClosingEnd.WAITS
        assert not await shuffle_replies(unit_of_work_factory(engine))
        reading = engine.execution_options(isolation_level="REPEATABLE READ")
        async with reading.connect() as dump:
            await dump.execute(text(f"set transaction snapshot '{taken.id}'"))
            for table in ("survey_marks", "sealed_replies"):
                assert await rows(dump, f"select count(*) from {table}") == [(40,)]  # noqa: S608 -- two tables
    assert [one.replies for one in await closer.service.close_due()] == [20]
