"""Phrases without a day: nothing, an event, another plan."""

from itertools import pairwise

from services.deadlines.dated import Meaning
from services.deadlines.dto import DeadlineKind
from services.deadlines.kinds import Case, Kind, Token
from services.deadlines.slips import is_slip
from services.deadlines.words import EVENTS

_FIGURES = frozenset({Kind.NUMBER, Kind.YEAR, Kind.DATE, Kind.MONTH, Kind.PAIR, Kind.TIME})
_PERIODIC = frozenset({Kind.WITHIN, Kind.EACH, Kind.YEARLY, Kind.MONTHLY, Kind.QUARTERLY, Kind.SEMESTERLY})
_LOOSE = frozenset({Kind.YEAR_WORD, Kind.MONTH_WORD, Kind.DAY_WORD})
_PLANNED = frozenset({Kind.PLAN, Kind.ACCORDING, Kind.AS_PLANNED, Kind.ORDER})
_CALENDAR = frozenset({Kind.YEAR, Kind.PAIR, Kind.YEAR_WORD, Kind.ACADEMIC, Kind.MONTH_WORD, Kind.SEMESTER,
                       Kind.QUARTER})  # fmt: skip
_WHILE = frozenset({"мезгилинде", "убагында", "маалында", "учурунда", "журушундо", "во_время", "в_ходе"})
_OWNERS = ("нын", "нин", "нун", "дын", "дин", "дун", "тын", "тин", "тун")  # кафедранын, деканаттын планына
_SILENT = frozenset({Kind.DASH, Kind.COMMA, Kind.SLASH, Kind.HARMLESS, Kind.OPEN, Kind.CLOSE})


def read_undated(tokens: list[Token]) -> Meaning | None:
    """Read a phrase that gives no day, or return None; names of events and plans need not be known words.

    A word that is not understood may as well be a word for a time with a slip in it (в течние года, during Octber):
    where the phrase looks so, a person is asked.
    """
    kind = _kind(tokens)
    return Meaning(kind, doubt=_looks_timed(tokens, kind)) if kind else None


def _looks_timed(tokens: list[Token], kind: DeadlineKind) -> bool:
    """Tell whether a word for a time stands loose beside words that are not understood."""
    if kind is DeadlineKind.PER_OTHER_PLAN:
        loose = any(token.kind in _LOOSE and not _is_named(tokens, at) for at, token in enumerate(tokens))
        loose = loose or any(_is_aside(part) for part in _parts(tokens))
        led = any(
            token.kind is Kind.AS_PLANNED and token.text.startswith("по_") and tokens[at - 1].kind is Kind.WORD
            for at, token in enumerate(tokens[1:], start=1)
        )
        if loose or led:
            return True
    if any(token.kind is Kind.WORD and is_slip(token.text) for token in tokens):
        return True
    if kind is not DeadlineKind.ON_EVENT or _has_event_word(tokens):
        return False
    periods = {token.kind for token in tokens} & {Kind.YEAR_WORD, Kind.MONTH_WORD, Kind.SEMESTER, Kind.QUARTER}
    return _within_event(tokens) or (bool(periods) and any(token.text in _WHILE for token in tokens))


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Cut a phrase at commas and brackets."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in {Kind.COMMA, Kind.OPEN, Kind.CLOSE}:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _is_aside(part: list[Token]) -> bool:
    """Tell whether a part does not belong to the plan's name, so that it may be a time with a slip in it."""
    kinds = {token.kind for token in part}
    if kinds & _PLANNED:
        return False
    words = [token.text for token in part if token.kind is Kind.WORD]
    return bool(kinds & _CALENDAR) or bool(words and not words[-1].endswith(_OWNERS))


def _is_named(tokens: list[Token], at: int) -> bool:
    """Tell whether a year is one that a plan is named by: 2026-жылдын планы, план учебного года."""
    near = {token.kind for token in (*tokens[max(at - 2, 0) : at], *tokens[at + 1 : at + 2])}
    return tokens[at].kind is Kind.YEAR_WORD and bool(near & {Kind.YEAR, Kind.PAIR, Kind.ACADEMIC})


def _has_event_word(tokens: list[Token]) -> bool:
    return any(token.kind is Kind.SITTING or token.text.startswith(EVENTS) for token in tokens)


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
    days = any(
        one is Kind.NUMBER and two in {Kind.DURATION, Kind.WEEK, Kind.MONTH_WORD}
        for one, two in pairwise(kind for kind in kinds if kind is not Kind.DASH)
    )
    single = kinds.count(Kind.NUMBER) == 1 and not {Kind.NOT, Kind.EACH, Kind.MONTHLY} & set(kinds)
    return days and anchored and single and Kind.WORD in kinds


def _within_event(tokens: list[Token]) -> bool:
    """Tell `during the session`: within something that is no time."""
    named = any(token.kind in {Kind.WORD, Kind.SITTING} for token in tokens)
    bare = all(token.kind in {Kind.WORD, Kind.SITTING, Kind.WITHIN, Kind.SEASON, Kind.HARMLESS} for token in tokens)
    return named and bare and Kind.WITHIN in {tokens[0].kind, tokens[-1].kind}


def plan_clause(tokens: list[Token]) -> bool:
    """Tell whether the words point to another plan."""
    kinds = {token.kind for token in tokens}
    alone = (Kind.ORDER in kinds and not kinds & _PERIODIC) or _is_russian_plan(tokens)
    return alone or Kind.AS_PLANNED in kinds or {Kind.PLAN, Kind.ACCORDING} <= kinds


def _is_russian_plan(tokens: list[Token]) -> bool:
    """Tell `по академическому календарю`: an adjective in the dative between the preposition and the plan."""
    return any(
        by.text == "по" and named.text.endswith(("ому", "ему")) and plan.kind is Kind.PLAN
        for by, named, plan in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


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
