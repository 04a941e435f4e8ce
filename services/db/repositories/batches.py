"""Batches of certificates."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, and_, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.batches.dto import ArchivedPaper, Batch, BatchRow, BatchState, NewBatch
from services.certificates.register import RegisterStatus
from services.db.models import Account, Certificate, CertificateBatch, CertificateBatchRow, File, Person
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import full_name, group_key, number_key

_CLAIM = text("""
    select b.id from certificate_batches b
    where b.state = 'open'
      and (
        select count(*) from certificate_batch_rows r join certificates c on c.id = r.certificate_id
        where r.batch_id = b.id and c.file_id is null and c.failed_at is null and c.status = 'issued'
      ) < case when exists (
        select from certificate_batch_rows r
        where r.batch_id = b.id and r.certificate_id is null and r.refusal is null
      ) then :ahead else 1 end
    order by b.id limit 1 for update of b skip locked
""")

_ROW = CertificateBatchRow
_PRINTS = and_(
    Certificate.file_id.is_(None),
    Certificate.failed_at.is_(None),
    Certificate.status == RegisterStatus.ISSUED.value,
)
_BATCHES = (
    select(
        CertificateBatch.id, CertificateBatch.kind, CertificateBatch.language, CertificateBatch.desk,
        CertificateBatch.title, CertificateBatch.send, CertificateBatch.state, CertificateBatch.account_id,
        CertificateBatch.created_at, func.count(_ROW.row).label("rows"),
        func.count(_ROW.certificate_id).label("issued"), func.count(Certificate.file_id).label("printed"),
        func.count(Certificate.id).filter(_PRINTS).label("waiting"), func.count(_ROW.refusal).label("refused"),
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
        """Return the numbers of a group's students, by name, those who were expelled left out; however it is spelt."""
        key = group_key(group)
        members = (
            select(Person.person_no)
            .where(
                Person.group_key == key,
                Person.group_key != "",
                Person.kind == PersonKind.STUDENT.value,
                Person.status != PersonStatus.EXPELLED.value,
                Person.absent_since.is_(None),
            )
            .order_by(Person.sort_key, Person.id)
        )
        return (await self._connection.execute(members)).scalars().all()

    async def find_people(self, numbers: Sequence[str]) -> Mapping[str, int]:
        """Return who in the roster has these numbers, by `number_key`."""
        keys = [number_key(person_no) for person_no in numbers]
        found = select(Person.number_key, Person.id).where(Person.number_key.in_(keys), Person.absent_since.is_(None))
        return {key: person_id for key, person_id in await self._connection.execute(found)}  # noqa: C416 -- typed rows

    async def add(self, batch: NewBatch) -> int:
        """Write a batch with its rows."""
        written = await self._connection.execute(
            insert(CertificateBatch)
            .values(
                kind=batch.kind,
                language=batch.language.value,
                desk=batch.desk,
                title=batch.title,
                send=batch.send,
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

    async def claim(self, ahead: int) -> int | None:
        """Take the oldest batch that can go on and that no other has; it stays locked to the end of the transaction."""
        return (await self._connection.execute(_CLAIM, {"ahead": ahead})).scalar_one_or_none()

    async def list_left(self, batch_id: int, limit: int) -> list[BatchRow]:
        """Return the first rows without an end, with the accounts of their people if the batch sends."""
        rows = await self._connection.execute(
            select(_ROW.row, _ROW.person_id, _ROW.entered, Account.telegram_id)
            .join(CertificateBatch, CertificateBatch.id == _ROW.batch_id)
            .outerjoin(
                Account,
                and_(CertificateBatch.send, Account.person_id == _ROW.person_id, Account.frozen_at.is_(None)),
            )
            .where(_ROW.batch_id == batch_id, _LEFT)
            .order_by(_ROW.row)
            .limit(limit)
        )
        return [
            BatchRow(row=row, person_id=person_id, facts=entered, account_id=account_id)
            for row, person_id, entered, account_id in rows
        ]

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

    async def list_papers(self, batch_id: int) -> list[ArchivedPaper]:
        """Return all rows that have come to an end, without their files."""
        papers = (
            select(
                _ROW.row, Person.person_no, Person.last_name, Person.first_name, Person.patronymic, _ROW.refusal,
                Certificate.number, Certificate.file_id, File.size,
            )
            .join(Person, Person.id == _ROW.person_id)
            .outerjoin(Certificate, Certificate.id == _ROW.certificate_id)
            .outerjoin(File, File.id == Certificate.file_id)
            .where(_ROW.batch_id == batch_id, or_(_ROW.certificate_id.is_not(None), _ROW.refusal.is_not(None)))
            .order_by(_ROW.row)
        )  # fmt: skip
        return [
            ArchivedPaper(
                row=row.row,
                person_no=row.person_no,
                person_name=full_name(row.last_name, row.first_name, row.patronymic),
                number=row.number or "",
                refusal=row.refusal or "",
                file_id=row.file_id,
                size=row.size or 0,
            )
            for row in await self._connection.execute(papers)
        ]

    async def read_files(self, file_ids: Sequence[int]) -> Mapping[int, bytes]:
        """Return files by their ids."""
        files = await self._connection.execute(select(File.id, File.content).where(File.id.in_(file_ids)))
        return {file_id: content for file_id, content in files}  # noqa: C416 -- typed rows

    async def _end(self, batch_id: int, state: BatchState, now: datetime) -> bool:
        ended = await self._connection.execute(
            update(CertificateBatch)
            .where(CertificateBatch.id == batch_id, CertificateBatch.state == BatchState.OPEN.value)
            .values(state=state.value, finished_at=now)
        )
        return ended.rowcount == 1


def _batch(row: RowMapping) -> Batch:
    return Batch(
        id=row["id"],
        kind=row["kind"],
        language=Language(row["language"]),
        desk=row["desk"],
        title=row["title"],
        send=row["send"],
        state=BatchState(row["state"]),
        account_id=row["account_id"],
        created_at=row["created_at"],
        rows=row["rows"],
        issued=row["issued"],
        printed=row["printed"],
        waiting=row["waiting"],
        refused=row["refused"],
    )
