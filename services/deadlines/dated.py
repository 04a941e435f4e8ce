"""Phrases with a day or a month: one, from … until, several."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.filling import Node
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.nodes import nodes_of
from services.deadlines.points import NotReadable, Point, by_plan, not_after, not_before, span


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means, before anybody asks whether all of it was understood."""

    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    dates: tuple[date, ...] = ()
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One occasion: a point, or a range from `start` to `end`."""

    start: Point
    end: Point | None = None
    doubt: bool = False


_IN_FRONT = frozenset({Kind.TO, Kind.BY, Kind.BEFORE, Kind.FROM, Kind.BETWEEN, Kind.WITHIN})
_JOINING = frozenset({Kind.DASH, Kind.TO})
_NO_END = frozenset({"к", "ко"})  # they lead a day, but no end of a range
_LISTING = frozenset({Kind.COMMA, Kind.AND, Kind.OR, Kind.SLASH})
_LOST = frozenset({Case.DATIVE, Case.LOCATIVE})  # before another day these are slips of the ablative
_EARLIEST = 2  # of two points a range is made


def read_dated(tokens: list[Token], plan: AcademicYear) -> Meaning:
    """Read a phrase that names a day or a month.

    Raises:
        NotReadable: The words do not make one meaning.
    """
    nodes, doubt = nodes_of(tokens, plan)
    stretches, unsure = _Reader(nodes).stretches()
    dated = _with_years(stretches, plan)
    meaning = _one(dated[0]) if len(dated) == 1 else _several(dated)
    doubt = meaning.doubt or doubt or unsure or _other_weekday(tokens, meaning) or _runs_on(tokens, dated)
    return replace(meaning, doubt=doubt)


def _runs_on(tokens: list[Token], stretches: list[_Stretch]) -> bool:
    """Tell `в течение ноября и декабря`: two months that are rather one time than two."""
    if len(stretches) != _EARLIEST or not any(token.kind is Kind.WITHIN for token in tokens):
        return False
    one, two = (each.start for each in stretches)
    return not one.day and not two.day and one.last_day + timedelta(days=1) == two.first_day


def _other_weekday(tokens: list[Token], meaning: Meaning) -> bool:
    """Tell whether a printed weekday is not that of the day, or belongs to a day that nobody can tell."""
    printed = [token.value for token in tokens if token.kind is Kind.WEEKDAY]
    if not printed:
        return False
    if meaning.kind is DeadlineKind.RANGE and meaning.start and meaning.due:
        days: tuple[date, ...] = (meaning.start, meaning.due)
    else:
        days = meaning.dates
    single = meaning.kind not in {DeadlineKind.MONTH, DeadlineKind.MONTH_RANGE}
    return not single or printed != [day.weekday() for day in days]


class _Reader:
    """Walks over points and the words between them."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._at = 0
        self._doubt = False

    def stretches(self) -> tuple[list[_Stretch], bool]:
        """Return the occasions in order, and whether the words leave a doubt."""
        found = [self._stretch()]
        while self._at < len(self._nodes):
            if self._kind() is Kind.BETWEEN and not isinstance(self._ahead(), Point):
                found = self._between(found)
                continue
            joined = self._take(_LISTING)
            torn = not joined and (found[-1].start.case in _LOST or self._opens() or not self._have_years(found[-1]))
            if joined in {Kind.OR, Kind.SLASH} or torn:
                self._doubt = True
            if joined and self._take(frozenset({Kind.AND, Kind.OR})) is Kind.OR:  # "…, and …"
                self._doubt = True
            if self._at == len(self._nodes):
                if joined is not Kind.COMMA:
                    raise NotReadable
                break
            found.append(self._stretch())
        return found, self._doubt

    def _opens(self) -> bool:
        """Tell whether only the second of two days has an "until": the first one's "from" is lost."""
        until = [at for at, node in enumerate(self._nodes) if isinstance(node, Token) and node.kind is Kind.UNTIL]
        return bool(until) and until[0] > self._at

    def _have_years(self, before: _Stretch) -> bool:
        """Tell whether two occasions without a word between them have printed years: then they are two."""
        behind = self._peek()
        return bool((before.end or before.start).year) and (not isinstance(behind, Point) or bool(behind.year))

    def _between(self, found: list[_Stretch]) -> list[_Stretch]:
        """`… менен … ортосунда`; behind a range the word adds nothing."""
        self._at += 1
        self._take(frozenset({Kind.WITHIN}))
        if len(found) == 1:
            self._doubt = self._doubt or not (found[0].end or found[0].start.last)  # in the middle of May?
            return found
        if len(found) != _EARLIEST or any(each.end for each in found):
            raise NotReadable
        return [_Stretch(found[0].start, found[1].start)]

    def _kind(self) -> Kind | None:
        node = self._nodes[self._at] if self._at < len(self._nodes) else None
        return node.kind if isinstance(node, Token) else None

    def _take(self, kinds: frozenset[Kind]) -> Kind | None:
        kind = self._kind()
        if kind not in kinds:
            return None
        self._at += 1
        return kind

    def _point(self) -> Point:
        node = self._nodes[self._at] if self._at < len(self._nodes) else None
        if not isinstance(node, Point):
            raise NotReadable
        self._at += 1
        return node

    def _stretch(self) -> _Stretch:
        before = set()
        while kind := self._take(_IN_FRONT):
            before.add(kind)
        start = self._point()
        self._take(frozenset({Kind.WITHIN}))
        opened = Kind.FROM in before or start.case is Case.ABLATIVE
        if opened:
            self._take(frozenset({Kind.SINCE}))
        if Kind.BETWEEN in before:
            if not self._take(frozenset({Kind.AND, Kind.DASH})):
                raise NotReadable
            return self._finished(start, before, opened=True)
        if self._kind() is Kind.DASH and isinstance(mark := self._ahead(), Token) and mark.kind is Kind.BY:
            self._at += 2  # 1 мая — крайний срок
        if self._kind() is Kind.TO and isinstance(word := self._peek(), Token) and word.text in _NO_END:
            raise NotReadable
        joined = self._take(_JOINING)
        if joined is Kind.DASH:
            self._take(frozenset({Kind.TO}))
        if joined or (opened and isinstance(self._peek(), Point)):
            return self._finished(start, before, opened=opened)
        return self._alone(start, before)

    def _peek(self) -> Node | None:
        return self._nodes[self._at] if self._at < len(self._nodes) else None

    def _ahead(self) -> Node | None:
        return self._nodes[self._at + 1] if self._at + 1 < len(self._nodes) else None

    def _finished(self, start: Point, before: set[Kind], *, opened: bool) -> _Stretch:
        """Read the end of a range."""
        end = self._point()
        behind = self._take(frozenset({Kind.UNTIL}))
        self._take(frozenset({Kind.WITHIN}))
        if start.last or end.last or before & {Kind.BEFORE}:
            raise NotReadable
        doubt = not opened and (behind is not None or bool(before & {Kind.TO, Kind.BY}))
        same = (start.day, start.month, start.year) == (end.day, end.month, end.year)
        lost = start.month == end.month and not start.day and bool(end.day)
        half = bool(start.day) and not end.day and not end.whole  # until some day of a month
        same = same or lost or half
        return _Stretch(start, end, doubt or same or end.case is Case.ABLATIVE)

    def _alone(self, point: Point, before: set[Kind]) -> _Stretch:
        """Read what stands around a single day or month."""
        behind: set[Kind] = set()
        while kind := self._take(frozenset({Kind.UNTIL, Kind.LATEST, Kind.BEFORE, Kind.WITHIN})):
            behind.add(kind)
        if Kind.FROM in before or (point.case is Case.ABLATIVE and not behind & {Kind.LATEST, Kind.BEFORE}):
            raise NotReadable  # open at the end: no deadline
        around = before | behind
        doubt = Kind.BEFORE in around
        limited = bool(around & {Kind.TO, Kind.UNTIL}) and not around & {Kind.BY, Kind.LATEST}
        return _Stretch(point, None, doubt or (limited and not point.day and not point.whole))


def _with_years(stretches: list[_Stretch], plan: AcademicYear) -> list[_Stretch]:
    """Give every occasion its year: its own, its range's, its neighbour's or the plan's."""
    known = [each.start.year or (each.end.year if each.end else 0) for each in stretches]
    done: list[_Stretch] = []
    for at, each in enumerate(stretches):
        start, doubt = each.start, each.doubt
        if not known[at]:
            start, guessed = _neighbours_year(stretches, known, at, done, plan)
            doubt = doubt or guessed
        if each.end:
            start, end = span(start, each.end, plan)
            done.append(_Stretch(start, end, doubt or start.doubt or end.doubt))
        else:
            start = by_plan(start, plan)
            if start.last_day < start.first_day:
                raise NotReadable
            done.append(_Stretch(start, None, doubt or start.doubt))
    return done


def _neighbours_year(
    stretches: list[_Stretch], known: list[int], at: int, done: list[_Stretch], plan: AcademicYear
) -> tuple[Point, bool]:
    """Return the start with the year that the nearest printed year implies, and whether another year is thinkable."""
    start = stretches[at].start
    later = next((number for number in range(at + 1, len(known)) if known[number]), None)
    if later is not None:
        behind = stretches[later].start
        anchor = behind if behind.year else behind.in_year(known[later])
        derived = not_after(start, anchor)
        return derived, derived.year != anchor.year
    if done and any(known[:at]):
        previous = done[-1].end or done[-1].start
        derived = not_before(start, previous)
        other = by_plan(start, plan).year != derived.year or (previous.year_before and derived.year != previous.year)
        return replace(derived, year_before=previous.year_before), other
    if stretches[at].end:
        return start, False
    return by_plan(start, plan), False


def _one(stretch: _Stretch) -> Meaning:
    start, end = stretch.start, stretch.end or stretch.start
    first, last = start.first_day, end.last_day
    if stretch.end:
        kind = DeadlineKind.RANGE if start.day or end.day else DeadlineKind.MONTH_RANGE
    elif start.last:
        kind = DeadlineKind.RANGE
    else:
        kind = DeadlineKind.DATE if start.day else DeadlineKind.MONTH
    return Meaning(kind, first, last, (last,), stretch.doubt)


def _several(stretches: list[_Stretch]) -> Meaning:
    dates = tuple((each.end or each.start).last_day for each in stretches)
    ordered = all((one.end or one.start).last_day < two.start.first_day for one, two in pairwise(stretches))
    mixed = len({bool((each.end or each.start).day) for each in stretches}) > 1  # 5 мая, июня: a day is lost
    doubt = not ordered or mixed or any(each.doubt for each in stretches)
    dates = tuple(sorted(set(dates)))
    first = min(each.start.first_day for each in stretches)
    return Meaning(DeadlineKind.MULTIPLE, first, dates[-1], dates, doubt)
