"""Free answers on their way from what was written to what may be read."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.questionnaires.dto import Item
from services.survey_reports.redaction import Span
from services.surveys.dto import Stratum


class TextState(StrEnum):
    """What a person decided about a free answer."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCount:
    """How many free answers an item has in a stratum, by what was decided."""

    item: str
    stratum: str
    waiting: int = 0
    confirmed: int = 0
    withheld: int = 0

    @property
    def written(self) -> int:
        """How many were written."""
        return self.waiting + self.confirmed + self.withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """A free answer as it was written."""

    id: UUID
    survey_id: int
    item: str
    stratum: str
    words: str
    state: TextState


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToRead:
    """A free answer that waits for a decision. `spans`: what is suggested for removal; `left`: so many wait with it."""

    text: WrittenText
    item: Item
    stratum: Stratum
    spans: tuple[Span, ...]
    left: int


class Hidden(StrEnum):
    """Why a group's free answers are not shown to somebody.

    There are too few, they speak of the reader's unit, or only one unit was asked, so that no group is above theirs.
    """

    TOO_FEW = "too_few"
    OWN_UNIT = "own_unit"
    ONE_UNIT = "one_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextGroup:
    """The free answers to an item in a stratum. `hidden`: None where they can be looked at; then there is a count.

    `place`: among all groups of the survey, however many of them can be looked at.
    """

    item: Item
    stratum: Stratum
    hidden: Hidden | None
    place: int
    count: TextCount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """Confirmed answers of a group, a page of them. `page`: from 0."""

    group: TextGroup
    texts: tuple[str, ...]
    page: int
    pages: int
