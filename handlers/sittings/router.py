"""Sittings: the coordinator makes and changes them, whoever answers for their items looks."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.common.callbacks import OpenSitting, OpenSittings, TieItem
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.sittings import keyboards, texts
from handlers.sittings.callbacks import (
    ActOnSitting,
    AttachPaper,
    MakeSittings,
    NewSitting,
    ShowPaper,
    SittingAct,
    TieTo,
)
from handlers.sittings.states import SittingForm
from services.access import Actor
from services.days import read_date
from services.sittings.dto import Paper, SittingState
from services.sittings.errors import NoSittingsPrinted
from services.sittings.rules import read_days
from services.sittings.service import SittingService

_STATES = {
    SittingAct.HELD: SittingState.HELD,
    SittingAct.CANCEL: SittingState.CANCELLED,
    SittingAct.PLAN: SittingState.PLANNED,
}


async def list_sittings(
    event: CallbackQuery,
    callback_data: OpenSittings,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    sittings: SittingService,
    reader: Reader,
) -> None:
    """The coordinator looks at a plan's sittings."""
    await leave_form(state, raw_state)
    plan, found = await sittings.list_sittings(actor, callback_data.plan_id)
    await show(event, texts.sittings_text(plan, found, reader), keyboards.sittings_keyboard(plan.id, found))


async def make_printed(
    event: CallbackQuery, callback_data: MakeSittings, actor: Actor, sittings: SittingService
) -> None:
    """The coordinator takes the sittings that the plan prints; where it prints none, the way by hand is offered."""
    try:
        found = await sittings.make_printed(actor, callback_data.plan_id)
    except NoSittingsPrinted:
        await show(event, texts.none_printed_text(), keyboards.none_printed_keyboard(callback_data.plan_id))
        return
    await show(event, texts.made_note(len(found)), keyboards.sittings_keyboard(callback_data.plan_id, found))


async def open_sitting(
    event: CallbackQuery,
    callback_data: OpenSitting,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    sittings: SittingService,
    reader: Reader,
) -> None:
    """Somebody looks at a sitting."""
    await leave_form(state, raw_state)
    card = await sittings.open(actor, callback_data.sitting_id)
    await show(event, texts.sitting_text(card, reader), keyboards.sitting_keyboard(card))


async def ask_title(
    event: CallbackQuery, callback_data: NewSitting, actor: Actor, state: FSMContext, sittings: SittingService
) -> None:
    """The coordinator wants to make a sitting."""
    await sittings.list_sittings(actor, callback_data.plan_id)  # refuses who may not
    await state.set_state(SittingForm.title)
    await state.set_data({"plan_id": callback_data.plan_id})
    await show(event, texts.title_question(), keyboards.plan_back_keyboard(callback_data.plan_id))


async def type_title(message: Message, state: FSMContext) -> None:
    """The coordinator writes what it is called."""
    data = await state.get_data()
    await state.set_state(SittingForm.month)
    await state.set_data({**data, "title": message.text or ""})
    await show(message, texts.month_question(), keyboards.plan_back_keyboard(data["plan_id"]))


async def type_month(
    message: Message, actor: Actor, state: FSMContext, sittings: SittingService, reader: Reader
) -> None:
    """The coordinator writes in which month it is planned."""
    data, day = await state.get_data(), read_date(message.text or "")
    if day is None:
        await show(message, texts.not_a_day_text(), keyboards.plan_back_keyboard(data["plan_id"]))
        return
    card = await sittings.add(actor, data["plan_id"], data["title"], day)
    await state.clear()
    await show(message, texts.sitting_text(card, reader), keyboards.sitting_keyboard(card))


async def ask_value(
    event: CallbackQuery, callback_data: ActOnSitting, actor: Actor, state: FSMContext, sittings: SittingService
) -> None:
    """The coordinator wants to set the day, or when materials are asked for."""
    await sittings.open(actor, callback_data.sitting_id)
    is_day = callback_data.act is SittingAct.DAY
    await state.set_state(SittingForm.day if is_day else SittingForm.materials)
    await state.set_data({"sitting_id": callback_data.sitting_id, "version": callback_data.version})
    question = texts.day_question() if is_day else texts.materials_question()
    await show(event, question, keyboards.back_keyboard(callback_data.sitting_id))


async def type_day(message: Message, actor: Actor, state: FSMContext, sittings: SittingService, reader: Reader) -> None:
    """The coordinator writes the day; items move with it."""
    data, day = await state.get_data(), read_date(message.text or "")
    if day is None:
        await show(message, texts.not_a_day_text(), keyboards.back_keyboard(data["sitting_id"]))
        return
    card = await sittings.set_day(actor, data["sitting_id"], data["version"], day)
    await state.clear()
    await show(message, texts.sitting_text(card, reader, texts.done_note()), keyboards.sitting_keyboard(card))


async def type_materials(
    message: Message, actor: Actor, state: FSMContext, sittings: SittingService, reader: Reader
) -> None:
    """The coordinator writes when materials are asked for."""
    data, days = await state.get_data(), read_days(message.text or "")
    card = await sittings.set_materials(actor, data["sitting_id"], data["version"], days)
    await state.clear()
    await show(message, texts.sitting_text(card, reader), keyboards.sitting_keyboard(card))


async def end_sitting(
    event: CallbackQuery, callback_data: ActOnSitting, actor: Actor, sittings: SittingService, reader: Reader
) -> None:
    """The coordinator says that it was held, will not be, or is planned after all."""
    known = (callback_data.sitting_id, callback_data.version)
    card = await sittings.end(actor, *known, _STATES[callback_data.act])
    await show(event, texts.sitting_text(card, reader), keyboards.sitting_keyboard(card))


async def ask_paper(
    event: CallbackQuery, callback_data: AttachPaper, actor: Actor, state: FSMContext, sittings: SittingService
) -> None:
    """The coordinator wants to attach a paper."""
    await sittings.open(actor, callback_data.sitting_id)
    await state.set_state(SittingForm.paper)
    await state.set_data(callback_data.model_dump(mode="json"))
    await show(event, texts.paper_question(callback_data.paper), keyboards.back_keyboard(callback_data.sitting_id))


async def send_paper(
    message: Message,
    document: Document,
    bot: Bot,
    actor: Actor,
    state: FSMContext,
    sittings: SittingService,
    reader: Reader,
) -> None:
    """The coordinator sends a paper."""
    asked = AttachPaper(**await state.get_data())
    try:
        content = await download(bot, document)
    except FileTooLargeError:
        await show(message, texts.too_large_text(), keyboards.back_keyboard(asked.sitting_id))
    except FileNotHandedOverError:
        await show(message, texts.send_again_text(), keyboards.back_keyboard(asked.sitting_id))
    else:
        name = document.file_name or "–"
        card = await sittings.attach(actor, asked.sitting_id, asked.paper, name, content)
        await state.clear()
        await show(message, texts.sitting_text(card, reader), keyboards.sitting_keyboard(card))


async def type_something(message: Message, state: FSMContext) -> None:
    """The coordinator types where a file is waited for."""
    sitting_id = (await state.get_data())["sitting_id"]
    await show(message, texts.not_a_file_text(), keyboards.back_keyboard(sitting_id))


async def show_paper(event: CallbackQuery, callback_data: ShowPaper, actor: Actor, sittings: SittingService) -> None:
    """Somebody looks at a paper."""
    file = await sittings.get_paper(actor, callback_data.sitting_id, Paper(callback_data.paper))
    await send_file(event, file.content, file.name, "", keyboards.back_keyboard(callback_data.sitting_id))


async def ask_tie(event: CallbackQuery, callback_data: TieItem, actor: Actor, sittings: SittingService) -> None:
    """The coordinator wants to let an item go by a sitting."""
    found = await sittings.list_for_item(actor, callback_data.item_id)
    await show(event, texts.tie_question(), keyboards.tie_keyboard(callback_data, found))


async def tie(event: CallbackQuery, callback_data: TieTo, actor: Actor, sittings: SittingService) -> None:
    """The coordinator lets an item go by a sitting, or by none."""
    asked = callback_data
    await sittings.tie(actor, asked.item_id, asked.version, asked.sitting_id or None)
    await show(event, texts.tied_text(), keyboards.item_keyboard(asked.item_id))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="sittings")
    taps, messages = router.callback_query, router.message
    taps.register(list_sittings, OpenSittings.filter())
    taps.register(make_printed, MakeSittings.filter())
    taps.register(open_sitting, OpenSitting.filter())
    taps.register(ask_title, NewSitting.filter())
    taps.register(ask_value, ActOnSitting.filter(F.act.in_({SittingAct.DAY, SittingAct.MATERIALS})))
    taps.register(end_sitting, ActOnSitting.filter())
    taps.register(ask_paper, AttachPaper.filter())
    taps.register(show_paper, ShowPaper.filter())
    taps.register(ask_tie, TieItem.filter())
    taps.register(tie, TieTo.filter())
    messages.register(type_title, SittingForm.title, TYPED_TEXT)
    messages.register(type_month, SittingForm.month, TYPED_TEXT)
    messages.register(type_day, SittingForm.day, TYPED_TEXT)
    messages.register(type_materials, SittingForm.materials, TYPED_TEXT)
    messages.register(send_paper, SittingForm.paper, F.document.as_("document"))
    messages.register(type_something, SittingForm.paper, TYPED_TEXT)
    return router
