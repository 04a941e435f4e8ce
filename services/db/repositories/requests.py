"""Requests for certificates, one by one, and those of one person."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Executable, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.access import LinkedPerson
from services.certificates.register import RegisterStatus
from services.db.models import Account, Certificate, CertificateRequest, Person
from services.db.repositories.person_rows import LINKED, linked_person
from services.languages import Language
from services.people.rules import full_name
from services.requests.dto import CertificateRequest as RequestDto
from services.requests.dto import MyCertificate, NewRequest, PaperCopy, RequestState
from services.requests.rules import OPEN_STATES, WORKABLE_STATES

_OPEN = CertificateRequest.state.in_(sorted(state.value for state in OPEN_STATES))
_WORKABLE = CertificateRequest.state.in_(sorted(state.value for state in WORKABLE_STATES))
_holder_account = aliased(Account, name="holder_account")
_holder = aliased(Person, name="holder")
#: What `request_of` reads, and where it stands.
REQUEST_COLUMNS = (
    CertificateRequest.id, CertificateRequest.version, CertificateRequest.person_id, CertificateRequest.account_id,
    CertificateRequest.kind, CertificateRequest.language, CertificateRequest.desk, CertificateRequest.state,
    CertificateRequest.asked, CertificateRequest.entered, CertificateRequest.question, CertificateRequest.answer,
    CertificateRequest.refusal, CertificateRequest.receipt_file_id, CertificateRequest.receipt_refusal,
    CertificateRequest.paid_at, CertificateRequest.created_at, CertificateRequest.queued_at,
    CertificateRequest.promised_on, CertificateRequest.taken_by, CertificateRequest.decided_at,
    CertificateRequest.certificate_id, CertificateRequest.paper_copy, CertificateRequest.paper_copy_at,
    _holder.last_name.label("holder_last_name"), _holder.first_name.label("holder_first_name"),
    _holder.patronymic.label("holder_patronymic"),
)  # fmt: skip
REQUESTS = (
    select(*REQUEST_COLUMNS)
    .outerjoin(_holder_account, _holder_account.telegram_id == CertificateRequest.taken_by)
    .outerjoin(_holder, _holder.id == _holder_account.person_id)
)
_MINE = select(
    Certificate.id, Certificate.kind, Certificate.language, Certificate.number, Certificate.issued_on,
    Certificate.valid_until, Certificate.status, Certificate.file_id, Certificate.failed_at,
    CertificateRequest.paper_copy,
).outerjoin(CertificateRequest, CertificateRequest.certificate_id == Certificate.id)  # fmt: skip


class SqlRequestRepository:
    """Requests by id, by screen and by person. Locks are taken in this order: person, request, series, certificate."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, request: NewRequest) -> int | None:
        """Write a request; None if its screen asked before."""
        statement = insert(CertificateRequest).values(
            person_id=request.person_id,
            account_id=request.account_id,
            kind=request.kind,
            language=request.language.value,
            desk=request.desk,
            state=request.state.value,
            occasion=request.occasion,
            asked=dict(request.asked),
            created_at=request.created_at,
            queued_at=request.queued_at,
            promised_on=request.promised_on,
            certificate_id=request.certificate_id,
            paper_copy=request.paper_copy.value,
            paper_copy_at=request.created_at if request.paper_copy is not PaperCopy.NONE else None,
            decided_at=request.created_at if request.state is RequestState.APPROVED else None,
        )
        written = await self._connection.execute(statement.on_conflict_do_nothing().returning(CertificateRequest.id))
        return written.scalar_one_or_none()

    async def find_by_occasion(self, occasion: str) -> RequestDto | None:
        """Return what a screen asked for."""
        return await self._one(REQUESTS.where(CertificateRequest.occasion == occasion))

    async def find(self, request_id: int) -> RequestDto | None:
        """Return a request."""
        return await self._one(REQUESTS.where(CertificateRequest.id == request_id))

    async def lock(self, request_id: int) -> RequestDto | None:
        """Return a request and keep it locked until the end of the transaction."""
        locked = REQUESTS.where(CertificateRequest.id == request_id).with_for_update(
            key_share=True, of=CertificateRequest
        )
        return await self._one(locked)

    async def change(self, request: RequestDto, **values: object) -> bool:
        """Write columns of a request and raise its version; False if that is not the version any more."""
        written = await self._connection.execute(
            update(CertificateRequest)
            .where(CertificateRequest.id == request.id, CertificateRequest.version == request.version)
            .values(version=CertificateRequest.version + 1, **{name: _plain(value) for name, value in values.items()})
        )
        return written.rowcount == 1

    async def lock_person(self, person_id: int) -> None:
        """Let nobody else ask for this person until the end of the transaction."""
        await self._connection.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))

    async def list_open(self, person_id: int) -> list[RequestDto]:
        """Return a person's open requests, the oldest first."""
        mine = REQUESTS.where(CertificateRequest.person_id == person_id, _OPEN).order_by(CertificateRequest.id)
        return [request_of(row) for row in (await self._connection.execute(mine)).mappings()]

    async def list_decided(self, person_id: int, limit: int) -> list[RequestDto]:
        """Return a person's requests that were refused or withdrawn, the newest first."""
        ended = CertificateRequest.state.in_((RequestState.REFUSED.value, RequestState.WITHDRAWN.value))
        mine = REQUESTS.where(CertificateRequest.person_id == person_id, ended)
        newest = mine.order_by(CertificateRequest.id.desc()).limit(limit)
        return [request_of(row) for row in (await self._connection.execute(newest)).mappings()]

    async def list_certificates(self, person_id: int, limit: int) -> list[MyCertificate]:
        """Return a person's certificates, the newest first."""
        mine = _MINE.where(Certificate.person_id == person_id).order_by(Certificate.id.desc()).limit(limit)
        return [_certificate(tuple(row)) for row in await self._connection.execute(mine)]

    async def find_certificate(self, certificate_id: int, person_id: int) -> MyCertificate | None:
        """Return a certificate of this person; it cannot be printed until the end of the transaction."""
        mine = _MINE.where(Certificate.id == certificate_id, Certificate.person_id == person_id)
        rows = await self._connection.execute(mine.with_for_update(key_share=True, of=Certificate))
        row = rows.one_or_none()
        return None if row is None else _certificate(tuple(row))

    async def find_by_certificate(self, certificate_id: int) -> RequestDto | None:
        """Return the request that a certificate was issued for."""
        return await self._one(REQUESTS.where(CertificateRequest.certificate_id == certificate_id))

    async def count_before(self, request: RequestDto) -> int:
        """Return how many requests of the same desk are to be answered before this one."""
        order = (CertificateRequest.promised_on, CertificateRequest.queued_at, CertificateRequest.id)
        counted = select(func.count(CertificateRequest.id)).where(
            CertificateRequest.desk == request.desk,
            _WORKABLE,
            tuple_(*order) < (request.promised_on, request.queued_at, request.id),
        )
        return (await self._connection.execute(counted)).scalar_one()

    async def get_person(self, person_id: int) -> LinkedPerson:
        """Return the name and the number of a person, also one who has left the roster."""
        rows = await self._connection.execute(select(*LINKED).where(Person.id == person_id))
        return linked_person(tuple(rows.one()))

    async def find_account_of(self, person_id: int) -> int | None:
        """Return the account that is the person's now, if it is not on hold."""
        account = select(Account.telegram_id).where(Account.person_id == person_id, Account.frozen_at.is_(None))
        return (await self._connection.execute(account)).scalar_one_or_none()

    async def _one(self, statement: Executable) -> RequestDto | None:
        row = (await self._connection.execute(statement)).mappings().one_or_none()
        return None if row is None else request_of(row)


def request_of(row: Mapping[Any, Any]) -> RequestDto:
    """Read `REQUEST_COLUMNS`."""
    holder = (row["holder_last_name"], row["holder_first_name"], row["holder_patronymic"])
    return RequestDto(
        id=row["id"],
        version=row["version"],
        person_id=row["person_id"],
        account_id=row["account_id"],
        kind=row["kind"],
        language=Language(row["language"]),
        desk=row["desk"],
        state=RequestState(row["state"]),
        asked=row["asked"],
        entered=row["entered"],
        question=row["question"] or "",
        answer=row["answer"] or "",
        refusal=row["refusal"] or "",
        receipt_file_id=row["receipt_file_id"],
        receipt_refusal=row["receipt_refusal"] or "",
        paid_at=row["paid_at"],
        created_at=row["created_at"],
        queued_at=row["queued_at"],
        promised_on=row["promised_on"],
        taken_by=row["taken_by"],
        holder=full_name(*(part or "" for part in holder)),
        decided_at=row["decided_at"],
        certificate_id=row["certificate_id"],
        paper_copy=PaperCopy(row["paper_copy"]),
        paper_copy_at=row["paper_copy_at"],
    )


def _certificate(row: Sequence[Any]) -> MyCertificate:
    certificate_id, kind, language, number, issued_on, valid_until, status, file_id, failed_at, paper_copy = row
    return MyCertificate(
        id=certificate_id,
        kind=kind,
        language=Language(language),
        number=number,
        issued_on=issued_on,
        valid_until=valid_until,
        status=RegisterStatus(status),
        printed=file_id is not None,
        failed=failed_at is not None,
        paper_copy=PaperCopy(paper_copy or PaperCopy.NONE),
    )


def _plain(value: object) -> object:
    """Return a value as a column takes it."""
    if isinstance(value, Enum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value
