"""A questionnaire: its items, scales and indices, and what an answer to an item can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.languages import Language, Trilingual

#: Answers that every question offers, or some; no choice can be called so.
NOT_SAID: Final = "~not_said"
DONT_KNOW: Final = "~dont_know"

#: A point of a scale; the code of a choice, NOT_SAID or DONT_KNOW; the codes of several choices, in their order.
Answer = int | str | tuple[str, ...]
#: Answers by code of item (`item.row` in a matrix); what was skipped, routed past or not answered is absent.
Answers = Mapping[str, Answer]


class SurveyMode(StrEnum):
    """Who can know whose answers they are; chosen before opening and never changed."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    NAMED = "named"
    OPEN = "open"


#: Modes that are asked in the chat.
IN_CHAT: Final = frozenset({SurveyMode.CONFIDENTIAL, SurveyMode.NAMED})


class ItemType(StrEnum):
    """How an item is answered."""

    SCALE = "scale"
    SINGLE = "single"
    MULTI = "multi"
    MATRIX = "matrix"
    TEXT = "text"
    ROUTE = "route"


class ScaleKind(StrEnum):
    """What stands on the points of a scale."""

    LABELS = "labels"
    NUMBERS = "numbers"


class Good(StrEnum):
    """Which end of a scale is good."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Points from `first` to `last`, low to high.

    `labels`: of every point, or with `numbers` of the two ends. `short`: labels for narrow buttons, if there are any.
    """

    name: str
    kind: ScaleKind
    first: int
    last: int
    labels: Mapping[Language, Sequence[str]]
    short: Mapping[Language, Sequence[str]] = field(default_factory=dict)

    @property
    def points(self) -> range:
        """Return all points, low to high."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice of an item, or a row of a matrix. `exclusive`: chosen, it is the only one."""

    code: str
    text: Trilingual
    exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """An item is shown only where an earlier one has one of the values (`unless`), or has none of them (`when`)."""

    item: str
    unless: tuple[int | str, ...] = ()
    when: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """An item is reported for the whole university only, from so many answers on."""

    level: str
    min: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question. Its code means this wording and this scale for ever, so that semesters compare.

    `scale`: of a scale, a matrix, a route. `choices`: of single and multi; `rows`: of a matrix. `most`: choices of a
    multi, 0 for any number. `max_chars`: of a text. `good`: None for what is not scored.
    """

    code: str
    topic: str
    type: ItemType
    text: Trilingual
    hint: Trilingual | None = None
    scale: Scale | None = None
    good: Good | None = None
    dont_know: bool = False
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    most: int = 0
    max_chars: int = 0
    skip: Skip | None = None
    report: Reporting | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the codes under which its answers stand: its own, or one for each row."""
        return tuple(f"{self.code}.{row.code}" for row in self.rows) or (self.code,)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSpec:
    """Items that are read together."""

    code: str
    items: tuple[str, ...]
    title: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """What is asked. `code` is for ever, `revision` counts corrected spellings.

    `audience`: whom it is for as an audience expression, where the file says it. `minutes`: how long it takes.
    """

    code: str
    revision: int
    mode: SurveyMode
    minutes: int
    title: Trilingual
    title_long: Trilingual
    period: Trilingual | None
    items: tuple[Item, ...]
    indices: tuple[IndexSpec, ...] = ()
    audience: str = ""

    @property
    def closed_items(self) -> tuple[Item, ...]:
        """Return the items that are answered by tapping, routes included, in their order."""
        return tuple(item for item in self.items if item.type is not ItemType.TEXT)

    @property
    def texts(self) -> tuple[Item, ...]:
        """Return the items that are answered in one's own words; they come last."""
        return tuple(item for item in self.items if item.type is ItemType.TEXT)

    def item(self, code: str) -> Item:
        """Return the item of a code."""
        return next(item for item in self.items if item.code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestionnaire:
    """A questionnaire of the library. `draft`: still being written in chat, so no survey can be opened with it."""

    id: int
    questionnaire: Questionnaire
    draft: bool
    created_at: datetime
