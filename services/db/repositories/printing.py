"""The print queue: certificates without a file."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Interval, String

from services.certificates.dto import SignedPaper
from services.certificates.ports import SigningKeyInfo
from services.certificates.register import Unprinted
from services.db.models import Certificate, File, SigningKey
from services.db.presence import others_hand_is_dead

_PDF = "application/pdf"

_CLAIM = text(f"""
    update certificates
    set worker = :worker, leased_until = clock_timestamp() + :lease, attempts = attempts + 1
    where id = (
        select id from certificates
        where file_id is null and failed_at is null and status = 'issued'
          and not exists (select from issuing where halted_at is not null)
          and not exists (select from signing_keys where fingerprint = :key and invalid_since is not null)
          and (worker is null or leased_until < clock_timestamp() or {others_hand_is_dead("certificates")})
        order by id limit 1 for update skip locked
    )
    returning id, number, salt, code, paper, attempts
""").bindparams(bindparam("lease", type_=Interval), bindparam("key", type_=String))  # noqa: S608 -- a constant of ours


class SqlPrintQueue:
    """Certificates in the order in which they were issued."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, worker: int, lease: timedelta, key: str | None = None) -> Unprinted | None:
        """Take the oldest that is in nobody's living hand; none for a key (fingerprint) that was declared invalid."""
        parameters = {"worker": worker, "lease": lease, "key": key}
        row = (await self._connection.execute(_CLAIM, parameters)).one_or_none()
        if row is None:
            return None
        certificate_id, number, salt, code, paper, attempt = row
        return Unprinted(id=certificate_id, number=number, salt=salt, code=code, paper=paper, attempt=attempt)

    async def store(self, printed: Unprinted, worker: int, paper: SignedPaper, key: SigningKeyInfo) -> bool:
        """Store the first signed bytes, for ever; False if somebody else did, or the key has become invalid."""
        if not await keep_key(self._connection, key, paper.signed_at):
            return False
        file_id = await keep_file(self._connection, paper)
        stored = await self._connection.execute(
            update(Certificate)
            .where(
                Certificate.id == printed.id,
                Certificate.file_id.is_(None),
                Certificate.worker == worker,
                Certificate.attempts == printed.attempt,
            )
            .values(file_id=file_id, signed_at=paper.signed_at, key_fingerprint=key.fingerprint, worker=None)
        )
        return stored.rowcount == 1

    async def give_up(self, printed: Unprinted, worker: int, now: datetime) -> bool:
        """Set the paper aside after too many failures."""
        given_up = await self._connection.execute(
            update(Certificate)
            .where(
                Certificate.id == printed.id,
                Certificate.file_id.is_(None),
                Certificate.worker == worker,
                Certificate.attempts == printed.attempt,  # another printer of this worker may have it by now
            )
            .values(failed_at=now, worker=None)
        )
        return given_up.rowcount == 1


async def keep_key(connection: AsyncConnection, key: SigningKeyInfo, used_at: datetime) -> bool:
    """Note that a key signs; False if it is invalid. Nobody can declare it so before this transaction ends."""
    # One statement but for the first paper, and no lock before one that is stronger: printers wait for nobody.
    used = (
        select(SigningKey.invalid_since)
        .where(SigningKey.fingerprint == key.fingerprint, SigningKey.first_used_at.is_not(None))
        .with_for_update(read=True)
    )
    row = (await connection.execute(used)).one_or_none()
    if row is None:
        first = insert(SigningKey).values(
            fingerprint=key.fingerprint,
            certificate_pem=key.certificate_pem,
            authority_pems=list(key.authority_pems),
            first_used_at=used_at,
        )
        await connection.execute(
            first.on_conflict_do_update(
                index_elements=["fingerprint"],
                set_={"first_used_at": first.excluded.first_used_at},
                where=SigningKey.first_used_at.is_(None),
            )
        )
        row = (await connection.execute(used)).one()
    return row[0] is None


async def keep_file(connection: AsyncConnection, paper: SignedPaper) -> int:
    """Store the bytes of a paper once; returns their id."""
    digest = bytes.fromhex(paper.sha256)
    statement = insert(File).values(
        sha256=digest, size=len(paper.content), mime=_PDF, content=paper.content, created_at=paper.signed_at
    )
    written = await connection.execute(statement.on_conflict_do_nothing().returning(File.id))
    file_id = written.scalar_one_or_none()
    if file_id is not None:
        return file_id
    return (await connection.execute(select(File.id).where(File.sha256 == digest))).scalar_one()
