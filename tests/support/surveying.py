"""A survey in somebody's chat, for stories."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.survey_keys import SurveyKeyFiles
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Survey
from tests.support.friends import Friend
from tests.support.surveyed import put_survey
from tests.support.telegram import Telegram


async def open_survey(
    telegram: Telegram, folder: Path, *asked: Friend, mode: SurveyMode = SurveyMode.CONFIDENTIAL
) -> Survey:
    """Open a survey that asks these people and some dozens of others."""
    closes_on = (datetime.now(UTC) + timedelta(days=14)).date()
    async with telegram.engine.begin() as connection:
        written = await put_survey(connection, SurveyKeyFiles(folder), mode=mode, closes_on=closes_on)
    for friend in asked:
        await telegram.execute(
            "insert into survey_people select :survey, person_id, 'mti' from accounts where telegram_id = :account",
            survey=written.survey.id,
            account=friend.id,
        )
    return written.survey
