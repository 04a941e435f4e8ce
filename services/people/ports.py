"""What this feature needs from storage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.corrections.dto import Correction, ListedCorrection
from services.people.dto import PersonKind, RosterDifference, RosterEntry, StoredPerson
from services.people.imports_dto import ChangedByImport, PastImport, RosterDraft
from services.ports import Transaction


class PeopleRepository(Protocol):
    """People of the roster."""

    async def lock_roster(self) -> None:
        """Let nobody else change the roster until the end of the transaction."""
        ...

    async def list_for_import(self, kinds: Sequence[PersonKind], keys: Sequence[str]) -> list[StoredPerson]:
        """Return everybody of these kinds or with these numbers' keys, the absent ones too."""
        ...

    async def list_by_ids(self, person_ids: Sequence[int]) -> list[StoredPerson]:
        """Return these people."""
        ...

    async def find_by_number(self, person_no: str) -> StoredPerson | None:
        """Return one person, however the number is spelt."""
        ...

    async def count_present(self) -> dict[PersonKind, int]:
        """Return how many people of each kind the roster has now."""
        ...

    async def add(self, entries: Sequence[RosterEntry], units: Mapping[str, int]) -> None:
        """Write new people; `units` gives the unit's id for a text of the file."""
        ...

    async def change(self, entries: Mapping[int, RosterEntry], units: Mapping[str, int]) -> None:
        """Write people anew by id; they are present again."""
        ...

    async def mark_absent(self, person_ids: Sequence[int], now: datetime) -> None:
        """Mark people who are no longer in the roster."""
        ...

    async def settle_keys(self) -> None:
        """Let whoever is present be found by the number, where somebody absent has it in another spelling."""
        ...


class LaidOverCorrections(Protocol):
    """Corrections as far as imports respect them."""

    async def list_in_force(self) -> Sequence[Correction]:
        """Return all corrections in force."""
        ...

    async def list_for_source(self) -> list[ListedCorrection]:
        """Return all corrections in force with the people they are about, in the order of the roster."""
        ...

    async def count(self) -> int:
        """Return how many corrections are in force."""
        ...

    async def note_told(self, roster_values: Mapping[int, str]) -> None:
        """Note what the source says now, by the correction's id."""
        ...

    async def adopt(self, correction_ids: Sequence[int], now: datetime) -> None:
        """End corrections that the source has taken over."""
        ...

    async def revive(self, person_ids: Sequence[int], adopted_at: datetime) -> None:
        """Put corrections in force again that ended as adopted at this moment, unless a newer one is in force."""
        ...


class ImportRepository(Protocol):
    """Past imports, and files that wait for a confirmation."""

    async def add_import(self, account_id: int | None, difference: RosterDifference, now: datetime) -> int:
        """Note an import and return its id."""
        ...

    async def keep_changes(self, import_id: int, before: Sequence[ChangedByImport], added: Sequence[str]) -> None:
        """Keep how the roster was before an import; `added`: the keys of the numbers of who was not there."""
        ...

    async def forget_changes(self, before: datetime) -> int:
        """Delete what was kept of imports older than this; return of how many people."""
        ...

    async def find_last_import(self) -> PastImport | None:
        """Return the newest import, undone or not."""
        ...

    async def find_undoable(self, since: datetime) -> PastImport | None:
        """Return the newest import that is not undone, if it is not older than this."""
        ...

    async def list_changes(self, import_id: int) -> list[ChangedByImport]:
        """Return how the people whom an import touched were before it."""
        ...

    async def mark_undone(self, import_id: int, account_id: int | None, now: datetime) -> None:
        """Note that an import was undone."""
        ...

    async def put_draft(self, account_id: int, file_name: str, content: bytes, digest: bytes, now: datetime) -> int:
        """Keep a file in place of the account's earlier one and return its id."""
        ...

    async def find_draft(self, account_id: int, draft_id: int, since: datetime) -> RosterDraft | None:
        """Return the account's file if it is still kept and not older than this."""
        ...

    async def delete_draft(self, account_id: int, draft_id: int) -> bool:
        """Delete the account's file; False if it was gone."""
        ...

    async def forget_drafts(self, before: datetime) -> int:
        """Delete everybody's files older than this; return how many."""
        ...


class UnitLookup(Protocol):
    """Finding units by what a file calls them."""

    async def resolve(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the unit's id for each text that names exactly one unit."""
        ...


class RosterUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def people(self) -> PeopleRepository:
        """People."""
        ...

    @property
    def units(self) -> UnitLookup:
        """Units."""
        ...

    @property
    def roster(self) -> ImportRepository:
        """Imports and drafts."""
        ...

    @property
    def corrections(self) -> LaidOverCorrections:
        """Corrections in force."""
        ...

    @property
    def audit(self) -> AuditLog:
        """Acts."""
        ...
