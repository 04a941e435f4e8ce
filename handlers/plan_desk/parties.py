"""The coordinator changes who answers for an item, and adds items."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import AddPlanItem
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_desk import item_keyboards as keyboards
from handlers.plan_desk import item_texts as texts
from handlers.plan_desk.callbacks import (
    DoIt,
    EditParties,
    FindParty,
    LeaveOutside,
    RemoveParty,
    TakeParty,
    TakeUnit,
    TurnParty,
)
from handlers.plan_desk.decision_texts import units_found_text
from handlers.plan_desk.items import show_item
from handlers.plan_desk.states import AddForm, ItemForm
from services.access import Actor
from services.plan_desk.adding import AddingService, ItemWords
from services.plan_desk.item_dto import ItemCard
from services.plan_desk.items import PlanDeskService
from services.plan_desk.parties import PartyService
from services.plan_import.review import PlanReviewService
from services.responsibles.dto import Share


async def edit_parties(
    event: CallbackQuery,
    callback_data: EditParties,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator looks at who answers."""
    await leave_form(state, raw_state)
    await _show_parties(event, await plan_desk.open_item(actor, callback_data.item_id), reader)


async def remove_party(
    event: CallbackQuery, callback_data: RemoveParty, actor: Actor, item_parties: PartyService, reader: Reader
) -> None:
    """The coordinator takes a unit out."""
    asked = callback_data
    card = await item_parties.remove(actor, asked.item_id, asked.version, asked.unit_id)
    await _show_parties(event, card, reader, texts.written_note())


async def turn_party(
    event: CallbackQuery, callback_data: TurnParty, actor: Actor, item_parties: PartyService, reader: Reader
) -> None:
    """The coordinator gives a unit the other share."""
    asked = callback_data
    card = await item_parties.turn(actor, asked.item_id, asked.version, asked.unit_id)
    await _show_parties(event, card, reader, texts.turned_note(card, asked.unit_id))


async def leave_outside(
    event: CallbackQuery, callback_data: LeaveOutside, actor: Actor, item_parties: PartyService, reader: Reader
) -> None:
    """The coordinator says that a printed piece is nobody of the university."""
    asked = callback_data
    card = await item_parties.leave_outside(actor, asked.item_id, asked.version, asked.place)
    await _show_parties(event, card, reader, texts.written_note())


async def find_party(
    event: CallbackQuery, callback_data: FindParty, actor: Actor, state: FSMContext, plan_desk: PlanDeskService
) -> None:
    """The coordinator wants to search for a unit."""
    card = await plan_desk.open_item(actor, callback_data.item_id)
    await state.set_state(ItemForm.unit)
    await state.set_data(callback_data.model_dump())
    await show(event, texts.unit_question(card, callback_data.place), keyboards.back_keyboard(card.item.id))


async def type_party(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator writes a part of a unit's name."""
    asked, words = FindParty(**await state.get_data()), message.text or ""
    units = await plan_review.find_units(actor, words)
    await show(message, units_found_text(words, len(units)), keyboards.found_keyboard(asked, units, reader))


async def take_party(
    event: CallbackQuery,
    callback_data: TakeParty,
    actor: Actor,
    state: FSMContext,
    item_parties: PartyService,
    reader: Reader,
) -> None:
    """The coordinator takes a unit that was found."""
    asked = FindParty(**await state.get_data())
    place, unit_id = asked.place if asked.place >= 0 else None, callback_data.unit_id
    card = await item_parties.add(actor, asked.item_id, asked.version, unit_id, Share.RESPONSIBLE, place)
    await state.clear()
    await _show_parties(event, card, reader, texts.changed_note())


async def begin_item(
    event: CallbackQuery,
    callback_data: AddPlanItem,
    actor: Actor,
    state: FSMContext,
    plan_desk: PlanDeskService,
    reader: Reader,
) -> None:
    """The coordinator wants to add an item, or to enter a decision."""
    plan = await plan_desk.open_plan(actor, callback_data.plan_id)
    await state.set_state(AddForm.title)
    await state.set_data({"plan_id": plan.plan.id, "sitting_id": callback_data.sitting_id, "units": {}})
    question = texts.title_question(decision=bool(callback_data.sitting_id))
    await show(event, question, keyboards.adding_keyboard(plan.plan.id, [], reader))


async def type_title(
    message: Message, actor: Actor, state: FSMContext, item_adding: AddingService, reader: Reader
) -> None:
    """The coordinator writes what is to be done."""
    data = await state.get_data()
    title = await item_adding.read_title(actor, data["plan_id"], message.text or "")
    await state.set_state(AddForm.deadline)
    await state.set_data({**data, "title": title})
    await show(message, texts.deadline_question(), keyboards.adding_keyboard(data["plan_id"], [], reader))


async def type_deadline(
    message: Message, actor: Actor, state: FSMContext, item_adding: AddingService, reader: Reader
) -> None:
    """The coordinator writes until when."""
    data, text = await state.get_data(), message.text or ""
    await item_adding.read_deadline(actor, data["plan_id"], text)
    await state.set_state(AddForm.units)
    await state.set_data({**data, "deadline": text})
    question = texts.units_question(data["title"], [])
    await show(message, question, keyboards.adding_keyboard(data["plan_id"], [], reader))


async def type_unit(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator writes who answers."""
    data, words = await state.get_data(), message.text or ""
    units = await plan_review.find_units(actor, words)
    keyboard = keyboards.adding_keyboard(data["plan_id"], units, reader, ready=bool(data["units"]))
    await state.set_data({**data, "found": {str(unit.id): unit_name(unit, reader.language) for unit in units}})
    await show(message, units_found_text(words, len(units)), keyboard)


async def take_unit(event: CallbackQuery, callback_data: TakeUnit, state: FSMContext, reader: Reader) -> None:
    """The coordinator takes a unit that was found for the new item."""
    data, key = await state.get_data(), str(callback_data.unit_id)
    units = {**data["units"], key: data.get("found", {}).get(key, key)}
    await state.set_data({**data, "units": units})
    question = texts.units_question(data["title"], list(units.values()))
    await show(event, question, keyboards.adding_keyboard(data["plan_id"], [], reader, ready=True))


async def add_item(
    event: CallbackQuery, actor: Actor, state: FSMContext, item_adding: AddingService, reader: Reader
) -> None:
    """The coordinator adds the item."""
    data = await state.get_data()
    words = ItemWords(
        plan_id=data["plan_id"],
        title=data["title"],
        deadline=data["deadline"],
        unit_ids=tuple(map(int, data["units"])),
        sitting_id=data["sitting_id"] or None,
    )
    card = await item_adding.add(actor, words)
    await state.clear()
    await show_item(event, card, reader, texts.added_note(card))


async def _show_parties(event: CallbackQuery, card: ItemCard, reader: Reader, note: str = "") -> None:
    await show(event, texts.parties_text(card, reader, note), keyboards.parties_keyboard(card, reader))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(edit_parties, EditParties.filter())
    taps.register(remove_party, RemoveParty.filter())
    taps.register(turn_party, TurnParty.filter())
    taps.register(leave_outside, LeaveOutside.filter())
    taps.register(find_party, FindParty.filter())
    taps.register(take_party, ItemForm.unit, TakeParty.filter())
    taps.register(begin_item, AddPlanItem.filter())
    taps.register(take_unit, AddForm.units, TakeUnit.filter())
    taps.register(add_item, AddForm.units, DoIt.filter())
    messages.register(type_party, ItemForm.unit, TYPED_TEXT)
    messages.register(type_title, AddForm.title, TYPED_TEXT)
    messages.register(type_deadline, AddForm.deadline, TYPED_TEXT)
    messages.register(type_unit, AddForm.units, TYPED_TEXT)
