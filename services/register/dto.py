"""Entries of the chain, what is compared with them, and what an audit finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RegisterEvent(StrEnum):
    """What happened to a certificate."""

    ISSUED = "issued"
    SIGNED = "signed"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ENTERED_AGAIN = "entered_again"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """How far the chain is: the number of its last entry and that entry's hash; 0 and zeros where it is empty."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """An entry of the chain, as `services.register.rules` documents its hash."""

    seq: int
    at: datetime
    event: str
    number: str
    content: bytes
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFacts:
    """What is hashed of a certificate when it gets its number. `replaces`: the number of the replaced one."""

    number: str
    code: str
    kind: str
    language: str
    issued_on: date
    valid_until: date | None
    facts: Mapping[str, str]
    paper: Mapping[str, object]
    replaces: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFacts:
    """What is hashed of its first signed bytes; digests in hexadecimal."""

    sha256: str
    key_fingerprint: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A certificate as its table has it, to be held against an entry.

    `salt` is None for whoever was erased. `signed`: what was stored of the file; None while there is none. `stored`:
    the digest of the bytes that lie there now, asked for only where the entry is about them. `reason`: the
    revocation's. `replaced_by`: the number of the certificate that stands in its place.
    """

    issued: IssuedFacts
    salt: bytes | None
    status_at: datetime
    reason: str
    signed: SignedFacts | None
    stored: str | None
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the chain says of a certificate, each event with its moment, and how the certificate stands.

    `salted`: it has its salt. `blank`: it has no facts. `filed`: bytes were stored.
    """

    id: int
    number: str
    status: str
    status_at: datetime
    salted: bool
    blank: bool
    filed: bool
    events: tuple[tuple[str, datetime], ...]


class FaultKind(StrEnum):
    """What an audit finds."""

    GAP = "gap"
    BROKEN = "broken"
    HASH = "hash"
    NO_CERTIFICATE = "no_certificate"
    CONTENT = "content"
    FILE = "file"
    NO_ENTRY = "no_entry"
    STATUS = "status"
    ERASURE = "erasure"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not agree: in an entry, of a certificate, or (`day`) with the head of a day."""

    kind: FaultKind
    seq: int | None = None
    number: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far the register was at the end of a day. `kept`: the hash that this entry of the chain has now."""

    day: date
    seq: int
    hash: bytes
    kept: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The result of an audit. `faults` are the first ones, `fault_count` counts all."""

    entries: int
    certificates: int
    heads: int
    tail: Tail
    faults: Sequence[Fault]
    fault_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """Issuing goes on with `number`; `skipped`: the first and the last of the numbers that are not in this register."""

    number: str
    skipped: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastNumber:
    """The greatest number of a year that the register knows of; `serial` is 0 where there is none."""

    year: int
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was erased of a person: the numbers of certificates, and how many requests and reports."""

    numbers: tuple[str, ...]
    wishes: int
