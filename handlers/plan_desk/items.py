"""An item at the coordinator's desk: looked at, confirmed, moved, counted, cancelled."""

from datetime import date

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import OpenPlanItem
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.plan_history import history_text
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_desk import item_keyboards as keyboards
from handlers.plan_desk import item_texts as texts
from handlers.plan_desk.callbacks import ActOnItem, DoIt, ItemAct, MoveDay, ShowItemHistory
from handlers.plan_desk.decision_texts import no_day_text
from handlers.plan_desk.setting_keyboards import item_rows
from handlers.plan_desk.states import ItemForm
from services.access import Actor
from services.days import read_date
from services.plan_desk.changing import ItemChangeService, read_count
from services.plan_desk.item_dto import ItemCard
from services.plan_desk.items import PlanDeskService
from services.plan_desk.rules import read_words

_AT_ONCE = {ItemAct.CONFIRM, ItemAct.RESTORE, ItemAct.MARK, ItemAct.UNMARK}


async def open_item(
    event: CallbackQuery,
    callback_data: OpenPlanItem,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator looks at an item."""
    await leave_form(state, raw_state)
    await show_item(event, await plan_desk.open_item(actor, callback_data.item_id), reader)


async def show_history(
    event: CallbackQuery, callback_data: ShowItemHistory, actor: Actor, plan_desk: PlanDeskService, reader: Reader
) -> None:
    """The coordinator looks at what happened to an item."""
    page = await plan_desk.list_history(actor, callback_data.item_id, callback_data.page)
    await show(event, history_text(page.item, page.lines, reader), keyboards.history_keyboard(page))


async def act_at_once(
    event: CallbackQuery, callback_data: ActOnItem, actor: Actor, item_changes: ItemChangeService, reader: Reader
) -> None:
    """The coordinator confirms an item, takes a cancellation back, marks it."""
    act, known = callback_data.act, (callback_data.item_id, callback_data.version)
    if act is ItemAct.CONFIRM:
        card = await item_changes.confirm(actor, *known)
        note = texts.confirmed_note(card)
    elif act is ItemAct.RESTORE:
        card, note = await item_changes.restore(actor, *known), texts.changed_note()
    else:
        card = await item_changes.mark_language(actor, *known, marked=act is ItemAct.MARK)
        note = texts.written_note()
    await show_item(event, card, reader, note)


async def begin_act(
    event: CallbackQuery, callback_data: ActOnItem, actor: Actor, state: FSMContext, plan_desk: PlanDeskService
) -> None:
    """The coordinator wants to type something about an item."""
    card = await plan_desk.open_item(actor, callback_data.item_id)
    steps = {
        ItemAct.ADD_DAY: (ItemForm.added_day, texts.day_question),
        ItemAct.COUNT: (ItemForm.count, texts.count_question),
        ItemAct.CANCEL: (ItemForm.reason, texts.reason_question),
    }
    step, question = steps[callback_data.act]
    await state.set_state(step)
    await state.set_data({"item_id": callback_data.item_id, "version": callback_data.version})
    await show(event, question(card), keyboards.back_keyboard(card.item.id))


async def begin_move(
    event: CallbackQuery, callback_data: MoveDay, actor: Actor, state: FSMContext, plan_desk: PlanDeskService
) -> None:
    """The coordinator wants to set another day."""
    card = await plan_desk.open_item(actor, callback_data.item_id)
    await state.set_state(ItemForm.day)
    await state.set_data(callback_data.model_dump())
    await show(event, texts.day_question(card), keyboards.back_keyboard(card.item.id))


async def type_day(message: Message, actor: Actor, state: FSMContext, plan_desk: PlanDeskService) -> None:
    """The coordinator writes another day; why is asked next."""
    data, day = await state.get_data(), read_date(message.text or "")
    if day is None:
        await show(message, no_day_text(), keyboards.back_keyboard(data["item_id"]))
        return
    card = await plan_desk.open_item(actor, data["item_id"])
    await state.set_state(ItemForm.reason)
    await state.set_data({**data, "day": day.isoformat()})
    await show(message, texts.reason_question(card), keyboards.back_keyboard(card.item.id))


async def type_added_day(
    message: Message, actor: Actor, state: FSMContext, item_changes: ItemChangeService, reader: Reader
) -> None:
    """The coordinator writes one more day."""
    data, day = await state.get_data(), read_date(message.text or "")
    if day is None:
        await show(message, no_day_text(), keyboards.back_keyboard(data["item_id"]))
        return
    card = await item_changes.add_day(actor, data["item_id"], data["version"], day)
    await state.clear()
    await show_item(message, card, reader, texts.changed_note())


async def type_count(
    message: Message, actor: Actor, state: FSMContext, item_changes: ItemChangeService, reader: Reader
) -> None:
    """The coordinator writes how many are asked for."""
    data, count = await state.get_data(), read_count(message.text or "")
    card = await item_changes.set_count(actor, data["item_id"], data["version"], count)
    await state.clear()
    await show_item(message, card, reader, texts.written_note())


async def type_reason(
    message: Message,
    actor: Actor,
    state: FSMContext,
    item_changes: ItemChangeService,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator writes why; units are told only after one more tap."""
    data, reason = await state.get_data(), read_words(message.text or "")
    units = await item_changes.count_affected(actor, data["item_id"], data["version"], data.get("instance_id"))
    card = await plan_desk.open_item(actor, data["item_id"])
    day = date.fromisoformat(data["day"]) if "day" in data else None
    await state.set_state(ItemForm.sure)
    await state.set_data({**data, "reason": reason})
    await show(message, texts.sure_text(card, day, reason, units, reader), keyboards.sure_keyboard(card.item.id))


async def do_it(
    event: CallbackQuery, actor: Actor, state: FSMContext, item_changes: ItemChangeService, reader: Reader
) -> None:
    """The coordinator moves or cancels the item."""
    data = await state.get_data()
    known = (data["item_id"], data["version"])
    if "day" in data:
        day = date.fromisoformat(data["day"])
        card = await item_changes.move(actor, *known, data["instance_id"], day, data["reason"])
    else:
        card = await item_changes.cancel(actor, *known, data["reason"])
    await state.clear()
    await show_item(event, card, reader, texts.changed_note())


async def show_item(event: CallbackQuery | Message, card: ItemCard, reader: Reader, note: str = "") -> None:
    """Show an item."""
    await show(event, texts.item_text(card, reader, note), keyboards.item_keyboard(card, *item_rows(card)))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(open_item, OpenPlanItem.filter())
    taps.register(show_history, ShowItemHistory.filter())
    taps.register(act_at_once, ActOnItem.filter(F.act.in_(_AT_ONCE)))
    taps.register(begin_act, ActOnItem.filter())
    taps.register(begin_move, MoveDay.filter())
    taps.register(do_it, ItemForm.sure, DoIt.filter())
    messages.register(type_day, ItemForm.day, TYPED_TEXT)
    messages.register(type_added_day, ItemForm.added_day, TYPED_TEXT)
    messages.register(type_count, ItemForm.count, TYPED_TEXT)
    messages.register(type_reason, ItemForm.reason, TYPED_TEXT)
