"""The keys of open surveys: lost with one are all answers that were given."""

import os
import stat

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.checks.finding import Finding, bad, good
from bot.settings import Settings
from bot.survey_keys import SurveyKeyFiles
from services.db.uow import reading_factory
from services.surveys.dto import Survey, SurveyState
from services.surveys.rules import SEALED

_HAVING_KEYS = (SurveyState.OPEN, SurveyState.CLOSING)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def check_surveys(engine: AsyncEngine, settings: Settings) -> list[Finding]:
    """Is the key of each open survey on this machine, whole, and readable by nobody else?"""
    async with reading_factory(engine)() as uow:
        surveys = await uow.surveys.list_surveys(_HAVING_KEYS)
    keys = SurveyKeyFiles(settings.survey_keys)
    return [_look_at(survey, keys) for survey in sorted(surveys, key=lambda survey: survey.id) if survey.mode in SEALED]


def _look_at(survey: Survey, keys: SurveyKeyFiles) -> Finding:
    subject, public_key = f"survey {survey.id}", survey.public_key
    path = keys.path_of(survey.id, public_key or b"")
    if public_key is None or keys.find(survey.id, public_key) is None:
        advice = "bring the file back, or set SURVEY_KEY_DIR to where it lies; without it all answers are lost"
        return bad(subject, f"its key is not at {path}, or is not its own", advice)
    if path.stat().st_mode & _OTHERS or path.parent.stat().st_mode & _OTHERS:
        return bad(subject, f"others can read its key at {path}", f"chmod 700 {path.parent}; chmod 600 {path}")
    if not os.access(path.parent, os.W_OK):
        return bad(subject, f"its key at {path} could not be deleted", f"let the bot's account write to {path.parent}")
    return good(subject, f"its key lies at {path}; if it is lost, all answers are lost")
