"""Small groups at closing: who answered in them stands in no readable table."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.db.repositories.surveys import SqlSurveyRepository
from services.db.uow import UnitOfWorkFactory
from services.surveys.dto import Closing, ClosingEnd
from tests.support.answering import finish, finish_all
from tests.support.closing import TEXTS, Closer, key_files, read_rows
from tests.support.office import rows
from tests.support.surveyed import put_survey

FREE_TEXT = "ft_keep"


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


@pytest.fixture
def closer(unit_of_work: UnitOfWorkFactory, keys: SurveyKeyFiles) -> Closer:
    return Closer(unit_of_work, keys)


async def test_of_fewer_than_ten_replies_nothing_is_kept(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles, tmp_path: Path
) -> None:
    surveyed = await put_survey(connection, keys)
    for person in surveyed.people["mti"][:9]:
        await finish(connection, surveyed.survey, person, {"teach1": 5}, texts={FREE_TEXT: "ак"})
    closing = await closer.close(surveyed)
    assert closing == Closing(survey_id=surveyed.survey.id, end=ClosingEnd.CLOSED, too_few=True, key_destroyed=True)
    assert await read_rows(connection, surveyed) == await read_rows(connection, surveyed, TEXTS) == []
    assert key_files(tmp_path) == []
    assert await rows(connection, "select 1 from sealed_replies") == []


async def test_blanks_of_who_declined_are_no_replies(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys)
    answering, declining = surveyed.people["mti"][:9], surveyed.people["mti"][9:]
    await finish_all(connection, surveyed.survey, answering, {"teach1": 5})
    for person in declining:
        await finish(connection, surveyed.survey, person, {}, stratum="", declined=True)
    closing = await closer.close(surveyed)
    assert (closing.too_few, closing.broken) == (True, 0)


async def test_groups_that_hardly_answered_are_put_together_and_people_follow(
    connection: AsyncConnection, closer: Closer, keys: SurveyKeyFiles
) -> None:
    surveyed = await put_survey(connection, keys, {"fit": 40, "iit": 35, "mti": 50, "tri": 33})
    await finish_all(connection, surveyed.survey, surveyed.people["mti"][:20], {"teach1": 5}, stratum="mti")
    for code, number in (("fit", 12), ("iit", 3), ("tri", 8)):
        await finish_all(connection, surveyed.survey, surveyed.people[code][:number], {"teach1": 4}, stratum=code)
    assert (await closer.close(surveyed)).replies == 40
    counted = "select stratum, count(*) from survey_replies where survey_id = :survey group by 1 order by 1"
    assert await read_rows(connection, surveyed, counted) == [("fit", 12), ("mti", 20), ("other", 11)]
    strata = {one.code: one for one in await SqlSurveyRepository(connection).list_strata(surveyed.survey.id)}
    assert {code: (one.people, one.covers) for code, one in strata.items()} == {
        "all": (158, ()), "fit": (40, ()), "mti": (50, ()), "other": (68, ("iit", "tri")),
    }  # fmt: skip
    asked = "select stratum, count(*) from survey_people where survey_id = :survey group by 1 order by 1"
    assert await read_rows(connection, surveyed, asked) == [("fit", 40), ("mti", 50), ("other", 68)]
