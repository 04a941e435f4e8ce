"""The choice of language, which /start and /language show alike. Every language speaks for itself here."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.common.languages import OWN_NAMES
from services.languages import Language


class ChooseLanguage(CallbackData, prefix="lang"):
    """Choose the language of the bot."""

    language: Language


def language_question() -> str:
    """Ask in all three languages, since none is known yet."""
    return "🇰🇬 Тилди тандаңыз\n🇷🇺 Выберите язык\n🇬🇧 Choose a language"


def language_keyboard() -> InlineKeyboardMarkup:
    """Offer the languages by their own names."""
    buttons = [
        InlineKeyboardButton(text=name, callback_data=ChooseLanguage(language=language).pack())
        for language, name in OWN_NAMES.items()
    ]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])
