"""Files that an operator names."""

import os
from pathlib import Path

from bot.cli.failures import CommandFailed


def read_file(path: Path, *, limit: int | None = None) -> bytes:
    """Return the bytes of a file, at most `limit` + 1 of them; what cannot be read ends the command."""
    try:
        with path.open("rb") as file:
            return file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}") from error


def read_table_file(path: Path) -> bytes:
    """Return the bytes of a table; one that is too large is refused by its size, before any of it is read."""
    from services.tables.dto import FILE_LIMIT, FILE_LIMIT_MEGABYTES  # noqa: PLC0415 -- asked by few commands

    try:
        size = path.stat().st_size
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}") from error
    content = b"" if size > FILE_LIMIT else read_file(path, limit=FILE_LIMIT)
    if max(size, len(content)) > FILE_LIMIT:
        raise CommandFailed(
            f"{path} has {max(size, len(content)) / 2**20:.0f} MB; a table may have {FILE_LIMIT_MEGABYTES}"
        )
    return content


def write_file(path: Path, content: bytes) -> None:
    """Write a file; what cannot be written ends the command."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}") from error


def write_whole_file(path: Path, content: bytes) -> None:
    """Write a file that appears when it is whole; until then what was there stays. What cannot be ends the command."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CommandFailed(f"{path} cannot be written: {error.strerror}") from error
