"""One request: looked at, taken, given back, previewed, approved."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import OpenRequest
from handlers.common.reader import Reader
from handlers.common.screens import send_picture
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.desk.callbacks import ApproveRequest, PreviewRequest, ReleaseRequest, TakeRequest
from handlers.desk.screens import Seat
from handlers.desk.texts import approved_note, preview_caption, released_note, taken_note
from services.access import Actor
from services.requests.desk import DeskService


async def open_request(
    event: CallbackQuery, callback_data: OpenRequest, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official looks at a request, or comes back to it."""
    shown = await desk.open(actor, callback_data.request_id)
    await Seat(event, actor, state, desk, reader).show_card(shown)


async def take_request(
    event: CallbackQuery, callback_data: TakeRequest, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official takes a request; a colleague may have been faster."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        await seat.show_card(await desk.take(actor, callback_data.request_id), taken_note())


async def release_request(
    event: CallbackQuery,
    callback_data: ReleaseRequest,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official gives a request back: their own, or that of a colleague who is away."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        shown = await desk.release(actor, callback_data.request_id, callback_data.version)
        await seat.show_card(shown, released_note())


async def preview_request(
    event: CallbackQuery,
    callback_data: PreviewRequest,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official wants to see the paper before it is issued."""
    pages = await desk.preview(actor, callback_data.request_id)
    await tap.answer()
    for number, page in enumerate(pages, start=1):
        await send_picture(event, page, f"{number}.png", preview_caption(number, len(pages)))
    shown = await desk.open(actor, callback_data.request_id)
    await Seat(event, actor, state, desk, reader).show_card_below(shown)


async def approve_request(
    event: CallbackQuery,
    callback_data: ApproveRequest,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official lets the certificate be issued, if the request is still as the screen showed it."""
    seat = Seat(event, actor, state, desk, reader)
    async with seat.at(callback_data.request_id):
        approved = await desk.approve(actor, callback_data.request_id, callback_data.version)
        await seat.show_queue(approved.desk, approved_note(approved))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(open_request, OpenRequest.filter(), flags=ANSWERS_TAP)
    taps.register(take_request, TakeRequest.filter(), flags=ANSWERS_TAP)
    taps.register(release_request, ReleaseRequest.filter(), flags=ANSWERS_TAP)
    taps.register(preview_request, PreviewRequest.filter(), flags=ANSWERS_TAP)
    taps.register(approve_request, ApproveRequest.filter(), flags=ANSWERS_TAP)
