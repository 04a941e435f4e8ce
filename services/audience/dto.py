"""Audiences, and lists of people."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.languages import Trilingual

#: Whoever wrote to the bot and is linked to nobody; a value of `role`.
GUEST = "guest"
_QUOTED = re.compile(r"[\s,]")


class TermKey(StrEnum):
    """What a term asks about somebody."""

    ROLE = "role"
    KIND = "kind"
    UNIT = "unit"
    PROGRAMME = "programme"
    COURSE = "course"
    GROUP = "group"
    FORM = "form"
    CITIZENSHIP = "citizenship"
    LANG = "lang"
    STATUS = "status"
    LIST = "list"
    PERSON = "person"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition, met by whoever has any of the values."""

    key: TermKey
    values: tuple[str, ...]

    def __str__(self) -> str:
        """Return the term as it is written."""
        values = (f'"{value}"' if _QUOTED.search(value) else value for value in self.values)
        return f"{self.key.value}:{','.join(values)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whoever meets every included term and no excluded one; without included terms, everybody but those."""

    included: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """Return the expression in its normal form."""
        return " ".join(
            (*(map(str, self.included) if self.included else ("all",)), *(f"-{it}" for it in self.excluded))
        )

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, whichever way they are meant."""
        return self.included + self.excluded

    @property
    def names_guests(self) -> bool:
        """Whether guests can be meant at all."""
        return any(term.key is TermKey.ROLE and GUEST in term.values for term in self.included)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceCount:
    """How many accounts are meant (`recipients`), and how many of those stopped the bot (`unreachable`)."""

    recipients: int
    unreachable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceSurvey:
    """An audience as whoever chooses it looks at it.

    `recipients`, `unreachable`: as of `AudienceCount`. `names`: some of those who are meant, picked without regard to
    their names. `without_text`: in whose language there is no text, `foreign_without_text` of them foreign students.
    """

    recipients: int
    unreachable: int
    names: tuple[str, ...]
    without_text: int
    foreign_without_text: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A value of a term that can be chosen. `people`: how many linked ones it means, None where nobody counts.

    `also`: what else it is found by.
    """

    value: str
    name: Trilingual
    people: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """A unit, or a post, which nobody is in; `names`: all that it is called besides its code, its `name` included."""

    id: int
    code: str
    parent_code: str
    name: Trilingual = field(default_factory=Trilingual)
    names: tuple[str, ...] = ()
    is_post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBrought:
    """What a list holds by now: how many people, and the numbers that nobody in the roster has."""

    known: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A list that can be named in an audience, and how many people are on it."""

    name: str
    people: int
    brought_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMember:
    """Somebody of the roster who is meant, linked or not. `unit_code`: empty where the unit is none that is known."""

    person_id: int
    unit_code: str = ""
    course: int | None = None


class TermFault(StrEnum):
    """Why an expression cannot be read."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    BARE_WORD = "bare_word"
    UNKNOWN_KEY = "unknown_key"
    NO_VALUE = "no_value"
    IMPOSSIBLE_VALUE = "impossible_value"
    OPEN_QUOTE = "open_quote"
    NOBODY = "nobody"
    ACCOUNT = "account"
