"""The services of surveys, put together."""

from bot.dispatcher import SurveyServices
from bot.documents.blank_questionnaire import BlankQuestionnairePrinter
from bot.stationery import card_of
from bot.survey_keys import SurveyKeyFiles
from bot.tools import Ground
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.service import QuestionnaireService


def create_surveys(ground: Ground) -> SurveyServices:
    """Make everything that respondents, survey managers and readers ask."""
    return SurveyServices(
        questionnaires=QuestionnaireService(ground.unit_of_work, ground.clock, ground.calendar),
        questionnaire_drafts=QuestionnaireDraftService(ground.unit_of_work),
        questionnaire_forms=BlankQuestionnairePrinter(card_of(ground.tools.university)),
    )


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)
