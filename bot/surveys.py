"""The services of surveys, put together."""

from bot.dispatcher import Given, SurveyServices
from bot.survey_door import SurveyDoor
from bot.survey_keys import SurveyKeyFiles
from bot.tools import Ground
from handlers.survey_chat.conversation import SurveyConversation
from handlers.survey_chat.notices import SurveyNotices
from services.survey_answers.service import SurveyAnswerService


def create_surveys(ground: Ground) -> SurveyServices:
    """Make everything that respondents, survey managers and readers ask."""
    return SurveyServices(
        survey_answers=SurveyAnswerService(ground.unit_of_work, ground.reading, ground.clock, ground.calendar)
    )


def create_survey_door(ground: Ground, given: Given) -> SurveyDoor:
    """Make what serves surveys before the inbox."""
    return SurveyDoor(SurveyConversation(given.survey_answers, ground.i18n, given.dates, _comfort), ground.tools.bot)


def create_survey_notices(given: Given) -> SurveyNotices:
    """Make the words of invitations and reminders."""
    return SurveyNotices(given.survey_answers, given.dates)


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)


def _comfort(_words: str) -> str:
    return ""
