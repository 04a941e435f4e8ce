"""How typed words become texts of a questionnaire."""

import re
import unicodedata
from typing import Final

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.dto import Choice
from services.questionnaires.errors import (
    ChoicesUncounted,
    ItemWordsUnusable,
    MinutesUnusable,
    QuestionnaireCodeUnusable,
    WordFault,
)
from services.questionnaires.wording import is_control
from services.spelling import mend

FEWEST_CHOICES: Final = 2
_ID: Final = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{limits.ID - 1}}}")
_DOUBT: Final = re.compile(r"\(\s*\?\s*\)")
_BULLET: Final = re.compile(r"^(?:[-–—•*▪]|\d{1,2}[.)])\s+")


def read_words(typed: str, most: int) -> str:
    """Return words on one line; ItemWordsUnusable."""
    words = mend(" ".join(unicodedata.normalize("NFC", typed).split()))
    fault = None
    if not words:
        fault = WordFault.NONE
    elif len(words) > most:
        fault = WordFault.LONG
    elif "{" in words or "}" in words:
        fault = WordFault.BRACES
    elif _DOUBT.search(words):
        fault = WordFault.DOUBT
    elif any(is_control(sign) for sign in words):
        fault = WordFault.UNSEEN
    if fault is not None:
        raise ItemWordsUnusable(fault, most)
    return words


def read_code(typed: str) -> str:
    """Return a typed code of a questionnaire; QuestionnaireCodeUnusable."""
    code = typed.strip().lower()
    if not _ID.fullmatch(code):
        raise QuestionnaireCodeUnusable(limits.ID)
    return code


def read_minutes(typed: str) -> int:
    """Return typed minutes; MinutesUnusable."""
    digits = typed.strip()
    if not (
        digits.isascii() and digits.isdecimal() and len(digits) < len("100") and 1 <= int(digits) <= limits.MINUTES
    ):
        raise MinutesUnusable(limits.MINUTES)
    return int(digits)


def said_in(text: Trilingual, language: Language, words: str) -> Trilingual:
    """Return a text with other words in one language."""
    return Trilingual(**{one.value: words if one is language else text.get(one) for one in Language})


def read_choices(known: tuple[Choice, ...], language: Language, typed: str) -> tuple[Choice, ...]:
    """Return choices whose texts in one language were typed, one a line.

    In the first language there may be more or fewer than before: codes stay where they are, the last ones go; in the
    others there are as many. Raises: ChoicesUncounted, ItemWordsUnusable.
    """
    lines = [_BULLET.sub("", line.strip()) for line in typed.splitlines() if line.strip()]
    if not FEWEST_CHOICES <= len(lines) <= limits.CHOICES:
        raise ChoicesUncounted(FEWEST_CHOICES, limits.CHOICES)
    is_first = language is next(iter(Language)) or not known
    if not is_first and len(lines) != len(known):
        raise ChoicesUncounted(FEWEST_CHOICES, limits.CHOICES, len(known))
    said = [read_words(line, limits.CHOICE) for line in lines]
    choices = [*known, *_new_choices(known, len(said) - len(known))]
    return tuple(
        Choice(code=choice.code, text=said_in(choice.text, language, words), exclusive=choice.exclusive)
        for choice, words in zip(choices, said, strict=False)
    )


def _new_choices(known: tuple[Choice, ...], wanted: int) -> list[Choice]:
    taken = {choice.code for choice in known}
    free = (code for number in range(1, 2 * limits.CHOICES + 1) if (code := f"c{number}") not in taken)
    return [Choice(code=next(free), text=Trilingual()) for _ in range(wanted)]
