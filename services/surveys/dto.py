"""A survey: one round of asking, its groups, and what a respondent gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from services.languages import Trilingual
from services.questionnaires.dto import Answers, Questionnaire, SurveyMode

#: A group has at least so many people who can answer when a survey opens.
LEAST_STRATUM: Final = 30
#: What fewer people have said is not kept as that of their group, and never shown.
FEWEST: Final = 10
#: The code of the whole university among the groups.
WHOLE: Final = "all"


class SurveyState(StrEnum):
    """How far a survey is. `closing`: nothing is taken any more, replies are being opened and shuffled."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class SendingKind(StrEnum):
    """What goes out to everybody who is asked, once a survey, kind and day."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    OUTCOME = "outcome"


class ShuffledTable(StrEnum):
    """What is written anew every night, because its order and its system columns tell who came when."""

    MARKS = "survey_marks"
    SEALED = "sealed_replies"


class Split(StrEnum):
    """How far the report tells groups apart; smaller ones than LEAST_STRATUM are merged before opening."""

    UNIVERSITY = "university"
    UNIT = "unit"
    UNIT_COURSE = "unit_course"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A group that the report tells apart. `parent`: None for the whole; `leaf`: replies and tickets name it.

    `people`: of the frozen audience. `tickets`: printed for it. `covers`: the codes that were merged into it.
    `finished`: for so many it is over as of the morning of `counted_on`, in tens.
    """

    code: str
    parent: str | None
    name: Trilingual
    people: int
    leaf: bool
    tickets: int = 0
    covers: tuple[str, ...] = ()
    finished: int = 0
    counted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey with what it asks. Keys and link are None before opening, and where its mode has none.

    `audience`: an expression of `services.audience`, empty for an open link. `closes_on`: its last day.
    `reader_unit`: the code of the unit that reads named answers.
    """

    id: int
    questionnaire_id: int
    questionnaire: Questionnaire
    mode: SurveyMode
    state: SurveyState
    audience: str
    split: Split
    period: Trilingual
    closes_on: date | None
    opened_on: date | None
    closed_on: date | None
    public_key: bytes | None
    tap_key: bytes | None
    link_token: str | None
    reader_unit: str
    outcome: Trilingual
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one respondent gave, as it stands inside the seal. `texts`: in their own words, by code of item.

    `declined`: a blank, which somebody who does not take part leaves, so that nobody without the key tells them apart.
    """

    stratum: str
    answers: Answers
    texts: Mapping[str, str] = field(default_factory=dict)
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySettings:
    """What is set of a survey; None leaves it as it is. `audience`: an expression of `services.audience`."""

    mode: SurveyMode | None = None
    audience: str | None = None
    split: Split | None = None
    period: Trilingual | None = None
    closes_on: date | None = None
    reader_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A questionnaire that was brought, and the draft for it. `new`: it was not in the library before.

    `fits_chat`: the answers fit the buttons of a chat.
    """

    survey: Survey
    new: bool
    fits_chat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPlan:
    """What opening means. `linked`: so many of the people the bot can write to now; `closes_on`: the last day.

    `key_place`: where the key will lie, empty for those who do not administer, and where nothing is sealed; lost with
    it are all answers.
    """

    survey: Survey
    strata: tuple[Stratum, ...]
    people: int
    linked: int
    closes_on: date
    key_place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A survey that was opened. `address`: of the page of an open link, else empty; `invited`: so many accounts.

    `key_place`: as in `OpeningPlan`.
    """

    survey: Survey
    strata: tuple[Stratum, ...]
    people: int
    invited: int
    key_place: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainReply:
    """A reply on its way into the readable table. `answers`: as JSON, which takes a tenth of the room."""

    stratum: str
    answers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """A free answer on its way into the readable table. `stratum`: the group above the one of its reply."""

    item: str
    stratum: str
    words: str


class ClosingEnd(StrEnum):
    """How a closing ended. `waits`: another process is at it, or a backup is reading; the next minute tries again.

    `damaged`: so many replies cannot be read that the fault is likely to be ours; nothing was written or destroyed.
    """

    CLOSED = "closed"
    WAITS = "waits"
    KEY_MISSING = "key_missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a closing came to: replies and free answers, both rounded down to tens, for nobody is told exact numbers.

    `too_few`: fewer than FEWEST answered, so nothing was kept. `broken`: damaged ones, which are not counted.
    `key_destroyed`: its file was on this machine, and is there no more.
    """

    survey_id: int
    end: ClosingEnd
    replies: int = 0
    texts: int = 0
    broken: int = 0
    too_few: bool = False
    key_destroyed: bool = False
