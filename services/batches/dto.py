"""Batches: what is planned, what is written, how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.certificates.dto import CertificateKind
from services.errors import Refusal
from services.languages import Language

#: The row of a list: the person's number and what was typed for this person alone, by fact.
TypedRow = tuple[str, Mapping[str, str]]


class BatchState(StrEnum):
    """How far a batch is."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWish:
    """What somebody wants: a kind in a language for a study group or for a list; `typed` facts are the same for all.

    `group` names a study group; else `rows` are those of the list.
    """

    kind: str
    language: Language
    typed: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    rows: tuple[TypedRow, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """A row of a plan, from 1: the person and the facts as they are kept, or why there will be no certificate."""

    row: int
    person_no: str
    person_name: str
    person_id: int | None
    facts: Mapping[str, str]
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What would be issued; `mark` stands for everything that the screen showed."""

    kind: CertificateKind
    language: Language
    title: str
    rows: tuple[PlannedRow, ...]
    mark: int

    @property
    def ready(self) -> tuple[PlannedRow, ...]:
        """The rows for which a certificate can be issued."""
        return tuple(row for row in self.rows if row.refusal is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBatch:
    """A batch to be written; its rows have a person each."""

    kind: str
    language: Language
    desk: str
    title: str
    account_id: int | None
    created_at: datetime
    rows: tuple[PlannedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A row in the hand of a worker."""

    row: int
    person_id: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as it stands. `printed` certificates have their file; `refused` rows have none and never will."""

    id: int
    kind: str
    language: Language
    desk: str
    title: str
    state: BatchState
    account_id: int | None
    created_at: datetime
    rows: int
    issued: int
    printed: int
    refused: int

    @property
    def is_complete(self) -> bool:
        """Whether every certificate of a finished batch has its file."""
        return self.state is not BatchState.OPEN and self.printed == self.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPaper:
    """A row for the archive: the file, or the name of the refusal."""

    row: int
    person_no: str
    person_name: str
    number: str
    refusal: str
    content: bytes | None
