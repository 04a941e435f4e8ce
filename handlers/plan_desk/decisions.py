"""A coordinator answers units: reports, extensions, disputes."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.plan_desk import decision_keyboards as keyboards
from handlers.plan_desk import decision_texts as texts
from handlers.plan_desk.callbacks import AgreeTo, GiveTo, ListDecisions, OpenDecision, TypeAbout, Wording, key_of
from handlers.plan_desk.states import DecisionForm
from services.access import Actor
from services.days import read_date
from services.plan_desk.deciding import DecisionService
from services.plan_desk.dto import DecisionKey, DecisionKind
from services.plan_import.review import PlanReviewService


async def list_decisions(
    event: CallbackQuery,
    callback_data: ListDecisions,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_decisions: DecisionService,
    reader: Reader,
) -> None:
    """The coordinator looks at what waits."""
    await leave_form(state, raw_state)
    kind = DecisionKind(callback_data.kind) if callback_data.kind in set(DecisionKind) else None
    page = await plan_decisions.list_waiting(actor, kind, callback_data.page)
    await show(event, texts.waiting_text(page), keyboards.waiting_keyboard(page, reader))


async def open_decision(
    event: CallbackQuery,
    callback_data: OpenDecision,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_decisions: DecisionService,
    reader: Reader,
) -> None:
    """The coordinator looks at what a unit asks."""
    await leave_form(state, raw_state)
    card = await plan_decisions.open(actor, key_of(callback_data))
    await show(event, texts.decision_text(card, reader), keyboards.decision_keyboard(card))


async def agree(
    event: CallbackQuery, callback_data: AgreeTo, actor: Actor, plan_decisions: DecisionService, reader: Reader
) -> None:
    """The coordinator agrees to what a unit asks."""
    key = key_of(callback_data)
    if key.kind is DecisionKind.REPORT:
        card = await plan_decisions.accept_report(actor, key.id)
    elif key.kind is DecisionKind.EXTENSION:
        card = await plan_decisions.grant(actor, key.id)
    else:
        card = await plan_decisions.release(actor, key)
    await _show_rest(event, actor, plan_decisions, reader, texts.agreed_note(card, reader))


async def ask(
    event: CallbackQuery,
    callback_data: TypeAbout,
    actor: Actor,
    state: FSMContext,
    plan_decisions: DecisionService,
    reader: Reader,
) -> None:
    """The coordinator wants to write a comment, another day, or another unit."""
    card = await plan_decisions.open(actor, key_of(callback_data))
    steps = {
        Wording.COMMENT: (DecisionForm.comment, texts.comment_question),
        Wording.DAY: (DecisionForm.day, texts.day_question),
        Wording.UNIT: (DecisionForm.unit, texts.unit_question),
    }
    step, question = steps[callback_data.wording]
    await state.set_state(step)
    await state.set_data(callback_data.model_dump(mode="json"))
    await show(event, question(card, reader), keyboards.question_keyboard(key_of(callback_data)))


async def type_comment(
    message: Message, actor: Actor, state: FSMContext, plan_decisions: DecisionService, reader: Reader
) -> None:
    """The coordinator writes why something goes back."""
    key, words = await _read(state), message.text or ""
    if key.kind is DecisionKind.REPORT:
        card = await plan_decisions.return_report(actor, key.id, words)
    elif key.kind is DecisionKind.EXTENSION:
        card = await plan_decisions.refuse(actor, key.id, words)
    else:
        card = await plan_decisions.keep(actor, key, words)
    await state.clear()
    await _show_rest(message, actor, plan_decisions, reader, texts.sent_back_note(card, reader))


async def type_day(
    message: Message, actor: Actor, state: FSMContext, plan_decisions: DecisionService, reader: Reader
) -> None:
    """The coordinator writes another day than the one asked for."""
    key, day = await _read(state), read_date(message.text or "")
    if day is None:
        await show(message, texts.no_day_text(), keyboards.question_keyboard(key))
        return
    card = await plan_decisions.grant(actor, key.id, day)
    await state.clear()
    await _show_rest(message, actor, plan_decisions, reader, texts.agreed_note(card, reader))


async def type_unit(
    message: Message, actor: Actor, state: FSMContext, plan_review: PlanReviewService, reader: Reader
) -> None:
    """The coordinator writes a part of another unit's name."""
    key, words = await _read(state), message.text or ""
    units = await plan_review.find_units(actor, words)
    await show(message, texts.units_found_text(words, len(units)), keyboards.units_keyboard(key, units, reader))


async def give_to(
    event: CallbackQuery,
    callback_data: GiveTo,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    plan_decisions: DecisionService,
    reader: Reader,
) -> None:
    """The coordinator gives a disputed item to another unit."""
    key = DecisionKey(kind=DecisionKind.DISPUTE, id=callback_data.id, version=callback_data.version)
    card = await plan_decisions.give_to(actor, key, callback_data.unit_id)
    await leave_form(state, raw_state)
    await _show_rest(event, actor, plan_decisions, reader, texts.given_note(card, reader))


async def _show_rest(
    event: CallbackQuery | Message, actor: Actor, plan_decisions: DecisionService, reader: Reader, note: str
) -> None:
    """Show what is left to be decided below a word about what was."""
    page = await plan_decisions.list_waiting(actor)
    await show(event, texts.waiting_text(page, note), keyboards.waiting_keyboard(page, reader))


async def _read(state: FSMContext) -> DecisionKey:
    return key_of(TypeAbout(**await state.get_data()))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps, messages = router.callback_query, router.message
    taps.register(list_decisions, ListDecisions.filter())
    taps.register(open_decision, OpenDecision.filter())
    taps.register(agree, AgreeTo.filter())
    taps.register(ask, TypeAbout.filter())
    taps.register(give_to, GiveTo.filter())
    messages.register(type_comment, DecisionForm.comment, TYPED_TEXT)
    messages.register(type_day, DecisionForm.day, TYPED_TEXT)
    messages.register(type_unit, DecisionForm.unit, TYPED_TEXT)
