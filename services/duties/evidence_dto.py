"""What proves a report: as it is sent, as it is kept, as it is looked at again."""

from dataclasses import dataclass, field
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What proves a report."""

    FILE = "file"
    PHOTO = "photo"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What proves a report; `label`: the name of the file, or the address."""

    id: int
    report_id: int
    kind: EvidenceKind
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEvidence:
    """What somebody puts beside a report: bytes with a name, or an address."""

    kind: EvidenceKind
    name: str = ""
    content: bytes = field(default=b"", repr=False)
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvidence:
    """Evidence whose content was looked at: what it is, and what it is called."""

    kind: EvidenceKind
    name: str = ""
    mime: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file of a report, to be looked at again."""

    name: str
    content: bytes = field(repr=False)
    photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePlace:
    """Where a piece of evidence lies, and whose report it belongs to."""

    item_id: int
    unit_code: str
    file_id: int | None
    name: str
    kind: EvidenceKind
