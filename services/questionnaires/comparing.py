"""What editions of questionnaires share: a code means one question for ever, so that semesters compare."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from services.languages import Language
from services.questionnaires.dto import Item, Questionnaire, Scale
from services.spelling import fold

#: How much of two wordings is the same where only a spelling was corrected.
_ALIKE: Final = 0.8


def conflicts(new: Questionnaire, known: Sequence[Questionnaire]) -> list[str]:
    """Return one line for each code of an item that already means another question; of wordings nothing is said.

    Spellings may be corrected, hints and skips changed; another type, scale, good end, choice or row needs a new code.
    """
    meant: dict[str, tuple[Item, Questionnaire]] = {}
    for questionnaire in known:
        for item in questionnaire.items:
            meant.setdefault(item.code, (item, questionnaire))
    lines = []
    for number, item in enumerate(new.items, start=1):
        if item.code not in meant:
            continue
        before, where = meant[item.code]
        if others := tuple(_differences(before, item)):
            lines.append(
                f"items[{number}] {item.code}: in {where.code} (revision {where.revision}) this code has"
                f" another {', another '.join(others)}; a question that changed needs a new code"
            )
    return lines


def reworded(new: Questionnaire, known: Sequence[Questionnaire]) -> tuple[str, ...]:
    """Return the codes of items whose wording is far from what it was in some language: somebody should look twice."""
    return tuple(
        item.code
        for item in new.items
        if any(
            _is_far(before.text.get(language), item.text.get(language))
            for questionnaire in known
            for before in questionnaire.items
            if before.code == item.code
            for language in Language
        )
    )


def comparable(one: Questionnaire, other: Questionnaire) -> tuple[str, ...]:
    """Return the codes of the items that two editions share with the same meaning, in the order of the first."""
    known = {item.code: item for item in other.items}
    return tuple(
        item.code for item in one.items if item.code in known and not any(_differences(known[item.code], item))
    )


def _differences(before: Item, after: Item) -> Iterator[str]:
    if before.type is not after.type:
        yield "type"
        return
    if before.good is not after.good:
        yield "good end"
    if before.scale is not None and after.scale is not None and not _is_same(before.scale, after.scale):
        yield "scale"
    if _choices(before) != _choices(after) or before.most != after.most:
        yield "choice of answers"
    if {row.code for row in before.rows} != {row.code for row in after.rows}:
        yield "set of rows"


def _is_far(before: str, after: str) -> bool:
    one, other = fold(before), fold(after)
    return one != other and SequenceMatcher(None, one, other, autojunk=False).ratio() < _ALIKE


def _choices(item: Item) -> set[tuple[str, bool]]:
    return {(choice.code, choice.exclusive) for choice in item.choices}


def _is_same(one: Scale, other: Scale) -> bool:
    """Points are the same, and in some language most labels: nobody corrects the spelling in all of them at once."""
    if (one.kind, one.first, one.last) != (other.kind, other.first, other.last):
        return False
    return any(_are_alike(one.labels[language], other.labels[language]) for language in Language)


def _are_alike(labels: Sequence[str], others: Sequence[str]) -> bool:
    same = sum(fold(label) == fold(other) for label, other in zip(labels, others, strict=True))
    return same * 2 >= len(labels)
