"""The keys that sign certificates."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.certificates.ports import SigningKeyInfo
from services.db.models import Certificate, SigningKey
from services.keys.dto import DoubtfulCertificate, KnownKey, RegisteredKey

_A_HANDFUL = 5
_NEWEST_FIRST = (SigningKey.first_used_at.desc().nulls_first(), SigningKey.fingerprint)


class SqlSigningKeyRepository:
    """Keys by fingerprint."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enter(self, key: SigningKeyInfo) -> None:
        """Write a key that may sign from now on; nothing happens if it is known."""
        statement = insert(SigningKey).values(
            fingerprint=key.fingerprint, certificate_pem=key.certificate_pem, authority_pems=list(key.authority_pems)
        )
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def list_all(self) -> list[RegisteredKey]:
        """Return all keys, the newest first; those that have not signed yet come before the others."""
        signed = (
            select(Certificate.key_fingerprint, func.count().label("papers"))
            .group_by(Certificate.key_fingerprint)
            .subquery()
        )
        rows = await self._connection.execute(
            select(
                SigningKey.fingerprint, SigningKey.certificate_pem, SigningKey.authority_pems,
                SigningKey.first_used_at, SigningKey.invalid_since, func.coalesce(signed.c.papers, 0),
            )
            .outerjoin(signed, signed.c.key_fingerprint == SigningKey.fingerprint)
            .order_by(*_NEWEST_FIRST)
        )  # fmt: skip
        return [
            RegisteredKey(
                fingerprint=fingerprint,
                certificate_pem=certificate,
                authority_pems=tuple(authorities),
                first_used_at=first_used_at,
                invalid_since=invalid_since,
                papers=papers,
            )
            for fingerprint, certificate, authorities, first_used_at, invalid_since, papers in rows
        ]

    async def list_known(self) -> list[KnownKey]:
        """Return all keys in the same order, without looking at what they signed."""
        rows = await self._connection.execute(
            select(SigningKey.fingerprint, SigningKey.authority_pems, SigningKey.invalid_since).order_by(*_NEWEST_FIRST)
        )
        return [
            KnownKey(fingerprint=fingerprint, authority_pems=tuple(authorities), invalid_since=invalid_since)
            for fingerprint, authorities, invalid_since in rows
        ]

    async def find(self, beginning: str) -> list[str]:
        """Return the fingerprints that begin so, at most a handful."""
        found = await self._connection.scalars(
            select(SigningKey.fingerprint)
            .where(SigningKey.fingerprint.startswith(beginning, autoescape=True))
            .order_by(SigningKey.fingerprint)
            .limit(_A_HANDFUL)
        )
        return list(found)

    async def find_invalid_since(self, fingerprint: str) -> datetime | None:
        """Return since when a key is invalid; None if it is not, or nobody knows it."""
        found = await self._connection.scalars(
            select(SigningKey.invalid_since).where(SigningKey.fingerprint == fingerprint)
        )
        return found.one_or_none()

    async def invalidate(self, fingerprint: str, since: datetime) -> datetime | None:
        """Write since when a key is invalid; return what was written before. No paper is being stored with it then."""
        of_the_key = SigningKey.fingerprint == fingerprint
        # Whoever stores a paper holds the row shared until the end of the transaction.
        former = (
            await self._connection.execute(select(SigningKey.invalid_since).where(of_the_key).with_for_update())
        ).scalar_one()
        await self._connection.execute(update(SigningKey).where(of_the_key).values(invalid_since=since))
        return former

    async def list_signed_since(self, fingerprint: str, since: datetime) -> list[DoubtfulCertificate]:
        """Return the certificates that a key signed from a moment on, in the order of signing."""
        rows = await self._connection.execute(
            select(Certificate.id, Certificate.number, Certificate.signed_at, Certificate.status)
            .where(Certificate.key_fingerprint == fingerprint, Certificate.signed_at >= since)
            .order_by(Certificate.signed_at, Certificate.id)
        )
        return [
            DoubtfulCertificate(id=certificate_id, number=number, signed_at=signed_at, status=status)
            for certificate_id, number, signed_at, status in rows
            if signed_at is not None
        ]
