"""An official takes the queue along as a spreadsheet, sends it back, looks at what it would do, confirms it."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.common.callbacks import QueueSheet
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.ports import FormWriter, RefusalWords, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.desk_sheets import keyboards, texts
from handlers.desk_sheets.callbacks import CancelSheet, ConfirmSheet, ReviewSheet
from handlers.desk_sheets.filters import CarriesQueue
from handlers.desk_sheets.progress import ProgressMessage
from handlers.desk_sheets.states import DeskSheetForm
from handlers.desk_sheets.workbook import queue_sheets
from services.access import Actor
from services.desk_sheets.dto import SheetPreview
from services.desk_sheets.service import DeskSheetService

_MISTAKES_FILE = "rows.xlsx"


async def take_along(
    event: CallbackQuery,
    callback_data: QueueSheet,
    actor: Actor,
    state: FSMContext,
    desk_sheets: DeskSheetService,
    forms: FormWriter,
    reader: Reader,
) -> None:
    """The official wants the queue as a spreadsheet, or wants to send it back."""
    queue = await desk_sheets.take_along(actor, callback_data.desk)
    await state.set_state(DeskSheetForm.file)
    keyboard = keyboards.taken_keyboard(queue)
    if not queue.kinds:
        await show(event, texts.nothing_text(), keyboard)
        return
    content = await asyncio.to_thread(forms.write, queue_sheets(queue, reader))
    name = f"queue-{queue.desk}-{queue.today.isoformat()}.xlsx"
    await send_file(event, content, name, texts.taken_caption(queue, reader), keyboard)


async def type_something(message: Message) -> None:
    """The official types where a file is waited for."""
    await show(message, texts.not_a_file_text(), keyboards.desks_keyboard())


async def send_queue(
    message: Message,
    document: Document,
    content: bytes,
    actor: Actor,
    state: FSMContext,
    desk_sheets: DeskSheetService,
    sheets: SheetWriter,
    refusal_words: RefusalWords,
    reader: Reader,
) -> None:
    """The official sends a queue back; nothing of it is written before it is confirmed."""
    preview = await desk_sheets.preview(actor, document.file_name or "–", content)
    await state.clear()
    await _show_preview(message, preview, sheets, refusal_words, reader)


async def send_other_file(
    message: Message,
    document: Document,
    bot: Bot,
    actor: Actor,
    state: FSMContext,
    desk_sheets: DeskSheetService,
    sheets: SheetWriter,
    refusal_words: RefusalWords,
    reader: Reader,
) -> None:
    """The official sends what is no workbook of ours by its looks; the service says what it is."""
    try:
        content = await download(bot, document)
    except FileTooLargeError:
        await show(message, texts.too_large_text(), keyboards.desks_keyboard())
    except FileNotHandedOverError:
        await show(message, texts.send_again_text(), keyboards.desks_keyboard())
    else:
        await send_queue(message, document, content, actor, state, desk_sheets, sheets, refusal_words, reader)


async def review_sheet(
    event: CallbackQuery,
    callback_data: ReviewSheet,
    actor: Actor,
    desk_sheets: DeskSheetService,
    sheets: SheetWriter,
    refusal_words: RefusalWords,
    reader: Reader,
) -> None:
    """The official looks once more at what was sent."""
    preview = await desk_sheets.review(actor, callback_data.sheet_id)
    await _show_preview(event, preview, sheets, refusal_words, reader)


async def confirm_sheet(
    event: CallbackQuery,
    callback_data: ConfirmSheet,
    actor: Actor,
    desk_sheets: DeskSheetService,
    sheets: SheetWriter,
    refusal_words: RefusalWords,
    reader: Reader,
) -> None:
    """The official is sure."""
    report = await desk_sheets.confirm(actor, callback_data.sheet_id, ProgressMessage(event).tell)
    keyboard = keyboards.done_keyboard(report.desk)
    await show(event, texts.report_text(report, refusal_words, reader), keyboard)
    if report.left:
        sheet = texts.mistakes_sheet(report.left, refusal_words, reader)
        content = await asyncio.to_thread(sheets.write, [sheet])
        await send_file(event, content, _MISTAKES_FILE, texts.left_caption(), keyboard)


async def cancel_sheet(
    event: CallbackQuery, callback_data: CancelSheet, actor: Actor, desk_sheets: DeskSheetService
) -> None:
    """The official does not want it."""
    kept = await desk_sheets.cancel(actor, callback_data.sheet_id)
    await show(event, texts.cancelled_text(), keyboards.done_keyboard(kept.desk))


async def _show_preview(
    event: Message | CallbackQuery, preview: SheetPreview, sheets: SheetWriter, words: RefusalWords, reader: Reader
) -> None:
    """Show what would be done; where more is wrong than a message holds, all of it goes before as a file."""
    mistakes = preview.difference.mistakes
    if texts.has_more(mistakes):
        content = await asyncio.to_thread(sheets.write, [texts.mistakes_sheet(mistakes, words, reader)])
        await send_file(event, content, _MISTAKES_FILE, texts.mistakes_caption())
    await show(event, texts.preview_text(preview, words, reader), keyboards.preview_keyboard(preview))


def create_router() -> Router:
    """Handlers of this feature."""
    router, document = Router(name="desk_sheets"), F.document.as_("document")
    router.callback_query.register(take_along, QueueSheet.filter())
    router.message.register(send_queue, document, CarriesQueue())
    router.message.register(send_other_file, DeskSheetForm.file, document)
    router.message.register(type_something, DeskSheetForm.file, TYPED_TEXT, ~HoldsCertificateCode())
    router.callback_query.register(review_sheet, ReviewSheet.filter())
    router.callback_query.register(confirm_sheet, ConfirmSheet.filter())
    router.callback_query.register(cancel_sheet, CancelSheet.filter())
    return router
