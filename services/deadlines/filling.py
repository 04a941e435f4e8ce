"""What a day takes from its neighbours: the year printed before or behind it, the month of another day."""

from dataclasses import dataclass, replace

from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.points import NotReadable, Point


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year as printed."""

    value: int
    case: Case = Case.PLAIN


Node = Point | Year | Token
_GAPS = frozenset({Kind.COMMA, Kind.DASH, Kind.UNTIL, Kind.WITHIN})
_KEPT = frozenset({Kind.UNTIL, Kind.WITHIN})
_FARTHEST = 2


def give_years(nodes: list[Node]) -> list[Node]:
    """Give each printed year to the point it stands by; a comma or dash between the two falls away."""
    done = list(nodes)
    leading = isinstance(next((node for node in done if not isinstance(node, Token)), None), Year)
    while (at := next((at for at, node in enumerate(done) if isinstance(node, Year)), None)) is not None:
        year = done[at]
        before, behind = _point_near(done, at, -1), _point_near(done, at, 1)
        target = _owner(at, before, behind, leading=leading)
        point = done[target]
        if not isinstance(point, Point) or not isinstance(year, Year) or point.year:
            raise NotReadable
        case = year.case if target < at and year.case is not Case.PLAIN and point.case is Case.PLAIN else point.case
        if case is Case.GENITIVE:
            case = point.case
        done[target] = replace(point, year=year.value, case=case, year_before=target > at)
        low, high = min(at, target), max(at, target)
        marks = [node for node in done[low:high] if isinstance(node, Token) and node.kind in _KEPT]
        done[low : high + 1] = [done[target], *marks]
    return done


def _point_near(nodes: list[Node], at: int, step: int) -> int | None:
    """Return where the neighbouring point without a year is, past a comma, a dash or "until"."""
    here = at + step
    while 0 <= here < len(nodes) and abs(here - at) <= _FARTHEST and _is_gap(nodes[here]):
        here += step
    if 0 <= here < len(nodes) and isinstance(point := nodes[here], Point) and not point.year:
        return here
    return None


def _is_gap(node: Node) -> bool:
    return isinstance(node, Token) and node.kind in _GAPS


def _owner(at: int, before: int | None, behind: int | None, *, leading: bool) -> int:
    """Choose between the point before a year and the one behind: the nearer one, else as the phrase began."""
    if before is None or behind is None:
        owner = behind if before is None else before
        if owner is None:
            raise NotReadable
        return owner
    if at - before != behind - at:
        return before if at - before < behind - at else behind
    return behind if leading else before


def give_months(nodes: list[Node]) -> list[Node]:
    """Give a bare day its month: the next one's (5, 12, 19-май), else the one before (майдын 5инен 15ине чейин)."""
    done = list(nodes)
    places = [at for at, node in enumerate(done) if isinstance(node, Point)]
    if not places:
        raise NotReadable
    for number, at in enumerate(places):
        point = done[at]
        if not isinstance(point, Point) or point.month:
            continue
        behind = next((each for other in places[number + 1 :] if (each := _month_at(done, other))), None)
        before = next((each for other in reversed(places[:number]) if (each := _month_at(done, other))), None)
        source = before if before and before.leading else behind or before
        if source is None:
            raise NotReadable
        torn = _is_torn(done, at, before, behind)
        loose = _is_loose(done, at, point, source) if behind is None else _touches(done, at, point)
        year = point.year or source.year
        done[at] = replace(point, month=source.month, year=year, doubt=point.doubt or torn or loose or source.doubt)
    return done


def _is_torn(nodes: list[Node], at: int, before: Point | None, behind: Point | None) -> bool:
    """Tell whether a bare day may belong to either of two months: 5-май, 10, 12-июнь; not so 5-май, 10-12-июнь."""
    if before is None or behind is None or before.month == behind.month or (before.leading and behind.leading):
        return False
    gap = nodes[at + 1] if at + 2 < len(nodes) and _month_at(nodes, at + 2) else None
    return not (isinstance(gap, Token) and gap.kind is Kind.DASH) or before.leading


def _touches(nodes: list[Node], at: int, point: Point) -> bool:
    """Tell whether nothing stands between two days: 1 2 мая may be a slip for 12."""
    return point.case is not Case.ABLATIVE and at + 1 < len(nodes) and isinstance(nodes[at + 1], Point)


def _is_loose(nodes: list[Node], at: int, point: Point, source: Point) -> bool:
    """Tell whether a number behind a day need not be a day: 5 мая, 12."""
    return not source.leading and point.case is Case.PLAIN and not _is_end(nodes, at)


def _is_end(nodes: list[Node], at: int) -> bool:
    """Tell whether a point ends a range: с 1 мая по 15."""
    before = nodes[at - 1] if at else None
    return isinstance(before, Token) and before.kind is Kind.TO


def _month_at(nodes: list[Node], at: int) -> Point | None:
    node = nodes[at]
    return node if isinstance(node, Point) and node.month else None
