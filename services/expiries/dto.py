"""Papers that end, and what the university says about them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.access import LinkedPerson
from services.languages import Trilingual


class Paper(StrEnum):
    """A paper from the state; its last day is the roster's `<paper>_expires`."""

    VISA = "visa"
    REGISTRATION = "registration"
    WORK_PERMIT = "work_permit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGuide:
    """What the university says of a paper.

    `office`: the code of the unit that looks after it; `kind`: the certificate that helps to prolong it, empty for
    none; `documents`: what is to be brought; `where`: where to go and by when, empty for nothing to say.
    """

    paper: Paper
    office: str
    kind: str = ""
    documents: tuple[Trilingual, ...] = ()
    where: Trilingual = field(default_factory=Trilingual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of a person's paper; `applied`: they said that they have applied for a new one already."""

    person: LinkedPerson
    group_name: str
    paper: Paper
    expires_on: date
    applied: bool
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedEnding:
    """An end that came to a threshold; `threshold` as in `rules`."""

    ending: Ending
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNews:
    """What an office is told of a day: how many papers came to a threshold there."""

    office: str
    day: date
    marked: tuple[MarkedEnding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What is told on a day: whose papers come to a threshold, and how many officials of each office hear of it."""

    day: date
    marked: tuple[MarkedEnding, ...]
    officials: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPapers:
    """The papers of who asks, by their last days, with what the university says of each."""

    today: date
    endings: tuple[Ending, ...]
    guides: dict[Paper, PaperGuide]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingsPage:
    """A page of papers that end soon or have ended, at the offices of whoever asks; the first page is 0."""

    today: date
    endings: tuple[Ending, ...]
    total: int
    page: int
    pages: int
