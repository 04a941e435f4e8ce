"""Requests for certificates as desks see them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Date, and_, bindparam, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.certificates.register import RegisterStatus
from services.db.models import Certificate, CertificateRequest, FactReport, Person
from services.db.repositories.reports import UNDECIDED
from services.db.repositories.requests import REQUESTS, request_of
from services.db.rights import holds
from services.people.rules import full_name
from services.requests.dto import (
    CertificateRequest as RequestDto,
)
from services.requests.dto import DeskOfficial, DueRequest, PaperCopy, QueueCounts, QueueEntry, QueueView, RequestState
from services.requests.rules import QUEUED_STATES, WORKABLE_STATES

_state = CertificateRequest.state
_QUEUED = _state.in_(sorted(state.value for state in QUEUED_STATES))
_WORKABLE = _state.in_(sorted(state.value for state in WORKABLE_STATES))
_WITH_RECEIPT = and_(_state == RequestState.UNPAID.value, CertificateRequest.receipt_file_id.is_not(None))
_IN_FORCE = (
    exists()
    .where(Certificate.id == CertificateRequest.certificate_id, Certificate.status == RegisterStatus.ISSUED.value)
    .correlate(CertificateRequest)
)
_COPIES = and_(CertificateRequest.paper_copy.in_((PaperCopy.WANTED.value, PaperCopy.READY.value)), _IN_FORCE)
_ORDER = (
    CertificateRequest.promised_on.asc().nulls_last(),
    CertificateRequest.queued_at.asc().nulls_last(),
    CertificateRequest.id,
)
_ENTRIES = REQUESTS.add_columns(
    Person.last_name.label("last_name"), Person.first_name.label("first_name"), Person.patronymic.label("patronymic")
).join(Person, Person.id == CertificateRequest.person_id)

# One statement, so that two officials who ask in the same moment are given two different requests.
_TAKE_NEXT = text("""
    update certificate_requests
    set state = 'taken', taken_by = :by, taken_at = :now, version = version + 1
    where id = (
        select id from certificate_requests where desk = :desk and state = 'waiting'
        order by promised_on nulls last, queued_at nulls last, id limit 1 for update skip locked
    )
    returning id
""").bindparams(bindparam("by", type_=BigInteger), bindparam("now", type_=DateTime(timezone=True)))

_OFFICIALS = text(f"""
    select a.telegram_id, array_remove(array_agg(distinct u.code), null),
           bool_or(g.role = 'registrar' and g.unit_id is null), bool_or(g.role = 'admin' and g.unit_id is null),
           a.telegram_id = any(:administrators)
    from accounts a left join people p on p.id = a.person_id and p.absent_since is null
    left join role_grants g on g.telegram_id = a.telegram_id and g.role in ('registrar', 'admin') and {holds(":today")}
    left join units u on u.id = g.unit_id and g.role = 'registrar'
    where a.blocked_at is null and a.frozen_at is null
      and (g.id is not null or a.telegram_id = any(:administrators))
    group by a.telegram_id order by a.telegram_id
""").bindparams(  # noqa: S608 -- constants of ours
    bindparam("today", type_=Date), bindparam("administrators", type_=ARRAY(BigInteger))
)


class SqlRequestQueue:
    """Queues by desk, by promise and then by age."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_part(
        self, desk: str, view: QueueView, account_id: int | None, today: date, *, offset: int, limit: int
    ) -> tuple[list[QueueEntry], int]:
        """Return a part of a view, by promise and then by age, and how many there are in all."""
        wanted = (CertificateRequest.desk == desk, _shown(view, account_id, today))
        total = (await self._connection.execute(select(func.count(CertificateRequest.id)).where(*wanted))).scalar_one()
        part = _ENTRIES.where(*wanted).order_by(*_ORDER).offset(offset).limit(limit)
        entries = [
            QueueEntry(
                request=request_of(row), person_name=full_name(row["last_name"], row["first_name"], row["patronymic"])
            )
            for row in (await self._connection.execute(part)).mappings()
        ]
        return entries, total

    async def count(self, desk: str, account_id: int | None, today: date) -> QueueCounts:
        """Count how a desk stands."""
        columns = (
            _QUEUED,
            _shown(QueueView.LATE, account_id, today),
            and_(_WORKABLE, CertificateRequest.promised_on == today),
            _shown(QueueView.MINE, account_id, today),
            _shown(QueueView.FREE, account_id, today),
            _state == RequestState.ASKED.value,
            _WITH_RECEIPT,
            _COPIES,
        )
        reports = select(func.count(FactReport.id)).where(FactReport.desk == desk, UNDECIDED).scalar_subquery()
        rows = await self._connection.execute(
            select(*(func.count().filter(column) for column in columns), reports).where(
                CertificateRequest.desk == desk, or_(_QUEUED, _WITH_RECEIPT, _COPIES)
            )
        )
        open_, late, due_today, mine, free, asked, receipts, copies, undecided = tuple(rows.one())
        return QueueCounts(
            open=open_, late=late, due_today=due_today, mine=mine, free=free, asked=asked,
            receipts=receipts, copies=copies, reports=undecided,
        )  # fmt: skip

    async def take(self, request_id: int, by: int | None, now: datetime) -> bool:
        """Give a request that waits to somebody; False if it does not wait."""
        taken = await self._connection.execute(
            update(CertificateRequest)
            .where(CertificateRequest.id == request_id, _state == RequestState.WAITING.value)
            .values(state=RequestState.TAKEN.value, taken_by=by, taken_at=now, version=CertificateRequest.version + 1)
        )
        return taken.rowcount == 1

    async def take_next(self, desk: str, by: int | None, now: datetime) -> int | None:
        """Give the first that waits to somebody; None if none does that is not in another hand this moment."""
        taken = await self._connection.execute(_TAKE_NEXT, {"desk": desk, "by": by, "now": now})
        return taken.scalar_one_or_none()

    async def count_receipts_alike(self, request: RequestDto) -> int:
        """Return how many other requests came with the very same receipt."""
        if request.receipt_file_id is None:
            return 0
        alike = select(func.count(CertificateRequest.id)).where(
            CertificateRequest.receipt_file_id == request.receipt_file_id, CertificateRequest.id != request.id
        )
        return (await self._connection.execute(alike)).scalar_one()

    async def list_due(self, until: date) -> list[DueRequest]:
        """Return what a desk can work on, is promised by this day and was not told of; they are locked."""
        rows = await self._connection.execute(
            select(CertificateRequest.id, CertificateRequest.desk, CertificateRequest.taken_by)
            .where(_WORKABLE, CertificateRequest.promised_on <= until, CertificateRequest.warned_on.is_(None))
            .order_by(CertificateRequest.id)
            .with_for_update(skip_locked=True, key_share=True)
        )
        return [DueRequest(id=row[0], desk=row[1], taken_by=row[2]) for row in rows]

    async def note_warned(self, request_ids: Collection[int], today: date) -> None:
        """Write that the desks were told; a screen that shows a request still shows what is."""
        await self._connection.execute(
            update(CertificateRequest).where(CertificateRequest.id.in_(request_ids)).values(warned_on=today)
        )

    async def list_still_open(self, request_ids: Collection[int]) -> list[DueRequest]:
        """Return those of the requests that a desk still has to answer."""
        rows = await self._connection.execute(
            select(CertificateRequest.id, CertificateRequest.desk, CertificateRequest.taken_by)
            .where(CertificateRequest.id.in_(request_ids), _WORKABLE)
            .order_by(CertificateRequest.id)
        )
        return [DueRequest(id=row[0], desk=row[1], taken_by=row[2]) for row in rows]

    async def list_officials(self, today: date, administrators: Collection[int]) -> list[DeskOfficial]:
        """Return who answers somewhere today and can be written to.

        Administrators stand for the whole university only where no registrar does.
        """
        asked = {"today": today, "administrators": list(administrators)}
        rows = [tuple(row) for row in await self._connection.execute(_OFFICIALS, asked)]
        registrar_exists = any(row[2] for row in rows)
        return [
            DeskOfficial(
                account_id=account_id,
                units=frozenset(units),
                everywhere=bool(registrar or (not registrar_exists and (admin or named))),
                administrator=bool(admin or named),
            )
            for account_id, units, registrar, admin, named in rows
        ]


def _shown(view: QueueView, account_id: int | None, today: date) -> ColumnElement[bool]:
    conditions: dict[QueueView, ColumnElement[bool]] = {
        QueueView.OPEN: _QUEUED,
        QueueView.FREE: _state == RequestState.WAITING.value,
        QueueView.MINE: and_(_QUEUED, CertificateRequest.taken_by == account_id),
        QueueView.LATE: and_(_WORKABLE, CertificateRequest.promised_on < today),
        QueueView.RECEIPTS: _WITH_RECEIPT,
        QueueView.COPIES: _COPIES,
    }
    return conditions[view]
