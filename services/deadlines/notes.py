"""What a phrase says beside its time: notes in brackets, a feast behind its day, another plan beside a period."""

from collections.abc import Callable
from dataclasses import replace

from services.deadlines.dated import Meaning
from services.deadlines.dto import DeadlineKind
from services.deadlines.kinds import Kind, Token
from services.deadlines.undated import read_undated
from services.deadlines.words import FEASTS, NAMED_ALONE, STAGES

_FOR = frozenset({"учун", "для", "for"})
_YEARS = frozenset({Kind.YEAR, Kind.YEAR_WORD, Kind.DASH, Kind.WEEKDAY})
_HOURS = frozenset({Kind.TIME, Kind.HOUR})
_COUNT = frozenset({Kind.NUMBER, Kind.TIMES, Kind.DASH})
_NOTE = frozenset({Kind.SEMESTER, Kind.SEASON, Kind.HARMLESS, Kind.OPEN, Kind.CLOSE, Kind.WORD, Kind.ACADEMIC,
                   Kind.YEAR_WORD})  # fmt: skip
_OF_A_FEAST = frozenset({Kind.WORD, Kind.FEAST, Kind.DAY_WORD, Kind.HARMLESS, Kind.ACADEMIC, Kind.YEAR_WORD, Kind.AND})
_OF_A_STAGE = frozenset({Kind.NUMBER, Kind.DASH, Kind.PLAN, Kind.WORD})
_EDGES = frozenset({Kind.COMMA, Kind.OPEN, Kind.CLOSE, Kind.DASH})
_POISON = frozenset({Kind.NOT, Kind.AFTER, Kind.FROM, Kind.BEFORE, Kind.EACH, Kind.WITHIN, Kind.YEAR_WORD, Kind.NUMBER})
_WORDS_OF_A_NAME = 4
#: What stays the same whatever other plan is named beside it.
_PERIODS = frozenset(
    {
        DeadlineKind.WITHIN_ACADEMIC_YEAR,
        DeadlineKind.YEARLY,
        DeadlineKind.QUARTERLY,
        DeadlineKind.MONTHLY,
        DeadlineKind.EACH_SEMESTER,
        DeadlineKind.SEMESTER1,
        DeadlineKind.SEMESTER2,
    }
)


def without_notes(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Leave out notes in brackets that say nothing about time, and a feast named behind its day; was there a feast?"""
    kept: list[Token] = []
    depth, opened, feast = 0, 0, False
    for token in tokens:
        if token.kind is Kind.OPEN:
            depth, opened = depth + 1, len(kept)
        kept.append(token)
        if token.kind is Kind.CLOSE and depth:
            depth -= 1
            note = kept[opened + 1 : -1]
            if _is_feast(note) or _is_feasts_name(note):
                feast = True
                del kept[opened:]
            elif _is_for_a_semester(note) or _is_stage(note) or all(each.kind in _HOURS for each in note):
                del kept[opened:]
            elif all(each.kind in _YEARS for each in note) or _is_count(note):
                kept = [*kept[:opened], *note]
    bare = _without_feast(kept)
    return bare, feast or len(bare) < len(kept)


def _is_for_a_semester(tokens: list[Token]) -> bool:
    """Tell `(күзгү семестр үчүн)`: what for, not when."""
    words = [token.text for token in tokens if token.kind is Kind.WORD]
    semester = any(token.kind is Kind.SEMESTER for token in tokens)
    return semester and all(token.kind in _NOTE for token in tokens) and all(word in _FOR for word in words)


def _is_stage(tokens: list[Token]) -> bool:
    """Tell `(1-этап)`, `(отчет)`: which part of the work, not when."""
    words = [token.text for token in tokens if token.kind in {Kind.WORD, Kind.PLAN}]
    numbers = sum(token.kind is Kind.NUMBER for token in tokens)
    return bool(words) and numbers <= 1 and all(token.kind in _OF_A_STAGE for token in tokens) and all(
        word in STAGES for word in words
    )  # fmt: skip


def _is_count(tokens: list[Token]) -> bool:
    """Tell `(2 жолу)`."""
    kinds = {token.kind for token in tokens}
    return Kind.TIMES in kinds and kinds <= _COUNT


def _is_feast(tokens: list[Token]) -> bool:
    """Tell a feast's name: a word for day or feast, and one that feasts are named by; "the next day" is none."""
    feast = any(token.kind in {Kind.FEAST, Kind.DAY_WORD} for token in tokens)
    named = any(token.text.startswith(FEASTS) for token in tokens)
    return feast and named and all(token.kind in _OF_A_FEAST for token in tokens)


def _is_feasts_name(tokens: list[Token]) -> bool:
    """Tell a feast that goes by one word: (Нооруз)."""
    return len(tokens) == 1 and tokens[0].text.startswith(NAMED_ALONE)


def _without_feast(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        feast = tokens[at + 1 :]
        if token.kind is Kind.DASH and at and (_is_feast(feast) or _is_feasts_name(feast)):
            return tokens[:at]
    return tokens


def beside_a_plan(tokens: list[Token], read: Callable[[list[Token]], Meaning | None]) -> Meaning | None:
    """Read a period beside the name of another plan (within the year, as the department's plan says) or of an event.

    The plan says when within the period, so the period's last day stays; an event may never come: a person is asked.
    """
    for cut in range(1, len(tokens)):
        halves = _trimmed(tokens[:cut]), _trimmed(tokens[cut:])
        for period, other in (halves, halves[::-1]):
            if not period or not other or any(token.kind in _POISON for token in other):
                continue
            if sum(token.kind is Kind.WORD for token in other) > _WORDS_OF_A_NAME:  # a sentence, not a name
                continue
            beside = read_undated(other)
            if beside is None or beside.doubt or beside.kind is DeadlineKind.NONE:
                continue
            meaning = read(period)
            if meaning and meaning.kind in _PERIODS:
                return replace(meaning, doubt=meaning.doubt or beside.kind is DeadlineKind.ON_EVENT)
    return None


def _trimmed(tokens: list[Token]) -> list[Token]:
    places = [at for at, token in enumerate(tokens) if token.kind not in _EDGES]
    return tokens[places[0] : places[-1] + 1] if places else []
