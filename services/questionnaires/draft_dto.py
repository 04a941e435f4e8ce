"""Questionnaires that are being written in the chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.languages import Language
from services.questionnaires.dto import Item, KnownQuestionnaire, Questionnaire


class Gap(StrEnum):
    """What keeps a questionnaire from being finished."""

    ALIKE = "alike"
    ANONYMOUS = "anonymous"
    CHOICES = "choices"
    CHOICE_TEXT = "choice_text"
    CODE_TAKEN = "code_taken"
    HINT = "hint"
    INDEX_ITEMS = "index_items"
    INDEX_TITLE = "index_title"
    LONG_TITLE = "long_title"
    MEANING = "meaning"
    NO_ITEMS = "no_items"
    NOTHING_TO_TAP = "nothing_to_tap"
    OTHER = "other"
    PERIOD = "period"
    ROOM = "room"
    SCALE = "scale"
    SCREENS = "screens"
    SKIP = "skip"
    TEXT = "text"
    TEXT_LAST = "text_last"
    TITLE = "title"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFault:
    """A gap and where it is. `place`: of the item or the index, from 0; `number`: how many too many, where that counts.

    `languages`: in which of them something lacks. `said`: what a file's reader says of it, in English, where there is
    no kind for it.
    """

    gap: Gap
    place: int | None = None
    languages: tuple[Language, ...] = ()
    number: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """A questionnaire as far as it is written; what lacks is empty. `version` grows with every change."""

    id: int
    version: int
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft and how far it is. `reworded`: codes of items whose words are far from those the library knows."""

    id: int
    version: int
    questionnaire: Questionnaire
    faults: tuple[DraftFault, ...]
    reworded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A draft after an item was added, and where that item stands."""

    draft: Draft
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All editions, by code, the newest revision first; and what is being written, the newest first.

    `shipped`: what comes with the bot and is not among the editions yet.
    """

    editions: Sequence[KnownQuestionnaire]
    drafts: Sequence[StoredDraft]
    shipped: Sequence[Questionnaire] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankItem:
    """An item of the library: where it stands in the newest edition that has it."""

    edition_id: int
    place: int
    item: Item


#: Items of the library by topic.
Bank = Mapping[str, Sequence[BankItem]]
