"""Questionnaires and replies for the tests of survey reports."""

from collections.abc import Iterable

from services.languages import Language, Trilingual
from services.questionnaires.dto import (
    Choice,
    Good,
    IndexSpec,
    Item,
    ItemType,
    Questionnaire,
    Reporting,
    Scale,
    ScaleKind,
    SurveyMode,
)

WORDS = Trilingual(ky="сөз", ru="слово", en="word")


def scale(first: int = 1, last: int = 5) -> Scale:
    """A scale of so many points."""
    kind = ScaleKind.NUMBERS if last == 10 else ScaleKind.LABELS
    return Scale(
        name=f"s{first}_{last}", kind=kind, first=first, last=last,
        labels={language: [str(point) for point in range(first, last + 1)] for language in Language},
    )  # fmt: skip


AGREE, FREQUENCY, YES_NO, RECOMMEND = scale(), scale(0, 4), scale(0, 1), scale(0, 10)


def scaled(
    code: str,
    points: Scale = AGREE,
    good: Good | None = Good.HIGH,
    *,
    dont_know: bool = False,
    report: Reporting | None = None,
) -> Item:
    """An item answered on a scale."""
    return Item(
        code=code, topic="", type=ItemType.SCALE, text=WORDS, scale=points, good=good, dont_know=dont_know,
        report=report,
    )  # fmt: skip


def chosen(code: str, choices: str, *, several: bool = False, exclusive: str = "") -> Item:
    """An item with a choice for every letter. `exclusive`: the letters that exclude the others."""
    return Item(
        code=code, topic="", type=ItemType.MULTI if several else ItemType.SINGLE, text=WORDS,
        choices=tuple(Choice(code=letter, text=WORDS, exclusive=letter in exclusive) for letter in choices),
    )  # fmt: skip


def questionnaire(*items: Item, indices: Iterable[IndexSpec] = ()) -> Questionnaire:
    """A questionnaire of these items."""
    return Questionnaire(
        code="climate", revision=1, mode=SurveyMode.CONFIDENTIAL, minutes=6, title=WORDS, title_long=WORDS, period=None,
        items=items, indices=tuple(indices),
    )  # fmt: skip


def index(code: str, *items: str) -> IndexSpec:
    """An index over items."""
    return IndexSpec(code=code, items=items, title=WORDS)
