"""A phrase cut into words, numbers and marks whose meaning is known."""

import re
from dataclasses import replace

from services.deadlines.kinds import Kind, Token
from services.deadlines.letters import in_cyrillic, in_latin, plain
from services.deadlines.lexicon import NUMBER_ENDINGS, PHRASES, SINGLE
from services.deadlines.words import BEGINS_YEAR, SHORT_FOR_ACADEMIC
from services.languages import Language

_PIECE = re.compile(
    r"""
    (?P<iso>(?<!\d)(?:19|20)\d\d(?P<s1>[-./])\d{1,2}(?P=s1)\d{1,2}(?!\d))(?:[t\ ]+(?=\d\d:))?
  | (?P<dmy>(?<!\d)\d{1,2}\ ?(?P<s2>[./])\ ?\d{1,2}\ ?(?P=s2)\ ?(?:(?:19|20)\d\d|\d\d)(?!\d|:|[./]\d))
  | (?P<dashed>(?<!\d)\d{1,2}-\d{1,2}-(?:19|20)\d\d(?!\d))
  | (?P<my>(?<![\d.])\d{1,2}[./](?:19|20)\d\d(?!\d|\.\d))
  | (?P<pair>(?<!\d)(?:19|20)\d\d(?:\ ?[-/]\ ?(?:19|20)\d\d|[-/]\d\d)(?!\d|\ ?[.:]\d))
  | (?P<time>(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d))
  | (?P<dm>(?<![\d.])\d{1,2}\.\d\d(?!\d|\.\d))
  | (?P<number>\d+)
  | (?P<word>[^\W\d_]+)
  | (?P<mark>[^\s\w"]|_)
    """,
    re.VERBOSE,
)
_MARKS = {
    "-": Kind.DASH, ",": Kind.COMMA, "/": Kind.SLASH, "(": Kind.OPEN, ")": Kind.CLOSE, "&": Kind.AND, "~": Kind.VAGUE,
    "?": Kind.VAGUE, "+": Kind.AND,
}  # fmt: skip
_STYLES = ("iso", "dmy", "dashed", "my", "dm")
_SILENT = frozenset(".:!")
_DIGITS_OF_YEAR = 4
_YEARS = range(1990, 2100)
_MONTHS, _HOURS, _MINUTES, _CENTURY = 12, 24, 60, 2000


def tokenise(text: str, language: Language | None = None) -> list[Token]:
    """Cut `text` into tokens; full stops, colons and quotation marks fall away, doubled marks become one.

    In Kyrgyz and Russian the day stands before the month also in 04/05/2026.
    """
    day_first = language in {Language.KY, Language.RU}
    pieces = [found for found in _PIECE.finditer(plain(text)) if found.group() not in _SILENT]
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        token, taken = _next(pieces, at)
        at += taken
        if token.doubt and day_first and token.kind is Kind.DATE:
            token = replace(token, doubt=False)
        if not (tokens and token.kind in _ONCE and tokens[-1].kind is token.kind):
            tokens.append(token)
    return tokens


_ONCE = frozenset({Kind.DASH, Kind.COMMA})


def _next(pieces: list[re.Match[str]], at: int) -> tuple[Token, int]:
    """Return the token that begins at a piece, and how many pieces it takes."""
    found = pieces[at]
    text = found.group()
    if found["word"]:
        return _word(pieces, at)
    if found["number"]:
        return _number(pieces, at)
    if found["mark"]:
        return Token(_MARKS.get(text, Kind.WORD), text), 1
    if found["pair"]:
        return _pair(text), 1
    if found["time"]:
        return Token(Kind.TIME, text), 1 + _hangs_on(pieces, at)
    style = next(style for style in _STYLES if found[style])
    return _numeric(style, text), 1 + _hangs_on(pieces, at)


def _hangs_on(pieces: list[re.Match[str]], at: int) -> int:
    """Return 1 where a case ending hangs on the number directly: 14:00дө."""
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    return int(
        behind is not None and bool(behind["word"]) and behind.start() == pieces[at].end()
        and behind.group() in NUMBER_ENDINGS
    )  # fmt: skip


def _word(pieces: list[re.Match[str]], at: int) -> tuple[Token, int]:
    for spell in (str, in_cyrillic, in_latin):
        first = spell(pieces[at].group())
        for phrase, token in PHRASES.get(first, ()):
            if taken := _follow(pieces, at, phrase):
                return token, taken
        if first == SHORT_FOR_ACADEMIC and at + 1 < len(pieces) and pieces[at + 1].group().startswith(BEGINS_YEAR):
            return Token(Kind.ACADEMIC, first), 1
        if first in SINGLE:
            return SINGLE[first], 1
    return Token(Kind.WORD, pieces[at].group()), 1


def _follow(pieces: list[re.Match[str]], at: int, phrase: tuple[str, ...]) -> int:
    """Return how many pieces the words of `phrase` take from `at` on 0 if they differ; a dash may join them."""
    here = at
    for number, word in enumerate(phrase):
        if number and here < len(pieces) and pieces[here].group() in "-/":
            here += 1
        if here >= len(pieces) or word not in _spellings(pieces[here].group()):
            return 0
        here += 1
    return here - at


def _spellings(word: str) -> tuple[str, str, str]:
    return word, in_cyrillic(word), in_latin(word)


def _number(pieces: list[re.Match[str]], at: int) -> tuple[Token, int]:
    """Read a number with the ending that hangs on it: 5ине, 15-го, 5th."""
    text = pieces[at].group()
    value = int(text) if len(text) <= _DIGITS_OF_YEAR else 0
    if len(text) == _DIGITS_OF_YEAR and value in _YEARS:
        return Token(Kind.YEAR, text, value), 1
    here, end = at + 1, pieces[at].end()
    dashed = here < len(pieces) and pieces[here].group() == "-"
    if dashed and here + 1 < len(pieces) and pieces[here + 1].start() == pieces[here].end() == end + 1:
        here, end = here + 1, end + 1
    if here < len(pieces) and pieces[here]["word"] and pieces[here].start() == end:
        word = in_cyrillic(pieces[here].group())
        for ending in (word, pieces[here].group()):
            if ending in NUMBER_ENDINGS:
                return Token(Kind.NUMBER, text, value, NUMBER_ENDINGS[ending], ordinal=True), here - at + 1
    return Token(Kind.NUMBER, text, value, ordinal=dashed), 1


def _pair(text: str) -> Token:
    """Read `2025-26`: two years of which the second must follow the first."""
    first, second = re.split(r" ?[-/] ?", text)
    follows = second in {str(int(first) + 1), f"{(int(first) + 1) % 100:02d}"}
    loose = "/" not in text and (len(second) == _DIGITS_OF_YEAR or int(second) <= _MONTHS)
    return Token(Kind.PAIR, text, int(first) if follows else 0, doubt=loose)


def _numeric(style: str, text: str) -> Token:
    """Read a date in figures; what is neither a date nor a time of day stays not understood."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if style == "dm":
        return _day_or_hour(text, *numbers)
    if 0 in numbers:
        return Token(Kind.WORD, text)
    if style == "my":
        return Token(Kind.DATE, text, date=(0, numbers[0], numbers[1]))
    if style == "iso":
        return Token(Kind.DATE, text, date=(numbers[2], numbers[1], numbers[0]))
    return _full_date(text, *numbers)


def _day_or_hour(text: str, day: int, month: int) -> Token:
    """Read 15.05 as a day, 10.30 as a time of day."""
    if day and 1 <= month <= _MONTHS:
        return Token(Kind.DATE, text, date=(day, month, 0))
    return Token(Kind.TIME if day < _HOURS and month < _MINUTES else Kind.WORD, text)


def _full_date(text: str, day: int, month: int, year: int) -> Token:
    """Read day, month, year; with slashes or dashes the month may stand first, and both may be possible."""
    doubt = False
    if "." not in text:
        if month > _MONTHS >= day:
            day, month = month, day
        doubt = day <= _MONTHS and day != month
    return Token(Kind.DATE, text, date=(day, month, year if year in _YEARS else _CENTURY + year), doubt=doubt)
