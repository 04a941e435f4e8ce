"""The exact form of the register's chain, and what an audit says of an entry; no I/O.

An entry's hash is SHA-256 over these bytes, one after the other:

    previous   32 bytes: the hash of the entry before, zeros for the first
    seq         8 bytes: unsigned, most significant first; 1 for the first entry, then one more each
    at          8 bytes: microseconds since 1970-01-01 UTC, signed, most significant first
    event       1 byte: the length; then so many bytes of ASCII
    number      1 byte: the length; then so many bytes of UTF-8
    content    32 bytes

`content` is SHA-256 over the certificate's salt (32 bytes) and the canonical JSON of what happened: keys sorted, no
spaces, UTF-8 without escapes, dates as YYYY-MM-DD, moments in UTC as YYYY-MM-DDThh:mm:ss.ffffff+00:00.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from services.register.dto import (
    Course,
    Fault,
    FaultKind,
    IssuedFacts,
    Recorded,
    RegisterEntry,
    RegisterEvent,
    SignedFacts,
    Tail,
)

EMPTY = Tail(seq=0, hash=bytes(32))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_BYTES = 256

_BEGINNINGS = frozenset({RegisterEvent.ISSUED.value, RegisterEvent.ENTERED_AGAIN.value})
_FILED = frozenset({RegisterEvent.SIGNED.value, RegisterEvent.ENTERED_AGAIN.value})
_ENDED = frozenset({RegisterEvent.REVOKED.value, RegisterEvent.SUPERSEDED.value})

What = Mapping[str, object]


def canonical(what: What) -> bytes:
    """Return the one JSON of what happened."""
    return json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_of(salt: bytes | None, what: What) -> bytes:
    """Return the hash that stands for what happened; without the salt nobody can guess what that was."""
    return hashlib.sha256((salt or b"") + canonical(what)).digest()


def hash_of(previous: bytes, seq: int, at: datetime, event: str, number: str, content: bytes) -> bytes:
    """Return the hash of an entry, in the form that this module documents."""
    parts = (
        previous,
        seq.to_bytes(8, "big", signed=seq < 0),
        ((at - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True),
        _short(event.encode()),
        _short(number.encode()),
        content,
    )
    return hashlib.sha256(b"".join(parts)).digest()


def next_entry(tail: Tail, event: RegisterEvent, number: str, content: bytes, at: datetime) -> RegisterEntry:
    """Return the entry that follows a tail."""
    seq = tail.seq + 1
    return RegisterEntry(
        seq=seq,
        at=at,
        event=event.value,
        number=number,
        content=content,
        previous=tail.hash,
        hash=hash_of(tail.hash, seq, at, event.value, number, content),
    )


def issued(facts: IssuedFacts) -> What:
    """Return what happened when a certificate got its number."""
    return {
        "number": facts.number,
        "code": facts.code,
        "kind": facts.kind,
        "language": facts.language,
        "issued_on": facts.issued_on.isoformat(),
        "valid_until": _day(facts.valid_until),
        "facts": facts.facts,
        "paper": hashlib.sha256(canonical(facts.paper)).hexdigest(),
        "replaces": facts.replaces,
    }


def signed(facts: SignedFacts) -> What:
    """Return what happened when the first bytes were stored."""
    return {"file": facts.sha256, "key": facts.key_fingerprint, "signed_at": _moment(facts.signed_at)}


def revoked(reason: str, at: datetime) -> What:
    """Return what happened at a revocation. `reason`: as it was written; an official's own words are left out."""
    return {"reason": reason.partition(":")[0], "revoked_at": _moment(at)}


def superseded(by: str) -> What:
    """Return what happened when another certificate, named by its number, took the place."""
    return {"by": by}


def entered_again(facts: IssuedFacts, file: SignedFacts) -> What:
    """Return what happened when a certificate was put back from its file: all that it says, and the file."""
    return {**issued(facts), **signed(file)}


def erased(number: str) -> What:
    """Return what happened when a certificate lost its facts; nothing that could name anybody."""
    return {"number": number}


def faults_of_chain(entry: RegisterEntry, tail: Tail) -> Iterator[Fault]:
    """Say what of an entry does not follow from the one before."""
    if entry.seq != tail.seq + 1:
        yield Fault(kind=FaultKind.GAP, seq=entry.seq, number=entry.number)
    if entry.previous != tail.hash:
        yield Fault(kind=FaultKind.BROKEN, seq=entry.seq, number=entry.number)
    writable = len(entry.number.encode()) < _MOST_BYTES and len(entry.event) < _MOST_BYTES
    if not writable or entry.hash != hash_of(
        entry.previous, entry.seq, entry.at, entry.event, entry.number, entry.content
    ):
        yield Fault(kind=FaultKind.HASH, seq=entry.seq, number=entry.number)


def faults_of_content(entry: RegisterEntry, certificate: Recorded | None) -> Iterator[Fault]:
    """Say whether the certificate is still what the entry was written about."""
    if certificate is None:
        yield Fault(kind=FaultKind.NO_CERTIFICATE, seq=entry.seq, number=entry.number)
        return
    if entry.event == RegisterEvent.ERASED:
        if entry.content != content_of(None, erased(entry.number)):
            yield Fault(kind=FaultKind.CONTENT, seq=entry.seq, number=entry.number)
        return
    if certificate.salt is None:
        return  # the facts are gone, and the salt with them: nothing can be held against the entry
    what = _expected(entry, certificate)
    if what is None or entry.content != content_of(certificate.salt, what):
        yield Fault(kind=FaultKind.CONTENT, seq=entry.seq, number=entry.number)
    if entry.event in _FILED and certificate.signed and certificate.signed.sha256 != certificate.stored:
        yield Fault(kind=FaultKind.FILE, seq=entry.seq, number=entry.number)


def faults_of_course(course: Course) -> Iterator[Fault]:
    """Say whether a certificate has its entries, each once, and stands as the last of them says, since then."""
    events = [event for event, _at in course.events]
    began = bool(events) and events[0] in _BEGINNINGS and len(set(events)) == len(events)
    if not began or course.filed != bool(_FILED & set(events)):
        yield Fault(kind=FaultKind.NO_ENTRY, number=course.number)
    if not events or events[0] not in _BEGINNINGS:
        return
    ends = [(event, at) for event, at in course.events if event in _ENDED]
    stands = ends[-1] if ends else (RegisterEvent.ISSUED.value, course.events[0][1])
    if (course.status, course.status_at) != stands:
        yield Fault(kind=FaultKind.STATUS, number=course.number)
    erased_in_chain = RegisterEvent.ERASED.value in events
    if course.salted in {course.blank, erased_in_chain}:  # either the salt and facts, or that they were erased
        yield Fault(kind=FaultKind.ERASURE, number=course.number)


def _expected(entry: RegisterEntry, certificate: Recorded) -> What | None:
    """Return what the entry should stand for; None where the certificate lacks it."""
    match entry.event:
        case RegisterEvent.ISSUED:
            return issued(certificate.issued)
        case RegisterEvent.SIGNED:
            return signed(certificate.signed) if certificate.signed else None
        case RegisterEvent.ENTERED_AGAIN:
            return entered_again(certificate.issued, certificate.signed) if certificate.signed else None
        case RegisterEvent.REVOKED:
            return revoked(certificate.reason, certificate.status_at)
        case RegisterEvent.SUPERSEDED:
            return superseded(certificate.replaced_by) if certificate.replaced_by else None
    return None


def _short(text: bytes) -> bytes:
    return bytes([len(text)]) + text


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
