"""The desk of requests, codes for a whole group, and lifting a hold."""

import re

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.common.callbacks import GoTo, GroupCodes, Place, ReleaseLink
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import leave_form, mark_of
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.link_requests.callbacks import (
    AcceptRequest,
    CompareRequest,
    NextRequest,
    OpenRequest,
    PrintGroupCodes,
    RefuseFor,
    RefuseRequest,
)
from handlers.link_requests.keyboards import (
    comparison_keyboard,
    confirm_group_keyboard,
    next_keyboard,
    reasons_keyboard,
    request_keyboard,
)
from handlers.link_requests.states import GroupCodesForm, RefusalForm
from handlers.link_requests.texts import (
    accepted_text,
    ask_group_text,
    ask_reason_text,
    comparison_text,
    confirm_group_text,
    no_more_text,
    nobody_waits_text,
    refused_text,
    released_text,
    request_text,
    sheet_caption,
    sheet_sent_text,
)
from services.access import Actor
from services.link_requests.dto import RequestOnDesk
from services.link_requests.service import LinkRequestService
from services.linking.dto import GroupPreview
from services.linking.service import LinkingService

_NOT_OF_NAMES = re.compile(r"[^\w.-]+")


async def open_requests(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    link_requests: LinkRequestService,
    reader: Reader,
) -> None:
    """The official opens the queue."""
    desk = await link_requests.find_next(actor)
    await leave_form(state, raw_state)
    if desk is None:
        await show(event, nobody_waits_text(), back_to_menu_keyboard())
    else:
        await _show_request(event, desk, reader)


async def skip_request(
    event: CallbackQuery,
    callback_data: NextRequest,
    actor: Actor,
    link_requests: LinkRequestService,
    reader: Reader,
) -> None:
    """The official leaves a request to somebody else."""
    desk = await link_requests.find_next(actor, after=callback_data.after)
    if desk is None:
        await show(event, no_more_text(), next_keyboard())
    else:
        await _show_request(event, desk, reader)


async def open_request(
    event: CallbackQuery,
    callback_data: OpenRequest,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    link_requests: LinkRequestService,
    reader: Reader,
) -> None:
    """The official goes back to everybody who may be meant."""
    desk = await link_requests.get_waiting(actor, callback_data.request_id)
    await leave_form(state, raw_state)
    await _show_request(event, desk, reader)


async def compare(
    event: CallbackQuery, callback_data: CompareRequest, actor: Actor, link_requests: LinkRequestService
) -> None:
    """The official looks at one person."""
    comparison = await link_requests.compare(actor, callback_data.request_id, callback_data.person_id)
    await show(event, comparison_text(comparison, actor.language), comparison_keyboard(comparison))


async def accept(
    event: CallbackQuery, callback_data: AcceptRequest, actor: Actor, link_requests: LinkRequestService
) -> None:
    """The official links."""
    request = await link_requests.accept(actor, callback_data.request_id, callback_data.person_id)
    await show(event, accepted_text(request.facts.name), next_keyboard())


async def ask_reason(
    event: CallbackQuery,
    callback_data: RefuseRequest,
    actor: Actor,
    state: FSMContext,
    link_requests: LinkRequestService,
) -> None:
    """The official refuses; why is chosen or written."""
    desk = await link_requests.get_waiting(actor, callback_data.request_id)
    await state.set_state(RefusalForm.reason)
    await state.set_data({"request": callback_data.request_id})
    await show(event, ask_reason_text(desk.request), reasons_keyboard(callback_data.request_id))


async def refuse_for(
    event: CallbackQuery,
    callback_data: RefuseFor,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    link_requests: LinkRequestService,
) -> None:
    """The official chooses a reason."""
    await link_requests.refuse(actor, callback_data.request_id, callback_data.reason.value)
    await leave_form(state, raw_state)
    await show(event, refused_text(), next_keyboard())


async def type_reason(message: Message, actor: Actor, state: FSMContext, link_requests: LinkRequestService) -> None:
    """The official writes the reason."""
    request_id = (await state.get_data()).get("request", 0)
    await link_requests.refuse(actor, request_id, message.text or "")
    await state.clear()
    await show(message, refused_text(), next_keyboard())


async def ask_group(event: CallbackQuery, actor: Actor, state: FSMContext, linking: LinkingService) -> None:
    """The official wants codes for a group."""
    linking.check_issuing(actor)
    await state.set_state(GroupCodesForm.group)
    await show(event, ask_group_text(), back_to_menu_keyboard())


async def type_group(message: Message, actor: Actor, state: FSMContext, linking: LinkingService) -> None:
    """The official names the group."""
    await _confirm_group(message, await linking.get_group(actor, message.text or ""), state)


async def _confirm_group(event: Message | CallbackQuery, group: GroupPreview, state: FSMContext) -> None:
    await state.set_data({"group": group.group_name})
    await state.set_state(GroupCodesForm.confirmation)
    await show(event, confirm_group_text(group), confirm_group_keyboard(mark_of(group.group_name)))


async def print_group_codes(
    event: CallbackQuery,
    callback_data: PrintGroupCodes,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    bot: Bot,
    reader: Reader,
) -> None:
    """The official wants the sheet; it comes as the answer and is kept nowhere. Another group's button asks anew."""
    group = (await state.get_data()).get("group")
    if group is None:
        await ask_group(event, actor, state, linking)
        return
    if callback_data.mark != mark_of(group):
        await _confirm_group(event, await linking.get_group(actor, group), state)
        return
    printed = await linking.issue_group_codes(actor, group)
    await state.clear()
    sheet = BufferedInputFile(printed.sheet, f"codes-{_NOT_OF_NAMES.sub('_', group)}.pdf")
    await show(event, sheet_sent_text(), back_to_menu_keyboard())
    await bot.send_document(event.from_user.id, sheet, caption=sheet_caption(printed.codes, reader))


async def release_link(event: CallbackQuery, callback_data: ReleaseLink, actor: Actor, linking: LinkingService) -> None:
    """The official lifts the hold on an account."""
    await linking.release(actor, callback_data.account_id, callback_data.link_id)
    await show(event, released_text(), back_to_menu_keyboard())


async def _show_request(event: CallbackQuery, desk: RequestOnDesk, reader: Reader) -> None:
    await show(event, request_text(desk, reader), request_keyboard(desk, reader.language))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="link requests")
    taps = router.callback_query
    taps.register(open_requests, GoTo.filter(F.place == Place.REQUESTS), flags=ANSWERS_TAP)
    taps.register(skip_request, NextRequest.filter(), flags=ANSWERS_TAP)
    taps.register(open_request, OpenRequest.filter(), flags=ANSWERS_TAP)
    taps.register(compare, CompareRequest.filter(), flags=ANSWERS_TAP)
    taps.register(accept, AcceptRequest.filter(), flags=ANSWERS_TAP)
    taps.register(ask_reason, RefuseRequest.filter(), flags=ANSWERS_TAP)
    taps.register(refuse_for, RefuseFor.filter(), flags=ANSWERS_TAP)
    taps.register(ask_group, GroupCodes.filter(), flags=ANSWERS_TAP)
    taps.register(print_group_codes, PrintGroupCodes.filter(), flags=ANSWERS_TAP)
    taps.register(release_link, ReleaseLink.filter(), flags=ANSWERS_TAP)
    router.message.register(type_reason, RefusalForm.reason, TYPED_TEXT)
    router.message.register(type_group, GroupCodesForm.group, TYPED_TEXT)
    return router
