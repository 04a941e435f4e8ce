"""Periods: the academic year, its semesters, quarters and halves, a calendar year, seasons.

The order of such words differs from language to language and carries no meaning, so they are read as a bag, and every
word of the bag must have its use.
"""

from collections import Counter
from datetime import date

from services.deadlines.dated import Meaning
from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.points import NotReadable, month_end

_AROUND = frozenset({Kind.WITHIN, Kind.COMMA, Kind.DASH, Kind.CONSTANT, Kind.ORDER, Kind.YEAR_WORD})
_LIMITS = frozenset({Kind.TO, Kind.UNTIL, Kind.BY, Kind.LATEST})
_MONTHS_OF_QUARTER = 3


class Bag:
    """The kinds of a phrase, each with its tokens; taking one out leaves the rest to be used up."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [token for token in tokens if token.kind is not Kind.HARMLESS]
        self.count = Counter(token.kind for token in self.tokens)
        if not self.count[Kind.LATEST] and any(token.case is Case.ABLATIVE for token in self.tokens):
            raise NotReadable  # from a semester on: open at the end

    def only(self, *kinds: Kind) -> bool:
        """Tell whether nothing but these and the words that change nothing is there."""
        return all(kind in kinds or kind in _AROUND for kind in self.count)

    def the(self, kind: Kind) -> Token | None:
        """Return the one token of a kind; several are a contradiction."""
        found = [token for token in self.tokens if token.kind is kind]
        if len(found) > 1:
            raise NotReadable
        return found[0] if found else None


def context(tokens: list[Token], plan: AcademicYear) -> tuple[list[Token], AcademicYear, bool]:
    """Take a named academic year (2024-25 окуу жылынын …) out of a phrase: the rest, the year, whether it was there."""
    pairs = [at for at, token in enumerate(tokens) if token.kind is Kind.PAIR]
    if not pairs:
        return tokens, plan, False
    if len(pairs) > 1 or not tokens[pairs[0]].value:
        raise NotReadable
    at, end = pairs[0], pairs[0] + 1
    academic = False
    while end < len(tokens) and tokens[end].kind in {Kind.DASH, Kind.ACADEMIC, Kind.YEAR_WORD, Kind.COMMA}:
        academic = academic or tokens[end].kind is Kind.ACADEMIC
        end += 1
    start = at
    while start and tokens[start - 1].kind in {Kind.ACADEMIC, Kind.YEAR_WORD, Kind.COMMA}:
        academic = academic or tokens[start - 1].kind is Kind.ACADEMIC
        start -= 1
    named = AcademicYear(tokens[at].value)
    doubt = tokens[at].doubt and not academic
    marker = Token(Kind.ACADEMIC, "", doubt=doubt)
    return [*tokens[:start], marker, *tokens[end:]], named, True


def read_period(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read a phrase that names a period.

    Raises:
        NotReadable: It names none, or more than a period.
    """
    tokens, year, named = context(tokens, plan)
    bag = Bag(tokens)
    doubt = any(token.doubt for token in tokens)
    for kind, reader in _READERS.items():
        if bag.count[kind]:
            return reader(bag, year, doubt=doubt)
    return _academic(bag, year, named=named, doubt=doubt)


def _academic(bag: Bag, year: AcademicYear, *, named: bool, doubt: bool) -> Meaning:
    if not bag.only(Kind.ACADEMIC, Kind.NUMBER, Kind.END, *_LIMITS):
        raise NotReadable
    number = bag.the(Kind.NUMBER)
    if number and (number.value != 1 or number.ordinal or bag.count[Kind.ACADEMIC]):
        raise NotReadable
    limited, end = any(bag.count[kind] for kind in _LIMITS), bag.the(Kind.END)
    if limited and not end:
        raise NotReadable
    worded = bag.count[Kind.YEAR_WORD] and (bag.count[Kind.WITHIN] or bag.count[Kind.ACADEMIC] or end)
    if not worded and not named:
        if not bag.count[Kind.CONSTANT] and list(bag.count.elements()) != [Kind.YEAR_WORD]:
            raise NotReadable
        doubt = True
    doubt = doubt or bool(end and not bag.count[Kind.ACADEMIC])
    return Meaning(DeadlineKind.WITHIN_ACADEMIC_YEAR, year.start, year.end, (year.end,), doubt)


def _calendar(bag: Bag, year: AcademicYear, *, doubt: bool) -> Meaning:
    """Read a calendar year: printed it is sure, else it may be either of the two that an academic year touches."""
    if not bag.only(Kind.YEAR, Kind.CALENDAR, Kind.END, *_LIMITS) or bag.count[Kind.ACADEMIC]:
        raise NotReadable
    printed, end = bag.the(Kind.YEAR), bag.the(Kind.END)
    limited = any(bag.count[kind] for kind in _LIMITS)
    within = bag.count[Kind.CALENDAR] or bag.count[Kind.WITHIN]
    kind = DeadlineKind.WITHIN_CALENDAR_YEAR if within else DeadlineKind.YEAR
    value = printed.value if printed else year.first
    due = date(value, 12, 31)
    return Meaning(kind, date(value, 1, 1), due, (due,), doubt or not printed or (limited and not end))


def _number_of(bag: Bag, highest: int) -> Token:
    number = bag.the(Kind.NUMBER)
    if number is None or number.value not in range(1, highest + 1):
        raise NotReadable
    return number


def _is_ordinal(bag: Bag, number: Token, kind: Kind) -> bool:
    """Tell "the second" from "two": a hyphen, a word or a Roman figure; the case; a figure behind the word."""
    word = bag.the(kind)
    behind = word is not None and bag.tokens.index(number) == bag.tokens.index(word) + 1
    ended = word is not None and word.text == "семестра" and bool(bag.count[Kind.END])  # до конца 2 семестра
    return number.ordinal or behind or ended or (word is not None and word.text == "семестре")


def _semester(bag: Bag, year: AcademicYear, *, doubt: bool) -> Meaning:
    if not bag.only(Kind.SEMESTER, Kind.NUMBER, Kind.SEASON, Kind.ACADEMIC, Kind.END, Kind.YEAR, *_LIMITS) or (
        bag.the(Kind.SEMESTER) is None
    ):
        raise NotReadable
    limited = any(bag.count[kind] for kind in _LIMITS) and not bag.count[Kind.END]
    season, printed = bag.the(Kind.SEASON), bag.the(Kind.YEAR)
    if season and not bag.count[Kind.NUMBER]:
        second = {9: False, 3: True}.get(season.value)
        if second is None:
            raise NotReadable
    else:
        number = _number_of(bag, 2)
        second = number.value == 2  # noqa: PLR2004 - of two
        if season and second != (season.value == 3):  # noqa: PLR2004 - March begins spring
            raise NotReadable
        named = bag.count[Kind.ACADEMIC] or bag.count[Kind.END]
        one = number.value == 1 and bool(named)  # "two semesters of the year" are both
        doubt = doubt or not (one or _is_ordinal(bag, number, Kind.SEMESTER)) or printed is not None
    if printed:
        doubt = doubt or bool(bag.count[Kind.ACADEMIC])
        year = AcademicYear(printed.value - second)
    return _half(year, doubt=doubt or limited, second=second)


def _half(year: AcademicYear, *, second: bool, doubt: bool) -> Meaning:
    if second:
        return Meaning(DeadlineKind.SEMESTER2, date(year.first + 1, 2, 1), year.end, (year.end,), doubt)
    due = date(year.first + 1, 1, 31)
    return Meaning(DeadlineKind.SEMESTER1, year.start, due, (due,), doubt)


def _half_year(bag: Bag, year: AcademicYear, *, doubt: bool) -> Meaning:
    """Read half a year: of the academic year a semester, of a printed year six months, else a doubtful semester."""
    number = _number_of(bag, 2)
    if not bag.only(Kind.HALF_YEAR, Kind.HALF, Kind.NUMBER, Kind.ACADEMIC, Kind.END, Kind.YEAR, *_LIMITS):
        raise NotReadable
    second, printed = number.value == 2, bag.the(Kind.YEAR)  # noqa: PLR2004 - of two
    if bag.count[Kind.HALF] and not (bag.count[Kind.YEAR_WORD] or printed or bag.count[Kind.ACADEMIC]):
        raise NotReadable
    if not printed:
        return _half(year, second=second, doubt=doubt or not bag.count[Kind.ACADEMIC])
    if bag.count[Kind.ACADEMIC]:
        raise NotReadable
    return _months(printed.value, 7 if second else 1, 6, doubt=doubt)


def _months(year: int, first: int, count: int, *, doubt: bool) -> Meaning:
    due = month_end(year, first + count - 1)
    return Meaning(DeadlineKind.MONTH_RANGE, date(year, first, 1), due, (due,), doubt)


def _quarter(bag: Bag, year: AcademicYear, *, doubt: bool) -> Meaning:
    """Read a quarter: of a printed year it is sure, else the calendar's or the academic year's is not known."""
    number = _number_of(bag, 4)
    if not bag.only(Kind.QUARTER, Kind.NUMBER, Kind.ACADEMIC, Kind.END, Kind.YEAR, *_LIMITS):
        raise NotReadable
    printed = bag.the(Kind.YEAR)
    first = (number.value - 1) * _MONTHS_OF_QUARTER + 1
    if printed:
        return _months(printed.value, first, _MONTHS_OF_QUARTER, doubt=doubt)
    later = number.value <= 2  # noqa: PLR2004 - January to June lie in the second calendar year
    return _months(year.first + later, first, _MONTHS_OF_QUARTER, doubt=True)


def _season(bag: Bag, year: AcademicYear, *, doubt: bool) -> Meaning:  # noqa: ARG001 - a season is never sure
    season, printed = bag.the(Kind.SEASON), bag.the(Kind.YEAR)
    if not bag.only(Kind.SEASON, Kind.YEAR) or season is None or season.value == 12:  # noqa: PLR2004 - two years' winter
        raise NotReadable
    value = printed.value if printed else year.first + (season.value < 9)  # noqa: PLR2004 - September
    return _months(value, season.value, _MONTHS_OF_QUARTER, doubt=True)


_READERS = {
    Kind.SEMESTER: _semester,
    Kind.QUARTER: _quarter,
    Kind.HALF_YEAR: _half_year,
    Kind.HALF: _half_year,
    Kind.SEASON: _season,
    Kind.YEAR: _calendar,
    Kind.CALENDAR: _calendar,
}
