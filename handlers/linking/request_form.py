"""Asking the Study Office: name, group, number, a last look."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import TYPED_TEXT
from handlers.common.keyboards import menu_keyboard
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.common.texts import cancelled_text
from handlers.linking.callbacks import (
    DropRequest,
    EditRequest,
    LinkBy,
    RequestField,
    SendRequest,
    Way,
    WithdrawRequest,
)
from handlers.linking.consent import ask_for_consent
from handlers.linking.keyboards import field_keyboard, summary_keyboard, ways_keyboard
from handlers.linking.states import LinkingForm, RequestForm
from handlers.linking.texts import (
    ask_field_text,
    summary_text,
    unreadable_text,
    waiting_text,
    withdrawn_text,
)
from services.access import Actor
from services.link_requests.dto import TypedFacts
from services.link_requests.rules import readable
from services.link_requests.service import LinkRequestService
from services.linking.errors import ConsentNeeded
from services.university import UniversityCard

_STATES = {
    RequestField.NAME: RequestForm.name,
    RequestField.GROUP: RequestForm.group,
    RequestField.NUMBER: RequestForm.number,
}
_FIELDS = {state.state: field for field, state in _STATES.items()}


async def begin_request(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    link_requests: LinkRequestService,
    university: UniversityCard,
) -> None:
    """The person has no code and wants to be recognised by an official."""
    try:
        await link_requests.prepare(actor)
    except ConsentNeeded:
        await ask_for_consent(event, actor, state, university, way=Way.REQUEST.value)
        return
    await state.set_data({})
    await _ask_for(event, state, RequestField.NAME)


async def edit_request(event: CallbackQuery, callback_data: EditRequest, state: FSMContext) -> None:
    """The person writes one of the facts anew, or goes a step back."""
    await _ask_for(event, state, callback_data.field)


async def type_fact(message: Message, state: FSMContext, raw_state: str | None) -> None:
    """The person writes what was asked for."""
    field, value = _FIELDS[raw_state], readable(message.text or "")
    if value is None:
        await show(message, unreadable_text(), field_keyboard(field))
        return
    await _go_on(message, state, await state.update_data({field.value: value}))


async def send_something(message: Message, raw_state: str | None) -> None:
    """The person sends a sticker or a picture instead."""
    await show(message, unreadable_text(), field_keyboard(_FIELDS[raw_state]))


async def type_at_summary(message: Message, state: FSMContext) -> None:
    """The person writes instead of pressing a button; the summary stands again."""
    await _go_on(message, state, await state.get_data())


async def send_request(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    link_requests: LinkRequestService,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person sends what they wrote; from a screen that is out of date the form begins anew."""
    facts = await state.get_data()
    if not all(field.value in facts for field in RequestField):
        await begin_request(event, actor, state, link_requests, university)
        return
    name, group_name, person_no = (facts[field.value] for field in RequestField)
    request = await link_requests.ask(actor, TypedFacts(name=name, group_name=group_name, person_no=person_no))
    await state.clear()
    await show(event, waiting_text(request, reader), ways_keyboard(waiting=True))


async def drop_request(event: CallbackQuery, actor: Actor, state: FSMContext) -> None:
    """The person leaves the form."""
    await state.clear()
    await show(event, cancelled_text(something=True), menu_keyboard(actor))


async def withdraw_request(
    event: CallbackQuery, actor: Actor, state: FSMContext, link_requests: LinkRequestService
) -> None:
    """The person takes the request back."""
    await link_requests.withdraw(actor)
    await state.set_state(LinkingForm.code)
    await show(event, withdrawn_text(), ways_keyboard())


async def _ask_for(event: Message | CallbackQuery, state: FSMContext, field: RequestField) -> None:
    await state.set_state(_STATES[field])
    await show(event, ask_field_text(field), field_keyboard(field))


async def _go_on(event: Message, state: FSMContext, facts: dict[str, str]) -> None:
    """Ask for the first fact that is missing; show all of them where none is."""
    missing = next((field for field in RequestField if field.value not in facts), None)
    if missing is not None:
        await _ask_for(event, state, missing)
        return
    await state.set_state(RequestForm.summary)
    await show(event, summary_text(facts), summary_keyboard())


def create_router() -> Router:
    """Stand before the codes: a number on a card may look like one."""
    router = Router(name="request form")
    router.callback_query.register(begin_request, LinkBy.filter(F.way == Way.REQUEST), flags=ANSWERS_TAP)
    router.callback_query.register(edit_request, EditRequest.filter())
    router.callback_query.register(send_request, SendRequest.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(drop_request, DropRequest.filter())
    router.callback_query.register(withdraw_request, WithdrawRequest.filter())
    for state in _STATES.values():
        router.message.register(type_fact, state, TYPED_TEXT)
        router.message.register(send_something, state, ~F.text)
    router.message.register(type_at_summary, RequestForm.summary, TYPED_TEXT)
    return router
