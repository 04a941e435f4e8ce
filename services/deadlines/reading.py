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
from services.deadlines.notes import beside_a_plan, without_notes
from services.deadlines.period import context, read_period
from services.deadlines.points import NotReadable
from services.deadlines.recurring import RECURRING, read_recurring
from services.deadlines.several import is_several, read_several
from services.deadlines.tokens import tokenise
from services.deadlines.undated import plan_clause, read_undated
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
    for attempt in (_undated, _whole, _beside_plan, _beside_names):
        meaning = attempt(tokens, year)
        if meaning is not None:
            return meaning
    return _UNKNOWN


def _undated(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    del year
    return None if any(token.kind in _DATED for token in tokens) else read_undated(tokens)


def _whole(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    """Read a phrase all of whose words are known."""
    tokens, feast = without_notes(tokens)
    planned = plan_clause(tokens)
    brackets = any(token.kind in {Kind.OPEN, Kind.CLOSE} for token in tokens)
    if planned:
        tokens = [token for token in tokens if token.kind not in {Kind.PLAN, Kind.ACCORDING, Kind.AS_PLANNED}]
    if _has_gaps(tokens):
        return None
    meaning = _read(tokens, year)
    if meaning is None:
        return None
    to_the_day = meaning.kind in {DeadlineKind.DATE, DeadlineKind.RANGE, DeadlineKind.MULTIPLE}
    misplaced = to_the_day if planned else feast and not to_the_day  # the day of an order; a feast without its day
    return replace(meaning, doubt=meaning.doubt or brackets or misplaced)


def _read(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    kinds = {token.kind for token in tokens}
    readers: list[Callable[[list[Token], AcademicYear], Meaning]] = []
    if is_several(tokens):
        readers.append(read_several)
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


def _beside_plan(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    """Read a period beside the name of another plan."""
    return beside_a_plan(tokens, lambda part: None if _has_gaps(part) else _read(part, year))


def _has_gaps(tokens: list[Token]) -> bool:
    return any(token.kind in _POISON or token.kind is Kind.WORD for token in tokens)


def _beside_names(tokens: list[Token], year: AcademicYear) -> Meaning | None:
    """Read a day among words that are not understood: the day is shown, a person is asked."""
    if any(token.kind in _POISON for token in tokens):
        return None
    kept = [token for token in tokens if token.kind is not Kind.WORD]
    if len(kept) == len(tokens) or not kept:
        return None
    meaning = None if all(token.kind is Kind.YEAR_WORD for token in kept) else _read(kept, year)
    return replace(meaning, doubt=True) if meaning else None
