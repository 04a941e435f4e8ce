"""What comes again: every month, quarter, semester, year; and how often something is done in a year."""

from dataclasses import replace
from datetime import date

from services.deadlines.dated import Meaning, read_dated
from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.period import Bag, read_period
from services.deadlines.points import NotReadable, month_end

_BY_WORD = {
    Kind.YEARLY: DeadlineKind.YEARLY,
    Kind.QUARTERLY: DeadlineKind.QUARTERLY,
    Kind.MONTHLY: DeadlineKind.MONTHLY,
    Kind.SEMESTERLY: DeadlineKind.EACH_SEMESTER,
}
_BY_UNIT = {
    Kind.YEAR_WORD: DeadlineKind.YEARLY,
    Kind.QUARTER: DeadlineKind.QUARTERLY,
    Kind.MONTH_WORD: DeadlineKind.MONTHLY,
    Kind.SEMESTER: DeadlineKind.EACH_SEMESTER,
}
#: What a recurring deadline or a count has at least one of; the month's word is there for "by the 5th of the month".
RECURRING = frozenset({*_BY_WORD, Kind.EACH, Kind.TIMES, Kind.MONTH_WORD})
_LIMITS = frozenset({Kind.TO, Kind.UNTIL, Kind.BY, Kind.LATEST})
_BESIDE = frozenset({Kind.CONSTANT, Kind.ORDER})
_PLAN_YEAR = frozenset({Kind.WITHIN, Kind.ACADEMIC, Kind.YEAR_WORD, Kind.COMMA})
_SPANS = frozenset(
    {
        DeadlineKind.RANGE,
        DeadlineKind.MONTH_RANGE,
        DeadlineKind.WITHIN_ACADEMIC_YEAR,
        DeadlineKind.SEMESTER1,
        DeadlineKind.SEMESTER2,
    }
)
_DAY_WORDS = frozenset({Kind.NUMBER, Kind.DAY_WORD, Kind.TO, Kind.UNTIL, Kind.BY, Kind.LATEST, Kind.WITHIN})
_MOST_DAYS = 31


def read_recurring(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read a recurring deadline or a count of times.

    Raises:
        NotReadable: It is neither.
    """
    tokens = [token for token in tokens if token.kind is not Kind.HARMLESS]
    kinds = {token.kind for token in tokens}
    if Kind.TIMES in kinds:
        return _counted(tokens, plan)
    if monthly := _day_of_month(tokens, plan):
        return monthly
    kind, rest = _frequency(tokens)
    return _bounded(kind, [token for token in rest if token.kind is not Kind.EACH], plan)  # ар семестр сайын


def _frequency(tokens: list[Token]) -> tuple[DeadlineKind, list[Token]]:
    """Return how often, and the words that remain."""
    for at, token in enumerate(tokens):
        if token.kind in _BY_WORD:
            return _BY_WORD[token.kind], tokens[:at] + tokens[at + 1 :]
        if token.kind is not Kind.EACH:
            continue
        for unit in (at + 1, at - 1, at + 2):
            if 0 <= unit < len(tokens) and tokens[unit].kind in _BY_UNIT:
                if unit == at + 2 and tokens[at + 1].kind is not Kind.ACADEMIC:
                    continue
                low, high = min(at, unit), max(at, unit)
                return _BY_UNIT[tokens[unit].kind], tokens[:low] + tokens[high + 1 :]
    raise NotReadable


def _bounded(kind: DeadlineKind, rest: list[Token], plan: AcademicYear) -> Meaning:
    """Give the due days within the plan's year, or within the months or the year that the rest names."""
    rest = _trimmed([token for token in rest if token.kind not in _BESIDE])
    unit = next(word for word, meant in _BY_UNIT.items() if meant is kind)
    each = _LIMITS | {Kind.END, unit}
    end_of_each = any(token.kind is Kind.END for token in rest) and all(token.kind in each for token in rest)
    if end_of_each:
        rest = []
    if all(token.kind in _PLAN_YEAR for token in rest):
        whole = Meaning(kind, plan.start, plan.end)
    elif kind is DeadlineKind.YEARLY:
        return _once_a_year(rest, plan)
    else:
        whole = _span(rest, plan)
    start, end = whole.start or plan.start, whole.due or plan.end
    dates = tuple(day for day in _ends(kind, start, end) if start <= day <= end)
    if not dates:
        raise NotReadable
    yearly_end = end_of_each and kind is DeadlineKind.YEARLY  # of the calendar's year or of the academic one?
    torn = whole.kind is DeadlineKind.YEAR and kind is DeadlineKind.EACH_SEMESTER
    return Meaning(kind, start, dates[-1], dates, whole.doubt or yearly_end or torn or dates[-1] != end)


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Leave out commas at both ends."""
    places = [at for at, token in enumerate(tokens) if token.kind is not Kind.COMMA]
    return tokens[places[0] : places[-1] + 1] if places else []


def _once_a_year(rest: list[Token], plan: AcademicYear) -> Meaning:
    """Read the day or month of what is done every year: in the plan's year it is a day like any other."""
    try:
        return read_dated(rest, plan)
    except NotReadable:
        period = read_period(rest, plan)
        doubt = period.doubt or period.kind is not DeadlineKind.WITHIN_ACADEMIC_YEAR
        return Meaning(DeadlineKind.YEARLY, period.start, period.due, period.dates, doubt)


def _span(rest: list[Token], plan: AcademicYear) -> Meaning:
    """Read between which days something recurs."""
    try:
        span = read_period(rest, plan)
    except NotReadable:
        span = read_dated(rest, plan)
    limited = any(token.kind in _LIMITS for token in rest)
    if span.kind in {DeadlineKind.YEAR, DeadlineKind.WITHIN_CALENDAR_YEAR} and not limited:
        return replace(span, kind=DeadlineKind.YEAR)
    if span.kind not in _SPANS:
        raise NotReadable
    return span


def _ends(kind: DeadlineKind, start: date, end: date) -> list[date]:
    """Return the ends of all periods of a kind that the years from `start` to `end` hold."""
    if kind is DeadlineKind.YEARLY:
        return [end]
    if kind is DeadlineKind.EACH_SEMESTER:
        months: tuple[int, ...] = (1, 6)
    else:
        months = (3, 6, 9, 12) if kind is DeadlineKind.QUARTERLY else tuple(range(1, 13))
    return [month_end(year, month) for year in range(start.year, end.year + 1) for month in months]


def _day_of_month(tokens: list[Token], plan: AcademicYear) -> Meaning | None:
    """Read `ай сайын 5ине чейин`, `айдын 5ине чейин`, `до 5 числа каждого месяца`."""
    number = [token for token in tokens if token.kind is Kind.NUMBER]
    if len(number) != 1:
        return None
    bag = Bag(tokens)
    monthly = bag.count[Kind.MONTHLY] or bag.count[Kind.MONTH_WORD]
    if not monthly or not bag.only(Kind.MONTHLY, Kind.EACH, Kind.MONTH_WORD, *_DAY_WORDS):
        return None
    day = number[0].value
    at = tokens.index(number[0])
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    every = not number[0].ordinal or (at > 0 and tokens[at - 1].kind is Kind.EACH)
    counted = behind is not None and behind.kind is Kind.MONTH_WORD and every  # every two months, every second month
    limited = any(bag.count[each] for each in (*_LIMITS, Kind.DAY_WORD)) or number[0].ordinal
    if counted or not limited or number[0].language == "spelled":
        raise NotReadable
    placed = bag.count[Kind.MONTHLY] or bag.count[Kind.EACH] or _of_the_month(bag)
    if not placed or bag.count[Kind.YEAR_WORD] or day not in range(1, _MOST_DAYS + 1) or bag.count[Kind.WITHIN]:
        raise NotReadable
    ends = [end for end in _ends(DeadlineKind.MONTHLY, plan.start, plan.end) if plan.start <= end <= plan.end]
    dates = tuple(end.replace(day=min(day, end.day)) for end in ends)
    return Meaning(DeadlineKind.MONTHLY, plan.start, dates[-1], dates, doubt=False)


def _of_the_month(bag: Bag) -> bool:
    """Tell `айдын 5ине чейин`, where the month's genitive says that it is every one's."""
    word = bag.the(Kind.MONTH_WORD)
    return bool(bag.count[Kind.UNTIL]) and word is not None and word.case is Case.GENITIVE


def _counted(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read how many times something is done in a period; the days are the period's, the count is not a date."""
    bag = Bag(tokens)
    times, number = bag.the(Kind.TIMES), bag.the(Kind.NUMBER)
    if times is None or not bag.only(Kind.TIMES, Kind.NUMBER, Kind.EACH, Kind.ACADEMIC, *_BY_UNIT):
        raise NotReadable
    units = [kind for kind in _BY_UNIT if bag.count[kind]]
    if len(units) > 1 or (times.value and number):
        raise NotReadable
    before = [token for token in tokens[: tokens.index(times)] if token.kind is not Kind.DASH]
    if number and before[-1:] != [number]:  # раз в 2 года
        raise NotReadable
    count = times.value or (number.value if number else 1)
    if not count:
        raise NotReadable
    if not units:
        return Meaning(DeadlineKind.WITHIN_ACADEMIC_YEAR, plan.start, plan.end, (plan.end,), doubt=True)
    kind = _BY_UNIT[units[0]]
    if kind is DeadlineKind.YEARLY and (count > 1 or bag.count[Kind.WITHIN] or bag.count[Kind.ACADEMIC]):
        return Meaning(DeadlineKind.WITHIN_ACADEMIC_YEAR, plan.start, plan.end, (plan.end,), doubt=False)
    return _bounded(kind, [], plan)
