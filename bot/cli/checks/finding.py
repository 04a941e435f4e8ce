"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether something works; `NOTE` says that it was not checked, or works with a word to add."""

    GOOD = "good"
    BAD = "bad"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor: what was looked at, what was found, what to do."""

    subject: str
    state: State
    reason: str
    advice: str = ""


def good(subject: str, reason: str) -> Finding:
    """Say that it works."""
    return Finding(subject=subject, state=State.GOOD, reason=reason)


def bad(subject: str, reason: str, advice: str = "") -> Finding:
    """Say that it would not work."""
    return Finding(subject=subject, state=State.BAD, reason=reason, advice=advice)


def note(subject: str, reason: str, advice: str = "") -> Finding:
    """Say something that harms nobody."""
    return Finding(subject=subject, state=State.NOTE, reason=reason, advice=advice)
