"""Entries of the register in their different uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.certificates.confirmation import Holder
from services.certificates.dto import Paper, RevocationReason
from services.languages import Language


class RegisterStatus(StrEnum):
    """What the university says of an issued certificate."""

    ISSUED = "issued"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """A certificate to be written: the frozen facts and the frozen paper."""

    year: int
    serial: int
    number: str
    code: str
    kind: str
    language: Language
    person_id: int
    issued_on: date
    issued_at: datetime
    valid_until: date | None
    facts: Mapping[str, str]
    facts_digest: bytes
    salt: bytes
    replaces_id: int | None
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class SameDay:
    """A certificate of today with the same facts; `reprints`: how often it went to the printers anew after failing."""

    id: int
    number: str
    printed: bool
    failed: bool
    reprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredCertificate:
    """A certificate as verification sees it, and what its holder is now.

    `signed_at` is None while it is not printed. `key_invalid_since`: from when on the key that signed it counts no
    more, if that was said. `replaced_by`: the number of the one that took its place.
    """

    kind: str
    language: Language
    number: str
    code: str
    issued_on: date
    valid_until: date | None
    status: RegisterStatus
    status_at: datetime
    facts: Mapping[str, str]
    holder: Holder
    signed_at: datetime | None = None
    key_invalid_since: datetime | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredCertificate:
    """A certificate as its holder is told of it; `file_id` is None while or if it is not printed.

    `account_id`: the account that is its holder's now, if it is not frozen. `confirmed`: what its holder is to know.
    `replaces`: the number of the one in whose place it stands, empty if in none's.
    """

    id: int
    account_id: int | None
    kind: str
    language: Language
    number: str
    code: str
    valid_until: date | None
    file_id: int | None
    failed: bool
    status: RegisterStatus
    confirmed: bool
    replaces: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprinted:
    """A certificate in the printer's hand; `salt`: for the register, None for whoever was erased."""

    id: int
    number: str
    salt: bytes | None
    code: str
    paper: Paper
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedCertificate:
    """The answer to a request; `again`: the same document was issued earlier today and is sent once more."""

    id: int
    number: str
    kind: str
    language: Language
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCertificate:
    """A certificate as officials see it. `account_id`: the account that is its holder's now, if it is not frozen."""

    id: int
    person_id: int
    person_name: str
    account_id: int | None
    kind: str
    language: Language
    number: str
    issued_on: date
    status: RegisterStatus
    status_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedCertificate:
    """A revoked certificate as its holder is told of it; `text`: the official's own words, if any."""

    kind: str
    number: str
    issued_on: date
    reason: RevocationReason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceableCertificate:
    """A certificate that nobody else changes until the end of the transaction.

    `account_id`: the account that is its holder's now, if it is not frozen.
    """

    id: int
    person_id: int
    account_id: int | None
    kind: str
    language: Language
    number: str
    issued_on: date
    facts: Mapping[str, str]
    status: RegisterStatus
    status_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register has under a number or a code, when a file is to be entered again.

    `salt` is None for whoever was erased, `sha256` while there is no file. `replaces`: the number of the certificate in
    whose place it stands. `replaced`: another one stands in its place.
    """

    id: int
    number: str
    code: str
    kind: str
    language: str
    person_id: int
    issued_on: date
    valid_until: date | None
    facts: Mapping[str, str]
    paper: Paper
    salt: bytes | None
    sha256: str | None
    replaces: str | None
    replaced: bool
