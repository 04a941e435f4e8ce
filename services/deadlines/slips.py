"""Words that are not known and look like a word for time: with a slip of the fingers, or glued to a neighbour."""

from functools import lru_cache

from services.deadlines.kinds import Kind
from services.deadlines.lexicon import PHRASES, SINGLE

_TIMELY = frozenset({Kind.WITHIN, Kind.EACH, Kind.YEARLY, Kind.QUARTERLY, Kind.MONTHLY, Kind.SEMESTERLY})
_NAMED = frozenset({Kind.MONTH, Kind.SEMESTER, Kind.QUARTER})
_MAY = (Kind.MONTH, 5)  # жайынын (of a place) is no slip of майынын
_SHORT, _LONG = 5, 6  # letters from which a word or a name is like no other


def _words() -> frozenset[str]:
    single = {word for word, token in SINGLE.items() if token.kind in _TIMELY and len(word) >= _SHORT}
    names = {
        word
        for word, token in SINGLE.items()
        if token.kind in _NAMED and len(word) >= _LONG and (token.kind, token.value) != _MAY
    }
    within = {
        words[-1]
        for phrases in PHRASES.values()
        for words, token in phrases
        if token.kind is Kind.WITHIN and len(words[-1]) >= _LONG
    }
    return frozenset({*single, *names, *within, "each"})


_TIME_WORDS = _words()


@lru_cache(maxsize=4096)
def is_slip(word: str) -> bool:
    """Tell whether a word that is not known is one letter away from a word for time, or begins or ends with one."""
    return any(_glued(word, known) or _near(word, known) for known in _TIME_WORDS)


def _glued(word: str, known: str) -> bool:
    return len(known) >= _SHORT and len(word) > len(known) and (word.startswith(known) or word.endswith(known))


def _near(word: str, known: str) -> bool:
    """Tell whether one letter was dropped, added or mistaken, or two neighbours changed places."""
    if abs(len(word) - len(known)) > 1:
        return False
    at = next((at for at, (one, two) in enumerate(zip(word, known, strict=False)) if one != two), None)
    if at is None:
        return True
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    rests = word[at:], known[at:]
    return swapped == known or any(
        word[at + more :] == known[at + less :] for more, less in ((1, 1), (1, 0), (0, 1)) if all(rests)
    )
