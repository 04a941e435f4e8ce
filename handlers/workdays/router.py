"""The desk of working days: two months at a glance, noting a day, deleting a note."""

from datetime import date

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.workdays.callbacks import (
    AskToForgetDay,
    ChooseDayKind,
    ForgetDay,
    LeaveDecisionOut,
    NoteDay,
    OpenMonths,
    day_of,
)
from handlers.workdays.keyboards import (
    decision_keyboard,
    done_keyboard,
    forget_keyboard,
    kinds_keyboard,
    months_keyboard,
    step_keyboard,
)
from handlers.workdays.states import WorkdayForm
from handlers.workdays.texts import (
    ask_for_day_text,
    ask_for_decision_text,
    ask_for_kind_text,
    ask_for_source_text,
    ask_to_forget_text,
    earlier_step_toast,
    forgotten_text,
    months_text,
    not_a_day_text,
    noted_text,
)
from services.access import Actor
from services.days import read_date
from services.plan_reminders.service import PlanReminderService
from services.workdays.dto import DayKind
from services.workdays.service import WorkdayService


async def open_days(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    workdays: WorkdayService,
    reader: Reader,
) -> None:
    """The administrator looks at this month and the next; a form that was open is left."""
    months = await workdays.list_months(actor)
    await leave_form(state, raw_state)
    await show(event, months_text(months, reader), months_keyboard(months, reader))


async def open_months(
    event: CallbackQuery, callback_data: OpenMonths, actor: Actor, workdays: WorkdayService, reader: Reader
) -> None:
    """The administrator turns to other months."""
    months = await workdays.list_months(actor, day_of(callback_data.day))
    await show(event, months_text(months, reader), months_keyboard(months, reader))


async def begin(event: CallbackQuery, actor: Actor, state: FSMContext, workdays: WorkdayService) -> None:
    """The administrator wants to note a day."""
    workdays.enter(actor)
    await state.set_data({})
    await state.set_state(WorkdayForm.day)
    await show(event, ask_for_day_text(), step_keyboard())


async def type_day(message: Message, actor: Actor, state: FSMContext, workdays: WorkdayService, reader: Reader) -> None:
    """The administrator writes the day."""
    day = read_date(message.text or "")
    if day is None:
        await show(message, not_a_day_text(), step_keyboard())
        return
    workdays.check_day(actor, day)
    await state.set_data({"day": day.isoformat()})
    await state.set_state(WorkdayForm.kind)
    await show(message, ask_for_kind_text(day, reader), kinds_keyboard(day))


async def choose_kind(event: CallbackQuery, tap: Tap, callback_data: ChooseDayKind, state: FSMContext) -> None:
    """The administrator says how the day is worked; a button of another day's screen does nothing."""
    if not await _is_of(state, callback_data.day):
        await tap.answer(earlier_step_toast())
        return
    await state.update_data(kind=callback_data.kind.value)
    await state.set_state(WorkdayForm.source)
    await show(event, ask_for_source_text(), step_keyboard())


async def type_source(message: Message, actor: Actor, state: FSMContext, workdays: WorkdayService) -> None:
    """The administrator writes who decided it."""
    source = workdays.check_source(actor, message.text or "")
    data = await state.update_data(source=source)
    await state.set_state(WorkdayForm.decided_on)
    await show(message, ask_for_decision_text(), decision_keyboard(date.fromisoformat(data["day"])))


async def type_decision(
    message: Message,
    actor: Actor,
    state: FSMContext,
    workdays: WorkdayService,
    plan_reminders: PlanReminderService,
    reader: Reader,
) -> None:
    """The administrator writes when it was decided."""
    decided_on = read_date(message.text or "")
    if decided_on is None:
        day = date.fromisoformat((await state.get_data())["day"])
        await show(message, not_a_day_text(), decision_keyboard(day))
        return
    await _note(message, actor, state, workdays, plan_reminders, reader, decided_on)


async def leave_decision_out(
    event: CallbackQuery,
    tap: Tap,
    callback_data: LeaveDecisionOut,
    actor: Actor,
    state: FSMContext,
    workdays: WorkdayService,
    plan_reminders: PlanReminderService,
    reader: Reader,
) -> None:
    """The administrator does not say when; a button of another day's screen does nothing."""
    if await _is_of(state, callback_data.day):
        await _note(event, actor, state, workdays, plan_reminders, reader, None)
    else:
        await tap.answer(earlier_step_toast())


async def ask_to_forget(
    event: CallbackQuery, callback_data: AskToForgetDay, actor: Actor, workdays: WorkdayService, reader: Reader
) -> None:
    """The administrator thinks of deleting a note."""
    change = await workdays.get_change(actor, day_of(callback_data.day))
    await show(event, ask_to_forget_text(change, reader), forget_keyboard(change))


async def forget(
    event: CallbackQuery,
    callback_data: ForgetDay,
    actor: Actor,
    workdays: WorkdayService,
    plan_reminders: PlanReminderService,
    reader: Reader,
) -> None:
    """The administrator is sure."""
    day = day_of(callback_data.day)
    was_working = await workdays.is_working(day)
    await workdays.remove(actor, day)
    moved = await plan_reminders.weigh_day(actor, day, was_working=was_working)
    await show(event, forgotten_text(day, reader, moved), done_keyboard())


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """The administrator taps twice, or on a screen of an earlier step; what is on the screen stays."""
    await tap.answer(earlier_step_toast())


async def _note(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    workdays: WorkdayService,
    plan_reminders: PlanReminderService,
    reader: Reader,
    decided_on: date | None,
) -> None:
    form = await state.get_data()
    day = date.fromisoformat(form["day"])
    was_working = await workdays.is_working(day)
    change = await workdays.note(actor, day, DayKind(form["kind"]), form["source"], decided_on)
    moved = await plan_reminders.weigh_day(actor, day, was_working=was_working)
    await state.clear()
    await show(event, noted_text(change, reader, moved), done_keyboard())


async def _is_of(state: FSMContext, day: int) -> bool:
    """Tell whether a button's screen was that of the day the form holds."""
    return (await state.get_data()).get("day") == day_of(day).isoformat()


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="workdays")
    taps = router.callback_query
    taps.register(open_days, GoTo.filter(F.place == Place.WORKDAYS), flags=ANSWERS_TAP)
    taps.register(open_months, OpenMonths.filter(), flags=ANSWERS_TAP)
    taps.register(begin, NoteDay.filter(), flags=ANSWERS_TAP)
    taps.register(choose_kind, WorkdayForm.kind, ChooseDayKind.filter(), flags=ANSWERS_TAP)
    taps.register(leave_decision_out, WorkdayForm.decided_on, LeaveDecisionOut.filter(), flags=ANSWERS_TAP)
    taps.register(press_late, ChooseDayKind.filter(), flags=ANSWERS_TAP)
    taps.register(press_late, LeaveDecisionOut.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_forget, AskToForgetDay.filter(), flags=ANSWERS_TAP)
    taps.register(forget, ForgetDay.filter(), flags=ANSWERS_TAP)
    router.message.register(type_day, WorkdayForm.day, TYPED_TEXT)
    router.message.register(type_source, WorkdayForm.source, TYPED_TEXT)
    router.message.register(type_decision, WorkdayForm.decided_on, TYPED_TEXT)
    return router
