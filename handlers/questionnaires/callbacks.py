"""Buttons of this feature.

A button of a draft says which version its screen showed, the place of what it is about, and one more number; all three
are one number (`spot`), because a button has 64 bytes.
"""

from enum import StrEnum
from typing import Final

from aiogram.filters.callback_data import CallbackData

from services.languages import Language
from services.questionnaires.edits import Field

_PLACES: Final = 1_000
_VALUES: Final = 10**10
LANGUAGES: Final = tuple(Language)
#: Before a language's number: the next texts are asked for as well.
CHAIN: Final = 10


def spot_of(version: int, place: int = 0, value: int = 0) -> int:
    """Return the three numbers of a button as one."""
    return (version * _PLACES + place) * _VALUES + value


class _Spotted:
    """Takes the three numbers of a button of a draft apart."""

    spot: int

    @property
    def version(self) -> int:
        """The version that was shown."""
        return self.spot // _VALUES // _PLACES

    @property
    def place(self) -> int:
        """Of an item or an index, or a page."""
        return self.spot // _VALUES % _PLACES

    @property
    def value(self) -> int:
        """What else the button says."""
        return self.spot % _VALUES


class Look(StrEnum):
    """Screens of a draft."""

    CARD = "c"
    SETTINGS = "s"
    ITEM = "i"
    WAYS = "w"
    TYPES = "t"
    SCALES = "l"
    TOPICS = "p"
    BANK = "b"
    BANK_TOPIC = "k"
    MOST = "m"
    EXCLUSIVE = "e"
    LEADERS = "r"
    VALUES = "v"
    INDICES = "n"
    INDEX = "x"
    DELETE = "d"
    FINISH = "f"


class Do(StrEnum):
    """Changes of a draft by a tap."""

    UP = "u"
    DOWN = "d"
    REMOVE = "r"
    GOOD = "g"
    DONT_KNOW = "k"
    MOST = "m"
    EXCLUSIVE = "e"
    HINT_OFF = "h"
    SHOWN = "s"
    SHOWN_ALWAYS = "a"
    MODE = "o"
    PERIOD = "p"
    INDEX_ADD = "+"
    INDEX_OFF = "-"
    INDEX_ITEM = "i"


class Put(StrEnum):
    """Changes of a draft that look something up first."""

    NEW = "n"
    NEW_SCALED = "s"
    SCALE = "c"
    KNOWN = "k"
    TOPIC = "t"


class LookAtDraft(_Spotted, CallbackData, prefix="qb1"):
    """Look at a screen of a draft."""

    draft_id: int
    spot: int
    look: Look


class ChangeDraft(_Spotted, CallbackData, prefix="qb2"):
    """Change a draft."""

    draft_id: int
    spot: int
    do: Do


class PutIntoDraft(_Spotted, CallbackData, prefix="qb3"):
    """Put something into a draft."""

    draft_id: int
    spot: int
    put: Put


class AskWords(_Spotted, CallbackData, prefix="qb4"):
    """Write a text of a draft; `value`: the language by its number, ten more where the next texts follow."""

    draft_id: int
    spot: int
    field: Field

    @property
    def language(self) -> Language:
        """The language that is asked for."""
        return LANGUAGES[self.value % CHAIN % len(LANGUAGES)]

    @property
    def goes_on(self) -> bool:
        """Whether the next language, and then the next text, are asked for after it."""
        return self.value >= CHAIN


class PreviewDraft(_Spotted, CallbackData, prefix="qb5"):
    """Look at a question as respondents will; `value`: the language by its number."""

    draft_id: int
    spot: int


class FinishDraft(_Spotted, CallbackData, prefix="qb6"):
    """Let a draft be an edition for ever."""

    draft_id: int
    spot: int


class DeleteDraft(_Spotted, CallbackData, prefix="qb7"):
    """Delete a draft for good."""

    draft_id: int
    spot: int


class ListQuestionnaires(CallbackData, prefix="qb8"):
    """Turn the pages of the library."""

    page: int


class BeginQuestionnaire(CallbackData, prefix="qb9"):
    """Begin a questionnaire from nothing."""


class Take(StrEnum):
    """What can be done with an edition."""

    PAPER = "p"
    FILE = "f"
    REVISION = "r"
    COPY = "c"


class TakeEdition(CallbackData, prefix="qbt"):
    """Take an edition along, or begin another one from it."""

    edition_id: int
    take: Take


class PreviewEdition(CallbackData, prefix="qbp"):
    """Look at a question of an edition as respondents see it; `language`: by its number."""

    edition_id: int
    page: int
    language: Language
