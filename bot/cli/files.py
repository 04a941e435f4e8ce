"""Files that an operator names."""

from pathlib import Path

from bot.cli.failures import CommandFailed


def read_file(path: Path, *, limit: int | None = None) -> bytes:
    """Return the bytes of a file, at most `limit` + 1 of them; what cannot be read ends the command."""
    try:
        with path.open("rb") as file:
            return file.read() if limit is None else file.read(limit + 1)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}") from error
