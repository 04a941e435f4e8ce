"""The services of surveys, put together."""

from dataclasses import dataclass
from functools import partial

from bot.dispatcher import Given, SurveyServices
from bot.documents.blank_questionnaire import BlankQuestionnairePrinter
from bot.documents.links import PublicLinks
from bot.errors import OperatorsAlarm
from bot.stationery import card_of
from bot.survey_door import SurveyDoor
from bot.survey_keys import SurveyKeyFiles
from bot.survey_papers import SurveyPaperMaker
from bot.ticket_sheets import TicketSheets
from bot.tools import Ground
from handlers.common.hotlines import write_distress
from handlers.survey_chat.conversation import SurveyConversation
from handlers.survey_chat.notices import SurveyNotices
from handlers.survey_reports.notices import SurveyOutcomeNotices
from services.questionnaires.drafts import QuestionnaireDraftService
from services.questionnaires.service import QuestionnaireService
from services.survey_answers.distress import speaks_of_distress
from services.survey_answers.service import SurveyAnswerService
from services.survey_reports.outcome import OutcomeNews, OutcomeService
from services.survey_reports.service import SurveyReportService
from services.survey_reports.texts import FreeTextService
from services.survey_tickets.page import SurveyPageService
from services.survey_tickets.service import TicketService
from services.surveys.closing import ClosingService
from services.surveys.desk import SurveyDeskService
from services.surveys.opening import OpeningService
from services.surveys.rounds import SurveyRounds
from services.surveys.service import SurveyService
from services.surveys.shuffling import NightlyShuffle
from services.surveys.taking_part import TakingPartService
from services.trust.dto import Hotlines


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
        questionnaires=QuestionnaireService(*doors),
        questionnaire_drafts=QuestionnaireDraftService(ground.unit_of_work),
        questionnaire_forms=BlankQuestionnairePrinter(card_of(ground.tools.university)),
        survey_tickets=_tickets(ground),
        survey_closing=_closing(ground),
        survey_reports=SurveyReportService(ground.reading, ground.tools.university.survey_readers),
        survey_texts=FreeTextService(
            ground.unit_of_work, ground.reading, ground.clock, ground.tools.university.survey_readers
        ),
        survey_outcomes=OutcomeService(*doors, ground.bells.outbox),
        survey_papers=SurveyPaperMaker(card_of(ground.tools.university)),
        survey_answers=SurveyAnswerService(ground.unit_of_work, ground.reading, ground.clock, ground.calendar),
    )


def create_survey_door(ground: Ground, given: Given) -> SurveyDoor:
    """Make what serves surveys before the inbox."""
    comfort = partial(_comfort, given.hotlines)
    asker = given.university.name
    conversation = SurveyConversation(given.survey_answers, ground.i18n, given.dates, comfort, asker)
    return SurveyDoor(conversation, ground.tools.bot)


def create_survey_notices(given: Given) -> SurveyNotices:
    """Make the words of invitations and reminders."""
    return SurveyNotices(given.survey_answers, given.dates)


def create_outcome_notices(ground: Ground) -> SurveyOutcomeNotices:
    """Make the words of what changed because of the answers."""
    return SurveyOutcomeNotices(OutcomeNews(ground.reading))


def create_survey_pages(ground: Ground) -> SurveyPageService:
    """Make what the web page of surveys asks."""
    return SurveyPageService(ground.unit_of_work, ground.reading, ground.clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyTicks:
    """What is done once a day for open surveys: at ten in the morning, and at four in the night."""

    rounds: SurveyRounds
    shuffle: NightlyShuffle


def create_survey_ticks(ground: Ground) -> SurveyTicks:
    """Make what reminds of open surveys and counts how many are through, and what removes who came when."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    return SurveyTicks(rounds=SurveyRounds(*doors, ground.bells.outbox), shuffle=NightlyShuffle(*doors))


def survey_keys_of(ground: Ground) -> SurveyKeyFiles:
    """Return the keys of open surveys."""
    return SurveyKeyFiles(ground.settings.survey_keys)


def _tickets(ground: Ground) -> TicketService:
    public_url = ground.settings.public_url
    links = PublicLinks(public_url=public_url, bot_username=ground.tools.bot_username)
    sheets = TicketSheets(ground.tools.university, links, ground.calendar, ground.i18n)
    return TicketService(ground.unit_of_work, ground.clock, sheets, public_url=public_url)


def _closing(ground: Ground) -> ClosingService:
    alarm = OperatorsAlarm(ground.tools.bot, ground.settings.operators_chat)
    return ClosingService(ground.unit_of_work, ground.clock, ground.calendar, survey_keys_of(ground), alarm)


def _comfort(hotlines: Hotlines, words: str) -> str:
    """Say where one can call, in the language of the moment, if words sound like distress."""
    return write_distress(hotlines) if speaks_of_distress(words) else ""
