"""Certificates in the hands of officials: looked at, revoked, replaced."""

from datetime import datetime

from sqlalchemy import and_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.certificates.register import OfficialCertificate, RegisterStatus, ReplaceableCertificate
from services.db.models import Account, Certificate, Person
from services.languages import Language
from services.people.rules import full_name

_IS_ISSUED = text("status = 'issued'")

_OFFICIAL = (
    select(
        Certificate.id, Certificate.person_id, Certificate.kind, Certificate.language, Certificate.number,
        Certificate.issued_on, Certificate.status, Certificate.status_at, Certificate.revocation_reason,
        Person.last_name, Person.first_name, Person.patronymic, Account.telegram_id,
    )
    .join(Person, Person.id == Certificate.person_id)
    .outerjoin(Account, and_(Account.person_id == Certificate.person_id, Account.frozen_at.is_(None)))
)  # fmt: skip
_REPLACEABLE = (
    select(
        Certificate.id, Certificate.person_id, Certificate.kind, Certificate.language, Certificate.number,
        Certificate.issued_on, Certificate.facts, Certificate.status, Certificate.status_at, Account.telegram_id,
    )
    .outerjoin(Account, and_(Account.person_id == Certificate.person_id, Account.frozen_at.is_(None)))
)  # fmt: skip


class SqlOfficialCertificates:
    """What officials may change of a certificate: only its status."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_official(self, certificate_id: int) -> OfficialCertificate | None:
        """Return a certificate as officials see it."""
        rows = await self._connection.execute(_OFFICIAL.where(Certificate.id == certificate_id))
        row = rows.mappings().one_or_none()
        if row is None:
            return None
        name = full_name(row["last_name"], row["first_name"], row["patronymic"])
        return OfficialCertificate(
            id=row["id"],
            person_id=row["person_id"],
            person_name=name,
            account_id=row["telegram_id"],
            kind=row["kind"],
            language=Language(row["language"]),
            number=row["number"],
            issued_on=row["issued_on"],
            status=RegisterStatus(row["status"]),
            status_at=row["status_at"],
            reason=row["revocation_reason"] or "",
        )

    async def revoke(self, certificate_id: int, reason: str, now: datetime, by: int | None) -> bool:
        """Write that a certificate confirms nothing any more; False if that was written before."""
        revoked = await self._connection.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id, Certificate.status != RegisterStatus.REVOKED.value)
            .values(status=RegisterStatus.REVOKED.value, status_at=now, revoked_by=by, revocation_reason=reason)
        )
        return revoked.rowcount == 1

    async def take_for_replacing(self, certificate_id: int) -> ReplaceableCertificate | None:
        """Return a certificate that nobody else changes until the end of the transaction."""
        taken = _REPLACEABLE.where(Certificate.id == certificate_id).with_for_update(key_share=True, of=Certificate)
        row = (await self._connection.execute(taken)).mappings().one_or_none()
        if row is None:
            return None
        return ReplaceableCertificate(
            id=row["id"],
            person_id=row["person_id"],
            account_id=row["telegram_id"],
            kind=row["kind"],
            language=Language(row["language"]),
            number=row["number"],
            issued_on=row["issued_on"],
            facts=row["facts"],
            status=RegisterStatus(row["status"]),
            status_at=row["status_at"],
        )

    async def supersede(self, certificate_id: int, reason: str, now: datetime, by: int | None) -> None:
        """Write that another certificate stands in its place."""
        await self._connection.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id, _IS_ISSUED)
            .values(status=RegisterStatus.SUPERSEDED.value, status_at=now, revoked_by=by, revocation_reason=reason)
        )
