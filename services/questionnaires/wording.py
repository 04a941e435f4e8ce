"""What a text of a questionnaire may hold, and the word that only an anonymous survey may use."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from services.languages import Language, Trilingual
from services.questionnaires.dto import Questionnaire

_DOUBT: Final = re.compile(r"\(\s*\?\s*\)")
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_PERIOD: Final = "{period}"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})

#: Letters that look or sound alike fall together, whichever alphabet they are of.
_SKELETON: Final = str.maketrans(
    {
        **dict.fromkeys("аαɑӑӓ", "a"),
        **dict.fromkeys("нңӈӊнhηνŋһ", "n"),
        **dict.fromkeys("оοөѳ0", "o"),
        **dict.fromkeys("иіїйыuyιү1lј", "i"),
        **dict.fromkeys("мμ", "m"),
    }
)
_STEM: Final = "anonim"


def says_anonymous(text: str) -> bool:
    """Tell whether a text calls something anonymous, in whichever language and with whatever look-alike letters."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in letters if unicodedata.category(sign) not in {"Mn", "Cf", "Cc"})
    return _STEM in bare.translate(_SKELETON)


def faults_of(text: str, *, most: int, is_period: bool = False) -> Iterator[str]:
    """Yield what is wrong with a text that is there, each as the end of a sentence that begins with its place."""
    if len(text) > most:
        yield f"has {len(text)} characters, at most {most} are allowed"
    if _DOUBT.search(text):
        yield 'still holds a "(?)"'
    if any(is_control(sign) for sign in text):
        yield "holds a line break or another invisible character"
    if is_period and text.count(_PERIOD) != 1:
        yield f"should say {_PERIOD} once"
    if _PLACEHOLDER.search(text.replace(_PERIOD, "") if is_period else text):
        yield "holds a placeholder in braces that nobody fills"


def is_control(sign: str) -> bool:
    """Tell whether a sign cannot be seen and is no space: a control, a half of a pair, a private one."""
    category = unicodedata.category(sign)
    return category in _UNSEEN


def places_saying_anonymous(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return where a questionnaire calls itself anonymous (`teach1 text.ky`); only in anonymous mode it may."""
    return tuple(
        f"{place}.{language}"
        for place, text in _texts(questionnaire)
        for language in Language
        if says_anonymous(text.get(language))
    )


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Trilingual]]:
    yield "title", questionnaire.title
    yield "title_long", questionnaire.title_long
    if questionnaire.period is not None:
        yield "period", questionnaire.period
    for item in questionnaire.items:
        yield f"{item.code} text", item.text
        if item.hint is not None:
            yield f"{item.code} hint", item.hint
        for choice in (*item.choices, *item.rows):
            yield f"{item.code} {choice.code}", choice.text
    scales = {item.scale.name: item.scale for item in questionnaire.items if item.scale is not None}
    for scale in scales.values():
        for kind, labels in (("labels", scale.labels), ("labels_short", scale.short)):
            said = {language.value: " · ".join(labels.get(language, ())) for language in Language}
            yield f"scales.{scale.name} {kind}", Trilingual(**said)
    for index in questionnaire.indices:
        yield f"indices {index.code} title", index.title
