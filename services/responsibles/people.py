"""People named in a cell: surnames with initials in either order, full names with a patronymic."""

import re
from collections.abc import Sequence

from services.responsibles.tokens import Gap, Token

_PATRONYMIC = re.compile(r".{3,}(?:вич|вна|ична)$|^(?:кызы|уулу|оглы|уул)$")
_SURNAME = re.compile(r".{2,}(?:ов|ова|ев|ева|ский|ская|енко)$")
_NAMED_AFTER = frozenset({"атындагы", "имени", "after"})
_MOST_WORDS = 3


def people_in(tokens: Sequence[Token], before: Token | None = None) -> list[tuple[int, int]]:
    """Return where people are named in a run of words, as pairs of first and end. `before`: the word before the run."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        length = _with_initials(tokens, place) or _full_name(tokens, place)
        previous = tokens[place - 1] if place else before
        following = tokens[place + length] if place + length < len(tokens) else None
        is_honoured = any(token is not None and token.word in _NAMED_AFTER for token in (previous, following))
        if length and not is_honoured:
            found.append((place, place + length))
        place += length or 1
    return found


def _with_initials(tokens: Sequence[Token], place: int) -> int:
    """Return how many words `Байчекирова В.К.` or `Н.К. Дегембаева` has here, else 0."""
    if _is_surname(tokens[place]):
        initials = _initials(tokens, place + 1)
        return 1 + initials if initials else 0
    initials = _initials(tokens, place)
    end = place + initials
    if initials and end < len(tokens) and _is_surname(tokens[end]) and tokens[end].gap is not Gap.LINE:
        return initials + 1
    return 0


def _initials(tokens: Sequence[Token], place: int) -> int:
    count = 0
    while count < 2 and place + count < len(tokens) and _is_initial(tokens[place + count]):  # noqa: PLR2004 - В.К.
        count += 1
    if count and not any(token.dotted for token in tokens[place : place + count]):
        return 0
    return count


def _is_initial(token: Token) -> bool:
    return len(token.word) == 1 and token.capital and not token.is_mark


def _is_surname(token: Token) -> bool:
    return token.capital and len(token.word) >= 3 and not token.core  # noqa: PLR2004 - Ким, Пак


def _full_name(tokens: Sequence[Token], place: int) -> int:
    """Return how many words a name without initials has here: with a patronymic, or a surname by its ending."""
    end = place
    while end < len(tokens) and end - place < _MOST_WORDS and _may_be_name(tokens[end], is_first=end == place):
        end += 1
    length = end - place
    words = [token.word for token in tokens[place:end]]
    if length >= 2 and any(_PATRONYMIC.search(word) for word in words):  # noqa: PLR2004 - a name and a patronymic
        return length
    if length >= 2 and any(_SURNAME.search(word) for word in words[:2]):  # noqa: PLR2004 - a name and a surname
        return 2
    return 0


def _may_be_name(token: Token, *, is_first: bool) -> bool:
    if not is_first and token.gap is not Gap.NONE:
        return False
    return (_is_surname(token) and not token.is_mark) or (not is_first and bool(_PATRONYMIC.search(token.word)))
