"""Several quarters or semesters in one phrase: II, IV квартал 2026; 1-2-кварталдар; осенний и весенний семестры."""

from dataclasses import replace
from datetime import date

from services.deadlines.dated import Meaning, read_dated
from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.kinds import Kind, Token
from services.deadlines.period import context
from services.deadlines.points import NotReadable

_LIMITS = frozenset({Kind.TO, Kind.UNTIL, Kind.BY, Kind.LATEST})
_BETWEEN = frozenset({Kind.DASH, Kind.COMMA, Kind.AND})
_QUARTERLY = frozenset(
    {Kind.NUMBER, Kind.QUARTER, Kind.YEAR, Kind.YEAR_WORD, Kind.HARMLESS, Kind.END, Kind.WITHIN, *_BETWEEN, *_LIMITS}
)
_SEMESTERLY = frozenset(
    {Kind.NUMBER, Kind.SEASON, Kind.SEMESTER, Kind.ACADEMIC, Kind.YEAR_WORD, Kind.HARMLESS, Kind.END, Kind.WITHIN}
    | {*_BETWEEN, *_LIMITS}
)
_QUARTERS = range(1, 5)
_MONTHS_OF_QUARTER = 3
_AUTUMN, _SPRING = 9, 3
_BOTH: tuple[tuple[list[int], list[int]], ...] = ([1, 2], []), ([], [_AUTUMN, _SPRING]), ([1, 2], [_AUTUMN, _SPRING])


def is_several(tokens: list[Token]) -> bool:
    """Tell whether quarters or semesters stand in a phrase by more than one number or season."""
    kinds = [token.kind for token in tokens]
    named = kinds.count(Kind.NUMBER), kinds.count(Kind.SEASON)
    return max(named) > 1 and bool({Kind.QUARTER, Kind.SEMESTER} & set(kinds))


def read_several(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read several quarters or semesters: a list gives the last day of each, a dash a span, as with months.

    Raises:
        NotReadable: They are not only that.
    """
    if any(token.kind is Kind.QUARTER for token in tokens):
        return _quarters(tokens, plan)
    return _semesters(tokens, plan)


def _quarters(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read quarters as the months that they are; without a printed year it is not known whose quarters they are."""
    kinds = {token.kind for token in tokens}
    if not kinds <= _QUARTERLY or (kinds & _LIMITS and Kind.END not in kinds):
        raise NotReadable
    left_out = {Kind.QUARTER, Kind.HARMLESS, Kind.END, Kind.WITHIN, *_LIMITS}
    if Kind.YEAR not in kinds:
        left_out.add(Kind.YEAR_WORD)
    kept = [
        token
        for at, token in enumerate(tokens)
        if token.kind not in left_out and not (token.kind is Kind.DASH and _is_hyphen(tokens, at))
    ]
    months: list[Token] = []
    for at, token in enumerate(kept):
        months += _months(kept, at) if token.kind is Kind.NUMBER else [token]
    meaning = read_dated(months, plan)
    return replace(meaning, doubt=meaning.doubt or Kind.YEAR not in kinds)


def _is_hyphen(tokens: list[Token], at: int) -> bool:
    """Tell the hyphen of 2-квартал from the dash of a span."""
    led = next(token.kind for token in tokens if token.kind in {Kind.QUARTER, Kind.NUMBER}) is Kind.QUARTER  # Q1-Q2
    around = [token.kind for token in tokens[max(at - 1, 0) : at + 2]]
    return not led and around == [Kind.NUMBER, Kind.DASH, Kind.QUARTER]


def _months(tokens: list[Token], at: int) -> list[Token]:
    """Return the first and the last month of a quarter; of a span's ends only the outer one."""
    quarter = tokens[at].value
    if quarter not in _QUARTERS:
        raise NotReadable
    last = Token(Kind.MONTH, "", quarter * _MONTHS_OF_QUARTER)
    first = replace(last, value=last.value - _MONTHS_OF_QUARTER + 1)
    around = [token.kind for token in tokens if token.kind not in {Kind.YEAR, Kind.YEAR_WORD}]
    place = sum(token.kind not in {Kind.YEAR, Kind.YEAR_WORD} for token in tokens[:at])
    if around[place + 1 : place + 3] == [Kind.DASH, Kind.NUMBER]:
        return [first]
    if around[max(place - 2, 0) : place] == [Kind.NUMBER, Kind.DASH]:
        return [last]
    return [first, Token(Kind.DASH, "-"), last]


def _semesters(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read both semesters; from the first to the second may also mean the whole year, once."""
    rest, year, _ = context(tokens, plan)
    kinds = {token.kind for token in rest}
    numbers = [token.value for token in rest if token.kind is Kind.NUMBER]
    seasons = [token.value for token in rest if token.kind is Kind.SEASON]
    if (numbers, seasons) not in _BOTH or not kinds <= _SEMESTERLY or (kinds & _LIMITS and Kind.END not in kinds):
        raise NotReadable
    spanned = not kinds & {Kind.AND, Kind.COMMA}
    dates = (date(year.end.year, 1, 31), year.end)
    return Meaning(DeadlineKind.EACH_SEMESTER, year.start, year.end, dates, doubt=spanned)
