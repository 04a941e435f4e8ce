"""The register's chain."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, RowMapping, bindparam, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.locks import AdvisoryLock
from services.db.models import Certificate, RegisterEntry
from services.people.rules import number_key
from services.register import dto
from services.register.dto import Course, Head, IssuedFacts, Recorded, RegisterEvent, SignedFacts, Tail
from services.register.rules import EMPTY, What, content_of, next_entry

_LOCK = text(f"select pg_advisory_xact_lock({AdvisoryLock.REGISTER:d})")
_TAIL = select(RegisterEntry.seq, RegisterEntry.hash).order_by(RegisterEntry.seq.desc()).limit(1)
_APPEND = insert(RegisterEntry)
_SALT = select(Certificate.salt).where(Certificate.number == bindparam("of_number"))
_ENTRY = select(
    RegisterEntry.seq, RegisterEntry.at, RegisterEntry.event, RegisterEntry.number, RegisterEntry.content,
    RegisterEntry.previous, RegisterEntry.hash,
)  # fmt: skip

# The bytes of a file are read, in the server, only for the entry that is about them.
_ENTRIES = text("""
    select e.seq, e.at, e.event, e.number, e.content, e.previous, e.hash,
           c.id, c.code, c.kind, c.language, c.issued_on, c.valid_until, c.facts, c.paper, c.salt, c.status_at,
           c.revocation_reason, c.key_fingerprint, c.signed_at, replaced.number as replaces,
           newer.number as replaced_by, encode(f.sha256, 'hex') as sha256, encode(sha256(f.content), 'hex') as stored
    from register_entries e
    left join certificates c on c.number = e.number
    left join certificates replaced on replaced.id = c.replaces_id
    left join certificates newer on newer.replaces_id = c.id
    left join files f on f.id = c.file_id and e.event in ('signed', 'entered_again')
    where e.seq > :after order by e.seq limit :limit
""")

_COURSES = text("""
    select c.id, c.number, c.status, c.status_at, c.salt is not null as salted, c.facts = '{}' as blank,
           c.file_id is not null as filed,
           array(select e.event from register_entries e where e.number = c.number order by e.seq) as events,
           array(select e.at from register_entries e where e.number = c.number order by e.seq) as moments
    from certificates c where c.id > :after order by c.id limit :limit
""")

_HEADS = text("""
    select h.day, h.seq, h.hash, e.hash as kept from register_heads h left join register_entries e on e.seq = h.seq
    order by h.day
""")

# What is left names nobody: `facts_digest` is a hash without salt, and an official's own words may tell of a person.
_ERASE = text("""
    update certificates
    set salt = null, facts = '{}', paper = '{}', facts_digest = convert_to(number, 'UTF8'),
        revocation_reason = split_part(revocation_reason, ':', 1),
        worker = null, failed_at = case when file_id is null then coalesce(failed_at, :now) end
    where id = any(:ids) and salt is not null returning number, file_id
""").bindparams(bindparam("ids", type_=ARRAY(BIGINT)), bindparam("now", type_=DateTime(timezone=True)))
_FORGET_COPIES = text("delete from telegram_files where file_id = any(:ids)").bindparams(
    bindparam("ids", type_=ARRAY(BIGINT))
)
# Files are kept once by their bytes: what somebody else's paper, request or report still needs stays, and so does what
# belongs to an announcement or a plan.
_EMPTY_FILES = text("""
    update files f set content = '', size = 0
    where id = any(:ids)
      and not exists (select from certificates c where c.file_id = f.id and c.salt is not null)
      and not exists (select from certificate_requests r where r.receipt_file_id = f.id)
      and not exists (select from fact_reports r where r.file_id = f.id)
      and not exists (select from plan_evidence e where e.file_id = f.id)
      and not exists (select from announcements a where a.file_id = f.id)
      and not exists (select from plans p where p.file_id = f.id)
      and not exists (select from plan_sittings s where f.id in (s.agenda_file_id, s.minutes_file_id))
""").bindparams(bindparam("ids", type_=ARRAY(BIGINT)))

_CERTIFICATES_OF = text("""
    select p.id, array(select c.id from certificates c where c.person_id = p.id)
    from people p where p.number_key = :number
""")
# What is open ends; that there was a request, and what became of it, stays for the desk's figures.
_ERASE_REQUESTS = text("""
    with theirs as (
        select id, receipt_file_id from certificate_requests where person_id = :person for update
    )
    update certificate_requests r
    set asked = '{}', entered = '{}', question = null, answer = null, receipt_file_id = null, receipt_refusal = null,
        refusal = case when r.refusal is not null then '' end,
        decided_at = case when r.state in ('unpaid', 'waiting', 'taken', 'asked') then :now else r.decided_at end,
        state = case when r.state in ('unpaid', 'waiting', 'taken', 'asked') then 'withdrawn' else r.state end,
        version = r.version + 1
    from theirs where r.id = theirs.id returning theirs.receipt_file_id
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))
_ERASE_REPORTS = text("""
    with theirs as (select id, file_id from fact_reports where person_id = :person for update)
    update fact_reports r
    set value = '', decided_value = null, file_id = null, refusal = case when r.refusal is not null then '' end,
        decided_at = case when r.state in ('open', 'document_wanted') then :now else r.decided_at end,
        state = case when r.state in ('open', 'document_wanted') then 'withdrawn' else r.state end
    from theirs where r.id = theirs.id returning theirs.file_id
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))
_ERASE_ROWS = text("update certificate_batch_rows set entered = '{}' where person_id = :person")


class SqlRegisterRepository:
    """Entries in their order; appending lets one transaction through at a time."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(
        self, event: RegisterEvent, number: str, salt: bytes | None, what: What, at: datetime
    ) -> dto.RegisterEntry:
        """Append an entry; the end of the chain is locked until the end of the transaction."""
        await self._connection.execute(_LOCK)
        row = (
            await self._connection.execute(_TAIL)
        ).one_or_none()  # a statement of its own: it sees what was waited for
        tail = EMPTY if row is None else Tail(seq=row.seq, hash=row.hash)
        entry = next_entry(tail, event, number, content_of(salt, what), at)
        await self._connection.execute(_APPEND, asdict(entry))
        return entry

    async def find_salt(self, number: str) -> bytes | None:
        """Return the salt of a certificate; None if it was erased."""
        return await self._connection.scalar(_SALT, {"of_number": number})

    async def list_entries(self, after: int, limit: int) -> Sequence[tuple[dto.RegisterEntry, Recorded | None]]:
        """Return the entries behind a number, in order, with the certificates that they are about."""
        rows = await self._connection.execute(_ENTRIES, {"after": after, "limit": limit})
        return [(_entry(row), None if row["id"] is None else _recorded(row)) for row in rows.mappings()]

    async def list_courses(self, after: int, limit: int) -> Sequence[Course]:
        """Return the certificates behind an id, in order."""
        rows = await self._connection.execute(_COURSES, {"after": after, "limit": limit})
        return [
            Course(
                id=row["id"],
                number=row["number"],
                status=row["status"],
                status_at=row["status_at"],
                salted=row["salted"],
                blank=row["blank"],
                filed=row["filed"],
                events=tuple(zip(row["events"], row["moments"], strict=True)),
            )
            for row in rows.mappings()
        ]

    async def list_heads(self) -> Sequence[Head]:
        """Return the heads of all days, in order, with what the chain says there now."""
        rows = await self._connection.execute(_HEADS)
        return [Head(day=row.day, seq=row.seq, hash=row.hash, kept=row.kept) for row in rows]

    async def find_by_hash(self, digest: bytes) -> dto.RegisterEntry | None:
        """Return an entry by its hash."""
        row = (await self._connection.execute(_ENTRY.where(RegisterEntry.hash == digest))).mappings().one_or_none()
        return None if row is None else _entry(row)

    async def erase(self, certificate_ids: Collection[int], now: datetime) -> Sequence[str]:
        """Delete salt, facts, paper and the bytes of files; the digest of the file stays, and says nothing."""
        rows = (await self._connection.execute(_ERASE, {"ids": list(certificate_ids), "now": now})).all()
        await self._empty([row.file_id for row in rows])
        return sorted(row.number for row in rows)

    async def find_certificates_of(self, person_no: str) -> tuple[int, Sequence[int]] | None:
        """Return a person of the roster by the number, in any spelling, and the ids of their certificates."""
        found = await self._connection.execute(_CERTIFICATES_OF, {"number": number_key(person_no)})
        row = found.one_or_none()
        return None if row is None else (row[0], row[1])

    async def erase_wishes(self, person_id: int, now: datetime) -> int:
        """Delete what requests, reports and batches say of a person; open ones end."""
        known = {"person": person_id, "now": now}
        receipts = (await self._connection.scalars(_ERASE_REQUESTS, known)).all()
        documents = (await self._connection.scalars(_ERASE_REPORTS, known)).all()
        await self._connection.execute(_ERASE_ROWS, {"person": person_id})
        await self._empty([*receipts, *documents])
        return len(receipts) + len(documents)

    async def _empty(self, file_ids: Collection[int | None]) -> None:
        files = {"ids": [file_id for file_id in file_ids if file_id is not None]}
        await self._connection.execute(_FORGET_COPIES, files)
        await self._connection.execute(_EMPTY_FILES, files)


def _entry(row: RowMapping) -> dto.RegisterEntry:
    return dto.RegisterEntry(
        seq=row["seq"],
        at=row["at"],
        event=row["event"],
        number=row["number"],
        content=row["content"],
        previous=row["previous"],
        hash=row["hash"],
    )


def _recorded(row: RowMapping) -> Recorded:
    return Recorded(
        issued=_issued(row),
        salt=row["salt"],
        status_at=row["status_at"],
        reason=row["revocation_reason"] or "",
        signed=_signed(row),
        stored=row["stored"],
        replaced_by=row["replaced_by"],
    )


def _issued(row: RowMapping) -> IssuedFacts:
    facts: dict[str, Any] = {
        name: row[name]
        for name in ("number", "code", "kind", "language", "issued_on", "valid_until", "facts", "paper", "replaces")
    }
    return IssuedFacts(**facts)


def _signed(row: RowMapping) -> SignedFacts | None:
    if row["sha256"] is None or row["signed_at"] is None:
        return None
    return SignedFacts(sha256=row["sha256"], key_fingerprint=row["key_fingerprint"] or "", signed_at=row["signed_at"])
