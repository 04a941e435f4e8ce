"""Whether an answer in one's own words speaks of self-harm or violence, so that the hotlines are shown at once.

A false alarm shows some telephone numbers, a miss leaves somebody alone: everything that may be meant so counts. The
text is looked at and forgotten; nothing here keeps or returns any of it.
"""

import re

from services.spelling import fold
from services.survey_answers.distress_words import PATTERNS

_WORDS = re.compile(r"\b(?:" + "|".join(f"(?:{pattern})" for pattern in PATTERNS) + ")")
#: Digits that stand for letters in a word of Cyrillic letters.
_DIGITS = str.maketrans("01346", "оизчб")
_CYRILLIC_WITH_DIGITS = re.compile(r"\b(?=\w*[а-я])(?=\w*\d)\w{4,}")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_SPACED = re.compile(r"\b(?:\w[ .*_-]){4,}\w\b")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’`ʼ](?=\w)")
#: What is said of laughing, boredom and busy weeks.
_FIGURES_OF_SPEECH = re.compile(
    r"\b(?:бомба$|кровь из носу|бьет (?:ключом|током|в глаза)|угроз\w* отчисл\w*|(?:photo|film|video)\w* shoot\w*)",
)


def speaks_of_distress(text: str) -> bool:
    """Tell whether a text may speak of killing or hurting oneself, of being hurt, or of hurting others."""
    return _WORDS.search(_FIGURES_OF_SPEECH.sub(" ", plain(text))) is not None


def plain(text: str) -> str:
    """Return a text as the patterns know it: folded, without drawn-out letters and what stands between words."""
    folded = _SPACED.sub(lambda spaced: re.sub(r"\W|_", "", spaced.group()), fold(text))
    lettered = _CYRILLIC_WITH_DIGITS.sub(lambda word: word.group().translate(_DIGITS), _APOSTROPHES.sub("", folded))
    return _BETWEEN_WORDS.sub(" ", _DRAWN_OUT.sub(r"\1", lettered)).strip()
