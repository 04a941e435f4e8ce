"""A survey in somebody's chat, for stories."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.survey_keys import SurveyKeyFiles
from services.languages import Trilingual
from services.questionnaires.dto import Questionnaire, SurveyMode
from services.questionnaires.packing import Packing
from services.questionnaires.routes import pages
from services.survey_answers.dto import OpenSurvey
from services.surveys.dto import Split, Survey, SurveyState
from services.surveys.sealing import new_private_key, public_key_of, room_for
from tests.support.friends import Friend
from tests.support.surveyed import CLOSES, OPENED, PERIOD, library_body, put_survey
from tests.support.telegram import Telegram

_revisions = count(1)


async def open_survey(
    telegram: Telegram, folder: Path, *asked: Friend, mode: SurveyMode = SurveyMode.CONFIDENTIAL
) -> Survey:
    """Open a survey that asks these people and some dozens of others."""
    closes_on = (datetime.now(UTC) + timedelta(days=14)).date()
    async with telegram.engine.begin() as connection:
        body = library_body() | {"revision": next(_revisions)}
        written = await put_survey(connection, SurveyKeyFiles(folder), mode=mode, body=body, closes_on=closes_on)
    for friend in asked:
        await telegram.execute(
            "insert into survey_people select :survey, person_id, 'mti' from accounts where telegram_id = :account",
            survey=written.survey.id,
            account=friend.id,
        )
    return written.survey


def prepared(
    questionnaire: Questionnaire,
    mode: SurveyMode = SurveyMode.CONFIDENTIAL,
    *,
    number: int = 12,
    closes_on: date | None = CLOSES,
) -> OpenSurvey:
    """An open survey that stands in no table."""
    survey = Survey(
        id=number, questionnaire_id=1, questionnaire=questionnaire, mode=mode, state=SurveyState.OPEN, audience="all",
        split=Split.UNIT, period=PERIOD, closes_on=closes_on, opened_on=OPENED.date(), closed_on=None,
        public_key=public_key_of(new_private_key()), tap_key=bytes(range(32)), link_token=None, reader_unit="mti",
        outcome=Trilingual(), version=2,
    )  # fmt: skip
    return OpenSurvey(
        survey=survey,
        tap_key=bytes(range(32)),
        packing=Packing(questionnaire),
        room=room_for(questionnaire),
        pages=pages(questionnaire),
        reader=Trilingual(ky="Карьера борбору", ru="Центр карьеры", en="Career Centre"),
    )
