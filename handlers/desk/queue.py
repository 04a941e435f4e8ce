"""The official sits down, leafs through the queue and takes what comes next."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, OpenQueue, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.desk.callbacks import ListQueue, TakeNext
from handlers.desk.keyboards import desks_keyboard
from handlers.desk.queue_texts import desks_text
from handlers.desk.screens import Seat
from handlers.desk.texts import taken_note
from services.access import Actor
from services.requests.desk import DeskService
from services.requests.errors import NothingFree


async def sit_down(
    event: CallbackQuery, actor: Actor, state: FSMContext, raw_state: str | None, desk: DeskService, reader: Reader
) -> None:
    """The official comes to the desk; who has several chooses."""
    desks = await desk.list_desks(actor)
    if len(desks) == 1:
        await Seat(event, actor, state, desk, reader).show_queue(desks[0].desk)
        return
    await leave_form(state, raw_state)
    await show(event, desks_text(desks), desks_keyboard(desks, reader))


async def open_queue(
    event: CallbackQuery, callback_data: OpenQueue, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official opens the queue of a desk, or comes back to it."""
    await Seat(event, actor, state, desk, reader).show_queue(callback_data.desk)


async def list_queue(
    event: CallbackQuery, callback_data: ListQueue, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official leafs, or looks at another part."""
    seat = Seat(event, actor, state, desk, reader)
    await seat.show_queue(callback_data.desk, page=callback_data.page, view=callback_data.view)


async def take_next(
    event: CallbackQuery, callback_data: TakeNext, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official takes the first that waits; a colleague may have been faster."""
    seat = Seat(event, actor, state, desk, reader)
    try:
        shown = await desk.take_next(actor, callback_data.desk)
    except NothingFree:
        await seat.show_queue(callback_data.desk)
        raise
    await seat.show_card(shown, taken_note())


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(sit_down, GoTo.filter(F.place == Place.CERTIFICATE_DESK), flags=ANSWERS_TAP)
    taps.register(open_queue, OpenQueue.filter(), flags=ANSWERS_TAP)
    taps.register(list_queue, ListQueue.filter(), flags=ANSWERS_TAP)
    taps.register(take_next, TakeNext.filter(), flags=ANSWERS_TAP)
