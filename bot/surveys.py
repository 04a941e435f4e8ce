"""The services of surveys, put together."""

from bot.dispatcher import SurveyServices
from bot.documents.blank_questionnaire import BlankQuestionnairePrinter
from bot.stationery import card_of
from bot.survey_keys import SurveyKeyFiles
from bot.tools import Ground
from services.surveys.desk import SurveyDeskService
from services.surveys.opening import OpeningService
from services.surveys.rounds import SurveyRounds
from services.surveys.service import SurveyService
from services.surveys.taking_part import TakingPartService


def create_surveys(ground: Ground) -> SurveyServices:
    """Make everything that respondents, survey managers and readers ask."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    return SurveyServices(
        surveys=SurveyService(*doors),
        survey_opening=OpeningService(
            *doors, survey_keys_of(ground), ground.bells.outbox, public_url=ground.settings.public_url
        ),
        survey_rates=TakingPartService(ground.unit_of_work),
        survey_desk=SurveyDeskService(*doors),
        questionnaire_forms=BlankQuestionnairePrinter(card_of(ground.tools.university)),
    )


def create_survey_rounds(ground: Ground) -> SurveyRounds:
    """Make what reminds of open surveys and counts every morning how many are through."""
    return SurveyRounds(ground.unit_of_work, ground.clock, ground.calendar, ground.bells.outbox)


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)
