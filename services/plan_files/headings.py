"""Which column of a plan is what, told by the words of its heading in Kyrgyz, Russian and English."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from services.plan_files.dto import PlanField
from services.plan_files.heading_words import PARTS, WORDS
from services.spelling import fold

_LONGEST = 160
_MOST_WORDS = 18
_BROKEN = re.compile(r"[-\u00ad‐]\s*\n\s*")  # a word broken at the end of a line
_NOT_A_LETTER = re.compile(r"[\W_]+")

_STEPS = re.compile("кадам|шаг|step")
#: Where something takes place: beside a deadline it stands in the same cell, alone it is a note.
_WHERE = re.compile(
    r"место|өтүүчү жай|өткөр\w+ жай|\b(?:орду|жери|жайы)\b|venue|location|place".translate(str.maketrans("өүң", "оун"))
)
_AND = re.compile(r"[,;/.+&(]|\s(?:и|жана|and)\s")
#: The field that a heading of several meanings has: "Ответственный за мероприятие" is about who, not about what.
_FIRST = (
    PlanField.RESPONSIBLE,
    PlanField.PARTICIPANTS,
    PlanField.BUDGET,
    PlanField.INDICATOR,
    PlanField.DOCUMENT,
    PlanField.TASK,
    PlanField.TITLE,
)
_FIRST_DAY = re.compile("начал|башталыш|start|from|ден$|дан$")
_LAST_DAY = re.compile("оконч|конец|завершен|аякт|бүтүш|end|to$|чейин$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: its field, and whether the same cell holds the deadline, too.

    `rank`: of several titles the one with the highest is the item's own. `edge`: a column of first or of last days.
    """

    field: PlanField
    with_deadline: bool = False
    rank: int = 0
    edge: str = ""


def flat(text: str) -> str:
    """Return a heading as one line, words that are broken at the end of a line put together."""
    return " ".join(_BROKEN.sub("", text).split())


@lru_cache(maxsize=4_096)
def squeezed(text: str) -> str:
    """Return only the letters and figures of a text, folded: by these, headings are compared."""
    return _NOT_A_LETTER.sub("", fold(flat(text)))


@lru_cache(maxsize=4_096)
def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means; None if it is none, or nobody knows."""
    text = flat(heading)
    if not text or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return None
    at = _places(text)
    for alone in (PlanField.NUMBER, PlanField.NOTE):
        if alone in at and (len(at) == 1 or (alone is PlanField.NOTE and PlanField.RESPONSIBLE not in at)):
            return Meaning(alone)
    if PlanField.DEADLINE not in at:
        named = [field for field in _FIRST if field in at]
        if not named:
            return Meaning(PlanField.NOTE) if _WHERE.search(fold(text)) else None
        return Meaning(named[0], rank=_rank(text))
    beside = _beside_deadline(text, at)
    if beside is None:
        return Meaning(PlanField.DEADLINE, edge=_edge(text))
    return Meaning(beside, with_deadline=True, rank=_rank(text))


def _beside_deadline(text: str, at: dict[PlanField, int]) -> PlanField | None:
    """Return what a heading names apart from the deadline.

    "Срок завершения" names nothing else, "Форма завершения, срок" a form.
    """
    others: set[PlanField] = set()
    for part in _AND.split(text):
        places = _places(part)
        if PlanField.DEADLINE not in places:
            others.update(places)
            if not places and _WHERE.search(fold(part)):
                others.add(PlanField.NOTE)
    for field in _FIRST:
        if field in others:
            is_what = field in {PlanField.TITLE, PlanField.TASK}
            return None if is_what and at[PlanField.DEADLINE] < at.get(field, 0) else field
    return PlanField.NOTE if PlanField.NOTE in others else None


def _places(text: str) -> dict[PlanField, int]:
    """Return where each field is named first."""
    letters = squeezed(text).replace("соисполнител", "участник")
    if not letters:
        return {PlanField.NUMBER: 0} if "№" in text or "#" in text else {}
    found: dict[PlanField, int] = {}
    for field, parts in _parts().items():
        places = [place for part in parts if (place := letters.find(part)) >= 0]
        if places:
            found[field] = min(places)
    for word in fold(text).split():
        for field in _fields_of(word.strip('.,:;()/№"«»')):
            found.setdefault(field, letters.find(squeezed(word)))
    return found


@cache
def _parts() -> dict[PlanField, tuple[str, ...]]:
    return {field: tuple(squeezed(part) for part in parts) for field, parts in PARTS.items()}


@cache
def _word_fields() -> dict[str, list[PlanField]]:
    found: dict[str, list[PlanField]] = {}
    for field, words in WORDS.items():
        for word in words:
            found.setdefault(fold(word), []).append(field)
    return found


def _fields_of(word: str) -> list[PlanField]:
    return _word_fields().get(word, [])


def _rank(text: str) -> int:
    return 1 if _STEPS.search(fold(text)) else 0


def _edge(text: str) -> str:
    folded = fold(text)
    is_first, is_last = bool(_FIRST_DAY.search(folded)), bool(_LAST_DAY.search(folded))
    if is_first == is_last:
        return ""
    return "first" if is_first else "last"
