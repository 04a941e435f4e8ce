"""The second person: looking at what waits, approving it, sending it back with a word."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announcements.callbacks import Decide, OpenApproval
from handlers.announcements.keyboards import approval_keyboard, decisions_keyboard, reason_keyboard
from handlers.announcements.sending_texts import (
    approval_text,
    approved_text,
    ask_reason_text,
    sent_back_text,
    waiting_text,
)
from handlers.announcements.states import SendingForm
from handlers.common.callbacks import ListWaiting
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, left_if_over
from handlers.common.keyboards import waiting_keyboard
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.approval import ApprovalService
from services.announcements.waiting import WaitingService


async def list_waiting(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    waiting_announcements: WaitingService,
    dates: LocalDates,
) -> None:
    """The approver looks at everything that waits for a decision."""
    waiting = await waiting_announcements.list_waiting(actor)
    await leave_form(state, raw_state)
    await show(event, waiting_text(waiting, actor.language, dates), decisions_keyboard(waiting))


async def open_approval(
    event: CallbackQuery,
    callback_data: OpenApproval,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    announcement_approvals: ApprovalService,
    dates: LocalDates,
) -> None:
    """The approver looks at it; the previews come below."""
    approval = await announcement_approvals.open(actor, callback_data.announcement_id)
    await leave_form(state, raw_state)
    await show(event, approval_text(approval, actor.language, dates), approval_keyboard(approval))


async def approve(
    event: CallbackQuery,
    callback_data: Decide,
    actor: Actor,
    announcement_approvals: ApprovalService,
    dates: LocalDates,
) -> None:
    """The approver lets it go out."""
    approved = await announcement_approvals.approve(actor, callback_data.announcement_id, callback_data.version)
    await show(event, approved_text(approved, actor.language, dates), waiting_keyboard())


async def ask_reason(event: CallbackQuery, callback_data: Decide, state: FSMContext) -> None:
    """The approver wants it changed and is asked how."""
    await state.set_data({"announcement": callback_data.announcement_id, "version": callback_data.version})
    await state.set_state(SendingForm.reason)
    await show(event, ask_reason_text(), reason_keyboard(callback_data.announcement_id))


async def type_reason(
    message: Message, actor: Actor, state: FSMContext, announcement_approvals: ApprovalService
) -> None:
    """The approver types what is to be changed."""
    form = await state.get_data()
    async with left_if_over(state):
        await announcement_approvals.send_back(actor, form["announcement"], form["version"], message.text or "")
    await state.clear()
    await show(message, sent_back_text(), waiting_keyboard())


def create_router() -> Router:
    """Handlers of approvals."""
    router = Router(name="announcement approving")
    router.callback_query.register(list_waiting, ListWaiting.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_approval, OpenApproval.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(approve, Decide.filter(F.approve), flags=ANSWERS_TAP)
    router.callback_query.register(ask_reason, Decide.filter(~F.approve))
    router.message.register(type_reason, SendingForm.reason, TYPED_TEXT)
    return router
