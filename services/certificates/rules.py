"""Rules of certificates, without I/O."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.certificates.dto import CertificateKind, FactRule, FactType, Requirement, RevocationReason, Source
from services.certificates.fields import rows_of
from services.codes import generate_code, normalise_code
from services.languages import Language, Trilingual
from services.people.countries import iso_code
from services.people.dto import RosterEntry
from services.people.rules import full_name

_WORDS = frozenset({FactType.TEXT, FactType.COUNTRY})
LONGEST_REASON = 300  # of a revocation, signs
_YEAR_LENGTH = 4
_HIDDEN = "•••"  # as long for every value, so that the length tells nothing
CODE_LENGTH = 20  # 5 bits each: 100 bits
# A single Cyrillic letter may stand in an order's number (45-С), but not inside a Latin word.
_CYRILLIC_WORD = re.compile(r"[Ѐ-ӿ]{2}|[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person as certificates see them; `unit_name` is None where the roster's unit is not known."""

    person_id: int
    entry: RosterEntry
    unit_name: Trilingual | None


def new_code() -> str:
    """Return the code under which a certificate is verified."""
    return generate_code(CODE_LENGTH)


def read_code(text: str) -> str | None:
    """Return the certificate's code that a person typed, or None."""
    return normalise_code(text, CODE_LENGTH)


def printed_number(year: int, serial: int) -> str:
    """Return the number of the paper: the year and the place in its series."""
    return f"{year}-{serial:05d}"


def new_salt() -> bytes:
    """Return what keeps the register's hashes of a certificate's facts from being guessed."""
    return secrets.token_bytes(32)


def valid_until(kind: CertificateKind, issued_on: date, facts: Mapping[str, str]) -> date | None:
    """Return the last day of validity; None where it never ends."""
    if kind.valid_until_fact:
        return date.fromisoformat(facts[kind.valid_until_fact])
    return None if kind.validity_days is None else issued_on + timedelta(days=kind.validity_days)


def facts_of(profile: Profile, kind: CertificateKind, language: Language, given: Mapping[str, str]) -> dict[str, str]:
    """Return the filled facts of a kind in one language, in the order of the kind.

    A fact that the roster has only in another language is left out, never taken over or transliterated. `given` holds
    what was asked and entered; it is not taken for a fact of the roster. What other facts make needless is left out.
    """
    facts: dict[str, str] = {}
    for rule in kind.facts:
        match rule.source:
            case Source.ROSTER:
                value = _value(profile, rule, language)
            case Source.COMPUTED:
                value = _computed(rule, {**given, **facts})
            case _:
                value = given.get(rule.name, "")
        if value:
            facts[rule.name] = value
    return {rule.name: facts[rule.name] for rule in kind.facts if rule.name in facts and is_wanted(rule, facts)}


def missing_facts(profile: Profile, kind: CertificateKind, facts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the facts without which the paper is not issued."""
    return tuple(rule.name for rule in kind.facts if rule.name not in facts and _is_needed(profile, rule, facts))


def lacking_in_roster(profile: Profile, kind: CertificateKind, language: Language) -> tuple[str, ...]:
    """Return the facts that the roster lacks for a paper, whatever is asked of people besides."""
    facts = facts_of(profile, kind, language, {})
    missing = missing_facts(profile, kind, facts)
    return tuple(rule.name for rule in kind.facts_from(Source.ROSTER) if rule.name in missing)


def is_wanted(rule: FactRule, facts: Mapping[str, str]) -> bool:
    """Tell whether a fact has a place on the paper beside the others, as `needed_when` says."""
    return all(facts.get(name) in values for name, values in rule.needed_when.items())


def facts_digest(facts: Mapping[str, str]) -> bytes:
    """Return the SHA-256 of the facts, by which two requests of a day are the same."""
    return hashlib.sha256(json.dumps(dict(facts), ensure_ascii=False, sort_keys=True).encode()).digest()


def subject_of(certificate_id: int) -> str:
    """Return the name under which the messages about a certificate wait for its file."""
    return f"certificate:{certificate_id}"


def written_reason(reason: RevocationReason, text: str) -> str:
    """Return a reason as the register keeps it: its name, behind a colon the official's own words."""
    return f"{reason.value}:{text}" if reason is RevocationReason.OTHER else reason.value


def read_reason(written: str) -> tuple[RevocationReason, str]:
    """Return a reason of the register, and the official's own words."""
    name, _colon, text = written.partition(":")
    known = name in set(RevocationReason)
    return (RevocationReason(name), text) if known else (RevocationReason.OTHER, written)


def _is_needed(profile: Profile, rule: FactRule, facts: Mapping[str, str]) -> bool:
    if rule.requirement is Requirement.IF_IN_ROSTER:
        return _is_in_roster(profile.entry, rule)
    return rule.requirement is Requirement.REQUIRED and is_wanted(rule, facts)


def _computed(rule: FactRule, facts: Mapping[str, str]) -> str:
    """Return the days from the first date to the second, both counted."""
    first, last = (facts.get(name, "") for name in rule.days_between or ("", ""))
    return str((date.fromisoformat(last) - date.fromisoformat(first)).days + 1) if first and last else ""


def _is_in_roster(entry: RosterEntry, rule: FactRule) -> bool:
    """Tell whether the roster has the fact in any language, and be it as a word that cannot be printed."""
    match rule.name:
        case "name":
            return True
        case "programme" | "post":
            return any(getattr(entry, f"{rule.name}_{language.value}") for language in Language)
        case "group":
            return bool(entry.group_name)
        case _:
            return bool(getattr(entry, rule.name, None))


def _value(profile: Profile, rule: FactRule, language: Language) -> str:
    entry = profile.entry
    match rule.name:
        case "name":
            text = entry.name_latin if language is Language.EN else full_name(*_name_parts(entry))
        case "unit":
            text = profile.unit_name.get(language) if profile.unit_name else ""
        case "programme" | "post":
            text = str(getattr(entry, f"{rule.name}_{language.value}"))
        case "group":
            return entry.group_name
        case "citizenship":
            text = iso_code(entry.citizenship) or entry.citizenship
        case _:
            text = _stored(entry, rule)
    if rule.type is FactType.CHOICE and text not in rule.choices:
        return ""  # a word of the roster that the university has no translation for
    if language is Language.EN and rule.type in _WORDS and _CYRILLIC_WORD.search(text):
        return ""  # a Kyrgyz or Russian word is no fact of an English paper
    return text


def _stored(entry: RosterEntry, rule: FactRule) -> str:
    value = getattr(entry, rule.name, None)  # a fact that no roster has is missing
    if value is None:
        return ""
    return value.isoformat() if rule.type is FactType.DATE else str(value)


def _name_parts(entry: RosterEntry) -> tuple[str, str, str]:
    return entry.last_name, entry.first_name, entry.patronymic


def masked(value: str, fact_type: FactType = FactType.TEXT) -> str:
    """Return of a value what strangers may see: of words the first letters, of a date the year, of a table how long."""
    match fact_type:
        case FactType.DATE:
            return value[:_YEAR_LENGTH]
        case FactType.TABLE:
            return str(len(rows_of(value)))
        case FactType.NUMBER | FactType.MONEY | FactType.CHOICE | FactType.ACADEMIC_YEAR | FactType.COUNTRY:
            return _HIDDEN
        case FactType.TEXT:
            return " ".join(word[0] + "•" * (len(word) - 1) for word in value.split())
