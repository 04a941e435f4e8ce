"""The services of surveys, put together."""

from bot.dispatcher import SurveyServices
from bot.errors import OperatorsAlarm
from bot.survey_keys import SurveyKeyFiles
from bot.tools import Ground
from services.surveys.closing import ClosingService


def create_surveys(ground: Ground) -> SurveyServices:
    """Make everything that respondents, survey managers and readers ask."""
    return SurveyServices(survey_closing=_closing(ground))


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)


def _closing(ground: Ground) -> ClosingService:
    alarm = OperatorsAlarm(ground.tools.bot, ground.settings.operators_chat)
    return ClosingService(ground.unit_of_work, ground.clock, ground.calendar, survey_keys_of(ground), alarm)
