"""Many requests of one kind are approved together, with one message that says how far it is."""

import asyncio
from collections.abc import Callable

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.forms import mark_of
from handlers.common.reader import Reader
from handlers.common.screens import show, show_progress
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.desk import keyboards, texts
from handlers.desk.callbacks import ApproveMany, ListKinds, ReviewMany
from handlers.desk.states import DeskForm
from services.access import Actor
from services.requests.desk import DeskService
from services.requests.dto import BulkOutcome, RequestState
from services.requests.errors import RequestClosed

_PACE_SECONDS = 2.0  # Telegram lets a message be changed about twenty times a minute


class Pace:
    """Says when the next word about progress is due. `clock`: seconds that only grow."""

    def __init__(self, clock: Callable[[], float], seconds: float = _PACE_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._told_at = clock()

    def is_due(self) -> bool:
        """Tell whether something may be said; then it counts as said."""
        now = self._clock()
        if now - self._told_at < self._seconds:
            return False
        self._told_at = now
        return True


async def list_kinds(
    event: CallbackQuery, callback_data: ListKinds, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official wants to approve many."""
    entries = await desk.list_for_bulk(actor, callback_data.desk)
    await state.clear()
    keyboard = keyboards.kinds_keyboard(callback_data.desk, entries, reader)
    await show(event, texts.choose_kind_text(entries, reader), keyboard)


async def review_many(
    event: CallbackQuery, callback_data: ReviewMany, actor: Actor, state: FSMContext, desk: DeskService, reader: Reader
) -> None:
    """The official chooses the kind, and sees who gets a certificate."""
    code = callback_data.desk
    entries = [one for one in await desk.list_for_bulk(actor, code) if mark_of(one.kind) == callback_data.kind]
    if not entries:
        await list_kinds(event, ListKinds(desk=code), actor, state, desk, reader)
        return
    chosen = [entry for entry in entries if entry.refusal is None]
    ready, names = [(one.request_id, one.version) for one in chosen], [one.person_name for one in chosen]
    await state.set_data({"desk": code, "mark": keyboards.many_mark(code, ready), "requests": ready, "names": names})
    await state.set_state(DeskForm.many)
    text = texts.many_text(entries[0].kind, entries, reader)
    await show(event, text, keyboards.many_keyboard(code, ready))


async def approve_many(
    event: CallbackQuery,
    callback_data: ApproveMany,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    desk: DeskService,
    reader: Reader,
) -> None:
    """The official is sure. Each is approved by itself: if the program ends, the rest is in the list to be chosen."""
    data = await state.get_data()
    if (data.get("desk"), data.get("mark")) != (callback_data.desk, callback_data.mark):
        await tap.answer(texts.out_of_date_toast(), alert=True)
        await list_kinds(event, ListKinds(desk=callback_data.desk), actor, state, desk, reader)
        return
    await tap.answer()
    requests, pace, outcomes = data["requests"], Pace(asyncio.get_running_loop().time), list[BulkOutcome]()
    await show_progress(event, texts.progress_text(0, len(requests)))
    async for outcome in desk.approve_many(actor, [(number, version) for number, version in requests]):
        outcomes.append(_done_before(outcome))
        if pace.is_due():
            await show_progress(event, texts.progress_text(len(outcomes), len(requests)))
    await state.clear()
    names = {number: name for (number, _version), name in zip(requests, data["names"], strict=True)}
    await show(event, texts.many_done_text(outcomes, names, reader), keyboards.many_done_keyboard(callback_data.desk))


def _done_before(outcome: BulkOutcome) -> BulkOutcome:
    """Return as approved what was approved since the list was shown: by another tap, or before the program ended."""
    refusal = outcome.refusal
    if isinstance(refusal, RequestClosed) and refusal.state is RequestState.APPROVED:
        return BulkOutcome(request_id=outcome.request_id)
    return outcome


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(list_kinds, ListKinds.filter(), flags=ANSWERS_TAP)
    taps.register(review_many, ReviewMany.filter(), flags=ANSWERS_TAP)
    taps.register(approve_many, ApproveMany.filter(), flags=ANSWERS_TAP)
