"""The last look, the batch as it goes on, the archive."""

import asyncio
from dataclasses import replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.batches import keyboards, texts
from handlers.batches.callbacks import BeginBatch, CancelBatch, OpenBatch, SwitchBatchSending, TakeArchive
from handlers.batches.form import BatchData, data_of
from handlers.batches.screens import Seat
from handlers.batches.states import BatchForm
from handlers.common.ports import RefusalWords, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from services.access import Actor
from services.batches.dto import Batch
from services.batches.errors import BatchDiffers
from services.batches.service import BatchService


async def switch_sending(
    event: CallbackQuery,
    callback_data: SwitchBatchSending,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official lets everybody have theirs in the chat, or not."""
    data = await _reviewed(event, state, callback_data.mark)
    if data is not None:
        seat = Seat(event, actor, state, batches, reader, refusal_words, sheets)
        await seat.review(replace(data, send=not data.send), again=True)


async def begin(
    event: CallbackQuery,
    callback_data: BeginBatch,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official is sure; where something has changed, they look once more."""
    data = await _reviewed(event, state, callback_data.mark)
    if data is None:
        return
    try:
        batch = await batches.begin(actor, data.wish, callback_data.mark)
    except BatchDiffers:
        seat = Seat(event, actor, state, batches, reader, refusal_words, sheets)
        await seat.review(data, texts.differs_note())
        return
    await state.clear()
    await _show_batch(event, actor, batch, batches)


async def look(event: CallbackQuery, callback_data: OpenBatch, actor: Actor, batches: BatchService) -> None:
    """The official looks how far it is."""
    await _show_batch(event, actor, await batches.get(actor, callback_data.batch_id), batches)


async def ask_to_cancel(event: CallbackQuery, callback_data: CancelBatch, actor: Actor, batches: BatchService) -> None:
    """The official wants to stop; that is asked once more."""
    batch = await batches.get(actor, callback_data.batch_id)
    await show(event, texts.cancel_question(batch), keyboards.cancel_keyboard(batch))


async def cancel(event: CallbackQuery, callback_data: CancelBatch, actor: Actor, batches: BatchService) -> None:
    """The official stops it."""
    batch = await batches.cancel(actor, callback_data.batch_id)
    await _show_batch(event, actor, batch, batches)


class Archives:
    """Archives on their way to Telegram, one in memory at a time."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def take(self, event: CallbackQuery, callback_data: TakeArchive, actor: Actor, batches: BatchService) -> None:
        """The official takes all papers along; a large batch comes in parts."""
        part, parts = 1, 1
        async with self._place:
            while part <= parts:
                archive = await batches.read_archive(actor, callback_data.batch_id, part, texts.list_words())
                await send_file(event, archive.content, archive.name, texts.archive_caption(archive))
                part, parts = part + 1, archive.parts


async def _show_batch(event: CallbackQuery, actor: Actor, batch: Batch, batches: BatchService) -> None:
    kind = next((kind for kind in batches.list_kinds(actor, batch.desk) if kind.id == batch.kind), None)
    await show(event, texts.batch_text(batch, kind, actor.language), keyboards.batch_keyboard(batch))


async def _reviewed(event: CallbackQuery, state: FSMContext, mark: int) -> BatchData | None:
    """Return what was reviewed, if the screen of the button is the one; say so if it is not."""
    stored = await state.get_data()
    data = data_of(stored) if await state.get_state() == BatchForm.review.state else None
    if data is None or stored.get("mark") != mark:
        await show(event, texts.out_of_date_text(), keyboards.begin_anew_keyboard())
        return None
    return data
