"""Batches: what is planned, what is written, how far it is."""

from collections.abc import Callable, Mapping
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

    `group` names a study group; else `rows` are those of the list. `send`: each gets it in the chat as well.
    """

    kind: str
    language: Language
    typed: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    rows: tuple[TypedRow, ...] = ()
    title: str = ""
    send: bool = False


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
    send: bool
    account_id: int | None
    created_at: datetime
    rows: tuple[PlannedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A row in the hand of a worker. `account_id`: where the certificate is sent to, if anywhere."""

    row: int
    person_id: int
    facts: Mapping[str, str]
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as it stands.

    Of the `issued` certificates those `printed` have their file and those `waiting` will; the others could not be
    printed. `refused` rows have no certificate and never will.
    """

    id: int
    kind: str
    language: Language
    desk: str
    title: str
    send: bool
    state: BatchState
    account_id: int | None
    created_at: datetime
    rows: int
    issued: int
    printed: int
    waiting: int
    refused: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is issued or printed any more."""
        return self.state is not BatchState.OPEN and not self.waiting

    @property
    def unprintable(self) -> int:
        """How many certificates have no file and will not have one by themselves."""
        return self.issued - self.printed - self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPaper:
    """A row for the archive: where the file is and how many bytes it has, or the name of the refusal."""

    row: int
    person_no: str
    person_name: str
    number: str
    refusal: str
    file_id: int | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """The words of the list in an archive: its five headings, and what is remarked on a row without a file."""

    headings: tuple[str, ...]
    remark: Callable[[ArchivedPaper], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One of the ZIP files of a batch, counted from 1 to `parts`."""

    name: str
    content: bytes
    part: int
    parts: int
