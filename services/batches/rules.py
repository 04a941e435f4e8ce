"""Rules of batches, without I/O."""

import zlib
from collections.abc import Iterable

from services.batches.dto import PlannedRow
from services.languages import Language

MOST_ROWS = 1_000
#: Certificates of one transaction: so many numbers are waited for at most, and lost never.
ROWS_AT_ONCE = 10
#: Bytes of one archive; Telegram takes 50 MB.
LARGEST_ARCHIVE = 45 * 1024 * 1024


def mark_of(kind: str, language: Language, rows: Iterable[PlannedRow]) -> int:
    """Return by what a confirmation recognises that the plan is still what the screen showed."""
    shown = [(row.person_no, sorted(row.facts.items()), row.refusal is None) for row in rows]
    return zlib.crc32(repr((kind, language.value, shown)).encode())


def file_name(number: str, person_name: str) -> str:
    """Return under what name a paper stands in the archive."""
    safe = "".join(sign if sign.isalnum() or sign in " -'’" else "_" for sign in person_name).strip()
    return f"{number} {safe}.pdf"
