"""Texts, one language after the other; with the first of them a draft begins."""

from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announce.callbacks import RemoveText, SkipText, WriteText
from handlers.announce.forms import Asked, ask, asked_about
from handlers.announce.intake import read_message
from handlers.announce.keyboards import editors_desk_keyboard, text_keyboard, way_back_keyboard
from handlers.announce.screens import ask_for_text, give_back, show_as_it_is_now, show_card, show_desk
from handlers.announce.states import WritingForm
from handlers.announce.texts import (
    album_text,
    ask_text_text,
    file_taken_text,
    nothing_kept_text,
    one_message_text,
    out_of_date_text,
    split_text,
    typed_tags_note,
)
from handlers.common.filters import TYPED_TEXT
from handlers.common.forms import left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import show, show_below
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.errors import DraftChanged
from services.announcements.writing import WritingService
from services.announcements.writing_dto import DraftView, Written
from services.html import utf16_length

_FILLS_A_MESSAGE = 3_500  # UTF-16 units; what an app cuts a longer text into is longer than this, but for the last
_AT_ONCE = 3  # seconds between the parts


async def ask_for_language(
    event: CallbackQuery, callback_data: WriteText, actor: Actor, state: FSMContext, writing: WritingService
) -> None:
    """The editor writes the text of a language; the one that stands is shown first, so that it can be copied."""
    view = await writing.look(actor, callback_data.draft_id)
    asked = asked_about(view, callback_data.language)
    text = view.announcement.texts.get(callback_data.language)
    if text is None:
        await ask_for_text(event, state, asked, is_first=True)
        return
    await ask(state, WritingForm.text, asked)
    await show(event, text)
    await show_below(event, ask_text_text(asked.language, is_first=True), text_keyboard(asked, can_be_removed=True))


async def send_text(
    message: Message, bot: Bot, actor: Actor, state: FSMContext, writing: WritingService, reader: Reader
) -> None:
    """The editor sends a text, a photo or a document, or one with the other below it."""
    asked = Asked.read(await state.get_data())
    if _continues(asked, message):
        await _ask_again(message, state, asked)
        return
    async with left_if_over(state):
        written = await read_message(message, bot, asked.language)
        if written is None:
            return
        try:
            view = await _keep(actor, writing, asked, written)
        except DraftChanged:
            await give_back(message, written.html, state, actor, writing, reader)
            return
    await _go_on(message, state, _answered(asked, view, message, written), view, written, reader)


async def send_rest(message: Message, state: FSMContext) -> None:
    """Words come right after the last text: it was so long that Telegram made several messages of it."""
    asked = Asked.read(await state.get_data())
    if not _continues(asked, message):
        await state.clear()
        raise SkipHandler
    await _ask_again(message, state, asked)


async def skip_text(
    event: CallbackQuery,
    callback_data: SkipText,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor has no text in this language, at least for now."""
    asked = Asked.read(await state.get_data())
    if raw_state != WritingForm.text.state or asked.languages[:1] != (callback_data.language.value,):
        await show(event, out_of_date_text(), editors_desk_keyboard())
        return
    rest = replace(asked, languages=asked.languages[1:])
    if rest.languages:
        await ask_for_text(event, state, rest)
        return
    await state.clear()
    if asked.draft_id:
        await show_card(event, await writing.look(actor, asked.draft_id), reader)
    else:
        await show_desk(event, actor, writing, reader, nothing_kept_text())


async def remove_text(
    event: CallbackQuery,
    callback_data: RemoveText,
    actor: Actor,
    state: FSMContext,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor takes a text away."""
    await state.clear()
    asked = Asked(draft_id=callback_data.draft_id, version=callback_data.version)
    try:
        view = await writing.remove_text(actor, asked.shown, callback_data.language)
    except DraftChanged:
        await show_as_it_is_now(event, actor, writing, reader, callback_data.draft_id)
        return
    await show_card(event, view, reader)


async def send_album(message: Message, state: FSMContext) -> None:
    """The editor sends several photos at once: refused once, not for each of them."""
    data = await state.get_data()
    if data.get("album") == message.media_group_id:
        return
    await state.update_data(album=message.media_group_id)
    await show(message, album_text(), way_back_keyboard(Asked.read(data).draft_id))


async def send_something(message: Message, state: FSMContext) -> None:
    """The editor sends what no announcement can be made of."""
    asked = Asked.read(await state.get_data())
    await show(message, one_message_text(), way_back_keyboard(asked.draft_id))


async def _keep(actor: Actor, writing: WritingService, asked: Asked, written: Written) -> DraftView:
    if asked.draft_id:
        return await writing.write(actor, asked.shown, written)
    return await writing.begin(actor, asked.voice, written)


def _answered(asked: Asked, view: DraftView, message: Message, written: Written) -> Asked:
    """Return what is still asked for: after a file without a text the same language once more."""
    typed = message.text if message.forward_origin is None else None
    long = typed is not None and utf16_length(typed) > _FILLS_A_MESSAGE
    return replace(
        asked,
        draft_id=view.shown.id,
        version=view.shown.version,
        languages=asked.languages[1:] if written.html else asked.languages,
        long_at=int(message.date.timestamp()) if long else 0,
        long_language=asked.language.value if long else "",
    )


async def _go_on(
    message: Message, state: FSMContext, asked: Asked, view: DraftView, written: Written, reader: Reader
) -> None:
    note = typed_tags_note(written.html)
    if asked.languages:
        taken = [file_taken_text(written.media.media)] if written.media and not written.html else []
        await ask_for_text(message, state, asked, *taken, *([note] if note else []))
        return
    await state.clear()
    if asked.long_at:
        await ask(state, WritingForm.rest, asked)
    await show_card(message, view, reader, note)


def _continues(asked: Asked, message: Message) -> bool:
    """Tell whether a text is the rest of one that was too long for a message."""
    if not asked.long_at or message.text is None or message.forward_origin is not None:
        return False
    return abs(int(message.date.timestamp()) - asked.long_at) <= _AT_ONCE


async def _ask_again(message: Message, state: FSMContext, asked: Asked) -> None:
    """Ask once more for the text that was too long, once, however many parts it has."""
    if asked.languages[:1] != (asked.long_language,):
        asked = replace(asked, languages=(asked.long_language, *asked.languages))
        await ask(state, WritingForm.text, asked)
        await show(message, split_text(asked.language), text_keyboard(asked))


def register_on(router: Router) -> None:
    """Add the handlers of texts."""
    taps, messages = router.callback_query, router.message
    taps.register(ask_for_language, WriteText.filter(), flags=ANSWERS_TAP)
    taps.register(skip_text, SkipText.filter(), flags=ANSWERS_TAP)
    taps.register(remove_text, RemoveText.filter(), flags=ANSWERS_TAP)
    for form in (WritingForm.text, WritingForm.about, WritingForm.file, WritingForm.links):
        messages.register(send_album, form, F.media_group_id)
    messages.register(send_text, WritingForm.text, TYPED_TEXT)
    messages.register(send_text, WritingForm.text, F.photo)
    messages.register(send_text, WritingForm.text, F.document & ~F.animation)
    messages.register(send_something, WritingForm.text, ~F.text)
    messages.register(send_rest, WritingForm.rest, TYPED_TEXT)
