"""Requests many at a time, and the spreadsheets of desks that wait for a confirmation."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import CertificateRequest, DeskSheet, Person
from services.db.repositories.requests import REQUESTS, request_of
from services.desk_sheets.dto import KeptSheet, SheetEntry
from services.desk_sheets.rules import split_digests
from services.people.rules import full_name
from services.requests.dto import RequestState

_ENTRIES = REQUESTS.add_columns(
    CertificateRequest.decided_by,
    Person.person_no.label("person_no"),
    Person.last_name.label("last_name"),
    Person.first_name.label("first_name"),
    Person.patronymic.label("patronymic"),
).join(Person, Person.id == CertificateRequest.person_id)
_ORDER = (
    CertificateRequest.promised_on.asc().nulls_last(),
    CertificateRequest.queued_at.asc().nulls_last(),
    CertificateRequest.id,
)


class SqlDeskSheetRepository:
    """Requests of desks, and what officials sent back."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_workable(self, desk: str, account_id: int | None, limit: int) -> tuple[list[SheetEntry], int]:
        """Return what waits or is in this account's hand, by promise and then by age, and how many there are in all."""
        mine = and_(CertificateRequest.state == RequestState.TAKEN.value, CertificateRequest.taken_by == account_id)
        free = and_(CertificateRequest.state == RequestState.WAITING.value, CertificateRequest.taken_by.is_(None))
        wanted = (CertificateRequest.desk == desk, or_(free, mine))
        total = (await self._connection.execute(select(func.count(CertificateRequest.id)).where(*wanted))).scalar_one()
        part = _ENTRIES.where(*wanted).order_by(*_ORDER).limit(limit)
        return [_entry(row) for row in (await self._connection.execute(part)).mappings()], total

    async def find_entries(self, request_ids: Collection[int]) -> Mapping[int, SheetEntry]:
        """Return those requests that exist, whatever their state and desk."""
        rows = await self._connection.execute(_ENTRIES.where(CertificateRequest.id.in_(sorted(request_ids))))
        return {entry.request.id: entry for entry in map(_entry, rows.mappings())}

    async def put(
        self, account_id: int, desk: str, file_name: str, content: bytes, digest: bytes, now: datetime
    ) -> int:
        """Keep a spreadsheet and return its id, which is new every time; an account has one at most."""
        kept = insert(DeskSheet).values(
            account_id=account_id, desk=desk, file_name=file_name, content=content, digest=digest, sent_at=now
        )
        return (await self._connection.execute(kept.returning(DeskSheet.id))).scalar_one()

    async def find(self, account_id: int, since: datetime) -> KeptSheet | None:
        """Return the account's spreadsheet, if one is kept that is not older than this."""
        found = await self._connection.execute(
            select(
                DeskSheet.id, DeskSheet.desk, DeskSheet.file_name, DeskSheet.content, DeskSheet.digest,
                DeskSheet.sent_at,
            ).where(DeskSheet.account_id == account_id, DeskSheet.sent_at >= since)
        )  # fmt: skip
        row = found.one_or_none()
        if row is None:
            return None
        return KeptSheet(
            id=row.id,
            desk=row.desk,
            file_name=row.file_name,
            content=row.content,
            digests=split_digests(row.digest),
            sent_at=row.sent_at,
        )

    async def clear(self, account_id: int) -> None:
        """Delete the account's spreadsheet, if there is one."""
        await self._connection.execute(delete(DeskSheet).where(DeskSheet.account_id == account_id))

    async def forget(self, before: datetime) -> int:
        """Delete everybody's spreadsheets older than this; return how many."""
        return (await self._connection.execute(delete(DeskSheet).where(DeskSheet.sent_at < before))).rowcount


def _entry(row: Mapping[Any, Any]) -> SheetEntry:
    return SheetEntry(
        request=request_of(row),
        person_no=row["person_no"],
        person_name=full_name(row["last_name"], row["first_name"], row["patronymic"]),
        decided_by=row["decided_by"],
    )
