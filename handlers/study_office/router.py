"""The desk: type a name, see the card, give codes, take links away."""

from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, OpenPerson, Place
from handlers.common.filters import TYPED_TEXT
from handlers.common.ports import Links
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.study_office import corrections, revocation
from handlers.study_office.callbacks import AskToUnlink, GiveCode, ShowResults, TakeLinkAway
from handlers.study_office.keyboards import (
    back_to_card_keyboard,
    desk_keyboard,
    results_keyboard,
    unlink_keyboard,
)
from handlers.study_office.screens import show_card
from handlers.study_office.states import StudyOfficeForm, take_seat
from handlers.study_office.texts import ask_to_unlink_text, code_text, desk_text, results_text, unlinked_note
from services.access import Actor
from services.linking.service import LinkingService
from services.study_office.dto import SearchPage
from services.study_office.service import StudyOfficeService


async def open_desk(event: CallbackQuery, actor: Actor, state: FSMContext, study_office: StudyOfficeService) -> None:
    """The official sits down; whatever is typed next is looked for."""
    study_office.enter(actor)
    await state.set_data({})
    await state.set_state(StudyOfficeForm.search)
    await show(event, desk_text(), desk_keyboard())


async def look_for(
    message: Message,
    actor: Actor,
    state: FSMContext,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official types a name, a number, a group or a phone; who is the only one found is shown at once."""
    found = await study_office.search(actor, message.text or "")
    if found.total == 1:
        await state.set_data({})
        await show_card(message, await study_office.get_card(actor, found.people[0].id), reader, {})
        return
    await state.set_data(_memory(found))
    await show(message, results_text(found, reader), results_keyboard(found))


async def show_results(
    event: CallbackQuery,
    callback_data: ShowResults,
    actor: Actor,
    state: FSMContext,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official leafs through what was found, or comes back to it."""
    study_office.enter(actor)
    data = await take_seat(state)
    if "text" not in data:
        await show(event, desk_text(), desk_keyboard())
        return
    found = await study_office.search(actor, data["text"], callback_data.page)
    await state.update_data(_memory(found))
    await show(event, results_text(found, reader), results_keyboard(found))


async def open_person(
    event: CallbackQuery,
    callback_data: OpenPerson,
    actor: Actor,
    state: FSMContext,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official chooses somebody."""
    card = await study_office.get_card(actor, callback_data.person_id)
    data = await take_seat(state)
    await show_card(event, card, reader, data)


async def give_code(
    event: CallbackQuery,
    callback_data: GiveCode,
    actor: Actor,
    study_office: StudyOfficeService,
    linking: LinkingService,
    links: Links,
    reader: Reader,
) -> None:
    """The official gives a one-time code."""
    person = await study_office.find_person(actor, callback_data.person_id)
    issued = await linking.issue_code(actor, person.person_no)
    await show(event, code_text(issued, links.link_in_bot(issued.payload), reader), back_to_card_keyboard(person.id))


async def ask_to_unlink(
    event: CallbackQuery, callback_data: AskToUnlink, actor: Actor, study_office: StudyOfficeService
) -> None:
    """The official wants to part a person from their account."""
    person = await study_office.find_person(actor, callback_data.person_id)
    await show(event, ask_to_unlink_text(person), unlink_keyboard(person.id, callback_data.link_id))


async def take_link_away(
    event: CallbackQuery,
    callback_data: TakeLinkAway,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    study_office: StudyOfficeService,
    reader: Reader,
) -> None:
    """The official is sure."""
    study_office.enter(actor)
    await linking.unlink(actor, callback_data.person_id, callback_data.link_id)
    card = await study_office.get_card(actor, callback_data.person_id)
    await show_card(event, card, reader, await take_seat(state), done=unlinked_note())


def _memory(found: SearchPage) -> dict[str, Any]:
    return {"text": found.text, "page": found.page}


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="study_office")
    taps = router.callback_query
    taps.register(open_desk, GoTo.filter(F.place == Place.STUDY_OFFICE), flags=ANSWERS_TAP)
    taps.register(show_results, ShowResults.filter(), flags=ANSWERS_TAP)
    taps.register(open_person, OpenPerson.filter(), flags=ANSWERS_TAP)
    taps.register(give_code, GiveCode.filter(), flags=ANSWERS_TAP)
    taps.register(ask_to_unlink, AskToUnlink.filter(), flags=ANSWERS_TAP)
    taps.register(take_link_away, TakeLinkAway.filter(), flags=ANSWERS_TAP)
    router.message.register(look_for, StudyOfficeForm.search, TYPED_TEXT)
    corrections.register_on(router)
    revocation.register_on(router)
    return router
