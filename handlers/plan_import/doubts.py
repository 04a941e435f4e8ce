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
from services.plan_import.dto import ReadItem, Review
from services.plan_import.errors import PlanDraftDiffers
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
    review = await plan_review.get(actor)
    await _show_doubt(event, review, callback_data.after, reader)


async def say_days(
    event: CallbackQuery, callback_data: SayDays, actor: Actor, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator says when an item is due."""
    said, review = callback_data.days, await plan_review.get(actor)
    row = _shown(review, callback_data.mark).mark
    days: tuple[date, ...] | None = None
    if said != "ok":
        days = () if said == "none" else (datetime.strptime(said, "%Y%m%d").date(),)  # noqa: DTZ007 -- a day
    review = await plan_review.decide_days(actor, review.draft_id, review.version, row, days)
    await _show_doubt(event, review, row - 1, reader)


async def ask_days(
    event: CallbackQuery, callback_data: TypeDays, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to type the day."""
    item = _shown(await plan_review.get(actor), callback_data.mark)
    await state.set_state(PlanImportForm.days)
    await state.set_data({"mark": callback_data.mark})
    await show(event, texts.days_question(item), keyboards.item_keyboard(item.mark))


async def type_days(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types the day."""
    review = await plan_review.get(actor)
    row = _shown(review, (await state.get_data())["mark"]).mark
    days = read_days(message.text or "", review.planned.read.year)
    if days is None:
        await show(message, texts.days_not_understood_text(), keyboards.item_keyboard(row))
        return
    await state.clear()
    review = await plan_review.decide_days(actor, review.draft_id, review.version, row, days)
    await _show_doubt(message, review, row - 1, reader)


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
    review, unit_id = await plan_review.get(actor), callback_data.unit_id or None
    row = _shown(review, callback_data.mark).mark
    review = await plan_review.decide_piece(actor, review.draft_id, review.version, row, unit_id)
    await _show_doubt(event, review, row - 1, reader)


async def ask_unit(
    event: CallbackQuery, callback_data: SearchUnit, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to search for a unit."""
    item = _shown(await plan_review.get(actor), callback_data.mark)
    await state.set_state(PlanImportForm.unit)
    await state.set_data({"mark": callback_data.mark})
    question = texts.unit_question(item.unresolved[0])
    await show(event, question, keyboards.item_keyboard(item.mark))


async def type_unit(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types a part of a unit's name."""
    mark, words = (await state.get_data())["mark"], message.text or ""
    item = _shown(await plan_review.get(actor), mark)
    units = await plan_review.find_units(actor, words)
    keyboard = keyboards.found_keyboard(mark, item.mark, units, reader.language)
    await show(message, texts.found_text(words, len(units)), keyboard)


async def pass_item(
    event: CallbackQuery, callback_data: PassItem, actor: Actor, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator leaves an item as it is, or says that it is none."""
    review = await plan_review.get(actor)
    row = _shown(review, callback_data.mark).mark
    act = plan_review.leave_out if callback_data.out else plan_review.leave_open
    await _show_doubt(event, await act(actor, review.draft_id, review.version, row), row, reader)


def _shown(review: Review, mark: int) -> ReadItem:
    """Return the item that a screen showed, unless the file was changed since."""
    for item in review.planned.read.items:
        if keyboards.mark_of_item(review, item) == mark:
            return item
    raise PlanDraftDiffers


async def _show_doubt(event: CallbackQuery | Message, review: Review, after: int, reader: Reader) -> None:
    """Show the next item to look at; the file where none is left."""
    item = review.next_doubtful(after)
    if item is None:
        await show(event, texts.review_text(review), keyboards.review_keyboard(review))
        return
    await show(event, texts.doubt_text(review, item, reader), keyboards.doubt_keyboard(review, item, reader))
