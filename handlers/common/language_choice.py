"""The choice of language, which /start and /language show alike. Every language speaks for itself here."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from services.languages import Language

_OWN_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский", Language.EN: "English"}


class ChooseLanguage(CallbackData, prefix="lang"):
    """Choose the language of the bot."""

    language: Language


def own_name(language: Language) -> str:
    """Return what a language calls itself."""
    return _OWN_NAMES[language]


def language_question() -> str:
    """Ask in all three languages, since none is known yet."""
    return "🇰🇬 Тилди тандаңыз\n🇷🇺 Выберите язык\n🇬🇧 Choose a language"


def language_keyboard() -> InlineKeyboardMarkup:
    """Offer the languages by their own names."""
    buttons = [
        InlineKeyboardButton(text=name, callback_data=ChooseLanguage(language=language).pack())
        for language, name in _OWN_NAMES.items()
    ]
    return InlineKeyboardMarkup(inline_keyboard=[buttons])
