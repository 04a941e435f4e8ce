"""A survey manager prints sheets of tickets, and closes a survey."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.forms import left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show, show_progress
from handlers.survey_desk import ending_texts, keyboards
from handlers.survey_desk.callbacks import (
    AskToClose,
    ChooseTicketGroup,
    CloseSurvey,
    ListTicketGroups,
    MakeMissingTickets,
    MakeTickets,
)
from handlers.survey_desk.states import SurveyForm
from services.access import Actor
from services.survey_tickets.rules import MOST_TICKETS, tickets_missing
from services.survey_tickets.service import TicketService
from services.surveys.closing import ClosingService
from services.surveys.dto import Stratum
from services.surveys.errors import SurveyMissing
from services.surveys.taking_part import TakingPartService

_MOST_DIGITS = 6


async def list_groups(
    event: CallbackQuery,
    callback_data: ListTicketGroups,
    actor: Actor,
    state: FSMContext,
    survey_tickets: TicketService,
    reader: Reader,
) -> None:
    """The manager wants tickets."""
    groups = await survey_tickets.list_groups(actor, callback_data.survey_id)
    await state.clear()
    keyboard = keyboards.groups_keyboard(callback_data.survey_id, groups, reader.language)
    await show(event, ending_texts.groups_text(), keyboard)


async def choose_group(
    event: CallbackQuery,
    callback_data: ChooseTicketGroup,
    actor: Actor,
    state: FSMContext,
    survey_tickets: TicketService,
    reader: Reader,
) -> None:
    """The manager wants tickets for a group."""
    survey_id, place = callback_data.survey_id, callback_data.place
    group = _at(await survey_tickets.list_groups(actor, survey_id), place)
    await state.set_data({"survey_id": survey_id, "place": place, "shown": group.tickets})
    await state.set_state(SurveyForm.tickets)
    keyboard = keyboards.ticket_count_keyboard(survey_id, place, group)
    await show(event, ending_texts.ask_for_count_text(group, reader.language), keyboard)


async def make_tickets(
    event: CallbackQuery,
    callback_data: MakeTickets | MakeMissingTickets,
    actor: Actor,
    state: FSMContext,
    survey_tickets: TicketService,
    reader: Reader,
) -> None:
    """The manager takes as many as the group has people, or those that are missing; if none is, looks again."""
    survey_id, place = callback_data.survey_id, callback_data.place
    group = _at(await survey_tickets.list_groups(actor, survey_id), place)
    count = tickets_missing(group) if isinstance(callback_data, MakeMissingTickets) else min(group.people, MOST_TICKETS)
    if not count:
        keyboard = keyboards.ticket_count_keyboard(survey_id, place, group)
        await show(event, ending_texts.ask_for_count_text(group, reader.language), keyboard)
        return
    await state.clear()
    await _send_sheet(event, actor, survey_tickets, reader, survey_id, group, count, callback_data.shown)


async def type_count(
    message: Message, actor: Actor, state: FSMContext, survey_tickets: TicketService, reader: Reader
) -> None:
    """The manager writes how many tickets."""
    data, typed = await state.get_data(), (message.text or "").strip()
    survey_id = data["survey_id"]
    if not typed.isdecimal() or len(typed) > _MOST_DIGITS:
        await show(message, ending_texts.not_a_number_text(), keyboards.survey_keyboard(survey_id))
        return
    async with left_if_over(state):
        group = _at(await survey_tickets.list_groups(actor, survey_id), data["place"])
        await _send_sheet(message, actor, survey_tickets, reader, survey_id, group, int(typed), data["shown"])
    await state.clear()


async def ask_to_close(
    event: CallbackQuery, callback_data: AskToClose, actor: Actor, survey_rates: TakingPartService, reader: Reader
) -> None:
    """The manager thinks of closing a survey."""
    seen = await survey_rates.look(actor, callback_data.survey_id)
    await show(event, ending_texts.ask_to_close_text(seen, reader), keyboards.close_keyboard(seen.survey))


async def close_survey(
    event: CallbackQuery, callback_data: CloseSurvey, actor: Actor, survey_closing: ClosingService
) -> None:
    """The manager is sure."""
    await show_progress(event, ending_texts.closing_text())
    closing = await survey_closing.close(actor, callback_data.survey_id)
    await show(event, ending_texts.closed_text(closing), keyboards.survey_keyboard(callback_data.survey_id))


async def _send_sheet(
    event: Message | CallbackQuery,
    actor: Actor,
    survey_tickets: TicketService,
    reader: Reader,
    survey_id: int,
    group: Stratum,
    count: int,
    shown: int,
) -> None:
    printed = await survey_tickets.make(actor, survey_id, group.code, count, shown=shown)
    caption = ending_texts.tickets_caption(printed, group, reader.language)
    name = f"tickets-{survey_id}-{printed.total}.pdf"
    await send_file(event, printed.pdf, name, caption, keyboards.survey_keyboard(survey_id))


def _at(groups: list[Stratum], place: int) -> Stratum:
    if not 0 <= place < len(groups):
        raise SurveyMissing
    return groups[place]
