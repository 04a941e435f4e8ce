"""A coordinator looks at the doubtful items of a plan one by one."""

from datetime import date, datetime

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_import import keyboards, texts
from handlers.plan_import.callbacks import LookAtDoubt, PassItem, SayDays, SayUnit, SearchUnit, TypeDays
from handlers.plan_import.states import PlanImportForm
from services.access import Actor
from services.plan_import.dto import Review
from services.plan_import.review import PlanReviewService, read_days


async def look_at_doubt(
    event: CallbackQuery,
    callback_data: LookAtDoubt,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_review: PlanReviewService,
    reader: Reader,
) -> None:
    """The coordinator looks at the next doubtful item."""
    await leave_form(state, raw_state)
    review = await plan_review.get(actor, callback_data.draft_id)
    await _show_doubt(event, review, callback_data.after, reader)


async def say_days(
    event: CallbackQuery, callback_data: SayDays, actor: Actor, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator says when an item is due."""
    said, known = callback_data.days, (callback_data.draft_id, callback_data.version, callback_data.row)
    days: tuple[date, ...] | None = None
    if said != "ok":
        days = () if said == "none" else (datetime.strptime(said, "%Y%m%d").date(),)  # noqa: DTZ007 -- a day
    review = await plan_review.decide_days(actor, *known, days)
    await _show_doubt(event, review, callback_data.row - 1, reader)


async def ask_days(
    event: CallbackQuery, callback_data: TypeDays, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to type the day."""
    review = await plan_review.get(actor, callback_data.draft_id)
    item = review.find_item(callback_data.row)
    if item is None:
        await show(event, texts.review_text(review), keyboards.review_keyboard(review))
        return
    await state.set_state(PlanImportForm.days)
    await state.set_data(callback_data.model_dump())
    keyboard = keyboards.item_keyboard(callback_data.draft_id, callback_data.row)
    await show(event, texts.days_question(item), keyboard)


async def type_days(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types the day."""
    asked = TypeDays(**await state.get_data())
    review = await plan_review.get(actor, asked.draft_id)
    days = read_days(message.text or "", review.planned.read.year)
    if days is None:
        await show(message, texts.days_not_understood_text(), keyboards.item_keyboard(asked.draft_id, asked.row))
        return
    await state.clear()
    review = await plan_review.decide_days(actor, asked.draft_id, asked.version, asked.row, days)
    await _show_doubt(message, review, asked.row - 1, reader)


async def say_unit(
    event: CallbackQuery,
    callback_data: SayUnit,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_review: PlanReviewService,
    reader: Reader,
) -> None:
    """The coordinator says whom a piece stands for."""
    await leave_form(state, raw_state)
    said = callback_data
    unit_id = said.unit_id or None
    review = await plan_review.decide_piece(actor, said.draft_id, said.version, said.row, said.place, unit_id)
    await _show_doubt(event, review, said.row - 1, reader)


async def ask_unit(
    event: CallbackQuery, callback_data: SearchUnit, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to search for a unit."""
    review = await plan_review.get(actor, callback_data.draft_id)
    item = review.find_item(callback_data.row)
    if item is None or callback_data.place >= len(item.unresolved):
        await show(event, texts.review_text(review), keyboards.review_keyboard(review))
        return
    await state.set_state(PlanImportForm.unit)
    await state.set_data(callback_data.model_dump())
    question = texts.unit_question(item.unresolved[callback_data.place])
    await show(event, question, keyboards.item_keyboard(callback_data.draft_id, callback_data.row))


async def type_unit(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types a part of a unit's name."""
    asked, words = SearchUnit(**await state.get_data()), message.text or ""
    units = await plan_review.find_units(actor, words)
    keyboard = keyboards.found_keyboard(asked, units, reader.language)
    await show(message, texts.found_text(words, len(units)), keyboard)


async def pass_item(
    event: CallbackQuery, callback_data: PassItem, actor: Actor, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator leaves an item as it is, or says that it is none."""
    act = plan_review.leave_out if callback_data.out else plan_review.leave_open
    review = await act(actor, callback_data.draft_id, callback_data.version, callback_data.row)
    await _show_doubt(event, review, callback_data.row, reader)


async def _show_doubt(event: CallbackQuery | Message, review: Review, after: int, reader: Reader) -> None:
    """Show the next item to look at; the file where none is left."""
    item = review.next_doubtful(after)
    if item is None:
        await show(event, texts.review_text(review), keyboards.review_keyboard(review))
        return
    await show(event, texts.doubt_text(review, item, reader), keyboards.doubt_keyboard(review, item, reader))
