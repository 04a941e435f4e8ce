"""Tokens joined to days, months and years; what stands between them is kept for the grammar."""

from dataclasses import replace

from services.deadlines.dto import AcademicYear
from services.deadlines.filling import Node, Year, give_months, give_years
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.points import NotReadable, Point

_DAYS = range(1, 32)
_MONTHS = range(1, 13)
_HOURS = 24
_SHORT_YEARS = 100
_FEMININE = ("ая", "ую", "ой", "ей", "ья", "ью")
_NEAR = 3  # years from the plan's first, where two figures may be a year


_SKIPPED = frozenset({Kind.HARMLESS, Kind.TIME, Kind.HOUR, Kind.OPEN, Kind.CLOSE})
_PARTS = {Kind.TEN_DAYS: 3, Kind.WEEK: 4, Kind.HALF: 2}
_DAYS_IN_FIGURES = frozenset({Kind.DATE, Kind.NUMBER})
_HOUR_IN_FRONT = frozenset({"саат", "saat"})
_JOINS_MONTH = frozenset({"of", "the"})
_EDGES = frozenset({Kind.END, Kind.BEGINNING, Kind.MIDDLE})


def nodes_of(tokens: list[Token], plan: AcademicYear) -> tuple[list[Node], bool]:
    """Return points with their years and the words between them, and whether something about them is doubtful.

    Raises:
        NotReadable: A day or year belongs to nothing, or two years to one day.
    """
    vague = any(token.kind is Kind.VAGUE for token in tokens)
    kept = _without_hours([token for token in tokens if token.kind not in {Kind.WEEKDAY, Kind.VAGUE}])
    joined = _edges(_Joiner(kept, plan).nodes())
    nodes = give_months(give_years(joined))
    open_end = isinstance(nodes[-1], Token) and nodes[-1].kind is Kind.DASH  # what it led to may be lost
    return _strip(nodes), vague or open_end


def _without_hours(tokens: list[Token]) -> list[Token]:
    """Leave out the time of day, also where it is printed like a day: саат 10.05, 5 pm."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.HARMLESS and token.text not in _JOINS_MONTH and _tears_day(tokens, at):
            raise NotReadable
        doubled = bool(kept) and token.kind is Kind.COMMA and kept[-1].kind is Kind.COMMA
        between_hours = token.kind is Kind.DASH and at > 0 and tokens[at - 1].kind is Kind.TIME
        if between_hours and tokens[at + 1 : at + 2] and tokens[at + 1].kind in _DAYS_IN_FIGURES:
            raise NotReadable  # 15.32-20.10.2025
        if token.kind is Kind.TIME and "." in token.text and _precedes_figures(tokens, at):
            raise NotReadable  # 15.32, 20.10.2025
        if not (doubled or between_hours or token.kind in _SKIPPED or _is_hour(tokens, at)):
            kept.append(token)
    return kept


def _precedes_figures(tokens: list[Token], at: int) -> bool:
    """Tell whether a day in figures follows, past a comma."""
    return [token.kind for token in tokens[at + 1 : at + 3]][-1:] == [Kind.DATE]


def _tears_day(tokens: list[Token], at: int) -> bool:
    """Tell whether a word stands between a number and a month: 2 в мае are two of something."""
    around = [each.kind for each in (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2])]
    return around == [Kind.NUMBER, Kind.MONTH]


def _is_hour(tokens: list[Token], at: int) -> bool:
    """Tell whether a figure is a time of day; one that may be a day as well is not readable."""
    token = tokens[at]
    before, behind = ([each.kind for each in near] for near in (tokens[max(at - 2, 0) : at], tokens[at + 1 : at + 3]))
    if token.kind is Kind.DATE:
        return before[-1:] == [Kind.HOUR] and not token.date[2]
    led = before[-1:] == [Kind.HOUR] and tokens[at - 1].text in _HOUR_IN_FRONT
    if token.kind is not Kind.NUMBER or not (led or behind[:1] == [Kind.HOUR]):
        return False
    if behind[:1] == [Kind.MONTH] or behind == [Kind.DASH, Kind.MONTH]:
        return False
    if (
        token.value > _HOURS
        or Kind.DASH in {*before[-1:], *behind[:1]}
        or before == [Kind.MONTH]
        or before[-2:] == [Kind.COMMA, Kind.MONTH]
    ):
        raise NotReadable
    return True


class _Joiner:
    """Puts the pieces of a day, month or year together, from left to right."""

    def __init__(self, tokens: list[Token], plan: AcademicYear) -> None:
        self._tokens = tokens
        self._plan = plan
        self._at = 0

    def nodes(self) -> list[Node]:
        """Return everything joined."""
        nodes: list[Node] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            nodes.extend(self._joined(token, nodes))
        return nodes

    def _joined(self, token: Token, before: list[Node]) -> list[Node]:
        if token.kind is Kind.YEAR:
            return [self._year(token.value)]
        if token.kind is Kind.DATE:
            return [self._figures(token)]
        if token.kind is Kind.MONTH:
            return [self._month(token)]
        if token.kind is Kind.NUMBER:
            return self._number(token, before)
        if token.kind is Kind.SITTING:
            return self._sitting()
        of_a_month = token.kind is Kind.MONTH_WORD and self._peek() is Kind.MONTH  # в месяце октябре
        return [] if of_a_month else [token]

    def _peek(self, ahead: int = 0) -> Kind | None:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else None

    def _take(self, kind: Kind) -> Token | None:
        if self._peek() is not kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _take_joined(self, kind: Kind) -> Token | None:
        """Take a token of a kind, also behind a dash."""
        if self._peek() is Kind.DASH and self._peek(1) is kind:
            self._at += 1
        return self._take(kind)

    def _year(self, value: int) -> Year:
        word = self._take_joined(Kind.YEAR_WORD)
        while again := self._take(Kind.YEAR_WORD):
            word = again
        return Year(value, word.case if word else Case.PLAIN)

    def _sitting(self) -> list[Node]:
        """Take the number of a sitting named behind its word: заседание 5, but not заседание 5 мая."""
        following = (self._peek(1), self._peek(2))
        if self._peek() is Kind.NUMBER and following[0] in {Kind.COMMA, Kind.AND} and following[1] is Kind.NUMBER:
            raise NotReadable
        if following[0] not in {Kind.MONTH, Kind.DASH}:
            self._take(Kind.NUMBER)
        return []

    def _figures(self, token: Token) -> Point:
        day, month, year = token.date
        word = self._take_joined(Kind.YEAR_WORD)
        short = not token.text.endswith(str(year)) and not token.text.startswith(str(year))
        doubt = token.doubt or (year > 0 and short and abs(year - self._plan.first) > _NEAR)
        return self._named_day(Point(month, day, 0, year, word.case if word else token.case, doubt))

    def _month(self, token: Token) -> Point:
        case = token.case
        if word := self._take(Kind.MONTH_WORD):
            case = word.case
        day = self._tokens[self._at] if self._peek() is Kind.NUMBER else None
        if day is None or not self._is_day_behind(token):
            return Point(token.value, case=case)
        self._at += 1
        clear = token.language == "en" or case is Case.GENITIVE or day.case is not Case.PLAIN
        near = day.value in {self._plan.first % _SHORT_YEARS, (self._plan.first + 1) % _SHORT_YEARS}
        doubt = not clear or (near and not day.ordinal and self._peek() not in {Kind.YEAR, Kind.COMMA})
        return self._named_day(Point(token.value, _valid(day.value), case=day.case, doubt=doubt, leading=True))

    def _is_day_behind(self, month: Token) -> bool:
        """Tell whether the number behind a month is its day: not another month's, a part's or a year."""
        ahead = 2 if self._peek(1) is Kind.DASH else 1
        following = self._peek(ahead)
        if following is Kind.MONTH and (month.language == "en" or month.case is Case.GENITIVE):
            return self._peek(ahead + 1) is Kind.NUMBER  # May 15 – June 20, апрелдин 10унан майдын 20сына
        return following not in {Kind.MONTH, Kind.YEAR_WORD, Kind.SITTING, *_PARTS}

    def _number(self, token: Token, before: list[Node]) -> list[Node]:
        if self._take_joined(Kind.SITTING):
            if any(isinstance(node, Point) and not node.month for node in before[-2:]):  # 1-5-отурум
                raise NotReadable
            return []
        for kind, parts in _PARTS.items():
            if word := self._take_joined(kind):
                return self._part(token, kind, parts, word, before)
        if self._names_no_day(token):
            raise NotReadable
        if month := self._take_joined(Kind.MONTH):
            case = word.case if (word := self._take(Kind.MONTH_WORD)) else month.case
            doubt = month.language == "ru" and month.text.endswith(("е", "ю", "ем"))  # 2 мае is no day of May
            return [self._named_day(Point(month.value, _valid(token.value), case=case, doubt=doubt))]
        if self._is_short_year(token):
            return [self._year(2000 + token.value)]
        return [self._named_day(Point(0, _valid(token.value), case=token.case))]

    def _names_no_day(self, token: Token) -> bool:
        """Tell a count, a Roman figure and "первая", which belongs to a week or ten days."""
        return token.language in {"spelled", "roman"} or token.text.endswith(_FEMININE)

    def _is_short_year(self, token: Token) -> bool:
        """Tell whether two figures are a year: 25-ж., 26 г.; "10 жыл" is ten years."""
        near = abs(2000 + token.value - self._plan.first) <= _NEAR and len(token.text) == 2  # noqa: PLR2004
        at = self._at + (self._peek() is Kind.DASH)
        word = self._tokens[at] if at < len(self._tokens) else None
        return near and word is not None and word.kind is Kind.YEAR_WORD and (token.ordinal or len(word.text) == 1)

    def _named_day(self, point: Point) -> Point:
        """Take the word for day behind a day: күнү, числа."""
        word = self._take_joined(Kind.DAY_WORD)
        return replace(point, case=word.case) if word and word.case is not Case.PLAIN else point

    def _part(self, token: Token, kind: Kind, parts: int, word: Token, before: list[Node]) -> list[Node]:
        """Read ten days, a week or a half of the month that stands before (Kyrgyz) or behind."""
        last = before[-1] if before else None
        if isinstance(last, Point) and not last.day and (word.language == "ky" or self._peek() is not Kind.MONTH):
            before.pop()
            month = last
        elif behind := self._take(Kind.MONTH):
            month = self._month(behind)
        else:
            raise NotReadable
        if month.day or token.value not in range(1, parts + 1):
            raise NotReadable
        size = {Kind.TEN_DAYS: 10, Kind.WEEK: 7, Kind.HALF: 15}[kind]
        first = (token.value - 1) * size + 1
        till = 0 if token.value == parts else first + size - 1
        return [replace(month, day=first, last=till or -1, case=word.case, doubt=kind is not Kind.TEN_DAYS)]


def _valid(day: int) -> int:
    if day not in _DAYS:
        raise NotReadable
    return day


def _edges(nodes: list[Node]) -> list[Node]:
    """Join beginning, middle and end to their month or year; only the end is a day that everybody means."""
    done: list[Node] = []
    waiting: Token | None = None
    for node in nodes:
        if isinstance(node, Token) and node.kind in _EDGES:
            if waiting:
                raise NotReadable
            if node.language == "ky" and done and isinstance(done[-1], Point):
                done[-1] = _edged(done[-1], node)
            else:
                waiting = node
        elif waiting and isinstance(node, Point):
            done.append(_edged(node, waiting))
            waiting = None
        else:
            done.append(node)
    if waiting:
        raise NotReadable
    return done


def _edged(point: Point, edge: Token) -> Point:
    if point.day:
        raise NotReadable
    sure = edge.kind is Kind.END
    return replace(point, whole=sure, case=edge.case, doubt=point.doubt or not sure)


def _strip(nodes: list[Node]) -> list[Node]:
    """Leave out commas and dashes at both ends."""
    done = [node for node in nodes if not (isinstance(node, Token) and node.kind is Kind.DAY_WORD)]
    while done and isinstance(done[-1], Token) and done[-1].kind in {Kind.COMMA, Kind.DASH}:
        done.pop()
    while done and isinstance(done[0], Token) and done[0].kind in {Kind.COMMA, Kind.DASH}:
        done.pop(0)
    return done
