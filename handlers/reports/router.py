"""The holder says what is wrong on a certificate, how it is right, and proves it if asked."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.common.callbacks import ReportWrong
from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import mark_of
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from handlers.reports import desk
from handlers.reports.callbacks import ChooseRightValue, ChooseWrongFact, SendProof, SendReport, WithdrawReport
from handlers.reports.keyboards import confirm_keyboard, facts_keyboard, reported_keyboard, value_keyboard
from handlers.reports.states import ReportForm
from handlers.reports.texts import (
    ask_for_value_text,
    choose_fact_text,
    confirm_report_text,
    document_not_taken_text,
    document_taken_text,
    out_of_date_note,
    reported_text,
    send_document_text,
    withdrawn_text,
)
from services.access import Actor
from services.reports.rules import find_fact
from services.reports.service import ReportService


async def say_wrong(
    event: CallbackQuery,
    callback_data: ReportWrong,
    actor: Actor,
    state: FSMContext,
    wrongs: ReportService,
    reader: Reader,
) -> None:
    """The holder finds something wrong."""
    certificate = await wrongs.list_facts(actor, callback_data.certificate_id)
    await state.clear()
    await show(event, choose_fact_text(certificate), facts_keyboard(certificate, reader))


async def choose_fact(
    event: CallbackQuery,
    callback_data: ChooseWrongFact,
    actor: Actor,
    state: FSMContext,
    wrongs: ReportService,
    reader: Reader,
) -> None:
    """The holder marks the fact; what is typed next is the right value."""
    certificate = await wrongs.list_facts(actor, callback_data.certificate_id)
    fact = find_fact(certificate, callback_data.fact)
    await state.set_state(ReportForm.value)
    await state.set_data({"certificate": certificate.id, "fact": fact.name})
    await show(event, ask_for_value_text(certificate.kind, fact, reader), value_keyboard(certificate, fact, reader))


async def type_value(message: Message, actor: Actor, state: FSMContext, wrongs: ReportService, reader: Reader) -> None:
    """The holder types how it is right."""
    await _review(message, message.text or "", actor, state, wrongs, reader)


async def choose_value(
    event: CallbackQuery,
    callback_data: ChooseRightValue,
    actor: Actor,
    state: FSMContext,
    wrongs: ReportService,
    reader: Reader,
) -> None:
    """The holder chooses the right word."""
    if await state.get_state() == ReportForm.value.state:
        await _review(event, callback_data.value, actor, state, wrongs, reader)
    else:
        await show(event, out_of_date_note(), back_to_menu_keyboard())


async def send_report(
    event: CallbackQuery, callback_data: SendReport, actor: Actor, state: FSMContext, wrongs: ReportService
) -> None:
    """The holder is sure."""
    data = await state.get_data()
    known = [data.get(name) for name in ("certificate", "fact", "value")]
    if None in known or callback_data.mark != mark_of(*known):
        await show(event, out_of_date_note(), back_to_menu_keyboard())
        return
    report = await wrongs.report(actor, data["certificate"], data["fact"], data["value"])
    await state.clear()
    await show(event, reported_text(), reported_keyboard(report))


async def withdraw_report(
    event: CallbackQuery, callback_data: WithdrawReport, actor: Actor, wrongs: ReportService
) -> None:
    """The holder takes it back."""
    await wrongs.withdraw(actor, callback_data.report_id)
    await show(event, withdrawn_text(), back_to_menu_keyboard())


async def ask_for_proof(event: CallbackQuery, callback_data: SendProof, state: FSMContext) -> None:
    """The holder wants to send the document; the next picture or file is it."""
    await state.set_state(ReportForm.document)
    await state.set_data({"report": callback_data.report_id})
    await show(event, send_document_text(), back_to_menu_keyboard())


async def send_proof(
    message: Message, attached: Document | PhotoSize, bot: Bot, actor: Actor, state: FSMContext, wrongs: ReportService
) -> None:
    """The holder sends the document."""
    try:
        content = await download(bot, attached)
    except (FileTooLargeError, FileNotHandedOverError):
        await show(message, document_not_taken_text(LIMIT_MEGABYTES), back_to_menu_keyboard())
        return
    await wrongs.send_document(actor, (await state.get_data())["report"], content)
    await state.clear()
    await show(message, document_taken_text(), back_to_menu_keyboard())


async def send_largest_photo(
    message: Message, photo: list[PhotoSize], bot: Bot, actor: Actor, state: FSMContext, wrongs: ReportService
) -> None:
    """The holder sends it as a picture: the largest size is taken."""
    await send_proof(message, photo[-1], bot, actor, state, wrongs)


async def _review(
    event: Message | CallbackQuery, text: str, actor: Actor, state: FSMContext, wrongs: ReportService, reader: Reader
) -> None:
    data = await state.get_data()
    certificate = await wrongs.list_facts(actor, data["certificate"])
    fact, value = await wrongs.review(actor, certificate.id, data["fact"], text)
    await state.update_data({"value": value})
    shown = confirm_report_text(certificate.kind, fact, value, reader)
    await show(event, shown, confirm_keyboard(certificate.id, fact.name, value))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="reports")
    taps = router.callback_query
    taps.register(say_wrong, ReportWrong.filter(), flags=ANSWERS_TAP)
    taps.register(choose_fact, ChooseWrongFact.filter(), flags=ANSWERS_TAP)
    taps.register(choose_value, ChooseRightValue.filter(), flags=ANSWERS_TAP)
    taps.register(send_report, SendReport.filter(), flags=ANSWERS_TAP)
    taps.register(withdraw_report, WithdrawReport.filter(), flags=ANSWERS_TAP)
    taps.register(ask_for_proof, SendProof.filter(), flags=ANSWERS_TAP)
    router.message.register(type_value, ReportForm.value, TYPED_TEXT)
    router.message.register(send_largest_photo, ReportForm.document, F.photo.as_("photo"))
    router.message.register(send_proof, ReportForm.document, F.document.as_("attached"))
    desk.register_on(router)
    return router
