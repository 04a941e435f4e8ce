"""Files Telegram keeps: uploads of both sides, found again by file_id."""

from __future__ import annotations

import hashlib
import itertools
import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024

_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One upload.

    Attributes:
        kind: "document", "photo" or "sticker"; an id of one kind cannot be sent as another.
        size: bytes, as declared by the sender; may differ from the content in a test about large files.
        path: the address below ``/file/bot<token>/``.
    """

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str
    content: bytes


class FileStore:
    """All uploads of this Telegram."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def add(self, kind: str, name: str, content: bytes, *, mime: str = "", size: int | None = None) -> StoredFile:
        """Keeps an upload; the type is guessed from the name unless it is given."""
        number = next(self._numbers)
        digest = hashlib.sha256(b"%d %s" % (number, name.encode())).hexdigest()
        suffix = name.rpartition(".")[2].lower() if "." in name else ""
        stored = StoredFile(
            file_id=f"BQACAgIAAxkBAAI{digest[:40]}{number}",
            unique_id=f"AgAD{digest[:10]}",
            kind=kind,
            name=name,
            mime=mime or mimetypes.guess_type(name)[0] or "application/octet-stream",
            size=len(content) if size is None else size,
            path=f"{kind}s/file_{number}" + (f".{suffix}" if suffix.isalnum() else ""),
            content=content,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The upload of that id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The upload at the path that getFile names."""
        return self._by_path.get(path)


def document(stored: StoredFile) -> dict[str, Any]:
    """The Bot API's Document."""
    return {
        "file_name": stored.name,
        "mime_type": stored.mime,
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }


def photo_sizes(stored: StoredFile) -> list[dict[str, Any]]:
    """The Bot API's list of PhotoSize; the sandbox keeps one size."""
    width, height = picture_size(stored.content) or (100, 100)
    return [
        {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "width": width,
            "height": height,
            "file_size": stored.size,
        }
    ]


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None if the bytes are none of them."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:  # noqa: PLR2004 - signature and IHDR
        return struct.unpack(">II", content[16:24])
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:  # noqa: PLR2004 - up to the screen size
        return struct.unpack("<HH", content[6:10])
    if content.startswith(b"\xff\xd8"):
        position = 2
        while position + 9 <= len(content) and content[position] == 0xFF:  # noqa: PLR2004 - a marker
            if content[position + 1] in _JPEG_FRAMES:
                height, width = struct.unpack(">HH", content[position + 5 : position + 9])
                return width, height
            position += 2 + int.from_bytes(content[position + 2 : position + 4])
    return None
