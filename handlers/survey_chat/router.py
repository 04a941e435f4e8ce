"""The list of one's surveys. Its buttons are the surveys' own, so what follows goes past this router and the inbox."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.i18n import gettext as _

from handlers.common.discretion import UNNAMED
from handlers.common.keyboards import menu_button
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.survey_chat.callbacks import Action, Buttons, Step
from handlers.survey_chat.texts import list_text
from services.access import Actor
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import AskedSurvey
from services.survey_answers.service import SurveyAnswerService


async def list_surveys(message: Message, actor: Actor, survey_answers: SurveyAnswerService, reader: Reader) -> None:
    """The person looks which surveys ask them."""
    surveys = await survey_answers.list_asked(actor)
    rows = [[_open_button(one, message.chat.id, reader.language)] for one in surveys if _can_be_opened(one)]
    await show(message, list_text(surveys, reader), InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]]))


def _can_be_opened(asked: AskedSurvey) -> bool:
    """Tell whether anything can be done about a survey: an answer that is kept with the name can be changed."""
    return not asked.finished or asked.survey.mode is SurveyMode.NAMED


def _open_button(asked: AskedSurvey, account_id: int, language: Language) -> InlineKeyboardButton:
    survey = asked.survey
    action, label = Action.PROMISE, _("Open survey {number}")
    if survey.mode is SurveyMode.ANONYMOUS:
        action, label = Action.QUIET, _("Survey {number}: no more reminders")
    data = Buttons(survey, account_id).write(Step(action=action, language=language))
    return InlineKeyboardButton(text=label.format(number=survey.id), callback_data=data)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="surveys")
    router.message.register(list_surveys, Command("survey"), flags=UNNAMED)
    return router
