"""What else a draft has: a photo or a document, links, a category, and whose text those get who have none."""

from collections.abc import Awaitable

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announce.callbacks import Categorise, NameFallback, OpenPart, Part, RemovePart, WriteAbout
from handlers.announce.forms import Asked, ask, asked_about
from handlers.announce.intake import read_message
from handlers.announce.keyboards import (
    categories_keyboard,
    fallback_keyboard,
    part_keyboard,
    way_back_keyboard,
)
from handlers.announce.screens import give_back, show_as_it_is_now, show_card
from handlers.announce.states import WritingForm
from handlers.announce.texts import (
    ask_about_text,
    category_screen_text,
    fallback_screen_text,
    file_screen_text,
    file_wanted_text,
    links_screen_text,
    words_left_note,
    words_wanted_text,
)
from handlers.common.filters import TYPED_TEXT
from handlers.common.formatting import html_of
from handlers.common.forms import left_if_over
from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.errors import DraftChanged
from services.announcements.wording import missing_abouts
from services.announcements.writing import WritingService
from services.announcements.writing_dto import DraftView, Shown
from services.languages import Language


async def open_part(
    event: CallbackQuery,
    callback_data: OpenPart,
    actor: Actor,
    state: FSMContext,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor turns to a part of the draft; a photo or links are sent next."""
    view = await writing.look(actor, callback_data.draft_id)
    content = view.announcement.content
    await state.clear()
    if callback_data.part is Part.CATEGORY:
        await show(event, category_screen_text(), categories_keyboard(view))
    elif callback_data.part is Part.FALLBACK:
        await show(event, fallback_screen_text(), fallback_keyboard(view))
    elif callback_data.part is Part.FILE:
        await ask(state, WritingForm.file, asked_about(view))
        await show(event, file_screen_text(content), part_keyboard(view, Part.FILE, removable=content.file is not None))
    else:
        await ask(state, WritingForm.links, asked_about(view))
        keyboard = part_keyboard(view, Part.LINKS, removable=bool(content.links))
        await show(event, links_screen_text(content, reader.language), keyboard)


async def remove_part(
    event: CallbackQuery,
    callback_data: RemovePart,
    actor: Actor,
    state: FSMContext,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor takes the file or the links away."""
    shown = Shown(id=callback_data.draft_id, version=callback_data.version)
    remove = writing.detach if callback_data.part is Part.FILE else writing.remove_links
    await state.clear()
    view = await _made(event, remove(actor, shown), actor, writing, reader, shown)
    if view is not None:
        await show_card(event, view, reader)


async def categorise(
    event: CallbackQuery, callback_data: Categorise, actor: Actor, writing: WritingService, reader: Reader
) -> None:
    """The editor chooses the category."""
    shown = Shown(id=callback_data.draft_id, version=callback_data.version)
    change = writing.categorise(actor, shown, callback_data.category)
    view = await _made(event, change, actor, writing, reader, shown)
    if view is not None:
        await show_card(event, view, reader)


async def name_fallback(
    event: CallbackQuery,
    callback_data: NameFallback,
    actor: Actor,
    state: FSMContext,
    writing: WritingService,
    reader: Reader,
) -> None:
    """The editor says whose text the others get, and is asked what to tell them about it."""
    shown = Shown(id=callback_data.draft_id, version=callback_data.version)
    change = writing.name_fallback(actor, shown, callback_data.language)
    view = await _made(event, change, actor, writing, reader, shown)
    if view is not None:
        await _ask_for_abouts(event, state, view, reader)


async def ask_for_about(
    event: CallbackQuery, callback_data: WriteAbout, actor: Actor, state: FSMContext, writing: WritingService
) -> None:
    """The editor writes the line of a language, or another one instead."""
    view = await writing.look(actor, callback_data.draft_id)
    await ask(state, WritingForm.about, asked_about(view, callback_data.language))
    await show(event, ask_about_text(callback_data.language), way_back_keyboard(callback_data.draft_id))


async def type_about(
    message: Message, actor: Actor, state: FSMContext, writing: WritingService, reader: Reader
) -> None:
    """The editor says in a line what it is about."""
    asked = Asked.read(await state.get_data())
    async with left_if_over(state):
        try:
            view = await writing.write_about(actor, asked.shown, asked.language, message.text or "")
        except DraftChanged:
            await give_back(message, html_of(message), state, actor, writing, reader)
            return
    await _ask_for_abouts(message, state, view, reader)


async def send_media(
    message: Message, bot: Bot, actor: Actor, state: FSMContext, writing: WritingService, reader: Reader
) -> None:
    """The editor sends a photo or a document; words below it belong to no language and are left."""
    asked = Asked.read(await state.get_data())
    async with left_if_over(state):
        written = await read_message(message, bot, Language.KY)
        if written is None or written.media is None:
            return
        try:
            view = await writing.attach(actor, asked.shown, written.media)
        except DraftChanged:
            await give_back(message, written.html, state, actor, writing, reader)
            return
    await state.clear()
    await show_card(message, view, reader, words_left_note() if written.html else "")


async def type_links(
    message: Message, actor: Actor, state: FSMContext, writing: WritingService, reader: Reader
) -> None:
    """The editor writes buttons that lead elsewhere."""
    asked = Asked.read(await state.get_data())
    async with left_if_over(state):
        try:
            view = await writing.add_links(actor, asked.shown, message.text or "")
        except DraftChanged:
            await give_back(message, html_of(message), state, actor, writing, reader)
            return
    await state.clear()
    await show_card(message, view, reader)


async def send_no_media(message: Message, state: FSMContext) -> None:
    """The editor sends what is neither a photo nor a document."""
    asked = Asked.read(await state.get_data())
    await show(message, file_wanted_text(), way_back_keyboard(asked.draft_id))


async def send_no_words(message: Message, state: FSMContext) -> None:
    """The editor sends what is no text, where one is asked for."""
    asked = Asked.read(await state.get_data())
    await show(message, words_wanted_text(), way_back_keyboard(asked.draft_id))


async def _ask_for_abouts(event: Message | CallbackQuery, state: FSMContext, view: DraftView, reader: Reader) -> None:
    """Ask for the first line that is missing; show the draft where none is."""
    missing = missing_abouts(view.announcement.content)
    if not missing:
        await state.clear()
        await show_card(event, view, reader)
        return
    await ask(state, WritingForm.about, asked_about(view, *missing))
    await show(event, ask_about_text(missing[0]), way_back_keyboard(view.shown.id))


async def _made(
    event: CallbackQuery,
    change: Awaitable[DraftView],
    actor: Actor,
    writing: WritingService,
    reader: Reader,
    shown: Shown,
) -> DraftView | None:
    """Return the draft with a change that was tapped; None if somebody else was quicker, which is shown then."""
    try:
        return await change
    except DraftChanged:
        await show_as_it_is_now(event, actor, writing, reader, shown.id)
        return None


def register_on(router: Router) -> None:
    """Add the handlers of the parts."""
    taps, messages = router.callback_query, router.message
    taps.register(open_part, OpenPart.filter(), flags=ANSWERS_TAP)
    taps.register(remove_part, RemovePart.filter(), flags=ANSWERS_TAP)
    taps.register(categorise, Categorise.filter(), flags=ANSWERS_TAP)
    taps.register(name_fallback, NameFallback.filter(), flags=ANSWERS_TAP)
    taps.register(ask_for_about, WriteAbout.filter(), flags=ANSWERS_TAP)
    messages.register(type_about, WritingForm.about, TYPED_TEXT)
    messages.register(type_links, WritingForm.links, TYPED_TEXT)
    messages.register(send_media, WritingForm.file, F.photo)
    messages.register(send_media, WritingForm.file, F.document & ~F.animation)
    messages.register(send_no_media, WritingForm.file, TYPED_TEXT)
    messages.register(send_no_media, WritingForm.file, ~F.text)
    for form in (WritingForm.about, WritingForm.links):
        messages.register(send_no_words, form, ~F.text)
