"""Certificates that come back from their files."""

import hashlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.certificates.dto import SignedPaper
from services.certificates.ports import SigningKeyInfo
from services.certificates.register import Known, NewCertificate, RegisterStatus
from services.db.models import Certificate, Person, SigningKey
from services.db.repositories.certificates import SqlCertificateRepository
from services.db.repositories.printing import keep_file, keep_key
from services.people.rules import number_key

_KNOWN = text("""
    select c.id, c.number, c.code, c.kind, c.language, c.person_id, c.issued_on, c.valid_until, c.facts, c.paper,
           c.salt, encode(f.sha256, 'hex') as sha256, replaced.number as replaces,
           exists (select from certificates n where n.replaces_id = c.id) as replaced
    from certificates c
    left join files f on f.id = c.file_id
    left join certificates replaced on replaced.id = c.replaces_id
    where c.number = :number or c.code = :code
    order by c.number <> :number limit 1 for no key update of c
""")


class SqlEnteringRepository:
    """What the register has of a certificate that is to be entered again."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_person_id(self, person_no: str) -> int | None:
        """Return who has a number, also if the roster does not have them any more."""
        return await self._connection.scalar(select(Person.id).where(Person.number_key == number_key(person_no)))

    async def is_key_doubtful(self, fingerprint: str) -> bool:
        """Tell whether somebody else may have a key."""
        doubtful = exists().where(SigningKey.fingerprint == fingerprint, SigningKey.invalid_since.is_not(None))
        return bool(await self._connection.scalar(select(doubtful)))

    async def find_known(self, number: str, code: str) -> Known | None:
        """Return what has the number or else the code; it does not change until the end of the transaction."""
        rows = await self._connection.execute(_KNOWN, {"number": number, "code": code})
        row = rows.mappings().one_or_none()
        return None if row is None else Known(**row)

    async def add(self, certificate: NewCertificate, now: datetime) -> int:
        """Write a certificate, beside one of the same day with the same facts if need be."""
        certificates = SqlCertificateRepository(self._connection)
        certificate_id = await certificates.add(certificate)
        if certificate_id is None:  # the same paper was issued anew meanwhile: two numbers are in the world
            own = hashlib.sha256(certificate.facts_digest + certificate.number.encode()).digest()
            certificate_id = await certificates.add(replace(certificate, facts_digest=own))
        if certificate_id is None:
            raise RuntimeError("a certificate stands in the way of another number")
        await self._connection.execute(
            update(Certificate).where(Certificate.id == certificate_id).values(status_at=now)
        )
        return certificate_id

    async def mark_replaced(self, certificate_id: int, now: datetime) -> bool:
        """Write that another certificate stands in its place; False if it was not in force."""
        marked = await self._connection.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id, Certificate.status == RegisterStatus.ISSUED.value)
            .values(status=RegisterStatus.SUPERSEDED.value, status_at=now)
        )
        return marked.rowcount == 1

    async def attach(self, certificate_id: int, paper: SignedPaper, key: SigningKeyInfo) -> None:
        """Store the bytes as those of the certificate, for ever."""
        await keep_key(self._connection, key, paper.signed_at)
        file_id = await keep_file(self._connection, paper)
        await self._connection.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id)
            .values(
                file_id=file_id,
                signed_at=paper.signed_at,
                key_fingerprint=key.fingerprint,
                worker=None,
                failed_at=None,
            )
        )
