"""The card as it is shown after whatever was done for a person."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery, Message

from handlers.common.reader import Reader
from handlers.common.screens import show
from handlers.study_office.card import card_text
from handlers.study_office.keyboards import card_keyboard
from services.study_office.dto import PersonCard


async def show_card(
    event: Message | CallbackQuery, card: PersonCard, reader: Reader, memory: Mapping[str, Any], *, done: str = ""
) -> None:
    """Show a card; `memory`: what the desk remembers of the search that led to it, `done`: what was just done."""
    results = int(memory.get("page", 0)) if "text" in memory else None
    await show(event, card_text(card, reader, done), card_keyboard(card, results=results))
