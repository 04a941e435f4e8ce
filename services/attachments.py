"""Files that people send to a desk: a photo or a PDF of a receipt, of a document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: What is taken at most.
LARGEST_MEGABYTES = 10
_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it came, and what it is."""

    content: bytes
    mime: str


class KeptFiles(Protocol):
    """Where such files are kept."""

    async def keep(self, content: bytes, mime: str, now: datetime) -> int:
        """Keep bytes, once; return their id."""
        ...

    async def get(self, file_id: int) -> SentFile:
        """Return the bytes and what they are."""
        ...


def type_of(content: bytes) -> str | None:
    """Return what a file is by its first bytes; None for what no desk can look at, or is too large."""
    if len(content) > LARGEST_MEGABYTES * 1024 * 1024:
        return None
    return next((mime for start, mime in _BEGINNINGS.items() if content.startswith(start)), None)
