"""Batches of certificates."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, and_, bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Interval

from services.batches.dto import ArchivedPaper, Batch, BatchRow, BatchState, NewBatch
from services.db.models import Certificate, CertificateBatch, CertificateBatchRow, File, Person
from services.db.presence import others_hand_is_dead
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import full_name, group_key, number_key

_CLAIM = text(f"""
    update certificate_batches set worker = :worker, leased_until = clock_timestamp() + :lease
    where id = (
        select id from certificate_batches
        where state = 'open'
          and (worker is null or worker = :worker or leased_until < clock_timestamp()
               or {others_hand_is_dead("certificate_batches")})
        order by id limit 1 for update skip locked
    )
    returning id
""").bindparams(bindparam("lease", type_=Interval))  # noqa: S608 -- a constant of ours

_ROW = CertificateBatchRow
_BATCHES = (
    select(
        CertificateBatch.id, CertificateBatch.kind, CertificateBatch.language, CertificateBatch.desk,
        CertificateBatch.title, CertificateBatch.state, CertificateBatch.account_id, CertificateBatch.created_at,
        func.count(_ROW.row).label("rows"), func.count(_ROW.certificate_id).label("issued"),
        func.count(Certificate.file_id).label("printed"), func.count(_ROW.refusal).label("refused"),
    )
    .outerjoin(_ROW, _ROW.batch_id == CertificateBatch.id)
    .outerjoin(Certificate, Certificate.id == _ROW.certificate_id)
    .group_by(CertificateBatch.id)
)  # fmt: skip
_LEFT = and_(_ROW.certificate_id.is_(None), _ROW.refusal.is_(None))


class SqlBatchRepository:
    """Batches and their rows."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_group(self, group: str) -> Sequence[str]:
        """Return the numbers of those who study in a group now, by name; the group however it is spelt."""
        key = group_key(group)
        members = (
            select(Person.person_no)
            .where(
                Person.group_key == key,
                Person.group_key != "",
                Person.kind == PersonKind.STUDENT.value,
                Person.status == PersonStatus.ACTIVE.value,
                Person.absent_since.is_(None),
            )
            .order_by(Person.sort_key, Person.id)
        )
        return (await self._connection.execute(members)).scalars().all()

    async def find_person_id(self, person_no: str) -> int | None:
        """Return who in the roster has this number, however it is spelt."""
        found = select(Person.id).where(Person.number_key == number_key(person_no), Person.absent_since.is_(None))
        return (await self._connection.execute(found)).scalar_one_or_none()

    async def add(self, batch: NewBatch) -> int:
        """Write a batch with its rows."""
        written = await self._connection.execute(
            insert(CertificateBatch)
            .values(
                kind=batch.kind,
                language=batch.language.value,
                desk=batch.desk,
                title=batch.title,
                entered={},
                state=BatchState.OPEN.value,
                account_id=batch.account_id,
                created_at=batch.created_at,
            )
            .returning(CertificateBatch.id)
        )
        batch_id = written.scalar_one()
        rows = [
            {"batch_id": batch_id, "row": one.row, "person_id": one.person_id, "entered": dict(one.facts)}
            for one in batch.rows
        ]
        await self._connection.execute(insert(_ROW), rows)
        return batch_id

    async def find(self, batch_id: int) -> Batch | None:
        """Return a batch as it stands."""
        rows = await self._connection.execute(_BATCHES.where(CertificateBatch.id == batch_id))
        row = rows.mappings().one_or_none()
        return None if row is None else _batch(row)

    async def list_recent(self, desk: str, limit: int) -> list[Batch]:
        """Return a desk's newest batches."""
        newest = _BATCHES.where(CertificateBatch.desk == desk).order_by(CertificateBatch.id.desc()).limit(limit)
        return [_batch(row) for row in (await self._connection.execute(newest)).mappings()]

    async def claim(self, worker: int, lease: timedelta) -> int | None:
        """Take the oldest open batch that is in nobody's living hand; it stays locked to the end of the transaction."""
        return (await self._connection.execute(_CLAIM, {"worker": worker, "lease": lease})).scalar_one_or_none()

    async def list_left(self, batch_id: int, limit: int) -> list[BatchRow]:
        """Return the first rows without an end."""
        rows = await self._connection.execute(
            select(_ROW.row, _ROW.person_id, _ROW.entered)
            .where(_ROW.batch_id == batch_id, _LEFT)
            .order_by(_ROW.row)
            .limit(limit)
        )
        return [BatchRow(row=row, person_id=person_id, facts=entered) for row, person_id, entered in rows]

    async def settle(self, batch_id: int, row: int, certificate_id: int | None, refusal: str | None) -> None:
        """Write the end of a row."""
        await self._connection.execute(
            update(_ROW)
            .where(_ROW.batch_id == batch_id, _ROW.row == row, _LEFT)
            .values(certificate_id=certificate_id, refusal=refusal)
        )

    async def finish(self, batch_id: int, now: datetime) -> None:
        """Write that no row is left."""
        await self._end(batch_id, BatchState.DONE, now)

    async def cancel(self, batch_id: int, now: datetime) -> bool:
        """Write that what is left is not issued; False if nothing is."""
        return await self._end(batch_id, BatchState.CANCELLED, now)

    async def read_papers(self, batch_id: int) -> AsyncIterator[ArchivedPaper]:
        """Return the rows with their files, one after the other."""
        papers = (
            select(
                _ROW.row, Person.person_no, Person.last_name, Person.first_name, Person.patronymic, _ROW.refusal,
                Certificate.number, Certificate.file_id,
            )
            .join(Person, Person.id == _ROW.person_id)
            .outerjoin(Certificate, Certificate.id == _ROW.certificate_id)
            .where(_ROW.batch_id == batch_id)
            .order_by(_ROW.row)
        )  # fmt: skip
        for row in (await self._connection.execute(papers)).all():
            yield ArchivedPaper(
                row=row.row,
                person_no=row.person_no,
                person_name=full_name(row.last_name, row.first_name, row.patronymic),
                number=row.number or "",
                refusal=row.refusal or "",
                content=None if row.file_id is None else await self._content(row.file_id),
            )

    async def _content(self, file_id: int) -> bytes:
        return (await self._connection.execute(select(File.content).where(File.id == file_id))).scalar_one()

    async def _end(self, batch_id: int, state: BatchState, now: datetime) -> bool:
        ended = await self._connection.execute(
            update(CertificateBatch)
            .where(CertificateBatch.id == batch_id, CertificateBatch.state == BatchState.OPEN.value)
            .values(state=state.value, finished_at=now, worker=None)
        )
        return ended.rowcount == 1


def _batch(row: RowMapping) -> Batch:
    return Batch(
        id=row["id"],
        kind=row["kind"],
        language=Language(row["language"]),
        desk=row["desk"],
        title=row["title"],
        state=BatchState(row["state"]),
        account_id=row["account_id"],
        created_at=row["created_at"],
        rows=row["rows"],
        issued=row["issued"],
        printed=row["printed"],
        refused=row["refused"],
    )
