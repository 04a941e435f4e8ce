"""Past imports, files that wait for a confirmation, and the roster as a whole."""

from dataclasses import dataclass, field
from datetime import datetime

from services.people.dto import PersonKind, RosterDifference, RosterEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPreview:
    """A file that an administrator sent; `draft_id`: what can be confirmed, None if there is nothing to confirm."""

    file_name: str
    difference: RosterDifference
    draft_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDraft:
    """A file that waits for its confirmation; `digest` stands for the difference that was shown."""

    id: int
    file_name: str
    digest: bytes
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import that changed the roster."""

    id: int
    imported_at: datetime
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedByImport:
    """One person as the roster had them before an import; `before` is None for who was not there."""

    person_id: int
    before: RosterEntry | None
    absent_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneImport:
    """What undoing an import did: who is out again, who has the former facts, who is back."""

    import_id: int
    imported_at: datetime
    taken_out: int
    restored: int
    brought_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterOverview:
    """What the roster holds; `corrections` in force; `last` import; `undoable`: the one that can be undone now."""

    present: dict[PersonKind, int]
    corrections: int
    last: PastImport | None
    undoable: PastImport | None
