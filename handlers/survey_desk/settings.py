"""A survey manager sets how a survey asks, whom, until when."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.forms import left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.survey_desk import keyboards, texts
from handlers.survey_desk.callbacks import (
    Asked,
    ChooseSetting,
    ListUnits,
    SetAsked,
    SetMode,
    SetSplit,
    Setting,
    ToggleUnit,
)
from handlers.survey_desk.states import SurveyForm
from services.access import Actor
from services.days import read_date
from services.languages import Trilingual
from services.surveys.desk import SurveyDeskService
from services.surveys.dto import SurveySettings
from services.surveys.service import SurveyService

_TYPED = {
    Setting.AUDIENCE: SurveyForm.audience,
    Setting.PERIOD: SurveyForm.period,
    Setting.LAST_DAY: SurveyForm.last_day,
    Setting.READER: SurveyForm.reader_unit,
}
_ASKED = {Asked.STUDENTS: "role:student", Asked.STAFF: "role:staff", Asked.GRADUATES: "status:graduated"}
_THREE = 3


async def choose_setting(
    event: CallbackQuery, callback_data: ChooseSetting, actor: Actor, state: FSMContext, surveys: SurveyService
) -> None:
    """The manager wants to change a setting; some can be typed."""
    survey = await surveys.get(actor, callback_data.survey_id)
    setting = callback_data.setting
    if setting in _TYPED:
        await state.set_data({"survey_id": survey.id, "version": survey.version})
        await state.set_state(_TYPED[setting])
    await show(event, texts.ask_setting_text(setting, survey), keyboards.setting_keyboard(setting, survey))


async def set_mode(
    event: CallbackQuery,
    callback_data: SetMode,
    actor: Actor,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager chooses how it asks."""
    wanted = SurveySettings(mode=callback_data.mode)
    await surveys.change(actor, callback_data.survey_id, callback_data.version, wanted)
    await show_card(event, actor, callback_data.survey_id, survey_desk, reader)


async def set_split(
    event: CallbackQuery,
    callback_data: SetSplit,
    actor: Actor,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager chooses how far the report tells groups apart."""
    wanted = SurveySettings(split=callback_data.split)
    await surveys.change(actor, callback_data.survey_id, callback_data.version, wanted)
    await show_card(event, actor, callback_data.survey_id, survey_desk, reader)


async def set_asked(
    event: CallbackQuery,
    callback_data: SetAsked,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager taps who is asked."""
    wanted = SurveySettings(audience=_ASKED[callback_data.asked])
    await surveys.change(actor, callback_data.survey_id, callback_data.version, wanted)
    await state.clear()
    await show_card(event, actor, callback_data.survey_id, survey_desk, reader)


async def list_units(
    event: CallbackQuery,
    callback_data: ListUnits,
    actor: Actor,
    state: FSMContext,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager looks for a unit."""
    choice = await survey_desk.list_units(actor, callback_data.survey_id)
    await state.clear()
    keyboard = keyboards.units_keyboard(choice, callback_data.page, reader.language)
    await show(event, texts.units_text(choice), keyboard)


async def toggle_unit(
    event: CallbackQuery,
    callback_data: ToggleUnit,
    actor: Actor,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager adds a unit, or takes it out."""
    audience = await survey_desk.with_unit(actor, callback_data.survey_id, callback_data.unit_id)
    await surveys.change(actor, callback_data.survey_id, None, SurveySettings(audience=audience))
    choice = await survey_desk.list_units(actor, callback_data.survey_id)
    page = keyboards.page_of(choice, callback_data.unit_id)
    await show(event, texts.units_text(choice), keyboards.units_keyboard(choice, page, reader.language))


async def type_audience(
    message: Message,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager writes who is asked."""
    wanted = SurveySettings(audience=message.text or "")
    await _set_typed(message, actor, state, surveys, survey_desk, reader, wanted)


async def type_period(
    message: Message,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager writes what the last semester is, in three lines."""
    lines = [line.strip() for line in (message.text or "").splitlines() if line.strip()]
    if len(lines) != _THREE:
        survey_id = (await state.get_data())["survey_id"]
        await show(message, texts.not_three_lines_text(), keyboards.survey_keyboard(survey_id))
        return
    ky, ru, en = lines
    wanted = SurveySettings(period=Trilingual(ky=ky, ru=ru, en=en))
    await _set_typed(message, actor, state, surveys, survey_desk, reader, wanted)


async def type_last_day(
    message: Message,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager writes the last day."""
    day = read_date(message.text or "")
    if day is None:
        survey_id = (await state.get_data())["survey_id"]
        await show(message, texts.not_a_day_text(), keyboards.survey_keyboard(survey_id))
        return
    await _set_typed(message, actor, state, surveys, survey_desk, reader, SurveySettings(closes_on=day))


async def type_reader(
    message: Message,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
) -> None:
    """The manager writes which unit reads named answers."""
    wanted = SurveySettings(reader_unit=(message.text or "").strip())
    await _set_typed(message, actor, state, surveys, survey_desk, reader, wanted)


async def show_card(
    event: Message | CallbackQuery,
    actor: Actor,
    survey_id: int,
    survey_desk: SurveyDeskService,
    reader: Reader,
    before: str = "",
) -> None:
    """Show a survey as it is now."""
    card = await survey_desk.look(actor, survey_id)
    await show(event, texts.card_text(card, reader, before), keyboards.card_keyboard(card.survey, reader.language))


async def _set_typed(
    message: Message,
    actor: Actor,
    state: FSMContext,
    surveys: SurveyService,
    survey_desk: SurveyDeskService,
    reader: Reader,
    wanted: SurveySettings,
) -> None:
    data = await state.get_data()
    async with left_if_over(state):
        await surveys.change(actor, data["survey_id"], data["version"], wanted)
    await state.clear()
    await show_card(message, actor, data["survey_id"], survey_desk, reader)
