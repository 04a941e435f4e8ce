"""The facts of a person as texts, and which of two texts is kept."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from services.people.dto import PersonKind, PersonStatus, RosterEntry
from services.spelling import is_spelt_alike

FACTS = tuple(field.name for field in fields(RosterEntry))
#: The last days of papers that a person has from the state.
ENDS = ("visa_expires", "registration_expires", "work_permit_expires")
DAYS = frozenset({"birth_date", "admission_date", "expected_graduation", *ENDS})
#: What texts are compared by their spelling; the others are values, alike or not.
_WORDS = frozenset(FACTS) - DAYS - {"kind", "status", "course", "study_form", "funding"}


def fact_text(value: object) -> str:
    """Return a fact as a text; empty if it is not known."""
    return "" if value is None else str(value)


def fact_value(fact: str, text: str) -> Any:  # noqa: ANN401 -- of the type of the field
    """Return a fact from its text.

    Raises:
        ValueError: the text is no such value.
    """
    if fact in DAYS:
        return date.fromisoformat(text) if text else None
    if fact == "course":
        return int(text) if text else None
    if fact == "kind":
        return PersonKind(text)
    if fact == "status":
        return PersonStatus(text)
    return text


def to_texts(entry: RosterEntry) -> dict[str, str]:
    """Return all facts as texts, as they are kept."""
    return {fact: fact_text(getattr(entry, fact)) for fact in FACTS}


def from_texts(texts: Mapping[str, str]) -> RosterEntry:
    """Return the person from kept texts; a fact of which an older version did not know is empty."""
    return RosterEntry(**{fact: fact_value(fact, texts[fact]) for fact in FACTS if fact in texts})


def says_the_same(fact: str, known: object, told: object) -> bool:
    """Tell whether what is told of a fact is known already (see `services.spelling.is_spelt_alike`)."""
    if known == told:
        return True
    if fact not in _WORDS:
        return False
    return bool(told) and is_spelt_alike(str(known), str(told))


def taken_over(known: RosterEntry, told: RosterEntry) -> RosterEntry:
    """Return what is told, but what says the same as what is known stays in the spelling that is known."""
    if known == told:
        return known
    kept = {
        fact: getattr(known, fact)
        for fact in FACTS
        if getattr(known, fact) != getattr(told, fact)
        and (fact == "person_no" or says_the_same(fact, getattr(known, fact), getattr(told, fact)))
    }
    return replace(told, **kept)
