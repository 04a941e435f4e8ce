"""Reports of wrong facts: what can be reported, what was, and what a desk sees of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.certificates.dto import FactType
from services.languages import Language


class ReportState(StrEnum):
    """How far a report is. While a document is wanted, the desk waits for its photo."""

    OPEN = "open"
    DOCUMENT_WANTED = "document_wanted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({ReportState.OPEN, ReportState.DOCUMENT_WANTED})


class Correctability(StrEnum):
    """Who can put a fact right: a correction over the roster, the roster's source alone, or the paper itself."""

    ROSTER = "roster"
    SOURCE = "source"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportableFact:
    """A fact of a certificate that may be wrong.

    `name`: that of a roster's fact (`last_name`, `programme_ky`) or of the kind's own. `rule`: the kind's fact that
    prints it. `value`: as the certificate, or for a part of a name the roster, has it; empty where there is none.
    """

    name: str
    rule: str
    value: str
    correctability: Correctability
    type: FactType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportableCertificate:
    """One's own certificate and what of it can be reported, in the order of the paper."""

    id: int
    kind: str
    language: Language
    number: str
    facts: tuple[ReportableFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report to be written."""

    certificate_id: int
    person_id: int
    account_id: int
    desk: str
    fact: str
    value: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it stands. `value`: what its holder says is right; `decided_value`: what the desk wrote instead."""

    id: int
    certificate_id: int
    person_id: int
    person_name: str
    account_id: int
    desk: str
    kind: str
    language: Language
    number: str
    fact: str
    value: str
    state: ReportState
    file_id: int | None
    decided_value: str
    refusal: str
    created_at: datetime
    new_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """A report in the hands of a desk: beside it the fact as the paper has it."""

    report: Report
    fact: ReportableFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A part of the open reports of the desks where somebody sits, the oldest first; `page` from 0."""

    reports: tuple[Report, ...]
    page: int
    pages: int
    total: int
