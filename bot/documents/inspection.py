"""What a file says of itself: is it a PDF, does it carry our signature, was anything changed since.

No parser of PDF ever sees hostile bytes. A signature covers all of the file but the place where it stands itself, so
it can be found and checked on the raw bytes, in time that grows with their number. Only a file that has passed, whose
bytes are thus the very ones we signed, goes to pyHanko for a second opinion.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from itertools import islice
from typing import Final

from cryptography import x509

from bot.documents import cms
from services.certificates.dto import FileFinding

DEFAULT_LIMIT: Final = 20 * 1024 * 1024

#: A PDF begins within the first kilobyte and ends, by its cross-reference, within the last.
_EDGE: Final = 1024
_END: Final = re.compile(rb"startxref\s{1,8}(\d{1,10})\s{1,8}%%EOF\s{0,64}")
_CROSS_REFERENCE: Final = re.compile(rb"\s{0,8}(?:xref\s|\d{1,10}\s\d{1,5}\sobj)")
_ENCRYPTED: Final = re.compile(rb"/Encrypt\s{0,8}(?:\d{1,10}\s|<<)")

#: The place of a signature: a long hexadecimal text. Ours take 3 to 8 thousand digits.
_PLACE: Final = re.compile(rb"<([0-9A-Fa-f]{600,65536})>")
_MOST_PLACES: Final = 16

_BYTE_RANGE: Final = re.compile(rb"/ByteRange\s{0,8}\[\s{0,8}" + rb"\s{1,8}".join([rb"(\d{1,10})"] * 4) + rb"\s{0,8}\]")
_CLAIMED: Final = re.compile(rb"/M\s{0,8}\(([^()]{1,96})\)")
_OCTAL: Final = re.compile(rb"\\([0-7]{3})")
_DATE: Final = re.compile(rb"D:(\d{14})(?:Z(?:00'00'?)?|([+-])(\d\d)'(\d\d)'?)")

#: How far around its place the other entries of a signature dictionary are looked for.
_NEIGHBOURHOOD: Final = 4096


@dataclass(frozen=True, slots=True)
class _Signature:
    """A signature of ours in a file: from the "<" to the ">" of its place, and the container that stands there."""

    start: int
    end: int
    digits: bytes
    container: cms.Container


def inspect(content: bytes, authorities: Sequence[bytes], *, limit: int = DEFAULT_LIMIT) -> FileFinding:
    """Look at a file of unknown origin; never raises, whatever the file holds.

    Args:
        content: the whole file.
        authorities: PEM certificates, present and past, by which our signatures are known.
        limit: the most bytes that are looked at.

    Returns:
        The finding. `unchanged` is true only if the file is, byte for byte, one that a key of ours has signed.

    Raises:
        ValueError: an authority is no certificate.
    """
    trusted = [x509.load_pem_x509_certificate(pem) for pem in authorities]
    digest = sha256(content).hexdigest()
    if not _is_readable(content, limit):
        return FileFinding(
            readable=False, signed_by_us=False, unchanged=None, key_valid_then=None, sha256=digest, revision_sha256=None
        )
    signature = next(_signatures_of_ours(content, trusted), None)
    if signature is None:
        return FileFinding(
            readable=True, signed_by_us=False, unchanged=None, key_valid_then=None, sha256=digest, revision_sha256=None
        )
    covered = _covered_length(content, signature)
    certificate = signature.container.certificate
    return FileFinding(
        readable=True,
        signed_by_us=True,
        unchanged=covered == len(content) and _is_unchanged(content, signature),
        key_valid_then=_key_valid_then(content, signature),
        sha256=digest,
        revision_sha256=None if covered is None else sha256(memoryview(content)[:covered]).hexdigest(),
        key_from=certificate.not_valid_before_utc,
        key_until=certificate.not_valid_after_utc,
    )


def _is_readable(content: bytes, limit: int) -> bool:
    if len(content) > limit or b"%PDF-" not in content[:_EDGE]:
        return False
    ends = list(_END.finditer(content[-_EDGE:]))
    if not ends or _ENCRYPTED.search(content):
        return False
    return _CROSS_REFERENCE.match(content, int(ends[-1][1])) is not None


def _signatures_of_ours(content: bytes, trusted: Sequence[x509.Certificate]) -> Iterator[_Signature]:
    for place in islice(_PLACE.finditer(content), _MOST_PLACES):
        digits = place[1]
        if len(digits) % 2:
            continue
        container = cms.read(bytes.fromhex(digits.decode("ascii")))
        if container is not None and cms.is_ours(container, trusted):
            yield _Signature(place.start(), place.end(), digits, container)


def _covered_length(content: bytes, signature: _Signature) -> int | None:
    """Return the length of the revision that a signature claims to close, `None` if it does not say so plainly."""
    for found in _BYTE_RANGE.finditer(
        content, max(0, signature.start - _NEIGHBOURHOOD), signature.end + _NEIGHBOURHOOD
    ):
        begin, first, second, rest = map(int, found.groups())
        if (begin, first, second) == (0, signature.start, signature.end):
            return min(second + rest, len(content)) if second + rest <= len(content) else None
    return None


def _is_unchanged(content: bytes, signature: _Signature) -> bool:
    """Say whether a signature that covers the whole file holds; both opinions must agree."""
    if signature.digits != signature.digits.upper():
        return False
    view = memoryview(content)
    if not cms.is_intact(signature.container, (view[: signature.start], view[signature.end :])):
        return False
    from bot.documents import second_opinion  # noqa: PLC0415 - pyHanko takes half a second to import

    return second_opinion.agrees(content, signature.container.certificate)


def _key_valid_then(content: bytes, signature: _Signature) -> bool | None:
    """Judge the signer's certificate at the claimed time; `None` where the file claims none."""
    start = max(0, signature.start - _NEIGHBOURHOOD, content.rfind(b" obj", 0, signature.start))
    claimed = _claimed_time(content, start, signature.end + _NEIGHBOURHOOD)
    if claimed is None:
        return None
    certificate = signature.container.certificate
    return certificate.not_valid_before_utc <= claimed <= certificate.not_valid_after_utc


def _claimed_time(content: bytes, start: int, end: int) -> datetime | None:
    claim = _CLAIMED.search(content, start, end)
    plain = _OCTAL.sub(lambda sign: bytes([int(sign[1], 8) & 0xFF]), claim[1]) if claim else b""
    found = _DATE.fullmatch(plain)
    if found is None:
        return None
    with suppress(ValueError):
        east = timedelta(hours=int(found[3] or 0), minutes=int(found[4] or 0))
        zone = timezone(-east if found[2] == b"-" else east)
        return datetime.strptime(found[1].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=zone)
    return None
