"""Deadlines inside the cells of a plan: which texts are one, and which hold one beside something else."""

import re
from functools import lru_cache

from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.kinds import Kind
from services.deadlines.reading import read_deadline
from services.deadlines.tokens import tokenise
from services.spelling import fold

_LONGEST = 200  # signs; nobody prints a longer one
_MOST_WORDS = 14
_FEW_WORDS = 4  # so short, a doubtful reading is nothing but a deadline
_NO_DEADLINE = frozenset({DeadlineKind.NONE, DeadlineKind.UNKNOWN})
_WORD = re.compile(r"\S+")
_BESIDE = " \t\n,;:-–—("
#: A word before a deadline that may turn its meaning around; it belongs to the deadline, understood or not.
_TURNS = frozenset(
    {
        "не",
        "ни",
        "ранее",
        "раньше",
        "позднее",
        "позже",
        "после",
        "до",
        "по",
        "с",
        "со",
        "от",
        "в",
        "во",
        "к",
        "ко",
        "на",
    }
    | {"из", "кроме", "кийин", "чейин", "баштап", "мурда", "эмес", "эрте", "кеч", "from", "since", "after", "before"}
    | {"not", "no", "until", "till", "by", "to", "between", "except", "starting"}
)


@lru_cache(maxsize=16_384)
def _may_begin(word: str) -> bool:
    """Tell whether a deadline can begin with a word; looked at first, for whole phrases cost more to be read."""
    return any(token.kind is not Kind.WORD for token in tokenise(word))


@lru_cache(maxsize=16_384)
def _is_read(text: str, year: AcademicYear) -> tuple[bool, bool]:
    """Tell whether a text is read as a deadline, and whether that is sure."""
    if len(text) > _LONGEST:
        return False, False
    deadline = read_deadline(" ".join(text.split()), year)
    return deadline.kind not in _NO_DEADLINE, deadline.sure and deadline.kind not in _NO_DEADLINE


def is_deadline(text: str, year: AcademicYear) -> bool:
    """Tell whether a text is a deadline and nothing else."""
    is_read, is_sure = _is_read(text, year)
    return is_sure or (is_read and len(text.split()) <= _FEW_WORDS)


def split_deadline(text: str, year: AcademicYear) -> tuple[str, str]:
    """Return a text without the deadline that it ends or begins with, and the deadline; empty if there is none.

    The longest that is wholly understood is taken, lest the half of one be called the deadline.
    """
    words = list(_WORD.finditer(text))
    last_words = words[max(0, len(words) - _MOST_WORDS) :]
    for at, first in enumerate(last_words):
        if _may_begin(first.group()) and _is_read(text[first.start() :], year)[1]:
            begin = first.start()
            for before in reversed(words[: len(words) - len(last_words) + at]):
                if fold(before.group()).strip(",.;:") not in _TURNS:
                    break
                begin = before.start()
            return text[:begin].rstrip(_BESIDE), text[begin:]
    for last in reversed(words[:_MOST_WORDS] if words and _may_begin(words[0].group()) else ()):
        beginning = text[: last.end()].rstrip(",;:")
        if _is_read(beginning, year)[1]:
            return text[last.end() :].lstrip(_BESIDE), beginning
    for first in last_words[-_FEW_WORDS:]:
        if _may_begin(first.group()) and is_deadline(text[first.start() :], year):
            return text[: first.start()].rstrip(_BESIDE), text[first.start() :]
    return text, ""
