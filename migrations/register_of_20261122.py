"""The register's chain as the migration of 2026-11-22 makes it: what certificates of before get, and what guards it.

A copy of `services.register.rules`, frozen: a migration does the same for ever, whatever becomes of the rules.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PIECE = 500

_SALTS = sa.text("update certificates set salt = :salt where id = :id")
_UNSALTED = sa.text("select id from certificates where salt is null order by id limit :limit")

# In the order in which it happened, as far as the tables know it.
_HAPPENED = sa.text("""
    create temporary table happened on commit drop as
    select row_number() over (order by at, id, rank) as seq, * from (
        select id, issued_at as at, 'issued' as event, 1 as rank from certificates
        union all select id, signed_at, 'signed', 2 from certificates where file_id is not null
        union all select id, status_at, status, 3 from certificates where status = 'revoked'
    ) as happened
""")
_PIECE_OF_IT = sa.text("""
    select h.seq, h.at, h.event, c.*, encode(f.sha256, 'hex') as sha256
    from happened h join certificates c on c.id = h.id left join files f on f.id = c.file_id
    where h.seq > :after order by h.seq limit :limit
""")
_ENTRY = sa.text("""
    insert into register_entries (seq, at, event, number, content, previous, hash)
    values (:seq, :at, :event, :number, :content, :previous, :hash)
""")

GUARDS = (
    """
    create function register_is_append_only() returns trigger language plpgsql as $$
    begin
        raise exception 'the register of certificates is append-only' using errcode = 'restrict_violation';
    end $$
    """,
    """
    create trigger append_only before update or delete on register_entries
    for each row execute function register_is_append_only()
    """,
    """
    create trigger not_truncated before truncate on register_entries
    for each statement execute function register_is_append_only()
    """,
    """
    create function certificate_stays() returns trigger language plpgsql as $$
    begin
        if tg_op <> 'UPDATE' then
            raise exception 'certificates are not deleted' using errcode = 'restrict_violation';
        end if;
        if (new.year, new.serial, new.number, new.code, new.kind, new.language, new.person_id, new.issued_on,
            new.issued_at, new.valid_until, new.replaces_id)
            is distinct from
           (old.year, old.serial, old.number, old.code, old.kind, old.language, old.person_id, old.issued_on,
            old.issued_at, old.valid_until, old.replaces_id)
           or old.file_id is not null and (new.file_id, new.signed_at, new.key_fingerprint)
            is distinct from (old.file_id, old.signed_at, old.key_fingerprint)
           or (new.facts, new.paper, new.facts_digest, new.salt)
            is distinct from (old.facts, old.paper, old.facts_digest, old.salt)
           and (new.facts, new.paper, new.facts_digest, new.salt)
            is distinct from ('{}'::jsonb, '{}'::jsonb, convert_to(old.number, 'UTF8'), null::bytea)
        then
            raise exception 'what a certificate says does not change' using errcode = 'restrict_violation';
        end if;
        return new;
    end $$
    """,
    """
    create trigger stays before update of year, serial, number, code, kind, language, person_id, issued_on, issued_at,
        valid_until, replaces_id, file_id, signed_at, key_fingerprint, facts, paper, facts_digest, salt
    on certificates for each row execute function certificate_stays()
    """,
    """
    create trigger not_deleted before delete on certificates
    for each row execute function certificate_stays()
    """,
    """
    create trigger not_truncated before truncate on certificates
    for each statement execute function certificate_stays()
    """,
)

NO_GUARDS = (
    "drop trigger not_truncated on certificates",
    "drop trigger not_deleted on certificates",
    "drop trigger stays on certificates",
    "drop function certificate_stays()",
    "drop trigger not_truncated on register_entries",
    "drop trigger append_only on register_entries",
    "drop function register_is_append_only()",
)


def enter_what_was_issued(connection: sa.Connection) -> None:
    """Give every certificate a salt, and the chain an entry for all that happened to them so far."""
    while ids := connection.execute(_UNSALTED, {"limit": _PIECE}).scalars().all():
        connection.execute(_SALTS, [{"id": one, "salt": secrets.token_bytes(32)} for one in ids])
    connection.execute(_HAPPENED)
    after, previous = 0, bytes(32)
    while piece := connection.execute(_PIECE_OF_IT, {"after": after, "limit": _PIECE}).mappings().all():
        entries = list(_chained(piece, previous))
        connection.execute(_ENTRY, entries)
        after, previous = entries[-1]["seq"], entries[-1]["hash"]
    connection.execute(sa.text("drop table happened"))


def _chained(piece: Sequence[sa.RowMapping], previous: bytes) -> Iterator[dict[str, Any]]:
    for row in piece:
        content = hashlib.sha256(row["salt"] + _canonical(_what(row))).digest()
        parts = (
            previous,
            row["seq"].to_bytes(8, "big"),
            ((row["at"] - _EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True),
            _short(row["event"]),
            _short(row["number"]),
            content,
        )
        digest = hashlib.sha256(b"".join(parts)).digest()
        yield {
            "seq": row["seq"],
            "at": row["at"],
            "event": row["event"],
            "number": row["number"],
            "content": content,
            "previous": previous,
            "hash": digest,
        }
        previous = digest


def _what(row: sa.RowMapping) -> dict[str, object]:
    if row["event"] == "signed":
        return {"file": row["sha256"], "key": row["key_fingerprint"] or "", "signed_at": _moment(row["signed_at"])}
    if row["event"] == "revoked":
        reason = (row["revocation_reason"] or "").partition(":")[0]
        return {"reason": reason, "revoked_at": _moment(row["status_at"])}
    return {
        "number": row["number"],
        "code": row["code"],
        "kind": row["kind"],
        "language": row["language"],
        "issued_on": row["issued_on"].isoformat(),
        "valid_until": _day(row["valid_until"]),
        "facts": _json(row["facts"]),
        "paper": hashlib.sha256(_canonical(_json(row["paper"]))).hexdigest(),
        "replaces": None,
    }


def _json(value: object) -> Any:  # noqa: ANN401 -- whatever JSON holds
    return json.loads(value) if isinstance(value, str) else value


def _canonical(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _short(text: str) -> bytes:
    return bytes([len(text.encode())]) + text.encode()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
