"""What the conversation needs to know of the university itself."""

from dataclasses import dataclass

from services.languages import Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that people are sent to."""

    name: Trilingual
    place: Trilingual
    hours: Trilingual
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UniversityCard:
    """The university's name and the office that keeps the roster."""

    name: Trilingual
    study_office: Office
