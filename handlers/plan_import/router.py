"""A coordinator brings a plan, looks at what is doubtful, takes it over."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.common.callbacks import BringPlan
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.forms import leave_form, mark_of
from handlers.common.ports import FormWriter
from handlers.common.screens import send_file, show
from handlers.plan_import import doubts, keyboards, texts
from handlers.plan_import.callbacks import (
    ChooseYear,
    DropPlan,
    LookAtDifference,
    LookAtDoubt,
    OpenReview,
    PassItem,
    SayDays,
    SayUnit,
    SearchUnit,
    TakeOver,
    TakeSheet,
    TypeDays,
)
from handlers.plan_import.states import PlanImportForm
from handlers.plan_import.workbook import review_sheet
from services.access import Actor
from services.deadlines.dto import AcademicYear
from services.plan_import.errors import OtherYear, PlanDraftDiffers
from services.plan_import.review import PlanReviewService


async def ask_year(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to bring a plan, or to go on with one."""
    await leave_form(state, raw_state)
    waits = await plan_review.has_waiting(actor)
    await show(event, texts.year_question(), keyboards.years_keyboard(plan_review.this_year(), waits=waits))


async def ask_file(
    event: CallbackQuery, callback_data: ChooseYear, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator said of which year the plan is."""
    await plan_review.has_waiting(actor)  # refuses who may not
    await state.set_state(PlanImportForm.file)
    await state.set_data({"year": callback_data.year, "sure": callback_data.sure})
    await show(event, texts.file_question(AcademicYear(callback_data.year)), keyboards.file_keyboard())


class PlanFiles:
    """Files of plans, one in memory at a time."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def send_plan(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        plan_review: PlanReviewService,
    ) -> None:
        """The coordinator sends a plan; nothing of it is written before it is taken over."""
        data, name = await state.get_data(), document.file_name or "–"
        year = AcademicYear(data["year"])
        try:
            async with self._place:
                content = await download(bot, document)
                await show(message, texts.reading_text(name))
                review = await plan_review.bring(actor, name, content, year, other_year=data["sure"])
        except FileTooLargeError:
            await show(message, texts.too_large_text(), keyboards.file_keyboard())
        except FileNotHandedOverError:
            await show(message, texts.send_again_text(), keyboards.file_keyboard())
        except OtherYear as refusal:
            printed = AcademicYear.parse(refusal.printed)
            keyboard = keyboards.other_year_keyboard(year, printed)
            await show(message, texts.other_year_text(refusal), keyboard)
        else:
            await state.clear()
            await show(message, texts.review_text(review), keyboards.review_keyboard(review))


async def type_something(message: Message) -> None:
    """The coordinator types where a file is waited for."""
    await show(message, texts.not_a_file_text(), keyboards.file_keyboard())


async def open_review(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_review: PlanReviewService,
) -> None:
    """The coordinator looks at what the file would do."""
    await leave_form(state, raw_state)
    review = await plan_review.get(actor)
    await show(event, texts.review_text(review), keyboards.review_keyboard(review))


async def take_sheet(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    plan_review: PlanReviewService,
    forms: FormWriter,
) -> None:
    """The coordinator takes the reading along as a spreadsheet."""
    review = await plan_review.get(actor)
    await state.set_state(PlanImportForm.sheet)
    await state.set_data({"draft_id": review.draft_id})
    content = await asyncio.to_thread(forms.write, [review_sheet(review, actor.language)])
    keyboard = keyboards.back_to_review_keyboard()
    await send_file(event, content, "plan-review.xlsx", texts.sheet_caption(), keyboard)


async def send_sheet(
    message: Message, document: Document, bot: Bot, actor: Actor, state: FSMContext, plan_review: PlanReviewService
) -> None:
    """The coordinator sends the corrected spreadsheet back."""
    draft_id = (await state.get_data())["draft_id"]
    try:
        content = await download(bot, document)
    except FileTooLargeError:
        await show(message, texts.too_large_text(), keyboards.back_to_review_keyboard())
    except FileNotHandedOverError:
        await show(message, texts.send_again_text(), keyboards.back_to_review_keyboard())
    else:
        review = await plan_review.take_sheet(actor, draft_id, content)
        await state.clear()
        await show(message, texts.review_text(review), keyboards.review_keyboard(review))


async def look_at_difference(event: CallbackQuery, actor: Actor, plan_review: PlanReviewService) -> None:
    """The coordinator looks at what taking over will do."""
    review = await plan_review.show_difference(actor)
    await show(event, texts.difference_text(review), keyboards.difference_keyboard(review))


async def ask_about_removal(
    event: CallbackQuery, callback_data: TakeOver, actor: Actor, plan_review: PlanReviewService
) -> None:
    """The coordinator wants to remove what the file lacks; that is asked once more."""
    review = await plan_review.get(actor)
    count = len(review.planned.difference.removed)
    await show(event, texts.removal_question(count), keyboards.removal_keyboard(callback_data, count))


async def take_over(
    event: CallbackQuery, callback_data: TakeOver, actor: Actor, plan_review: PlanReviewService
) -> None:
    """The coordinator takes the file over."""
    review = await plan_review.get(actor)
    if mark_of(review.draft_id, review.version) != callback_data.mark:
        raise PlanDraftDiffers
    removing = callback_data.removing
    done = await plan_review.confirm(actor, review.draft_id, review.version, removing=removing)
    await show(event, texts.taken_text(done), keyboards.taken_keyboard(done))


async def drop_plan(
    event: CallbackQuery, callback_data: DropPlan, actor: Actor, plan_review: PlanReviewService
) -> None:
    """The coordinator does not want the file."""
    await plan_review.drop(actor, callback_data.draft_id)
    await show(event, texts.dropped_text(), keyboards.desk_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router, files = Router(name="plan_import"), PlanFiles()
    document, typed = F.document.as_("document"), TYPED_TEXT
    router.callback_query.register(ask_year, BringPlan.filter())
    router.callback_query.register(ask_file, ChooseYear.filter())
    router.message.register(files.send_plan, PlanImportForm.file, document)
    router.message.register(type_something, PlanImportForm.file, typed, ~HoldsCertificateCode())
    router.callback_query.register(open_review, OpenReview.filter())
    router.callback_query.register(doubts.look_at_doubt, LookAtDoubt.filter())
    router.callback_query.register(doubts.say_days, SayDays.filter())
    router.callback_query.register(doubts.ask_days, TypeDays.filter())
    router.message.register(doubts.type_days, PlanImportForm.days, typed)
    router.callback_query.register(doubts.say_unit, SayUnit.filter())
    router.callback_query.register(doubts.ask_unit, SearchUnit.filter())
    router.message.register(doubts.type_unit, PlanImportForm.unit, typed)
    router.callback_query.register(doubts.pass_item, PassItem.filter())
    router.callback_query.register(take_sheet, TakeSheet.filter())
    router.message.register(send_sheet, PlanImportForm.sheet, document)
    router.message.register(type_something, PlanImportForm.sheet, typed, ~HoldsCertificateCode())
    router.callback_query.register(look_at_difference, LookAtDifference.filter())
    router.callback_query.register(ask_about_removal, TakeOver.filter(F.removing & ~F.sure))
    router.callback_query.register(take_over, TakeOver.filter())
    router.callback_query.register(drop_plan, DropPlan.filter())
    return router
