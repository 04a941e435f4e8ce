"""A queue on its way to a spreadsheet and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.requests.dto import CertificateRequest
from services.tables.dto import CellFlaw


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A request in a spreadsheet. `decided_by`: the account that decided about it."""

    request: CertificateRequest
    person_no: str
    person_name: str
    decided_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """A spreadsheet that waits for its confirmation. `digests`: what stands for each act that was shown."""

    id: int
    desk: str
    file_name: str
    content: bytes
    digests: frozenset[bytes]
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenQueue:
    """What a desk can work on, by promise, kind by kind in the order of the university's file.

    `total` is larger than the entries are many where one workbook does not hold all. `kept`: the sheet of the official
    that waits for a confirmation.
    """

    desk: str
    today: date
    kinds: tuple[tuple[CertificateKind, tuple[SheetEntry, ...]], ...]
    total: int
    kept: KeptSheet | None

    @property
    def count(self) -> int:
        """How many requests it holds."""
        return sum(len(entries) for _kind, entries in self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where a row stands: the sheet (empty in CSV) and the row, from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """A row as it was read, before anybody knows what its request is.

    `cells` and `flaws` by what the heading means: a `SheetColumn`, or a heading of a fact, folded. `headings`: what
    these are called in the file. A column that the file does not have is not among them.
    """

    place: RowPlace
    cells: Mapping[str, str]
    flaws: Mapping[str, CellFlaw]
    headings: Mapping[str, str]


class Verb(StrEnum):
    """What a row does with its request."""

    APPROVE = "approve"
    REFUSE = "refuse"
    FILL = "fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """What a row does. `typed`: the facts that change, as typed; `values`: all facts as they would be kept."""

    place: RowPlace
    request_id: int
    version: int
    person_name: str
    verb: Verb
    typed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMistake:
    """Why a row does nothing. `column` is the heading of the cell, where it is one; 0 is no request."""

    place: RowPlace
    reason: Refusal
    request_id: int = 0
    person_name: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDifference:
    """What a spreadsheet would do. `done`: rows whose request the same official decided so already.

    `desk`: of the first request at which the official may answer; empty if there is none.
    """

    desk: str
    acts: tuple[RowAct, ...]
    mistakes: tuple[RowMistake, ...]
    untouched: int
    done: int

    def count(self, verb: Verb) -> int:
        """Return how many rows do this."""
        return sum(act.verb is verb for act in self.acts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPreview:
    """What is looked at before it is confirmed. `sheet_id` is None where there is nothing to confirm."""

    sheet_id: int | None
    file_name: str
    difference: SheetDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What became of a spreadsheet. `left`: the rows that were not worked, and why."""

    desk: str
    approved: int
    refused: int
    filled: int
    done: int
    left: tuple[RowMistake, ...]
