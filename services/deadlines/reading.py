"""A deadline as a plan prints it, read into days.

A phrase is cut into tokens whose meaning is known in three languages (`tokens`, `words`); then the whole of it must be
one of: a recurrence, a period, a day or month or several, something without a day. Whatever is left over, contradicts
itself or can be read in two ways takes the certainty away: `sure` is said here and nowhere else.

`sure` is true only where every word of the phrase was understood and had its use, and where no rule had to guess (a
summer month without a year, `before` a day, a season, figures whose order differs from land to land, a weekday that
does not fit). Words that were not understood beside one clear day leave the day, unsure; all else is `unknown`.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from services.deadlines.dated import Meaning, read_dated
from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.deadlines.kinds import Kind, Token
from services.deadlines.period import context, read_period
from services.deadlines.points import NotReadable
from services.deadlines.recurring import RECURRING, read_recurring
from services.deadlines.tokens import tokenise
from services.deadlines.undated import plan_clause, read_undated
from services.deadlines.words import FEASTS
from services.languages import Language

_UNKNOWN = Meaning(DeadlineKind.UNKNOWN, doubt=True)
_POISON = frozenset({Kind.NOT, Kind.AFTER})
_DATED = frozenset({Kind.MONTH, Kind.DATE})


def read_deadline(text: str, year: AcademicYear, language: Language | None = None) -> Deadline:
    """Read a deadline phrase as a plan for `year` means it; never raises, an unreadable one is `unknown`.

    `language` settles only what the words leave open: in Kyrgyz and Russian 04/05/2026 is the fourth of May.
    """
    meaning = _meaning(text, year, language)
    return Deadline(
        text=text,
        kind=meaning.kind,
        start=meaning.start,
        due=meaning.due,
        dates=meaning.dates,
        sure=not meaning.doubt,
    )


@lru_cache(maxsize=4096)
def _meaning(text: str, year: AcademicYear, language: Language | None) -> Meaning:
    tokens = tokenise(text, language)
    for attempt in (_undated, _whole, _beside_names):
        meaning = attempt(tokens, year)
        if meaning is not None:
            return meaning
    return _UNKNOWN


def _undated(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    del year
    return None if any(token.kind in _DATED for token in tokens) else read_undated(tokens)


def _whole(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    """Read a phrase all of whose words are known."""
    tokens = _without_notes(tokens)
    brackets = any(token.kind in {Kind.OPEN, Kind.CLOSE} for token in tokens)
    if plan_clause(tokens):
        tokens = [token for token in tokens if token.kind not in {Kind.PLAN, Kind.ACCORDING, Kind.AS_PLANNED}]
    if any(token.kind in _POISON or token.kind is Kind.WORD for token in tokens):
        return None
    meaning = _read(tokens, year)
    return replace(meaning, doubt=meaning.doubt or brackets) if meaning else None


def _read(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    kinds = {token.kind for token in tokens}
    readers: list[Callable[[list[Token], AcademicYear], Meaning]] = []
    if kinds & RECURRING:
        readers.append(read_recurring)
    readers.append(_in_context if kinds & _DATED else read_period)
    for reader in readers:
        try:
            return reader(tokens, year)
        except NotReadable:
            continue
    return None


def _in_context(tokens: list[Token], year: AcademicYear) -> Meaning:
    """Read days and months of a named academic year."""
    rest, named, printed = context(tokens, year)
    kept = [token for at, token in enumerate(rest) if not _names_the_year(rest, at)]
    meaning = read_dated(kept, named)
    outside = printed and meaning.start is not None and not named.start <= meaning.start <= named.end
    return replace(meaning, doubt=meaning.doubt or outside or (printed and any(token.doubt for token in rest)))


def _names_the_year(tokens: list[Token], at: int) -> bool:
    kind = tokens[at].kind
    return kind is Kind.ACADEMIC or (kind is Kind.YEAR_WORD and at > 0 and tokens[at - 1].kind is Kind.ACADEMIC)


def _without_notes(tokens: list[Token]) -> list[Token]:
    """Leave out notes in brackets that say nothing about time, and a feast named behind its day."""
    kept: list[Token] = []
    depth, opened = 0, 0
    for token in tokens:
        if token.kind is Kind.OPEN:
            depth, opened = depth + 1, len(kept)
        kept.append(token)
        if token.kind is Kind.CLOSE and depth:
            depth -= 1
            if _is_note(kept[opened:]):
                del kept[opened:]
            elif all(each.kind in _YEARS for each in kept[opened + 1 : -1]):
                kept = [*kept[:opened], *kept[opened + 1 : -1]]
    return _without_feast(kept)


_YEARS = frozenset({Kind.YEAR, Kind.YEAR_WORD, Kind.DASH, Kind.WEEKDAY})
_NOTE = frozenset({Kind.SEMESTER, Kind.SEASON, Kind.HARMLESS, Kind.OPEN, Kind.CLOSE, Kind.WORD, Kind.ACADEMIC,
                   Kind.YEAR_WORD})  # fmt: skip


def _is_note(tokens: list[Token]) -> bool:
    known = all(token.kind in _NOTE for token in tokens) and any(token.kind is Kind.SEMESTER for token in tokens)
    words = [token for token in tokens if token.kind is Kind.WORD]
    return (known and all(token.text in {"учун", "для", "for"} for token in words)) or _is_feast(tokens[1:-1])


def _is_feast(tokens: list[Token]) -> bool:
    """Tell a feast's name: a word for day or feast, and one that feasts are named by; "the next day" is none."""
    feast = any(token.kind in {Kind.FEAST, Kind.DAY_WORD} for token in tokens)
    named = any(token.text.startswith(FEASTS) for token in tokens)
    return feast and named and all(token.kind in _OF_A_FEAST for token in tokens)


_OF_A_FEAST = frozenset({Kind.WORD, Kind.FEAST, Kind.DAY_WORD, Kind.HARMLESS, Kind.ACADEMIC, Kind.YEAR_WORD, Kind.AND})


def _without_feast(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        if token.kind is Kind.DASH and at and _is_feast(tokens[at + 1 :]):
            return tokens[:at]
    return tokens


def _beside_names(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    """Read a day among words that are not understood: the day is shown, a person is asked."""
    if any(token.kind in _POISON for token in tokens):
        return None
    kept = [token for token in tokens if token.kind is not Kind.WORD]
    if len(kept) == len(tokens) or not kept:
        return None
    meaning = _read(kept, year)
    return replace(meaning, doubt=True) if meaning else None
