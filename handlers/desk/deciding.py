"""A request is not approved: the person is asked, it is refused, or another desk answers."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.desk import keyboards, texts
from handlers.desk.callbacks import AskPerson, ChooseDesk, HandOver, RefuseBecause, RefuseRequest
from handlers.desk.screens import Seat
from handlers.desk.states import DeskForm
from services.access import Actor
from services.requests.desk import DeskService
from services.requests.rules import written_reason


async def ask_person(
    event: CallbackQuery, callback_data: AskPerson, actor: Actor, state: FSMContext, desk: DeskService
) -> None:
    """The official wants to ask the person; what is typed next is the question."""
    shown = await desk.open(actor, callback_data.request_id)
    await state.set_data({"request": shown.request.id})
    await state.set_state(DeskForm.question)
    await show(event, texts.question_text(shown), keyboards.back_keyboard(shown.request.id))


async def type_question(message: Message, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader) -> None:
    """The official types the question."""
    seat, number = Seat(message, actor, state, desk, reader), (await state.get_data())["request"]
    async with seat.at(number):
        asked = await desk.return_with_question(actor, number, message.text or "")
    await seat.show_queue(asked.desk, texts.asked_note())


async def begin_refusal(
    event: CallbackQuery, callback_data: RefuseRequest, actor: Actor, state: FSMContext, desk: DeskService
) -> None:
    """The official refuses; a ready reason, or what is typed next, is why."""
    shown = await desk.open(actor, callback_data.request_id)
    await state.set_data({"request": shown.request.id})
    await state.set_state(DeskForm.refusal)
    await show(event, texts.refusal_text(shown), keyboards.refusal_keyboard(shown.request.id))


async def type_refusal(message: Message, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader) -> None:
    """The official types the reason."""
    seat, number = Seat(message, actor, state, desk, reader), (await state.get_data())["request"]
    await _refuse(seat, number, message.text or "")


async def choose_refusal(
    event: CallbackQuery,
    callback_data: RefuseBecause,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official chooses a ready reason."""
    seat = Seat(event, actor, state, desk, reader)
    await _refuse(seat, callback_data.request_id, written_reason(callback_data.reason))


async def send_something(message: Message, state: FSMContext) -> None:
    """The official sends a picture or a file where words are waited for."""
    number = (await state.get_data())["request"]
    await show(message, texts.words_wanted_text(), keyboards.back_keyboard(number))


async def choose_desk(
    event: CallbackQuery, callback_data: ChooseDesk, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official finds that another desk should answer."""
    shown = await desk.open(actor, callback_data.request_id)
    others = desk.list_other_desks(actor, shown.request.desk)
    await state.clear()
    keyboard = keyboards.other_desks_keyboard(shown.request.id, others, reader)
    await show(event, texts.choose_desk_text(shown, others=bool(others)), keyboard)


async def hand_over(
    event: CallbackQuery, callback_data: HandOver, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official hands the request over; its clock runs on."""
    seat, number = Seat(event, actor, state, desk, reader), callback_data.request_id
    own = (await desk.open(actor, number)).request.desk
    async with seat.at(number):
        request = await desk.hand_over(actor, number, callback_data.desk)
    await seat.show_queue(own, texts.handed_over_note(request, reader))


async def _refuse(seat: Seat, request_id: int, reason: str) -> None:
    async with seat.at(request_id):
        refused = await seat.desk.refuse(seat.actor, request_id, reason)
    await seat.show_queue(refused.desk, texts.refused_note())


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(ask_person, AskPerson.filter(), flags=ANSWERS_TAP)
    taps.register(begin_refusal, RefuseRequest.filter(), flags=ANSWERS_TAP)
    taps.register(choose_refusal, RefuseBecause.filter(), flags=ANSWERS_TAP)
    taps.register(choose_desk, ChooseDesk.filter(), flags=ANSWERS_TAP)
    taps.register(hand_over, HandOver.filter(), flags=ANSWERS_TAP)
    router.message.register(type_question, DeskForm.question, TYPED_TEXT)
    router.message.register(type_refusal, DeskForm.refusal, TYPED_TEXT)
    for form in (DeskForm.question, DeskForm.refusal, DeskForm.receipt):
        router.message.register(send_something, form, ~F.text)
