"""Screens that several handlers of the editors' desk show."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.announce.card_texts import card_text, desk_text
from handlers.announce.forms import Asked, ask
from handlers.announce.keyboards import card_keyboard, desk_keyboard, text_keyboard
from handlers.announce.states import WritingForm
from handlers.announce.texts import ask_text_text, changed_meanwhile_text, your_words_text
from handlers.common.reader import Reader
from handlers.common.screens import show
from services.access import Actor
from services.announcements.writing import WritingService
from services.announcements.writing_dto import DraftView


async def show_desk(
    event: Message | CallbackQuery, actor: Actor, writing: WritingService, reader: Reader, note: str = "",
    *, page: int = 0,
) -> None:  # fmt: skip
    """Show the drafts."""
    desk = await writing.open_desk(actor, page)
    text = desk_text(desk, reader)
    await show(event, f"{note}\n\n{text}" if note else text, desk_keyboard(desk, reader.language))


async def show_card(event: Message | CallbackQuery, view: DraftView, reader: Reader, note: str = "") -> None:
    """Show a draft."""
    await show(event, card_text(view, reader, note), card_keyboard(view))


async def ask_for_text(
    event: Message | CallbackQuery, state: FSMContext, asked: Asked, *notes: str, is_first: bool = False
) -> None:
    """Ask for the text of the next language, the first one with a hint; notes stand above the question."""
    await ask(state, WritingForm.text, asked)
    question = ask_text_text(asked.language, is_first=is_first)
    await show(event, "\n\n".join([*notes, question]), text_keyboard(asked))


async def show_as_it_is_now(
    event: Message | CallbackQuery, actor: Actor, writing: WritingService, reader: Reader, draft_id: int
) -> None:
    """Somebody else was quicker than this tap: show what they made of the draft."""
    await show_card(event, await writing.look(actor, draft_id), reader, changed_meanwhile_text())


async def give_back(
    message: Message, words: str, state: FSMContext, actor: Actor, writing: WritingService, reader: Reader
) -> None:
    """Somebody else was quicker than this message: give its words (HTML) back, and show the draft as it is now."""
    draft_id = Asked.read(await state.get_data()).draft_id
    await state.clear()
    view = await writing.look(actor, draft_id)
    if not words:  # a photo alone; it stands right above
        await show_card(message, view, reader, changed_meanwhile_text())
        return
    await show(message, your_words_text())
    await show(message, words)
    await show_card(message, view, reader)
