"""The three languages of the university and texts that exist in all of them."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of the bot; the value is its ISO 639-1 code."""

    KY = "ky"
    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trilingual:
    """A text in the three languages; an empty string says that the university has not given it."""

    ky: str = ""
    ru: str = ""
    en: str = ""

    def get(self, language: Language) -> str:
        """Return the text in one language, never that of another."""
        text: str = getattr(self, language.value)
        return text


def guess_language(code: str | None, default: Language) -> Language:
    """Return the language that Telegram's language code (`ru`, `ru-RU`) stands for, else the default."""
    bare = (code or "").partition("-")[0].lower()
    return Language(bare) if bare in set(Language) else default
