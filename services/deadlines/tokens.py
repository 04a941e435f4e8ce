"""A phrase cut into words, numbers and marks whose meaning is known."""

import re
from dataclasses import replace

from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.letters import in_cyrillic, in_latin, is_cyrillic, is_mixed, plain
from services.deadlines.lexicon import NUMBER_ENDINGS, PHRASES, SINGLE
from services.deadlines.words import BEGINS_YEAR, SHORT_FOR_ACADEMIC
from services.languages import Language

_PIECE = re.compile(
    r"""
    (?P<iso>(?<!\d)(?:19|20)\d\d(?P<s1>[-./])\d{1,2}(?P=s1)\d{1,2}(?!\d))(?:[t\ ]+(?=\d\d:))?
  | (?P<excel>(?<!\d)\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d\d(?!\d|-))
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
_WHOLE_MONTH = 4  # letters, but for May
_THREE_LETTERS = frozenset({"май", "мая", "мае", "маю", "may"})
_ENGLISH_MONTHS = frozenset({"ja", "fe", "ma", "ap", "ju", "au", "se", "oc", "no", "de"})
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
    while tokens and tokens[-1].kind is Kind.COMMA:
        tokens.pop()
    return tokens


_ACADEMIC_YEAR = "ay"
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
    token = _figures(found)
    case = None if found["pair"] or found["excel"] else _hangs_on(pieces, at)
    return (token, 1) if case is None else (replace(token, case=case), 2)


def _figures(found: re.Match[str]) -> Token:
    """Read an academic year, a date or a time of day in figures."""
    text = found.group()
    if found["pair"]:
        return _pair(text)
    if found["excel"]:
        return _from_spreadsheet(text)
    if found["time"]:
        hour, minute = (int(part) for part in text.split(":")[:2])
        return Token(Kind.TIME if hour < _HOURS and minute < _MINUTES else Kind.WORD, text)
    return _numeric(next(style for style in _STYLES if found[style]), text)


def _from_spreadsheet(text: str) -> Token:
    """Read 15-Nov-25."""
    day, month, year = text.split("-")
    if not int(day):
        return Token(Kind.WORD, text)
    return Token(Kind.DATE, text, date=(int(day), SINGLE[month].value, _CENTURY + int(year)))


def _hangs_on(pieces: list[re.Match[str]], at: int) -> Case | None:
    """Return the case whose ending hangs on the number directly: 14:00дө, 25.12.2025тен."""
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    hangs = behind is not None and bool(behind["word"]) and behind.start() == pieces[at].end()
    return NUMBER_ENDINGS.get(in_cyrillic(behind.group())) if behind is not None and hangs else None


def _word(pieces: list[re.Match[str]], at: int) -> tuple[Token, int]:
    for spell in (str, in_cyrillic, in_latin):
        first = spell(pieces[at].group())
        for phrase, token in PHRASES.get(first, ()):
            if taken := _follow(pieces, at, phrase):
                return token, taken
        if first == SHORT_FOR_ACADEMIC and at + 1 < len(pieces) and pieces[at + 1].group().startswith(BEGINS_YEAR):
            return Token(Kind.ACADEMIC, first), 1
        if first == _ACADEMIC_YEAR and _has_pair_near(pieces, at):
            return Token(Kind.ACADEMIC, first), 1
        single = SINGLE.get(first)
        if single is not None and (spell is str or _survives(single, pieces[at].group())):
            return single, 1
    return Token(Kind.WORD, in_cyrillic(first) if is_mixed(first := pieces[at].group()) else first), 1


def _has_pair_near(pieces: list[re.Match[str]], at: int) -> bool:
    """Tell whether `AY` stands by 2025-26, so that it is no slip for May."""
    return any(near["pair"] for near in (*pieces[max(at - 1, 0) : at], *pieces[at + 1 : at + 2]))


def _survives(token: Token, printed: str) -> bool:
    """Tell whether a word is long or mixed enough to be known among letters of another script: not `ат`, not `Maр`."""
    if token.kind is Kind.MONTH and len(token.text) < _WHOLE_MONTH:
        could_be_english = not is_mixed(printed) or in_latin(printed)[:2] in _ENGLISH_MONTHS
        return token.text in _THREE_LETTERS or is_cyrillic(printed) or not could_be_english
    return token.kind is not Kind.HARMLESS or is_mixed(printed)


def _follow(pieces: list[re.Match[str]], at: int, phrase: tuple[str, ...]) -> int:
    """Return how many pieces the words of `phrase` take from `at` on 0 if they differ; a dash may join them."""
    here = at
    for number, word in enumerate(phrase):
        if number and here < len(pieces) and pieces[here].group() in "-/":
            here += 1
        if here >= len(pieces):
            return 0
        text = pieces[here].group()
        if word not in {text, in_cyrillic(text), in_latin(text)}:
            return 0
        here += 1
    return here - at


def _number(pieces: list[re.Match[str]], at: int) -> tuple[Token, int]:
    """Read a number with the ending that hangs on it: 5ине, 15-го, 5th."""
    text = pieces[at].group()
    value = int(text) if len(text) <= _DIGITS_OF_YEAR else 0
    if len(text) == _DIGITS_OF_YEAR and value in _YEARS:
        return Token(Kind.YEAR, text, value), 1 + _ending_of_year(pieces, at)
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


def _ending_of_year(pieces: list[re.Match[str]], at: int) -> int:
    """Return how many pieces a Russian ending behind a year takes: 2025-го."""
    behind = pieces[at + 1 : at + 3]
    joined = in_cyrillic("".join(piece.group() for piece in behind))
    return 2 if joined in {"-го", "-й", "-м", "-му"} and behind[-1].end() == pieces[at].end() + len(joined) else 0


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
