"""A survey manager writes what changed because of the answers, looks at it and tells it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n.context import get_i18n

from handlers.common.callbacks import OpenSurveyOutcome
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.survey_reports import keyboards, texts
from handlers.survey_reports.callbacks import PreviewOutcome, SendOutcome, WriteOutcome
from handlers.survey_reports.states import OutcomeForm
from services.access import Actor
from services.languages import Language
from services.survey_reports.outcome import OutcomeService


async def open_outcome(
    event: CallbackQuery,
    callback_data: OpenSurveyOutcome,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_outcomes: OutcomeService,
    reader: Reader,
) -> None:
    """The manager looks at what is written so far."""
    outcome = await survey_outcomes.get(actor, callback_data.survey_id)
    await leave_form(state, raw_state)
    await show(event, texts.outcome_text(outcome, reader), keyboards.outcome_keyboard(outcome))


async def begin_writing(
    event: CallbackQuery, callback_data: WriteOutcome, actor: Actor, state: FSMContext, survey_outcomes: OutcomeService
) -> None:
    """The manager wants to write in one language."""
    survey_id, language = callback_data.survey_id, callback_data.language
    outcome = await survey_outcomes.get(actor, survey_id)
    await state.set_data({"survey": survey_id, "language": language.value})
    await state.set_state(OutcomeForm.words)
    await show(event, texts.ask_outcome_text(language, outcome), keyboards.writing_keyboard(survey_id))


async def type_outcome(
    message: Message, actor: Actor, state: FSMContext, survey_outcomes: OutcomeService, reader: Reader
) -> None:
    """The manager writes it."""
    data = await state.get_data()
    async with left_if_over(state):
        outcome = await survey_outcomes.write(actor, data["survey"], Language(data["language"]), message.text or "")
    await state.clear()
    await show(message, texts.outcome_text(outcome, reader), keyboards.outcome_keyboard(outcome))


async def preview_outcome(
    event: CallbackQuery, callback_data: PreviewOutcome, actor: Actor, survey_outcomes: OutcomeService
) -> None:
    """The manager looks at it as it will be read."""
    outcome = await survey_outcomes.get(actor, callback_data.survey_id)
    words = {}
    for language in Language:
        with get_i18n().use_locale(language.value):
            words[language] = texts.outcome_message(outcome.round.period, outcome.text, language)
    await show(event, texts.preview_text(outcome, words), keyboards.preview_keyboard(outcome))


async def send_outcome(
    event: CallbackQuery, callback_data: SendOutcome, actor: Actor, survey_outcomes: OutcomeService, reader: Reader
) -> None:
    """The manager tells it."""
    outcome = await survey_outcomes.send(actor, callback_data.survey_id, callback_data.version)
    await show(event, texts.outcome_text(outcome, reader), keyboards.outcome_keyboard(outcome))


def create_router() -> Router:
    """Handlers of what changed."""
    router = Router(name="survey outcome")
    router.callback_query.register(open_outcome, OpenSurveyOutcome.filter())
    router.callback_query.register(begin_writing, WriteOutcome.filter())
    router.callback_query.register(preview_outcome, PreviewOutcome.filter())
    router.callback_query.register(send_outcome, SendOutcome.filter())
    router.message.register(type_outcome, OutcomeForm.words, TYPED_TEXT)
    return router
