"""What survey managers are told before they open or close a survey."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR
from services.db.uow import UnitOfWorkFactory
from services.questionnaires.dto import SurveyMode
from services.surveys.desk import SurveyDeskService
from services.surveys.dto import SurveySettings
from services.surveys.errors import SurveyAlike
from tests.support.clock import StandingClock
from tests.support.survey_desk import BISHKEK, MANAGER, Desk, settle


@pytest.fixture
def desk(unit_of_work: UnitOfWorkFactory, clock: StandingClock, tmp_path: Path) -> Desk:
    return Desk(unit_of_work, clock, tmp_path)


async def asking(desk: Desk, audience: str, code: str = "climate-students") -> int:
    return await desk.bring(SurveySettings(mode=SurveyMode.CONFIDENTIAL, audience=audience), code)


async def test_nobody_is_asked_the_same_by_two_surveys_at_a_time(desk: Desk, connection: AsyncConnection) -> None:
    await settle(connection, "mti", 31)
    await settle(connection, "iit", 32)
    first = await asking(desk, "unit:mti")
    await desk.opening.open(MANAGER, first)
    same = await asking(desk, "role:student")
    for attempt in (desk.opening.foresee, desk.opening.open):
        with pytest.raises(SurveyAlike) as refused:
            await attempt(MANAGER, same)
        assert refused.value.survey_id == first
    assert len(desk.key_files) == 1
    other = await asking(desk, "unit:mti", "state-language")
    assert (await desk.opening.foresee(MANAGER, other)).people == 31
    await asking(desk, "unit:iit")
    assert (await desk.opening.open(MANAGER, same)).people == 32


async def test_place_of_the_key_is_told_to_administrators_only(desk: Desk, connection: AsyncConnection) -> None:
    await settle(connection, "mti", 31)
    survey_id = await asking(desk, "unit:mti")
    assert (await desk.opening.foresee(MANAGER, survey_id)).key_place == ""
    assert (await desk.opening.foresee(OPERATOR, survey_id)).key_place == str(desk.keys.folder)
    assert (await desk.opening.open(OPERATOR, survey_id)).key_place == str(desk.key_files[0])


async def test_card_says_how_many_are_asked_and_the_form_names_the_period(
    desk: Desk, connection: AsyncConnection, unit_of_work: UnitOfWorkFactory, clock: StandingClock
) -> None:
    looking = SurveyDeskService(unit_of_work, clock, BISHKEK)
    await settle(connection, "mti", 31)
    survey_id = await asking(desk, "unit:mti")
    assert (await looking.look(MANAGER, survey_id)).people == 0
    await desk.opening.open(MANAGER, survey_id)
    assert (await looking.look(MANAGER, survey_id)).people == 31
    period = (await looking.get_form(MANAGER, survey_id)).questionnaire.period
    assert period is not None
    assert "осенний семестр 2026 года" in period.ru
    assert "{" not in period.ky + period.ru + period.en
