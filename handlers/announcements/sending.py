"""A draft on its way out: options, the time, previews, submitting."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announcements.callbacks import ChooseTime, Preview, Submit, SwitchOption, TakeBack, When
from handlers.announcements.keyboards import plan_keyboard, submitted_keyboard, time_keyboard, twin_keyboard
from handlers.announcements.screens import screen_of
from handlers.announcements.sending_texts import (
    group_text,
    plan_text,
    preview_text,
    submitted_text,
    time_text,
    twin_text,
)
from handlers.announcements.states import SendingForm
from handlers.common.callbacks import OpenSending
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, left_if_over
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from services.access import Actor
from services.announcements.sending import SendingService
from services.announcements.sending_dto import SendingPlan


async def open_sending(
    event: CallbackQuery,
    callback_data: OpenSending,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor looks at how a draft will go out."""
    plan = await announcement_sending.plan(actor, callback_data.draft_id)
    await leave_form(state, raw_state)
    await _show(event, plan, actor, dates)


async def switch_option(
    event: CallbackQuery,
    callback_data: SwitchOption,
    actor: Actor,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor switches something on or off."""
    told = callback_data
    plan = await announcement_sending.switch(actor, told.draft_id, told.version, told.option)
    await _show(event, plan, actor, dates)


async def ask_for_time(
    event: CallbackQuery,
    callback_data: ChooseTime,
    actor: Actor,
    state: FSMContext,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor wants another time."""
    draft = (await announcement_sending.plan(actor, callback_data.draft_id)).draft
    await state.set_data({"draft": draft.id, "version": draft.version})
    await state.set_state(SendingForm.time)
    await show(event, time_text(actor.language, dates, draft), time_keyboard(draft))


async def choose_time(
    event: CallbackQuery,
    callback_data: ChooseTime,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor chooses one of the times."""
    draft_id, version, when = callback_data.draft_id, callback_data.version, callback_data.when
    if when is When.NOW:
        plan = await announcement_sending.set_time(actor, draft_id, version, "")
    else:
        day, hour = int(when.value[:1]), int(when.value[1:])
        plan = await announcement_sending.set_hour(actor, draft_id, version, day, hour)
    await leave_form(state, raw_state)
    await _show(event, plan, actor, dates)


async def type_time(
    message: Message, actor: Actor, state: FSMContext, announcement_sending: SendingService, dates: LocalDates
) -> None:
    """The editor types a time; while it is none, the question stays."""
    form = await state.get_data()
    async with left_if_over(state):
        plan = await announcement_sending.set_time(actor, form["draft"], form["version"], message.text or "")
    await state.clear()
    await _show(message, plan, actor, dates)


async def preview(
    event: CallbackQuery,  # noqa: ARG001 -- every handler takes its event
    callback_data: Preview,
    actor: Actor,
    tap: Tap,
    announcement_sending: SendingService,
) -> None:
    """The editor wants to see it as its readers will, or lets the test group see it; the screen stays."""
    if callback_data.group:
        text = group_text(await announcement_sending.preview_to_group(actor, callback_data.draft_id))
    else:
        text = preview_text(await announcement_sending.preview(actor, callback_data.draft_id))
    await tap.answer(text)


async def submit(
    event: CallbackQuery,
    callback_data: Submit,
    actor: Actor,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor sends it as it was shown; is asked once more where the same people got the same text."""
    told = callback_data
    submitted = await announcement_sending.submit(
        actor, told.draft_id, told.version, screen=screen_of(event), anyway=told.anyway
    )
    if submitted.twin is not None:
        text = twin_text(submitted.twin, actor.language, dates)
        await show(event, text, twin_keyboard(submitted.announcement))
        return
    await show(event, submitted_text(submitted, actor.language, dates), submitted_keyboard(submitted))


async def take_back(
    event: CallbackQuery,
    callback_data: TakeBack,
    actor: Actor,
    announcement_sending: SendingService,
    dates: LocalDates,
) -> None:
    """The editor wants to change what was submitted."""
    plan = await announcement_sending.take_back(actor, callback_data.draft_id, callback_data.version)
    await _show(event, plan, actor, dates)


async def _show(event: Message | CallbackQuery, plan: SendingPlan, actor: Actor, dates: LocalDates) -> None:
    await show(event, plan_text(plan, actor.language, dates), plan_keyboard(plan))


def create_router() -> Router:
    """Handlers of drafts on their way out."""
    router = Router(name="announcement sending")
    router.callback_query.register(open_sending, OpenSending.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(switch_option, SwitchOption.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(ask_for_time, ChooseTime.filter(F.when == When.ASK), flags=ANSWERS_TAP)
    router.callback_query.register(choose_time, ChooseTime.filter(), flags=ANSWERS_TAP)
    router.message.register(type_time, SendingForm.time, TYPED_TEXT)
    router.callback_query.register(preview, Preview.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(submit, Submit.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_back, TakeBack.filter(), flags=ANSWERS_TAP)
    return router
