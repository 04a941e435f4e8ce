"""The desk looks at what is said to be wrong, asks for a document, accepts or refuses."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import mark_of
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show, show_below
from handlers.common.tap import ANSWERS_TAP
from handlers.reports.callbacks import (
    AcceptReport,
    ListReports,
    OpenReport,
    RefuseReport,
    WantDocument,
    WriteOtherValue,
)
from handlers.reports.keyboards import back_to_report_keyboard, card_keyboard, list_keyboard
from handlers.reports.states import ReportDeskForm
from handlers.reports.texts import (
    accepted_note,
    card_text,
    document_caption,
    document_wanted_note,
    list_text,
    other_value_text,
    out_of_date_note,
    reason_text,
    refused_note,
)
from services.access import Actor
from services.reports.desk import ReportDeskService
from services.reports.dto import ReportCard

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


async def sit_down(event: CallbackQuery, actor: Actor, state: FSMContext, wrongs_desk: ReportDeskService) -> None:
    """The official opens the list."""
    page = await wrongs_desk.list_open(actor)
    await state.clear()
    await show(event, list_text(page), list_keyboard(page))


async def turn_page(
    event: CallbackQuery, callback_data: ListReports, actor: Actor, state: FSMContext, wrongs_desk: ReportDeskService
) -> None:
    """The official leafs, or comes back."""
    page = await wrongs_desk.list_open(actor, callback_data.page)
    await state.clear()
    await show(event, list_text(page), list_keyboard(page))


async def open_report(
    event: CallbackQuery,
    callback_data: OpenReport,
    actor: Actor,
    state: FSMContext,
    wrongs_desk: ReportDeskService,
    reader: Reader,
) -> None:
    """The official looks at a report; its document comes first."""
    card = await wrongs_desk.open(actor, callback_data.report_id)
    await state.clear()
    if card.report.file_id is not None:
        document = await wrongs_desk.get_document(actor, card.report.id)
        name = f"{card.report.number}.{_ENDINGS[document.mime]}"
        await send_file(event, document.content, name, document_caption(card))
        await show_below(event, card_text(card, reader), card_keyboard(card))
        return
    await show(event, card_text(card, reader), card_keyboard(card))


async def want_document(
    event: CallbackQuery, callback_data: WantDocument, actor: Actor, wrongs_desk: ReportDeskService
) -> None:
    """The official wants to see it on paper."""
    await wrongs_desk.want_document(actor, callback_data.report_id)
    page = await wrongs_desk.list_open(actor)
    await show(event, f"{document_wanted_note()}\n\n{list_text(page)}", list_keyboard(page))


async def write_other_value(
    event: CallbackQuery,
    callback_data: WriteOtherValue,
    actor: Actor,
    state: FSMContext,
    wrongs_desk: ReportDeskService,
) -> None:
    """The official knows another spelling; what is typed next is it."""
    card = await wrongs_desk.open(actor, callback_data.report_id)
    await state.set_state(ReportDeskForm.value)
    await state.set_data({"report": card.report.id})
    await show(event, other_value_text(), back_to_report_keyboard(card.report.id))


async def type_value(
    message: Message, actor: Actor, state: FSMContext, wrongs_desk: ReportDeskService, reader: Reader
) -> None:
    """The official types it."""
    card, value = await wrongs_desk.review(actor, (await state.get_data())["report"], message.text or "")
    await state.update_data({"value": value})
    await show(message, card_text(card, reader, value), card_keyboard(card, value))


async def accept(
    event: CallbackQuery,
    callback_data: AcceptReport,
    actor: Actor,
    state: FSMContext,
    wrongs_desk: ReportDeskService,
    reader: Reader,
) -> None:
    """The official is sure of the value that the screen showed."""
    card = await wrongs_desk.open(actor, callback_data.report_id)
    own = await _own_value(card, callback_data, state)
    if own is None:
        await show(event, f"{out_of_date_note()}\n\n{card_text(card, reader)}", card_keyboard(card))
        return
    accepted = await wrongs_desk.accept(actor, callback_data.report_id, own)
    await state.clear()
    page = await wrongs_desk.list_open(actor)
    await show(event, f"{accepted_note(accepted)}\n\n{list_text(page)}", list_keyboard(page))


async def ask_for_reason(
    event: CallbackQuery, callback_data: RefuseReport, actor: Actor, state: FSMContext, wrongs_desk: ReportDeskService
) -> None:
    """The official refuses; what is typed next is the reason."""
    card = await wrongs_desk.open(actor, callback_data.report_id)
    await state.set_state(ReportDeskForm.reason)
    await state.set_data({"report": card.report.id})
    await show(event, reason_text(), back_to_report_keyboard(card.report.id))


async def type_reason(message: Message, actor: Actor, state: FSMContext, wrongs_desk: ReportDeskService) -> None:
    """The official says why."""
    await wrongs_desk.refuse(actor, (await state.get_data())["report"], message.text or "")
    await state.clear()
    page = await wrongs_desk.list_open(actor)
    await show(message, f"{refused_note()}\n\n{list_text(page)}", list_keyboard(page))


async def _own_value(card: ReportCard, button: AcceptReport, state: FSMContext) -> str | None:
    """Return the desk's own spelling, empty for the holder's; None where the screen showed neither."""
    if button.mark == mark_of(card.report.id, card.report.value):
        return ""
    data = await state.get_data()
    typed = data.get("value") if data.get("report") == card.report.id else None
    return str(typed) if typed and button.mark == mark_of(card.report.id, typed) else None


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    taps = router.callback_query
    taps.register(sit_down, GoTo.filter(F.place == Place.REPORTS), flags=ANSWERS_TAP)
    taps.register(turn_page, ListReports.filter(), flags=ANSWERS_TAP)
    taps.register(open_report, OpenReport.filter(), flags=ANSWERS_TAP)
    taps.register(want_document, WantDocument.filter(), flags=ANSWERS_TAP)
    taps.register(write_other_value, WriteOtherValue.filter(), flags=ANSWERS_TAP)
    taps.register(accept, AcceptReport.filter(), flags=ANSWERS_TAP)
    taps.register(ask_for_reason, RefuseReport.filter(), flags=ANSWERS_TAP)
    router.message.register(type_value, ReportDeskForm.value, TYPED_TEXT)
    router.message.register(type_reason, ReportDeskForm.reason, TYPED_TEXT)
