"""The services of surveys, put together."""

from bot.dispatcher import SurveyServices
from bot.survey_keys import SurveyKeyFiles
from bot.tools import Ground


def create_surveys(_ground: Ground) -> SurveyServices:
    """Make everything that respondents, survey managers and readers ask."""
    return SurveyServices()


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)
