"""What the paper still has to say is entered, one fact after the other."""

from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.desk.callbacks import ClearFact, FillFact, FillNext, ListEntered, PickChoice, SkipFact
from handlers.desk.card_texts import entered_text, question_text
from handlers.desk.keyboards import entered_keyboard, question_keyboard, question_mark
from handlers.desk.round import find, next_fact
from handlers.desk.screens import Seat
from handlers.desk.states import DeskForm
from handlers.desk.texts import out_of_date_toast
from services.access import Actor
from services.certificates.dto import FactType
from services.requests.desk import DeskService
from services.requests.dto import DeskFact, RequestOnDesk
from services.requests.errors import FactNotAsked


async def fill_next(
    event: CallbackQuery, callback_data: FillNext, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official enters what is missing, one after the other."""
    seat = Seat(event, actor, state, desk, reader)
    await _go_on(seat, await desk.open(actor, callback_data.request_id), [])


async def list_entered(
    event: CallbackQuery, callback_data: ListEntered, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official wants to change something, or to enter what may be left out."""
    shown = await desk.open(actor, callback_data.request_id)
    await state.clear()
    await show(event, entered_text(shown, reader), entered_keyboard(shown, reader))


async def fill_fact(
    event: CallbackQuery, callback_data: FillFact, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official enters one fact."""
    shown = await desk.open(actor, callback_data.request_id)
    fact = find(shown, callback_data.fact)
    if fact is None:
        raise FactNotAsked
    await _ask(Seat(event, actor, state, desk, reader), shown, fact, None)


async def type_value(message: Message, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader) -> None:
    """The official types a value, or lines of a table; a refusal leaves the question where it is."""
    seat, data = Seat(message, actor, state, desk, reader), await state.get_data()
    enter = desk.add_rows if data["table"] else desk.enter
    async with seat.at(data["request"]):
        shown = await enter(actor, data["request"], data["fact"], message.text or "")
    table = find(shown, data["fact"]) if data["table"] else None
    if table is not None:
        await _ask(seat, shown, table, data["passed"])  # more lines may come
    else:
        await _follow(seat, shown, data)


async def pick_choice(
    event: CallbackQuery,
    callback_data: PickChoice,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official chooses one of the answers."""
    seat, data = Seat(event, actor, state, desk, reader), await state.get_data()
    if not _is_asked(data, callback_data.mark):
        await tap.answer(out_of_date_toast())
        return
    async with seat.at(data["request"]):
        choice = data["choices"][callback_data.choice]
        shown = await desk.enter(actor, data["request"], data["fact"], choice)
    await _follow(seat, shown, data)


async def skip_fact(
    event: CallbackQuery,
    callback_data: SkipFact,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official leaves a fact out, or has entered all lines of a table."""
    seat, data = Seat(event, actor, state, desk, reader), await state.get_data()
    if not _is_asked(data, callback_data.mark):
        await tap.answer(out_of_date_toast())
        return
    await _follow(seat, await desk.open(actor, data["request"]), data)


async def clear_fact(
    event: CallbackQuery, callback_data: ClearFact, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official takes away what was entered, and may enter it anew."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        shown = await desk.enter(actor, callback_data.request_id, callback_data.fact, "")
    fact = find(shown, callback_data.fact)
    if fact is None:
        await seat.show_card(shown)
    else:
        await _ask(seat, shown, fact, None)


async def send_something(message: Message, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader) -> None:
    """The official sends a picture or a file where a value is waited for; the question stands again."""
    seat, data = Seat(message, actor, state, desk, reader), await state.get_data()
    shown = await desk.open(actor, data["request"])
    fact = find(shown, data["fact"])
    if fact is None:
        await seat.show_card(shown)
    else:
        await _ask(seat, shown, fact, data["passed"])


def _is_asked(data: dict[str, Any], mark: int) -> bool:
    """Tell whether the question of a button's screen is the one that is asked now."""
    return "choices" in data and question_mark(data["request"], data["fact"], data["choices"]) == mark


async def _follow(seat: Seat, shown: RequestOnDesk, data: dict[str, Any]) -> None:
    """Ask for the next fact of a round; a single one leads back to the request."""
    if data["passed"] is None:
        await seat.show_card(shown)
    else:
        await _go_on(seat, shown, [*data["passed"], data["fact"]])


async def _go_on(seat: Seat, shown: RequestOnDesk, passed: list[str]) -> None:
    fact = next_fact(shown, passed)
    if fact is None:
        await seat.show_card(shown)
    else:
        await _ask(seat, shown, fact, passed)


async def _ask(seat: Seat, shown: RequestOnDesk, fact: DeskFact, passed: list[str] | None) -> None:
    rule = fact.rule
    await seat.state.set_data(
        {
            "request": shown.request.id,
            "fact": rule.name,
            "table": rule.type is FactType.TABLE,
            "choices": list(rule.choices),
            "passed": passed,
        }
    )
    await seat.state.set_state(DeskForm.value)
    keyboard = question_keyboard(shown, fact, seat.reader, in_round=passed is not None)
    await show(seat.event, question_text(shown, fact, seat.reader), keyboard)


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(fill_next, FillNext.filter(), flags=ANSWERS_TAP)
    taps.register(list_entered, ListEntered.filter(), flags=ANSWERS_TAP)
    taps.register(fill_fact, FillFact.filter(), flags=ANSWERS_TAP)
    taps.register(pick_choice, PickChoice.filter(), flags=ANSWERS_TAP)
    taps.register(skip_fact, SkipFact.filter(), flags=ANSWERS_TAP)
    taps.register(clear_fact, ClearFact.filter(), flags=ANSWERS_TAP)
    router.message.register(type_value, DeskForm.value, TYPED_TEXT)
    router.message.register(send_something, DeskForm.value, ~F.text)
