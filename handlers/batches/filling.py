"""Which certificate, for whom, and the values that are the same for all."""

import asyncio
from dataclasses import replace

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from handlers.batches import keyboards, texts
from handlers.batches.callbacks import LeaveBatchValue, PickBatchKind, PickBatchLanguage, PickBatchValue
from handlers.batches.form import BatchData, data_of
from handlers.batches.screens import Seat
from handlers.batches.states import BatchForm
from handlers.common.callbacks import WholeGroup
from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.ports import RefusalWords, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import Tap
from services.access import Actor
from services.batches.rules import typed_facts
from services.batches.service import BatchService
from services.certificates.dto import CertificateKind
from services.languages import Language


async def open_desk(
    event: CallbackQuery, callback_data: WholeGroup, actor: Actor, state: FSMContext, batches: BatchService
) -> None:
    """The official wants to issue for many, or looks at what was issued lately; a form that was open is left."""
    kinds = batches.list_kinds(actor, callback_data.desk)
    recent = await batches.list_recent(actor, callback_data.desk)
    await state.clear()
    await show(event, texts.overview_text(), keyboards.overview_keyboard(kinds, recent, actor.language))


async def pick_kind(
    event: CallbackQuery,
    callback_data: PickBatchKind,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
) -> None:
    """The official chooses the kind."""
    kind = batches.get_kind(actor, callback_data.kind)
    if len(kind.languages) == 1:
        await _ask_for_people(event, kind, kind.languages[0], state, reader)
    else:
        await show(event, texts.language_text(kind, reader), keyboards.languages_keyboard(kind))


async def pick_language(
    event: CallbackQuery,
    callback_data: PickBatchLanguage,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
) -> None:
    """The official chooses the language of all papers."""
    kind = batches.require_offered(actor, callback_data.kind, callback_data.language)
    await _ask_for_people(event, kind, callback_data.language, state, reader)


async def type_group(
    message: Message,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official names a study group."""
    data = data_of(await state.get_data())
    if data is None:
        await _show_begin_anew(message)
        return
    named = replace(data, group=message.text or "", title=" ".join((message.text or "").split()))
    plan = await batches.plan(actor, named.wish)
    await Seat(message, actor, state, batches, reader, refusal_words, sheets).go_on(named, len(plan.rows))


async def send_something(
    message: Message, actor: Actor, state: FSMContext, batches: BatchService, reader: Reader
) -> None:
    """The official sends a picture, say, where a group or a list is waited for."""
    data = data_of(await state.get_data())
    if data is None:
        await _show_begin_anew(message)
        return
    kind = batches.get_kind(actor, data.kind)
    await show(message, texts.people_text(kind, data.language, reader), keyboards.back_keyboard(kind))


async def type_value(
    message: Message,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official types a value; a refusal leaves the question where it is."""
    stored = await state.get_data()
    data = data_of(stored)
    if data is None:
        await _show_begin_anew(message)
        return
    batches.read_value(actor, data.kind, data.question, message.text or "", data.typed)
    seat = Seat(message, actor, state, batches, reader, refusal_words, sheets)
    await seat.go_on(data.answered(message.text or ""), stored["people"])


async def send_no_value(
    message: Message,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official sends a picture or a file where a value is waited for; the question stands again."""
    stored = await state.get_data()
    data = data_of(stored)
    if data is None:
        await _show_begin_anew(message)
        return
    await Seat(message, actor, state, batches, reader, refusal_words, sheets).go_on(data, stored["people"])


async def pick_choice(
    event: CallbackQuery,
    callback_data: PickBatchValue,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official chooses one of the answers."""
    stored = await state.get_data()
    data = _asked(stored, batches, actor, callback_data.question)
    if data is None:
        await tap.answer(texts.out_of_date_toast())
        return
    choice = batches.get_kind(actor, data.kind).facts[callback_data.question].choices[callback_data.choice]
    seat = Seat(event, actor, state, batches, reader, refusal_words, sheets)
    await seat.go_on(data.answered(choice), stored["people"])


async def leave_value(
    event: CallbackQuery,
    callback_data: LeaveBatchValue,
    tap: Tap,
    actor: Actor,
    state: FSMContext,
    batches: BatchService,
    reader: Reader,
    refusal_words: RefusalWords,
    sheets: SheetWriter,
) -> None:
    """The official gives no value for all."""
    stored = await state.get_data()
    data = _asked(stored, batches, actor, callback_data.question)
    if data is None:
        await tap.answer(texts.out_of_date_toast())
        return
    await Seat(event, actor, state, batches, reader, refusal_words, sheets).go_on(data.answered(""), stored["people"])


class Lists:
    """Files of people, one in memory at a time."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)

    async def send_list(
        self,
        message: Message,
        document: Document,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        batches: BatchService,
        reader: Reader,
        refusal_words: RefusalWords,
        sheets: SheetWriter,
    ) -> None:
        """The official sends a list."""
        data = data_of(await state.get_data())
        if data is None:
            await _show_begin_anew(message)
            return
        kind = batches.get_kind(actor, data.kind)
        try:
            async with self._place:
                content = await download(bot, document)
                labels = _labels(kind, reader)
                rows = await asyncio.to_thread(batches.read_list, actor, kind.id, content, labels.__getitem__)
        except FileTooLargeError:
            await show(message, texts.too_large_text(LIMIT_MEGABYTES), keyboards.back_keyboard(kind))
        except FileNotHandedOverError:
            await show(message, texts.send_again_text(), keyboards.back_keyboard(kind))
        else:
            listed = replace(data, rows=rows, title=document.file_name or "–")
            plan = await batches.plan(actor, listed.wish)
            await Seat(message, actor, state, batches, reader, refusal_words, sheets).go_on(listed, len(plan.rows))


async def _show_begin_anew(message: Message) -> None:
    await show(message, texts.out_of_date_text(), keyboards.begin_anew_keyboard())


async def _ask_for_people(
    event: CallbackQuery, kind: CertificateKind, language: Language, state: FSMContext, reader: Reader
) -> None:
    await state.set_state(BatchForm.people)
    await state.set_data(BatchData(kind=kind.id, language=language).stored())
    await show(event, texts.people_text(kind, language, reader), keyboards.back_keyboard(kind))


def _asked(stored: dict[str, object], batches: BatchService, actor: Actor, question: int) -> BatchData | None:
    """Return what the form holds, if the button's question stands open."""
    data = data_of(stored)
    if data is None or not data.question:
        return None
    facts = batches.get_kind(actor, data.kind).facts
    return data if 0 <= question < len(facts) and facts[question].name == data.question else None


def _labels(kind: CertificateKind, reader: Reader) -> dict[str, tuple[str, ...]]:
    """Return what the columns of a list may be called, by fact."""
    return {
        rule.name: tuple(reader.words.label(kind.id, rule.name, language) for language in Language)
        for rule in typed_facts(kind)
    }
