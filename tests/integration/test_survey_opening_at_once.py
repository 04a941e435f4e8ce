"""Surveys that two people work on at the same moment."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.repositories.surveys import SqlSurveyRepository
from services.db.uow import unit_of_work_factory
from services.surveys.dto import Split, SurveyState
from services.surveys.errors import SurveyNotDraft
from tests.support.clock import StandingClock
from tests.support.office import rows
from tests.support.survey_desk import MANAGER, TODAY, Desk, settle
from tests.support.surveyed import library_body


async def _wait_until_blocked(engine: AsyncEngine) -> None:
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with asyncio.timeout(10), engine.connect() as connection:
        while not await rows(connection, waiting):
            await connection.rollback()


async def test_a_questionnaire_that_comes_while_its_draft_is_opened_gets_a_draft_of_its_own(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    desk = Desk(unit_of_work_factory(engine), clock, tmp_path)
    async with engine.begin() as connection:
        await settle(connection, "mti", 40)
    survey_id = await desk.bring()
    body = {**library_body(), "revision": 2}
    body["title"] = {**body["title"], "en": "Student life"}
    async with engine.begin() as connection:
        repository = SqlSurveyRepository(connection)
        await repository.lock_survey(survey_id)
        brought = asyncio.create_task(desk.surveys.import_questionnaire(MANAGER, body))
        await _wait_until_blocked(engine)
        await repository.change_survey(survey_id, {"state": SurveyState.OPEN.value, "opened_on": TODAY})
    draft = (await brought).survey
    opened = await desk.surveys.get(MANAGER, survey_id)
    assert draft.id != survey_id
    assert (draft.state, draft.questionnaire.revision) == (SurveyState.DRAFT, 2)
    assert (opened.state, opened.questionnaire.revision) == (SurveyState.OPEN, 1)


async def test_the_database_changes_nothing_that_people_were_promised(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    desk = Desk(unit_of_work_factory(engine), clock, tmp_path)
    survey_id = await desk.bring()
    async with engine.begin() as connection:
        repository = SqlSurveyRepository(connection)
        await repository.change_survey(survey_id, {"state": SurveyState.OPEN.value, "opened_on": TODAY})
        for column, value in (("mode", "named"), ("audience", "all"), ("split", Split.UNIVERSITY.value)):
            with pytest.raises(SurveyNotDraft):
                await repository.change_survey(survey_id, {column: value})
        await repository.change_survey(survey_id, {"closes_on": TODAY})
    after = await desk.surveys.get(MANAGER, survey_id)
    assert (after.mode.value, after.closes_on) == ("confidential", TODAY)
