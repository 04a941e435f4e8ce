"""A coordinator looks at the doubtful items of a plan one by one."""

from datetime import date, datetime

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_import import keyboards, texts
from handlers.plan_import.callbacks import LookAtDoubt, OfItem, PassItem, SayDays, SayUnit, SearchUnit, TypeDays
from handlers.plan_import.states import PlanImportForm
from services.access import Actor
from services.deadlines.dto import AcademicYear
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
    said, shown = callback_data.days, callback_data
    days: tuple[date, ...] | None = None
    if said != "ok":
        days = () if said == "none" else (datetime.strptime(said, "%Y%m%d").date(),)  # noqa: DTZ007 -- a day
    review = await plan_review.decide_days(actor, shown.draft_id, shown.version, shown.row, days)
    await _show_doubt(event, review, shown.row - 1, reader)


async def ask_days(
    event: CallbackQuery, callback_data: TypeDays, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to type the day."""
    review = await plan_review.get(actor)
    item = _shown(review, callback_data)
    await state.set_state(PlanImportForm.days)
    await state.set_data({**keyboards.shown_item(review, item), "year": review.planned.read.year.first})
    await show(event, texts.days_question(item), keyboards.item_keyboard(item.mark))


async def type_days(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types the day."""
    data = await state.get_data()
    shown = OfItem.model_validate(data)
    days = read_days(message.text or "", AcademicYear(data["year"]))
    if days is None:
        await show(message, texts.days_not_understood_text(), keyboards.item_keyboard(shown.row))
        return
    await state.clear()
    review = await plan_review.decide_days(actor, shown.draft_id, shown.version, shown.row, days)
    await _show_doubt(message, review, shown.row - 1, reader)


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
    shown, unit_id = callback_data, callback_data.unit_id or None
    review = await plan_review.decide_piece(actor, shown.draft_id, shown.version, shown.row, unit_id)
    await _show_doubt(event, review, shown.row - 1, reader)


async def ask_unit(
    event: CallbackQuery, callback_data: SearchUnit, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to search for a unit."""
    review = await plan_review.get(actor)
    item = _shown(review, callback_data)
    if not item.unresolved:
        raise PlanDraftDiffers
    await state.set_state(PlanImportForm.unit)
    await state.set_data(keyboards.shown_item(review, item))
    question = texts.unit_question(item.unresolved[0])
    await show(event, question, keyboards.item_keyboard(item.mark))


async def type_unit(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator types a part of a unit's name."""
    shown, words = OfItem.model_validate(await state.get_data()), message.text or ""
    units = await plan_review.find_units(actor, words)
    keyboard = keyboards.found_keyboard(shown, units, reader.language)
    await show(message, texts.found_text(words, len(units)), keyboard)


async def pass_item(
    event: CallbackQuery, callback_data: PassItem, actor: Actor, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator leaves an item as it is, or says that it is none."""
    shown = callback_data
    act = plan_review.leave_out if shown.out else plan_review.leave_open
    review = await act(actor, shown.draft_id, shown.version, shown.row)
    await _show_doubt(event, review, shown.row, reader)


def _shown(review: Review, shown: OfItem) -> ReadItem:
    """Return the item that a screen showed, unless the file was changed since."""
    item = review.find_item(shown.row)
    if item is None or (review.draft_id, review.version) != (shown.draft_id, shown.version):
        raise PlanDraftDiffers
    return item


async def _show_doubt(event: CallbackQuery | Message, review: Review, after: int, reader: Reader) -> None:
    """Show the next item to look at; the file where none is left."""
    item = review.next_doubtful(after)
    if item is None:
        await show(event, texts.review_text(review), keyboards.review_keyboard(review))
        return
    await show(event, texts.doubt_text(review, item, reader), keyboards.doubt_keyboard(review, item, reader))
