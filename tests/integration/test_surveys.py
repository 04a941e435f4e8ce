"""Surveys and their groups, as all features read them."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.survey_keys import SurveyKeyFiles
from services.db.repositories.surveys import SqlSurveyRepository
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SurveyState
from tests.support.surveyed import CLOSES, PERIOD, put_survey


@pytest.fixture
def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path)


async def test_a_survey_comes_with_what_it_asks(connection: AsyncConnection, keys: SurveyKeyFiles) -> None:
    written = await put_survey(connection, keys, {"mti": 31, "iit": 30}, mode=SurveyMode.ANONYMOUS)
    survey = written.survey
    assert survey.questionnaire.code == "climate-students"
    assert (survey.mode, survey.state) == (SurveyMode.ANONYMOUS, SurveyState.OPEN)
    assert (survey.closes_on, survey.period) == (CLOSES, PERIOD)
    strata = await SqlSurveyRepository(connection).list_strata(survey.id)
    assert [(stratum.code, stratum.people, stratum.leaf) for stratum in strata] == [
        ("all", 61, False),
        ("iit", 30, True),
        ("mti", 31, True),
    ]


async def test_who_is_asked_sees_the_open_survey_and_nobody_else_does(
    connection: AsyncConnection, keys: SurveyKeyFiles
) -> None:
    written, other = await put_survey(connection, keys), await put_survey(connection, keys)
    repository = SqlSurveyRepository(connection)
    for surveyed in (written, other):
        asked = surveyed.people["mti"][0]
        assert [survey.id for survey in await repository.list_open_to(asked)] == [surveyed.survey.id]
    await repository.change_survey(written.survey.id, {"state": "closing"})
    assert await repository.list_open_to(written.people["mti"][0]) == []
    assert await repository.list_due(CLOSES) == [written.survey.id]
