"""Phrases without a day: nothing, an event, another plan."""

from services.deadlines.dated import Meaning
from services.deadlines.dto import DeadlineKind
from services.deadlines.kinds import Case, Kind, Token

_FIGURES = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE, Kind.MONTH, Kind.PAIR, Kind.TIME})
_SILENT = frozenset({Kind.DASH, Kind.COMMA, Kind.SLASH, Kind.HARMLESS, Kind.OPEN, Kind.CLOSE})


def read_undated(tokens: list[Token]) -> Meaning | None:
    """Read a phrase that gives no day, or return None; names of events and plans need not be known words."""
    kinds = [token.kind for token in tokens]
    if all(kind in _SILENT for kind in kinds):
        return Meaning(DeadlineKind.NONE)
    if Kind.NOTHING in kinds and all(kind in _SILENT or kind in {Kind.NOTHING, Kind.DURATION} for kind in kinds):
        return Meaning(DeadlineKind.NONE)
    if kinds[0] is Kind.AFTER and kinds[1:2] == [Kind.NUMBER]:
        return None
    within_days = Kind.DURATION in kinds and any(kind in {Kind.AFTER, Kind.FROM} for kind in kinds)
    figures = [kind for kind in kinds if kind in _FIGURES]
    if within_days and figures == [Kind.NUMBER]:
        return Meaning(DeadlineKind.ON_EVENT)
    planned = plan_clause(tokens)
    if planned and not set(figures) & {Kind.DATE, Kind.MONTH, Kind.NUMBER, Kind.TIME}:
        return Meaning(DeadlineKind.PER_OTHER_PLAN)
    if figures:
        return None
    if kinds and _event(tokens):
        return Meaning(DeadlineKind.ON_EVENT)
    return None


def plan_clause(tokens: list[Token]) -> bool:
    """Tell whether the words point to another plan."""
    kinds = {token.kind for token in tokens}
    return Kind.AS_PLANNED in kinds or {Kind.PLAN, Kind.ACCORDING} <= kinds


def _event(tokens: list[Token]) -> bool:
    kinds = [token.kind for token in tokens]
    if Kind.EVENT in kinds or Kind.DURING in kinds or kinds[0] is Kind.AFTER or kinds[-1] is Kind.AFTER:
        return not {Kind.EACH, Kind.NOT} & set(kinds)
    feast = any(token.kind is Kind.DAY_WORD and token.case is Case.DATIVE for token in tokens)
    return kinds[-1] is Kind.UNTIL and feast and Kind.WEEKDAY not in kinds
