"""Reads a parsed TOML file piece by piece and notes every mistake with the place where it stands."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from bot.documents.wording import Noun
from services.languages import Language, Trilingual

EnumT = TypeVar("EnumT", bound=StrEnum)
ItemT = TypeVar("ItemT")


class Table:
    """A TOML table that is emptied as it is read; what remains at `close` nobody asked for."""

    def __init__(self, raw: object, where: str, problems: list[str]) -> None:
        if not isinstance(raw, dict):
            problems.append(f"{where}: should be a table")
            raw = {}
        self._raw: dict[str, Any] = dict(raw)
        self._problems = problems
        self.where = where

    def close(self) -> None:
        """Complain about everything that nobody read."""
        for key in self._raw:
            self.blame(key, "is not a name this file knows")

    def blame(self, key: str, problem: str) -> None:
        """Note a mistake under a key of this table."""
        self._problems.append(f"{self.where}.{key}: {problem}" if self.where else f"{key}: {problem}")

    def names(self) -> tuple[str, ...]:
        """Return the keys not read yet."""
        return tuple(self._raw)

    def has(self, key: str) -> bool:
        """Say whether a key stands in the table."""
        return key in self._raw

    def table(self, key: str) -> "Table":
        """Read a table below this one; an absent one is empty."""
        where = f"{self.where}.{key}" if self.where else key
        return Table(self._raw.pop(key, {}), where, self._problems)

    def tables(self, key: str) -> Iterator["Table"]:
        """Read a list of tables, named in mistakes by their id or name."""
        raw = self._raw.pop(key, [])
        if not isinstance(raw, list):
            self.blame(key, "should be a list of tables")
            return
        for index, item in enumerate(raw, start=1):
            name = item.get("id") or item.get("name") or index if isinstance(item, dict) else index
            where = f"{key}[{name if isinstance(name, str) else index}]"
            yield Table(item, f"{self.where}.{where}" if self.where else where, self._problems)

    def text(self, key: str, *, needed: bool = True) -> str:
        """Read a text, empty if absent or wrong."""
        value = self._raw.pop(key, "")
        if not isinstance(value, str):
            self.blame(key, "should be a text")
            return ""
        if needed and not value.strip():
            self.blame(key, "is missing")
        return value

    def flag(self, key: str) -> bool:
        """Read true or false; absent means false."""
        value = self._raw.pop(key, False)
        if not isinstance(value, bool):
            self.blame(key, "should be true or false")
        return value is True

    def number(self, key: str, *, least: int = 1) -> int | None:
        """Read a whole number that is not below `least`, `None` if absent or wrong."""
        value = self._raw.pop(key, None)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= least):
            return value
        self.blame(key, "should be a whole number above zero" if least else "should be a whole number")
        return None

    def decimal(self, key: str) -> Decimal | None:
        """Read a number, plain or as a text ("12.50"), `None` if absent or wrong."""
        value = self._raw.pop(key, None)
        if value is None:
            return None
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("nan")
        except InvalidOperation:
            number = Decimal("nan")
        if number.is_finite():
            return number
        self.blame(key, 'should be a number, as in "12.50"')
        return None

    def lists(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """Read a table of lists of texts, as conditions are written; an absent one is empty."""
        table = self.table(key)
        return MappingProxyType({name: table.texts(name) for name in table.names()})

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._raw.pop(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.blame(key, "should be a list of texts")
        return ()

    def word(self, key: str, words: type[EnumT], default: EnumT) -> EnumT:
        """Read a word of a closed list."""
        value = self._raw.pop(key, default)
        if value in tuple(words):
            return words(value)
        self.blame(key, f"should be one of {', '.join(words)}")
        return default

    def words(self, key: str, words: type[EnumT]) -> tuple[EnumT, ...]:
        """Read a list of words of a closed list."""
        found = self.texts(key)
        for word in found:
            if word not in tuple(words):
                self.blame(key, f"“{word}” is none of {', '.join(words)}")
        return tuple(words(word) for word in found if word in tuple(words))

    def trilingual(self, key: str, *, needed: bool = True) -> Trilingual:
        """Read a text that exists in the three languages."""
        table = self.table(key)
        result = Trilingual(**{language: table.text(language, needed=needed) for language in Language})
        table.close()
        return result

    def noun(self, key: str) -> Noun:
        """Read `{ky, ru, en}` and any inflected forms `{ky_gen, ru_prep}` beside them."""
        table = self.table(key)
        texts = {language: table.text(language) for language in Language}
        forms = {}
        for name in table.names():
            language, bar, form = name.partition("_")
            if bar and form and language in tuple(Language):
                forms[Language(language), form] = table.text(name)
        table.close()
        return Noun(MappingProxyType(texts), MappingProxyType(forms))

    def each(self, key: str, read: Callable[["Table", str], ItemT]) -> Mapping[str, ItemT]:
        """Read a table whose keys are free names."""
        table = self.table(key)
        return MappingProxyType({name: read(table, name) for name in table.names()})
