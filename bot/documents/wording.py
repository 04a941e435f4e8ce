"""The little language in which `UNIVERSITY_FILE` writes its sentences: text with `{value}` and `{value|form}`.

`{value}` prints a value in its basic form, `{value|form}` a form taken from a stored table; nothing is ever inflected
by rule. This module also finds what must not stand in such a text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from services.languages import Language

#: A form name is either one of a date's (`bot.localtime.DateForm`) or one of a noun's own ("gen", "loc", "prep").
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)(?:\|([a-z]+))?\}")
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

#: What may follow a value in Kyrgyz: a hyphen only where it makes an ordinal before one of these nouns.
_ORDINAL_NOUNS: Final = ("окуу", "семестр", "курс", "барак")


class Placeholder(NamedTuple):
    """A value to be printed: its name and, after a bar, the form it takes."""

    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a filled sentence; `name` is that of the value it came from, empty for the fixed words."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """A name or word in three languages with the inflected forms that sentences need, all stored."""

    texts: Mapping[Language, str]
    forms: Mapping[tuple[Language, str], str] = field(default_factory=dict)

    def get(self, language: Language, form: str = "") -> str:
        """Return the word in a language; Russian and English may lack a form that only Kyrgyz has, and the reverse.

        Raises:
            KeyError: there is no such form.
        """
        return self.forms[language, form] if form else self.texts[language]


def placeholders(text: str) -> Iterator[Placeholder]:
    """Yield the values that a text names, in order."""
    for match in _PLACEHOLDER.finditer(text):
        yield Placeholder(match[1], match[2] or "")


def only_value(text: str) -> str:
    """Return the name of the value that is the whole text, empty if there is more or none."""
    match = _PLACEHOLDER.fullmatch(text)
    return match[1] if match else ""


def segments(text: str, value_of: Callable[[Placeholder], str]) -> list[Segment]:
    """Put values into a text in one pass, so that a value that looks like a placeholder is left alone."""
    parts: list[Segment] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        parts.append(Segment(text[end : match.start()]))
        value = value_of(Placeholder(match[1], match[2] or ""))
        parts.append(Segment(value, match[1]))
        # One full stop is enough where a value brings its own: "21 ноября 2026 г."
        end = match.end() + (value.endswith(".") and text.startswith(".", match.end()))
    parts.append(Segment(text[end:]))
    return [part for part in parts if part.text]


def fill(text: str, value_of: Callable[[Placeholder], str]) -> str:
    """Put values into a text and return the sentence."""
    return "".join(part.text for part in segments(text, value_of))


def faults(text: str, language: Language) -> Iterator[str]:
    """Yield what is wrong with a text by itself, as phrases that follow the place where it stands."""
    bare = _PLACEHOLDER.sub(" ", text)
    if "{" in bare or "}" in bare:
        yield "a brace that belongs to no placeholder"
    if "(?)" in text:
        yield "a doubt mark (?)"
    if text != text.strip() or "\n" in text:
        yield "stray space or a line break"
    if text != unicodedata.normalize("NFC", text):
        yield "letters not in composed form (NFC)"
    for word in _LETTERS.findall(bare):
        if _mixes_alphabets(word):
            yield f"Latin and Cyrillic letters mixed in “{word}”"
    if language is Language.KY:
        yield from _glued(text)


def _glued(text: str) -> Iterator[str]:
    for match in _PLACEHOLDER.finditer(text):
        rest = text[match.end() :]
        if rest.startswith("-"):
            if not rest[1:].startswith(_ORDINAL_NOUNS):
                yield f"a suffix after a hyphen at {match[0]}"
        elif rest[:1].isalnum() or rest[:1] in {"'", "’"}:
            yield f"a suffix glued to {match[0]}"


def _mixes_alphabets(word: str) -> bool:
    # "QR-код" and "PDF-файл" change alphabet at the hyphen and are right; "кoд" with a Latin o is not.
    scripts = [_script(letter) for letter in word]
    return any({a, b} == {"LATIN", "CYRILLIC"} for a, b in pairwise(scripts))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""
