"""The published result of a survey: what may be shown, and nothing else; reports are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.survey_reports.scoring import Estimate


class State(StrEnum):
    """Whether a figure is shown. `MASKED`: enough people, but something else would give them away."""

    SHOWN = "shown"
    TOO_FEW = "too_few"
    MASKED = "masked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of the answers: points of a scale, or codes of choices, and how many of a hundred gave one of them."""

    values: tuple[int | str, ...]
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """How many of a hundred who saw the question gave no answer that is counted.

    `dont_know` and `not_said`: None where only both together, `silent`, may be told.
    """

    silent: int
    dont_know: int | None = None
    not_said: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An item, or an index, in a stratum. `base`: people behind it, rounded down to tens; 0 where it is not shown.

    `parts`: the distribution, from low to high, 100 together; of a multiple choice how many took each. Empty where it
    may not be told.
    """

    state: State
    base: int = 0
    estimate: Estimate | None = None
    parts: tuple[Share, ...] = ()
    kinds: Kinds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """An item, or a row of a matrix, in every stratum that it is reported for. `code`: of the item."""

    code: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexResult:
    """An index in every stratum. `coherent`: its items go together; else the items are shown, not the index."""

    coherent: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How many took part. `percent`: rounded down; None where it may not be told or nobody knows who was asked.

    `indicative`: fewer than half of them, as far as `percent` tells.
    """

    state: State
    percent: int | None = None
    indicative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that a survey shows. `base`: replies, rounded down to tens; `strata`: each parent before its children.

    `items`: by the key of their answers (`item.row` in a matrix); `indices`: by code.
    """

    base: int
    strata: tuple[str, ...]
    items: Mapping[str, ItemResult]
    indices: Mapping[str, IndexResult] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)
