"""Past imports of the roster, and files that wait for a confirmation."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, RowMapping, Text, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Person, RosterDraft, RosterImport, RosterImportChange
from services.people import imports_dto as dto
from services.people.dto import RosterDifference
from services.people.facts import from_texts, to_texts

_BATCH = 1_000
_IMPORT = select(
    RosterImport.id,
    RosterImport.imported_at,
    RosterImport.added,
    RosterImport.changed,
    RosterImport.removed,
    RosterImport.unchanged,
)
_NEWEST_FIRST = RosterImport.id.desc()


class SqlImportRepository:
    """Imports and drafts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_import(self, account_id: int | None, difference: RosterDifference, now: datetime) -> int:
        """Note an import and return its id."""
        statement = insert(RosterImport).values(
            imported_at=now,
            imported_by=account_id,
            added=difference.added,
            changed=difference.changed,
            removed=difference.removed,
            unchanged=difference.unchanged,
        )
        return (await self._connection.execute(statement.returning(RosterImport.id))).scalar_one()

    async def keep_changes(self, import_id: int, before: Sequence[dto.ChangedByImport], added: Sequence[str]) -> None:
        """Keep how the roster was before an import."""
        values = [
            {
                "import_id": import_id,
                "person_id": change.person_id,
                "before": None if change.before is None else to_texts(change.before),
                "absent_since": change.absent_since,
            }
            for change in before
        ]
        for start in range(0, len(values), _BATCH):
            await self._connection.execute(insert(RosterImportChange), values[start : start + _BATCH])
        if added:
            newcomers = select(literal(import_id, BigInteger), Person.id).where(
                Person.number_key == func.any(bindparam("keys", type_=ARRAY(Text)))
            )
            statement = insert(RosterImportChange).from_select(["import_id", "person_id"], newcomers)
            await self._connection.execute(statement, {"keys": list(added)})

    async def forget_changes(self, before: datetime) -> int:
        """Delete what was kept of imports older than this; return of how many people."""
        old = select(RosterImport.id).where(RosterImport.imported_at < before)
        gone = delete(RosterImportChange).where(RosterImportChange.import_id.in_(old))
        return (await self._connection.execute(gone)).rowcount

    async def find_last_import(self) -> dto.PastImport | None:
        """Return the newest import, undone or not."""
        found = await self._connection.execute(_IMPORT.order_by(_NEWEST_FIRST).limit(1))
        return _past(found.mappings().one_or_none())

    async def find_undoable(self, since: datetime) -> dto.PastImport | None:
        """Return the newest import that is not undone, if it is not older than this."""
        newest = _IMPORT.where(RosterImport.undone_at.is_(None)).order_by(_NEWEST_FIRST).limit(1)
        found = _past((await self._connection.execute(newest)).mappings().one_or_none())
        return None if found is None or found.imported_at < since else found

    async def list_changes(self, import_id: int) -> list[dto.ChangedByImport]:
        """Return how the people whom an import touched were before it."""
        rows = await self._connection.execute(
            select(RosterImportChange.person_id, RosterImportChange.before, RosterImportChange.absent_since).where(
                RosterImportChange.import_id == import_id
            )
        )
        return [
            dto.ChangedByImport(
                person_id=person_id, before=None if before is None else from_texts(before), absent_since=absent_since
            )
            for person_id, before, absent_since in rows
        ]

    async def mark_undone(self, import_id: int, account_id: int | None, now: datetime) -> None:
        """Note that an import was undone, and let go what was kept of it."""
        await self._connection.execute(
            update(RosterImport).where(RosterImport.id == import_id).values(undone_at=now, undone_by=account_id)
        )
        await self._connection.execute(delete(RosterImportChange).where(RosterImportChange.import_id == import_id))

    async def put_draft(self, account_id: int, file_name: str, content: bytes, digest: bytes, now: datetime) -> int:
        """Keep a file in place of the account's earlier one and return its id, which is new every time."""
        await self._connection.execute(delete(RosterDraft).where(RosterDraft.account_id == account_id))
        statement = (
            insert(RosterDraft)
            .values(account_id=account_id, file_name=file_name, content=content, digest=digest, sent_at=now)
            .returning(RosterDraft.id)
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def find_draft(self, account_id: int, draft_id: int, since: datetime) -> dto.RosterDraft | None:
        """Return the account's file if it is still kept and not older than this."""
        found = await self._connection.execute(
            select(RosterDraft.id, RosterDraft.file_name, RosterDraft.digest, RosterDraft.content).where(
                RosterDraft.account_id == account_id, RosterDraft.id == draft_id, RosterDraft.sent_at >= since
            )
        )
        row = found.mappings().one_or_none()
        return None if row is None else dto.RosterDraft(**row)

    async def delete_draft(self, account_id: int, draft_id: int) -> bool:
        """Delete the account's file; False if it was gone."""
        own = (RosterDraft.account_id == account_id, RosterDraft.id == draft_id)
        gone = await self._connection.execute(delete(RosterDraft).where(*own).returning(RosterDraft.id))
        return gone.one_or_none() is not None

    async def forget_drafts(self, before: datetime) -> int:
        """Delete everybody's files older than this; return how many."""
        return (await self._connection.execute(delete(RosterDraft).where(RosterDraft.sent_at < before))).rowcount


def _past(row: RowMapping | None) -> dto.PastImport | None:
    return None if row is None else dto.PastImport(**row)
