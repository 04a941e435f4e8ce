"""/plan: the list of one's units, a duty, its history, why one got it, evidence again."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, OpenDuty, OpenEvidence, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import send_file, send_picture, show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan import acts, days, report_form
from handlers.plan.callbacks import ExplainDuty, ListDuties, ShowHistory, key_of
from handlers.plan.card_texts import card_text, why_text
from handlers.plan.history_texts import history_text
from handlers.plan.keyboards import back_keyboard, card_keyboard, history_keyboard, list_keyboard, nobody_keyboard
from handlers.plan.list_texts import list_text, nobody_text
from handlers.plan.texts import evidence_caption
from services.access import Actor
from services.duties.dto import DutyPage, Wish
from services.duties.service import DutyService
from services.plans.rights import coordinates
from services.university import UniversityCard


async def open_plan(
    event: Message | CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    duties: DutyService,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person wants to see what plans ask of their units; a form that was open is left."""
    await leave_form(state, raw_state)
    page = await duties.list_own(actor, Wish())
    await _show_list(event, page, actor, university, reader)


async def turn_page(
    event: CallbackQuery,
    callback_data: ListDuties,
    actor: Actor,
    duties: DutyService,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person looks at another part of the list."""
    wish = Wish(
        group=callback_data.group,
        unit_id=callback_data.unit_id or None,
        only_mine=callback_data.mine,
        page=callback_data.page,
    )
    await _show_list(event, await duties.list_own(actor, wish), actor, university, reader)


async def open_duty(
    event: CallbackQuery,
    callback_data: OpenDuty,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    duties: DutyService,
    reader: Reader,
) -> None:
    """The person looks at a duty; a form that was open is left."""
    key = key_of(callback_data)
    card = await duties.open(actor, key)
    await leave_form(state, raw_state)
    await show(event, card_text(card, reader), card_keyboard(card))


async def explain(
    event: CallbackQuery, callback_data: ExplainDuty, actor: Actor, duties: DutyService, reader: Reader
) -> None:
    """The person asks why they got it."""
    key = key_of(callback_data)
    card, causes = await duties.explain(actor, key)
    await show(event, why_text(card, causes, reader), back_keyboard(key))


async def show_history(
    event: CallbackQuery, callback_data: ShowHistory, actor: Actor, duties: DutyService, reader: Reader
) -> None:
    """The person looks at what happened to the item."""
    key = key_of(callback_data)
    card, page = await duties.list_history(actor, key, callback_data.page)
    await show(event, history_text(card, page, reader), history_keyboard(key, page))


async def open_evidence(event: CallbackQuery, callback_data: OpenEvidence, actor: Actor, duties: DutyService) -> None:
    """The unit, the coordinator or a leader looks at a file of a report."""
    file = await duties.get_evidence(actor, callback_data.evidence_id)
    send = send_picture if file.photo else send_file
    await send(event, file.content, file.name, evidence_caption(file.name))


async def _show_list(
    event: Message | CallbackQuery, page: DutyPage, actor: Actor, university: UniversityCard, reader: Reader
) -> None:
    coordinator = coordinates(actor)
    if not page.units:
        text = nobody_text(reader, university, coordinator=coordinator)
        await show(event, text, nobody_keyboard(coordinator=coordinator))
        return
    await show(event, list_text(page, reader), list_keyboard(page, reader, coordinator=coordinator))


def create_router() -> Router:
    """Stand before whoever knows a file by its looks: here it is evidence while a report is written."""
    router = Router(name="plan")
    taps = router.callback_query
    router.message.register(open_plan, Command("plan"))
    taps.register(open_plan, GoTo.filter(F.place == Place.PLAN), flags=ANSWERS_TAP)
    taps.register(turn_page, ListDuties.filter())
    taps.register(open_duty, OpenDuty.filter(), flags=ANSWERS_TAP)
    taps.register(explain, ExplainDuty.filter(), flags=ANSWERS_TAP)
    taps.register(show_history, ShowHistory.filter(), flags=ANSWERS_TAP)
    taps.register(open_evidence, OpenEvidence.filter(), flags=ANSWERS_TAP)
    acts.register_on(router)
    days.register_on(router)
    report_form.register_on(router)
    return router
