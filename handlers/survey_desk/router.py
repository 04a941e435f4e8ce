"""A survey manager brings questionnaires, prepares surveys, opens them and follows them."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.common.asked import asked_keyboard, asked_text, page_within
from handlers.common.callbacks import BeginSurvey, GoTo, Place
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.forms import leave_form
from handlers.common.ports import QuestionnaireForms
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.survey_desk import ending, keyboards, opening_texts, settings, texts
from handlers.survey_desk.callbacks import (
    AskToClose,
    AskToDrop,
    AskToOpen,
    BringQuestionnaire,
    ChooseSetting,
    ChooseTicketGroup,
    CloseSurvey,
    DropSurvey,
    ListLibrary,
    ListTicketGroups,
    ListUnits,
    LookAtRates,
    MakeMissingTickets,
    MakeTickets,
    OpenForAll,
    OpenSurvey,
    PreviewSurvey,
    SetAsked,
    SetMode,
    SetSplit,
    TakeBlankForm,
    ToggleUnit,
)
from handlers.survey_desk.states import SurveyForm
from services.access import Actor
from services.languages import Language
from services.questionnaires.reading import read_toml
from services.questionnaires.service import QuestionnaireService
from services.surveys.desk import SurveyDeskService
from services.surveys.opening import OpeningService
from services.surveys.service import SurveyService
from services.surveys.taking_part import TakingPartService


async def open_desk(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, surveys: SurveyService
) -> None:
    """The manager opens the desk; a form that was open is left."""
    found = await surveys.list_surveys(actor)
    await leave_form(state, raw_state)
    await show(event, texts.desk_text(found), keyboards.desk_keyboard(found, actor.language))


async def list_library(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    questionnaires: QuestionnaireService,
) -> None:
    """The manager looks for a questionnaire."""
    library = await questionnaires.open_library(actor)
    await leave_form(state, raw_state)
    await show(event, texts.library_text(library), keyboards.library_keyboard(library, actor.language))


async def begin_survey(
    event: CallbackQuery,
    callback_data: BeginSurvey,
    actor: Actor,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager prepares a survey."""
    survey = await surveys.begin(actor, callback_data.questionnaire_id)
    await settings.show_card(event, actor, survey.id, survey_desk, reader)


async def ask_for_file(event: CallbackQuery, actor: Actor, state: FSMContext, surveys: SurveyService) -> None:
    """The manager wants to send a questionnaire."""
    await surveys.list_surveys(actor)  # refuses who may not
    await state.set_state(SurveyForm.file)
    await show(event, texts.ask_for_file_text(), keyboards.back_keyboard())


async def send_questionnaire(
    message: Message,
    document: Document,
    bot: Bot,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager sends a questionnaire; the form stays open until one is taken."""
    try:
        content = await download(bot, document)
    except FileTooLargeError:
        await show(message, texts.too_large_text(), keyboards.back_keyboard())
    except FileNotHandedOverError:
        await show(message, texts.send_again_text(), keyboards.back_keyboard())
    else:
        done = await surveys.import_questionnaire(actor, read_toml(content))
        await state.clear()
        await settings.show_card(message, actor, done.survey.id, survey_desk, reader, texts.imported_line(done))


async def type_something(message: Message) -> None:
    """The manager types where a file is waited for."""
    await show(message, texts.not_a_file_text(), keyboards.back_keyboard())


async def open_survey(
    event: CallbackQuery,
    callback_data: OpenSurvey,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager looks at a survey; a form that was open is left."""
    await leave_form(state, raw_state)
    await settings.show_card(event, actor, callback_data.survey_id, survey_desk, reader)


async def preview_survey(
    event: CallbackQuery, callback_data: PreviewSurvey, actor: Actor, survey_desk: SurveyDeskService
) -> None:
    """The manager looks at a question as respondents will."""
    survey_id, language = callback_data.survey_id, callback_data.language
    asked = (await survey_desk.get_form(actor, survey_id)).questionnaire
    page = page_within(asked, callback_data.page)

    def at(place: int, said_in: Language) -> PreviewSurvey:
        return PreviewSurvey(survey_id=survey_id, page=place, language=said_in)

    back = keyboards.back_to_survey(survey_id)
    await show(event, asked_text(asked, page, language), asked_keyboard(asked, page, language, at, back))


async def take_form(
    event: CallbackQuery,
    callback_data: TakeBlankForm,
    actor: Actor,
    survey_desk: SurveyDeskService,
    questionnaire_forms: QuestionnaireForms,
) -> None:
    """The manager takes the blank questionnaire along."""
    form = await survey_desk.get_form(actor, callback_data.survey_id)
    content = await questionnaire_forms.draw(form.questionnaire, form.day)
    keyboard = keyboards.survey_keyboard(callback_data.survey_id)
    await send_file(event, content, f"{form.questionnaire.code}.pdf", texts.form_caption(), keyboard)


async def ask_to_open(
    event: CallbackQuery, callback_data: AskToOpen, actor: Actor, survey_opening: OpeningService, reader: Reader
) -> None:
    """The manager looks at what opening means."""
    plan = await survey_opening.foresee(actor, callback_data.survey_id)
    await show(event, opening_texts.plan_text(plan, reader), keyboards.plan_keyboard(plan))


async def open_for_all(
    event: CallbackQuery, callback_data: OpenForAll, actor: Actor, survey_opening: OpeningService, reader: Reader
) -> None:
    """The manager opens the survey."""
    opened = await survey_opening.open(actor, callback_data.survey_id, callback_data.version)
    await show(event, opening_texts.opened_text(opened, reader), keyboards.survey_keyboard(opened.survey.id))


async def look_at_rates(
    event: CallbackQuery, callback_data: LookAtRates, actor: Actor, survey_rates: TakingPartService, reader: Reader
) -> None:
    """The manager looks at how many are through."""
    seen = await survey_rates.look(actor, callback_data.survey_id)
    await show(event, opening_texts.rates_text(seen, reader), keyboards.survey_keyboard(callback_data.survey_id))


async def ask_to_drop(
    event: CallbackQuery, callback_data: AskToDrop, actor: Actor, surveys: SurveyService, reader: Reader
) -> None:
    """The manager thinks of deleting a draft."""
    survey = await surveys.get(actor, callback_data.survey_id)
    await show(event, texts.ask_to_drop_text(survey, reader), keyboards.drop_keyboard(survey))


async def drop_survey(event: CallbackQuery, callback_data: DropSurvey, actor: Actor, surveys: SurveyService) -> None:
    """The manager is sure."""
    await surveys.drop(actor, callback_data.survey_id)
    await show(event, texts.dropped_text(), keyboards.back_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="survey_desk")
    taps, typed = router.callback_query, TYPED_TEXT
    taps.register(open_desk, GoTo.filter(F.place == Place.SURVEY_DESK))
    taps.register(list_library, ListLibrary.filter())
    taps.register(begin_survey, BeginSurvey.filter())
    taps.register(ask_for_file, BringQuestionnaire.filter())
    router.message.register(send_questionnaire, SurveyForm.file, F.document.as_("document"))
    router.message.register(type_something, SurveyForm.file, typed, ~HoldsCertificateCode())
    taps.register(open_survey, OpenSurvey.filter())
    taps.register(preview_survey, PreviewSurvey.filter())
    taps.register(take_form, TakeBlankForm.filter())
    taps.register(settings.choose_setting, ChooseSetting.filter())
    taps.register(settings.set_mode, SetMode.filter())
    taps.register(settings.set_split, SetSplit.filter())
    taps.register(settings.set_asked, SetAsked.filter())
    taps.register(settings.list_units, ListUnits.filter())
    taps.register(settings.toggle_unit, ToggleUnit.filter())
    router.message.register(settings.type_audience, SurveyForm.audience, typed)
    router.message.register(settings.type_period, SurveyForm.period, typed)
    router.message.register(settings.type_last_day, SurveyForm.last_day, typed)
    router.message.register(settings.type_reader, SurveyForm.reader_unit, typed)
    taps.register(ask_to_open, AskToOpen.filter())
    taps.register(open_for_all, OpenForAll.filter())
    taps.register(look_at_rates, LookAtRates.filter())
    taps.register(ask_to_drop, AskToDrop.filter())
    taps.register(drop_survey, DropSurvey.filter())
    taps.register(ending.list_groups, ListTicketGroups.filter())
    taps.register(ending.choose_group, ChooseTicketGroup.filter())
    taps.register(ending.make_tickets, MakeTickets.filter())
    taps.register(ending.make_tickets, MakeMissingTickets.filter())
    router.message.register(ending.type_count, SurveyForm.tickets, typed)
    taps.register(ending.ask_to_close, AskToClose.filter())
    taps.register(ending.close_survey, CloseSurvey.filter())
    return router
