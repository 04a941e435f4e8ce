"""The coordinator's desk: plans, lists of their items."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, OpenPlan, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_desk import item_keyboards as keyboards
from handlers.plan_desk import item_texts as texts
from handlers.plan_desk.callbacks import FilterItems, ListItems
from handlers.plan_desk.setting_keyboards import desk_rows, plan_rows
from services.access import Actor
from services.plan_desk.item_dto import ItemWish
from services.plan_desk.items import PlanDeskService


async def open_desk(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, plan_desk: PlanDeskService
) -> None:
    """The coordinator comes to the desk."""
    await leave_form(state, raw_state)
    home = await plan_desk.open_desk(actor)
    await show(event, texts.desk_text(home), keyboards.home_keyboard(home, *desk_rows(actor)))


async def open_plan(
    event: CallbackQuery,
    callback_data: OpenPlan,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator looks at a plan."""
    await leave_form(state, raw_state)
    plan = await plan_desk.open_plan(actor, callback_data.plan_id)
    await show(event, texts.plan_text(plan, reader), keyboards.plan_keyboard(plan, *plan_rows(plan.plan)))


async def list_items(
    event: CallbackQuery, callback_data: ListItems, actor: Actor, plan_desk: PlanDeskService, reader: Reader
) -> None:
    """The coordinator looks at a part of a plan's list."""
    page = await plan_desk.list_items(actor, callback_data.wish)
    await show(event, texts.items_text(page, reader), keyboards.items_keyboard(page))


async def filter_items(
    event: CallbackQuery, callback_data: FilterItems, actor: Actor, plan_desk: PlanDeskService, reader: Reader
) -> None:
    """The coordinator chooses a unit or a programme."""
    page = await plan_desk.list_items(actor, ItemWish(plan_id=callback_data.plan_id))
    text = texts.choice_text(by_unit=callback_data.by_unit)
    await show(event, text, keyboards.choice_keyboard(page, callback_data, reader))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    router.callback_query.register(open_desk, GoTo.filter(F.place == Place.PLAN_DESK))
    router.callback_query.register(open_plan, OpenPlan.filter())
    router.callback_query.register(list_items, ListItems.filter())
    router.callback_query.register(filter_items, FilterItems.filter())
