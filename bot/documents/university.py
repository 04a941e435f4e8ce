"""Reads `UNIVERSITY_FILE`: the university, its contacts, the words of its papers and the kinds of certificate.

The file is TOML; `bot/documents/data/university.toml` is the complete example with an explanation of every part. All
three languages are needed everywhere. A file with mistakes is refused with all of them at once.
"""

import tomllib
from pathlib import Path
from typing import Final

from bot.documents import university_reader, university_rules
from bot.documents.university_model import Contact, KindWording, Line, Signatory, University

__all__ = ["Contact", "KindWording", "Line", "Signatory", "University", "UniversityFileError", "load"]

DEMONSTRATION_FILE: Final = Path(__file__).with_name("data") / "university.toml"


class UniversityFileError(Exception):
    """The university file cannot be used; `problems` holds one readable line for each mistake."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        super().__init__(f"{path}: {'; '.join(problems)}")
        self.path = path
        self.problems = problems


def load(path: Path | None = None) -> University:
    """Read a university file; without a path, that of the demonstration university.

    Raises:
        UniversityFileError: the file cannot be read or has mistakes; all of them are named.
    """
    source = path or DEMONSTRATION_FILE
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise UniversityFileError(source, (f"cannot be read: {error.strerror}",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UniversityFileError(source, (f"is not TOML in UTF-8: {error}",)) from error
    university, problems = university_reader.read(raw)
    if university is not None:
        problems += university_rules.check(university)
    if university is None or problems:
        raise UniversityFileError(source, tuple(problems))
    return university
