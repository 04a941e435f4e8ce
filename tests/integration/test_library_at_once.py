"""Two people bring editions into the library at the same moment."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.repositories.survey_rounds import SqlSurveyRoundRepository
from services.db.uow import unit_of_work_factory
from services.questionnaires.service import QuestionnaireService
from services.questionnaires.shipped import list_shipped
from tests.support.clock import StandingClock
from tests.support.office import rows
from tests.support.survey_desk import BISHKEK, MANAGER, Desk


async def test_a_shipped_questionnaire_and_its_file_at_once_are_one_edition(
    engine: AsyncEngine, clock: StandingClock, tmp_path: Path
) -> None:
    factory = unit_of_work_factory(engine)
    desk, library = Desk(factory, clock, tmp_path), QuestionnaireService(factory, clock, BISHKEK)
    number = list_shipped().index("climate-students")
    survey_id, taken, again = await asyncio.gather(
        desk.bring(), library.take_shipped(MANAGER, number), library.take_shipped(MANAGER, number)
    )
    assert taken == again
    assert (await desk.surveys.get(MANAGER, survey_id)).questionnaire_id == taken.id


async def test_an_edition_waits_for_whoever_brings_another(engine: AsyncEngine, clock: StandingClock) -> None:
    library = QuestionnaireService(unit_of_work_factory(engine), clock, BISHKEK)
    async with engine.connect() as connection, connection.begin():
        await SqlSurveyRoundRepository(connection).lock_drafts()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await library.take_shipped(MANAGER, 0)
    async with engine.connect() as connection:
        assert await rows(connection, "select 1 from questionnaires") == []
