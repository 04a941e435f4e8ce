"""Requests to be recognised, and what officials compare."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.access import LinkedPerson
from services.languages import Trilingual
from services.linking.dto import PersonStanding
from services.people.dto import PersonKind


class RequestState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RefusalReason(StrEnum):
    """Why an official refuses; anything else is written by hand."""

    NUMBER_DIFFERS = "number_differs"
    NAME_DIFFERS = "name_differs"
    LINKED_ALREADY = "linked_already"
    COME_IN_PERSON = "come_in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFacts:
    """What somebody typed of their card: name, group (staff: unit or post), number."""

    name: str
    group_name: str
    person_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """A request; `reason` of a refused one is a `RefusalReason`'s value or an official's own words.

    `person`: who the account was linked to, as long as that is so.
    """

    id: int
    account_id: int
    facts: TypedFacts
    asked_at: datetime
    state: RequestState
    reason: str
    person: LinkedPerson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerStanding:
    """Where an asker stands: the request that waits, and how many more are allowed."""

    waiting: LinkRequest | None
    requests_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the roster who may be meant; `place`: their post and unit, as far as they have one."""

    standing: PersonStanding
    kind: PersonKind
    group_name: str
    place: Trilingual
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Which of the typed facts agree with the roster, however they are spelt."""

    name: bool
    group_name: bool
    person_no: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOnDesk:
    """A waiting request, the people who may be meant (the likest first), and how many requests wait."""

    request: LinkRequest
    candidates: tuple[Candidate, ...]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A waiting request beside one person of the roster."""

    request: LinkRequest
    candidate: Candidate
    alike: Alike
