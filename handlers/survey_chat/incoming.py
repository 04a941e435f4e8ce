"""What Telegram brings of a survey, as far as it is read: a tap, or a reply to the survey's message."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from handlers.survey_chat.callbacks import LINK, PREFIX
from services.languages import Language, guess_language
from services.questionnaires.dto import Questionnaire

Raw = Mapping[str, Any]
#: What the invisible link at the beginning of a screen stands on.
INVISIBLE: Final = "\u200b"
_QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})
_PRIVATE: Final = "private"
_NUMBER: Final = re.compile(r"\A\d+\. ")  # of a question, where answers are listed
_MARKS: Final = re.compile(r"[#@/$]\w|\w[.:]\w|\d[\d ()-]{3,}")
_UNIT: Final = 2  # bytes; Telegram counts in UTF-16


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A message of ours as it stands in the chat. `buttons`: their data, and the addresses of hidden links."""

    text: str = ""
    entities: Sequence[Raw] = ()
    buttons: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A button was pressed. `screen`: the message below which it stands; None if Telegram does not show it any more."""

    account_id: int
    data: str
    screen: Screen | None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Somebody replied to a survey's message. `text`: None for anything but a text."""

    account_id: int
    screen: Screen
    text: str | None = field(repr=False)
    hint: str = ""


def read_screen(message: Raw) -> Screen:
    """Read a message of ours."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard") or ()
    data = (button.get("callback_data", "") for row in rows for button in row)
    entities = message.get("entities") or ()
    links = (str(entity.get("url", "")) for entity in entities if entity.get("type") == "text_link")
    return Screen(
        text=str(message.get("text", "")),
        entities=entities,
        buttons=tuple(one for one in data if one.startswith(PREFIX)),
        links=tuple(one for one in links if one.startswith(LINK)),
    )


def is_plain_text(message: Raw) -> bool:
    """Tell whether somebody wrote to the bot without replying to anything, and no command."""
    text, chat = message.get("text"), message.get("chat") or {}
    replies = message.get("reply_to_message") or message.get("external_reply")
    return isinstance(text, str) and not text.startswith("/") and not replies and chat.get("type") == _PRIVATE


def strayed(message: Raw, bot_id: int) -> bool:
    """Tell whether a message brings along one of a survey: forwarded, pinned, or replied to from elsewhere."""
    origin = (message.get("external_reply") or {}).get("origin") or {}
    if (origin.get("sender_user") or {}).get("id") == bot_id:
        return True
    own, copy = read_screen(message), read_screen(message.get("reply_to_message") or {})
    pinned = read_screen(message.get("pinned_message") or {})
    return bool(own.buttons or own.links or copy.links or pinned.buttons or pinned.links)


def language_of_hint(hint: str) -> Language:
    """Return the language that somebody's Telegram has."""
    return guess_language(hint, Language.KY)


def read_texts(screen: Screen, questionnaire: Questionnaire, language: Language) -> dict[str, str]:
    """Return the free answers that a message shows, by code of item: each is quoted below its question."""
    texts = {}
    for before, quoted in _quotations(screen):
        for item in questionnaire.texts:
            asked, line = item.text.get(language).strip(), before.rpartition("\n")[2].lstrip(INVISIBLE)
            if asked in {line, _NUMBER.sub("", line, count=1)}:
                texts[item.code] = quoted
    return texts


def _quotations(screen: Screen) -> Iterator[tuple[str, str]]:
    units = screen.text.encode("utf-16-le", "surrogatepass")
    for entity in screen.entities:
        if entity.get("type") in _QUOTES:
            start = int(entity["offset"]) * _UNIT
            end = start + int(entity["length"]) * _UNIT
            yield _text(units[:start]).rstrip(), _text(units[start:end])


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def count_marks(text: str) -> int:
    """Return how many pieces of a text Telegram may take for links, names, numbers and the like; rather too many."""
    return sum(1 for _ in _MARKS.finditer(text))


def whole(text: str) -> str:
    """Return a text without halves of characters, which nothing can be sent with."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
