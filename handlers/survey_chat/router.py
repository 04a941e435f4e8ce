"""The list of one's surveys. Its buttons are the surveys' own, so what follows goes past this router and the inbox."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import GoTo, Place
from handlers.common.discretion import UNNAMED
from handlers.common.forms import leave_form
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.survey_chat.callbacks import Action, Buttons, Step
from handlers.survey_chat.texts import list_text
from services.access import Actor
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import AskedSurvey
from services.survey_answers.service import SurveyAnswerService
from services.survey_reports.service import SurveyReportService


async def list_surveys(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_answers: SurveyAnswerService,
    survey_reports: SurveyReportService,
    reader: Reader,
) -> None:
    """The person looks which surveys ask them; a form that was open is left."""
    surveys = await survey_answers.list_asked(actor)
    has_results = await survey_reports.has_results(actor)
    await leave_form(state, raw_state)
    account_id = event.from_user.id if event.from_user is not None else 0
    rows = [[_open_button(one, account_id, reader.language)] for one in surveys if _can_be_opened(one)]
    results = [[place_button(_("📊 What surveys found"), Place.SURVEY_REPORTS)]] if has_results else []
    keyboard = InlineKeyboardMarkup(inline_keyboard=[*rows, *results, [menu_button()]])
    await show(event, list_text(surveys, reader), keyboard)


def _can_be_opened(asked: AskedSurvey) -> bool:
    """Tell whether anything can be done about a survey: an answer that is kept with the name can be changed."""
    return not asked.finished or asked.survey.mode is SurveyMode.NAMED


def _open_button(asked: AskedSurvey, account_id: int, language: Language) -> InlineKeyboardButton:
    survey = asked.survey
    action, label = Action.PROMISE, _("Open: {title}")
    if survey.mode is SurveyMode.ANONYMOUS:
        action, label = Action.QUIET, _("No more reminders: {title}")
    data = Buttons(survey, account_id).write(Step(action=action, language=language))
    title = survey.questionnaire.title.get(language)
    return InlineKeyboardButton(text=label.format(title=title), callback_data=data)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="surveys")
    router.message.register(list_surveys, Command("survey"), flags=UNNAMED)
    router.callback_query.register(list_surveys, GoTo.filter(F.place == Place.SURVEYS), flags=UNNAMED)
    return router
