"""Time stamps of certificates."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.db.models import Certificate, CertificateTimestamp
from services.timestamps.dto import TimestampState, Unstamped

#: For so long nobody else asks for the same; the authority is waited for less.
_LEASE = timedelta(minutes=5)

_CLAIM = text("""
    with taken as (
        update certificate_timestamps set attempts = attempts + 1, next_at = :until
        where certificate_id = (
            select certificate_id from certificate_timestamps
            where token is null and next_at is not null and next_at <= :now
            order by next_at, certificate_id limit 1 for update skip locked
        )
        returning certificate_id, attempts
    )
    select t.certificate_id, f.sha256, t.attempts
    from taken t join certificates c on c.id = t.certificate_id join files f on f.id = c.file_id
""").bindparams(bindparam("now", type_=DateTime(timezone=True)), bindparam("until", type_=DateTime(timezone=True)))


class SqlTimestampRepository:
    """Tokens by certificate."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def want(self, certificate_id: int, now: datetime) -> None:
        """Let a time stamp be asked for."""
        wish = insert(CertificateTimestamp).values(certificate_id=certificate_id, next_at=now)
        await self._connection.execute(wish.on_conflict_do_nothing())

    async def claim(self, now: datetime) -> Unstamped | None:
        """Take the one that has waited longest; nobody else takes it before it is put off or some minutes are over."""
        row = (await self._connection.execute(_CLAIM, {"now": now, "until": now + _LEASE})).one_or_none()
        if row is None:
            return None
        certificate_id, sha256, attempt = row
        return Unstamped(certificate_id=certificate_id, sha256=sha256, attempt=attempt)

    async def put_off(self, certificate_id: int, until: datetime) -> None:
        """Ask for it again later."""
        await self._connection.execute(
            update(CertificateTimestamp)
            .where(CertificateTimestamp.certificate_id == certificate_id, CertificateTimestamp.token.is_(None))
            .values(next_at=until)
        )

    async def keep(self, certificate_id: int, token: bytes, now: datetime) -> None:
        """Store a token; the first one stays."""
        await self._connection.execute(
            update(CertificateTimestamp)
            .where(CertificateTimestamp.certificate_id == certificate_id, CertificateTimestamp.token.is_(None))
            .values(token=token, obtained_at=now, next_at=None)
        )

    async def find_by_code(self, code: str) -> TimestampState | None:
        """Return how it stands with the time stamp of a certificate."""
        stamp = CertificateTimestamp
        rows = await self._connection.execute(
            select(Certificate.number, stamp.certificate_id.is_not(None), stamp.attempts, stamp.next_at, stamp.token)
            .outerjoin(stamp, stamp.certificate_id == Certificate.id)
            .where(Certificate.code == code)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        number, wanted, attempts, next_at, token = row
        return TimestampState(number=number, wanted=wanted, attempts=attempts or 0, next_at=next_at, token=token)
