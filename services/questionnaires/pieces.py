"""Reads the tables of a questionnaire's file piece by piece and notes every fault with the place where it stands.

Whatever stands in the file, nothing is raised: it may come from anybody.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.wording import faults_of, is_control

EnumT = TypeVar("EnumT", bound=StrEnum)
_QUOTED = 40


class Faults:
    """What is wrong with a file; of very many faults the first ones are kept."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0

    def note(self, place: str, fault: str) -> None:
        """Note a fault of a place; an empty place is the file."""
        if len(self._lines) < limits.FAULTS:
            self._lines.append(f"{place}: {fault}" if place else fault)
        else:
            self._more += 1

    def lines(self) -> tuple[str, ...]:
        """Return one line for each fault."""
        return (*self._lines, f"and {self._more} more") if self._more else tuple(self._lines)

    def __bool__(self) -> bool:
        return bool(self._lines)


class Piece:
    """A table that is emptied as it is read; what remains at `close` nobody knows.

    `place`: the item or scale that it belongs to; `path`: the keys from there to this table, each with a dot behind it.
    """

    def __init__(self, raw: object, faults: Faults, *, place: str = "", path: str = "") -> None:
        self.place = place
        self._path = path
        self._faults = faults
        self._raw: dict[object, Any] = dict(raw) if isinstance(raw, Mapping) else {}
        if not isinstance(raw, Mapping):
            self.blame("", "should be a table")

    def blame(self, key: str, fault: str) -> None:
        """Note a fault of a key, or of the table itself."""
        said = f"{self._path}{key}".rstrip(".")
        self._faults.note(self.place, f"{said} {fault}".lstrip())

    def has(self, key: str) -> bool:
        """Tell whether a key stands in the table and is not read yet."""
        return key in self._raw

    def close(self) -> None:
        """Complain about everything that nobody read."""
        for key in islice(self._raw, limits.FAULTS):
            self.blame(quoted(key), "is not a key this file knows")
        self._raw.clear()

    def entries(self) -> list[tuple[object, object]]:
        """Return the names and values not read yet."""
        return list(self._raw.items())

    def take(self, key: str) -> object:
        """Return what stands under a key, None if nothing does."""
        return self._raw.pop(key, None)

    def piece(self, key: str) -> "Piece":
        """Read a table below this one; an absent one is empty."""
        return Piece(self._raw.pop(key, {}), self._faults, place=self.place, path=f"{self._path}{key}.")

    def list_of(self, key: str, *, most: int) -> list[object]:
        """Read a list, empty if absent or wrong; of one that is too long the first `most`."""
        if not self.has(key):
            self.blame(key, "is missing")
            return []
        value = self.take(key)
        if not isinstance(value, list):
            self.blame(key, "should be a list")
            return []
        if not value:
            self.blame(key, "is empty")
        if len(value) > most:
            self.blame(key, f"holds {len(value)}, at most {most} are allowed")
        return value[:most]

    def text(self, key: str, *, most: int, needed: bool = True, is_period: bool = False) -> str:
        """Read a text without the blanks around it, empty if absent or wrong."""
        if not self.has(key):
            if needed:
                self.blame(key, "is missing")
            return ""
        return self.checked(key, self.take(key), most=most, is_period=is_period)

    def checked(self, key: str, value: object, *, most: int, is_period: bool = False) -> str:
        """Return a value as the text that it should be, empty if it is none."""
        if not isinstance(value, str):
            self.blame(key, "should be a text")
            return ""
        text = unicodedata.normalize("NFC", value[: limits.LARGEST_FILE]).strip(" ")
        if not text:
            self.blame(key, "is empty")
        for fault in faults_of(text, most=most, is_period=is_period):
            self.blame(key, fault)
        return text

    def trilingual(self, key: str, *, most: int, is_period: bool = False) -> Trilingual:
        """Read a text that has to be there in every language."""
        texts = self.piece(key)
        result = texts.languages(most=most, is_period=is_period)
        texts.close()
        return result

    def languages(self, *, most: int, is_period: bool = False) -> Trilingual:
        """Read the texts that stand under the languages of this table."""
        return Trilingual(
            **{language.value: self.text(language, most=most, is_period=is_period) for language in Language}
        )

    def number(self, key: str, *, least: int, most: int) -> int:
        """Read a whole number, `least` if absent or wrong."""
        if not self.has(key):
            self.blame(key, "is missing")
            return least
        value = self.take(key)
        if type(value) is not int or not least <= value <= most:
            self.blame(
                key, f"should be {least}" if least == most else f"should be a whole number from {least} to {most}"
            )
            return least
        return value

    def flag(self, key: str) -> bool:
        """Read true or false; absent means false."""
        value = self._raw.pop(key, False)
        if not isinstance(value, bool):
            self.blame(key, "should be true or false")
        return value is True

    def word(self, key: str, words: type[EnumT]) -> EnumT | None:
        """Read a word of a closed list, None if absent or wrong."""
        if not self.has(key):
            self.blame(key, "is missing")
            return None
        value = self.take(key)
        found = next((word for word in words if isinstance(value, str) and word.value == value), None)
        if found is None:
            self.blame(key, f"should be one of {', '.join(words)}")
        return found

    def items(self, key: str, *, most: int) -> Iterator["Piece"]:
        """Read a list of tables, each named in faults by its place in the list and its code."""
        for number, raw in enumerate(self.list_of(key, most=most), start=1):
            code = raw.get("code") if isinstance(raw, Mapping) else None
            said = f"{self._path}{key}[{number}]" + (f" {quoted(code)}" if isinstance(code, str) and code else "")
            yield Piece(raw, self._faults, place=f"{self.place}: {said}" if self.place else said)

    def named(self, key: str, *, most: int) -> Iterator[tuple[str, "Piece"]]:
        """Read a table of tables with free names; an absent one is empty."""
        tables = self.piece(key).entries()
        if len(tables) > most:
            self.blame(key, f"holds {len(tables)}, at most {most} are allowed")
        for name, raw in tables[:most]:
            yield (name if isinstance(name, str) else ""), Piece(raw, self._faults, place=f"{key}.{quoted(name)}")


def quoted(value: object) -> str:
    """Return a key or a code as a fault can name it: short, on one line."""
    if not isinstance(value, str):
        return "(not a text)"
    seen = "".join("�" if is_control(sign) else sign for sign in value[:_QUOTED])
    return f"{seen}…" if len(value) > _QUOTED else seen
