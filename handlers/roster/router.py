"""An administrator sends the roster, looks at the difference, confirms it, takes it back."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.downloads import FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode
from handlers.common.forms import leave_form
from handlers.common.ports import SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.roster import keyboards, texts
from handlers.roster.callbacks import CancelImport, ConfirmImport, ListCorrections, SendRoster, UndoImport
from handlers.roster.difference import difference_text, is_long
from handlers.roster.filters import SendsTable
from handlers.roster.sheets import corrections_sheet, difference_sheets
from handlers.roster.states import RosterForm
from services.access import Actor
from services.people.drafts import RosterDraftService
from services.people.imports_dto import RosterPreview
from services.people.service import RosterService
from services.tables.dto import SheetText

_DIFFERENCE_FILE, _CORRECTIONS_FILE = "roster-difference.xlsx", "roster-corrections.xlsx"


async def open_roster(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    roster: RosterService,
    reader: Reader,
) -> None:
    """The administrator opens the desk; a form that was open is left."""
    await leave_form(state, raw_state)
    overview = await roster.get_overview(actor)
    await show(event, texts.overview_text(overview, reader), keyboards.desk_keyboard(overview))


async def begin_to_send(event: CallbackQuery, actor: Actor, state: FSMContext, roster: RosterService) -> None:
    """The administrator wants to send a file."""
    await roster.get_overview(actor)  # refuses who may not
    await state.set_state(RosterForm.file)
    await show(event, texts.ask_for_file_text(), keyboards.back_to_roster_keyboard())


async def type_something(message: Message) -> None:
    """The administrator types where a file is waited for."""
    await show(message, texts.not_a_file_text(), keyboards.back_to_roster_keyboard())


class RosterFiles:
    """Files of rosters, one in memory at a time."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def send_file(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        drafts: RosterDraftService,
        sheets: SheetWriter,
    ) -> None:
        """The administrator sends a file; nothing of it is written before it is confirmed."""
        name = document.file_name or "–"
        try:
            async with self._place:
                content = await download(bot, document)
                await show(message, texts.reading_text(name))
                preview = await drafts.preview(actor, name, content)
        except FileTooLargeError:
            await show(message, texts.too_large_text(), keyboards.back_to_roster_keyboard())
        except FileNotHandedOverError:
            await show(message, texts.send_again_text(), keyboards.back_to_roster_keyboard())
        else:
            await state.clear()
            await _show_preview(bot, message, preview, sheets)


async def _show_preview(bot: Bot, message: Message, preview: RosterPreview, sheets: SheetWriter) -> None:
    """Show the difference; where it is long, the whole of it goes before as a file."""
    if is_long(preview.difference):
        content = await asyncio.to_thread(sheets.write, difference_sheets(preview.difference))
        file = BufferedInputFile(content, _DIFFERENCE_FILE)
        await bot.send_document(message.chat.id, file, caption=texts.difference_caption())
    await show(message, difference_text(preview), keyboards.preview_keyboard(preview))


async def ask_about_removals(
    event: CallbackQuery, callback_data: ConfirmImport, actor: Actor, drafts: RosterDraftService
) -> None:
    """The administrator confirms what would remove many; that is asked once more."""
    await drafts.require_kept(actor, callback_data.draft_id)
    question = texts.removals_question(callback_data.removals)
    await show(event, question, keyboards.removals_keyboard(callback_data))


async def confirm_import(
    event: CallbackQuery, callback_data: ConfirmImport, actor: Actor, drafts: RosterDraftService
) -> None:
    """The administrator confirms the file."""
    difference = await drafts.confirm(actor, callback_data.draft_id, removals=callback_data.removals)
    await show(event, texts.imported_text(difference), keyboards.back_to_roster_keyboard())


async def cancel_import(
    event: CallbackQuery, callback_data: CancelImport, actor: Actor, drafts: RosterDraftService
) -> None:
    """The administrator does not want the file."""
    await drafts.cancel(actor, callback_data.draft_id)
    await show(event, texts.import_cancelled_text(), keyboards.back_to_roster_keyboard())


async def list_corrections(
    event: CallbackQuery, actor: Actor, bot: Bot, roster: RosterService, sheets: SheetWriter
) -> None:
    """The administrator asks what the source system does not have yet."""
    corrections = await roster.list_corrections(actor)
    if not corrections:
        await show(event, texts.no_corrections_text(), keyboards.back_to_roster_keyboard())
        return
    sheet: SheetText = corrections_sheet(corrections)
    content = await asyncio.to_thread(sheets.write, [sheet])
    file = BufferedInputFile(content, _CORRECTIONS_FILE)
    await bot.send_document(event.from_user.id, file, caption=texts.corrections_caption(len(corrections)))


async def ask_to_undo(event: CallbackQuery, actor: Actor, roster: RosterService, reader: Reader) -> None:
    """The administrator wants an import back; what would be undone is shown first."""
    overview = await roster.get_overview(actor)
    if overview.undoable is None:
        await show(event, texts.overview_text(overview, reader), keyboards.desk_keyboard(overview))
        return
    question = texts.undo_question(overview.undoable, reader)
    await show(event, question, keyboards.undo_keyboard(overview.undoable.id))


async def undo_import(event: CallbackQuery, callback_data: UndoImport, actor: Actor, roster: RosterService) -> None:
    """The administrator takes an import back."""
    undone = await roster.undo(actor, callback_data.import_id)
    await show(event, texts.undone_text(undone), keyboards.back_to_roster_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router, files = Router(name="roster"), RosterFiles()
    document = F.document.as_("document")
    router.callback_query.register(open_roster, GoTo.filter(F.place == Place.ROSTER))
    router.callback_query.register(begin_to_send, SendRoster.filter())
    router.message.register(files.send_file, RosterForm.file, document)
    router.message.register(files.send_file, SendsTable(), document)
    router.message.register(type_something, RosterForm.file, TYPED_TEXT, ~HoldsCertificateCode())
    router.callback_query.register(ask_about_removals, ConfirmImport.filter(~F.sure))
    router.callback_query.register(confirm_import, ConfirmImport.filter(F.sure))
    router.callback_query.register(cancel_import, CancelImport.filter())
    router.callback_query.register(list_corrections, ListCorrections.filter())
    router.callback_query.register(ask_to_undo, UndoImport.filter(~F.sure))
    router.callback_query.register(undo_import, UndoImport.filter(F.sure))
    return router
