"""Past imports of the roster, files that wait for a confirmation, corrections as far as imports respect them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, RowMapping, Text, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.db.models import Person, PersonCorrection, RosterDraft, RosterImport, RosterImportChange
from services.people import imports_dto as dto
from services.people.dto import Correction, ListedCorrection, RosterDifference
from services.people.facts import from_texts, to_texts
from services.people.rules import full_name

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
_IN_FORCE = PersonCorrection.ended_at.is_(None)


class SqlImportRepository:
    """Imports, drafts, corrections."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_corrections(self) -> list[Correction]:
        """Return all corrections in force."""
        rows = await self._connection.execute(
            select(
                PersonCorrection.id,
                PersonCorrection.person_id,
                PersonCorrection.fact,
                PersonCorrection.roster_value,
                PersonCorrection.value,
            ).where(_IN_FORCE)
        )
        return [Correction(**row) for row in rows.mappings()]

    async def list_for_source(self) -> list[ListedCorrection]:
        """Return all corrections in force with the people they are about, in the order of the roster."""
        rows = await self._connection.execute(
            select(
                Person.person_no,
                Person.last_name,
                Person.first_name,
                Person.patronymic,
                PersonCorrection.fact,
                PersonCorrection.roster_value,
                PersonCorrection.value,
                PersonCorrection.corrected_at,
            )
            .join(Person, Person.id == PersonCorrection.person_id)
            .where(_IN_FORCE)
            .order_by(Person.sort_key, Person.id, PersonCorrection.id)
        )
        return [
            ListedCorrection(
                person_no=person_no,
                full_name=full_name(last_name, first_name, patronymic),
                fact=fact,
                roster_value=roster_value,
                value=value,
                corrected_at=corrected_at,
            )
            for person_no, last_name, first_name, patronymic, fact, roster_value, value, corrected_at in rows
        ]

    async def count_corrections(self) -> int:
        """Return how many corrections are in force."""
        counted = select(func.count()).select_from(PersonCorrection).where(_IN_FORCE)
        return (await self._connection.execute(counted)).scalar_one()

    async def update_corrections(self, roster_values: Mapping[int, str]) -> None:
        """Note what the source says now, by the correction's id."""
        for correction_id, text in roster_values.items():
            statement = update(PersonCorrection).where(PersonCorrection.id == correction_id)
            await self._connection.execute(statement.values(roster_value=text))

    async def adopt_corrections(self, correction_ids: Sequence[int], now: datetime) -> None:
        """End corrections that the source has taken over."""
        if correction_ids:
            statement = update(PersonCorrection).where(PersonCorrection.id.in_(correction_ids))
            await self._connection.execute(statement.values(ended_at=now, ended_how="adopted"))

    async def revive_corrections(self, person_ids: Sequence[int], adopted_at: datetime) -> None:
        """Put corrections in force again that ended as adopted at this moment, unless a newer one is in force."""
        newer = aliased(PersonCorrection)
        same_fact = (newer.person_id == PersonCorrection.person_id, newer.fact == PersonCorrection.fact)
        await self._connection.execute(
            update(PersonCorrection)
            .where(
                PersonCorrection.person_id == func.any(bindparam("ids", type_=ARRAY(BigInteger))),
                PersonCorrection.ended_at == adopted_at,
                PersonCorrection.ended_how == "adopted",
                ~select(newer.id).where(*same_fact, newer.ended_at.is_(None)).exists(),
            )
            .values(ended_at=None, ended_how=None),
            {"ids": list(person_ids)},
        )

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
