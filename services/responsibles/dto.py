"""Responsible parties as they are printed and as they are understood."""

from dataclasses import dataclass
from enum import StrEnum


class Share(StrEnum):
    """What somebody named in a plan has to do with an item."""

    RESPONSIBLE = "responsible"
    PARTICIPANT = "participant"  # informed, never overdue


class Doubt(StrEnum):
    """Why a piece of the text stands for nobody we know."""

    UNKNOWN = "unknown"
    PERSON = "person"  # a surname with initials: a post is wanted, not a name
    AMBIGUOUS = "ambiguous"  # the words stand for several; the item's own text would have to say which


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A unit or post that a text names. `text`: the piece that named it, as printed."""

    code: str
    share: Share
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A piece of the text that stands for nobody we know. `candidates`: codes a person may choose from."""

    text: str
    doubt: Doubt
    share: Share
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibles:
    """A cell of responsible parties, read: nothing of it is dropped. Each code stands once, in the printed order."""

    text: str
    parties: tuple[Party, ...]
    unresolved: tuple[Unresolved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Words that stand for one or several units and posts; `learned` from a coordinator's correction."""

    text: str
    codes: tuple[str, ...]
    learned: bool = False
