"""Phrases without a day: nothing, an event, another plan."""

from services.deadlines.dated import Meaning
from services.deadlines.dto import DeadlineKind
from services.deadlines.kinds import Case, Kind, Token

_FIGURES = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE, Kind.MONTH, Kind.PAIR, Kind.TIME})
_PERIODIC = frozenset({Kind.WITHIN, Kind.EACH, Kind.YEARLY, Kind.MONTHLY, Kind.QUARTERLY, Kind.SEMESTERLY})
_SILENT = frozenset({Kind.DASH, Kind.COMMA, Kind.SLASH, Kind.HARMLESS, Kind.OPEN, Kind.CLOSE})


def read_undated(tokens: list[Token]) -> Meaning | None:
    """Read a phrase that gives no day, or return None; names of events and plans need not be known words."""
    kind = _kind(tokens)
    return Meaning(kind) if kind else None


def _kind(tokens: list[Token]) -> DeadlineKind | None:
    kinds = {token.kind for token in tokens}
    figures = kinds & _FIGURES
    if not kinds - _SILENT or (Kind.NOTHING in kinds and not kinds - _SILENT - {Kind.NOTHING, Kind.DURATION}):
        return DeadlineKind.NONE
    if figures <= {Kind.NUMBER} and _days_after_event(tokens):
        return DeadlineKind.ON_EVENT
    if kinds & _PERIODIC and not _within_event(tokens):
        return None
    if plan_clause(tokens) and figures <= {Kind.YEAR, Kind.PAIR}:
        return DeadlineKind.PER_OTHER_PLAN
    return DeadlineKind.ON_EVENT if not figures and _event(tokens) else None


def _days_after_event(tokens: list[Token]) -> bool:
    """Tell `within 10 days of signing`: some days from something that is no date."""
    kinds = [token.kind for token in tokens]
    anchored = any(token.kind in {Kind.AFTER, Kind.FROM} or token.text == "of" for token in tokens)
    days = kinds.count(Kind.DURATION) > 0 or Kind.WEEK in kinds or Kind.MONTH_WORD in kinds
    return days and anchored and kinds.count(Kind.NUMBER) == 1 and Kind.WORD in kinds and Kind.NOT not in kinds


def _within_event(tokens: list[Token]) -> bool:
    """Tell `during the session`: within something that is no time."""
    named = any(token.kind in {Kind.WORD, Kind.SITTING} for token in tokens)
    bare = all(token.kind in {Kind.WORD, Kind.SITTING, Kind.WITHIN, Kind.SEASON, Kind.HARMLESS} for token in tokens)
    return named and bare and Kind.WITHIN in {tokens[0].kind, tokens[-1].kind}


def plan_clause(tokens: list[Token]) -> bool:
    """Tell whether the words point to another plan."""
    kinds = {token.kind for token in tokens}
    alone = Kind.ORDER in kinds and not kinds & _PERIODIC
    return alone or Kind.AS_PLANNED in kinds or {Kind.PLAN, Kind.ACCORDING} <= kinds


def _event(tokens: list[Token]) -> bool:
    kinds = [token.kind for token in tokens]
    if kinds[:2] == [Kind.TO, Kind.FEAST]:
        return True
    if Kind.WITHIN in kinds:
        return True
    if Kind.EVENT in kinds or Kind.DURING in kinds or kinds[0] is Kind.AFTER or kinds[-1] is Kind.AFTER:
        return not {Kind.EACH, Kind.NOT} & set(kinds)
    feast = any(
        token.kind is Kind.FEAST or (token.kind is Kind.DAY_WORD and token.case is Case.DATIVE) for token in tokens
    )
    return kinds[-1] is Kind.UNTIL and feast and Kind.WEEKDAY not in kinds
