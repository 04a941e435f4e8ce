"""Sittings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.plans.dto import ItemState, NamedUnit


class SittingState(StrEnum):
    """Whether a sitting is still to come, was held, or will not be."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Paper(StrEnum):
    """A paper of a sitting."""

    AGENDA = "a"
    MINUTES = "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A sitting. `month`: its first day, as planned; `held_on`: once the day is set; `items`: how many go by it."""

    id: int
    plan_id: int
    title: str
    month: date | None
    held_on: date | None
    materials_days: int
    state: SittingState
    agenda_name: str
    minutes_name: str
    version: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingItem:
    """An item that goes by a sitting."""

    id: int
    number: str
    title: str
    state: ItemState


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingCard:
    """A sitting with its items. `can_change`: for its coordinator; others look."""

    sitting: Sitting
    items: tuple[SittingItem, ...]
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A paper's bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsNews:
    """What a unit is asked to hand in for a sitting."""

    sitting: Sitting
    unit: NamedUnit
    titles: tuple[str, ...]
