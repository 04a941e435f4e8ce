"""Units and posts."""

from dataclasses import dataclass
from enum import StrEnum

from services.languages import Trilingual


class UnitKind(StrEnum):
    """A unit, or the post (or group of posts) at its head."""

    UNIT = "unit"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit or post as the units file gives it."""

    code: str
    name: Trilingual
    abbreviation: str
    kind: UnitKind
    parent_code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsDifference:
    """What an import of units did; `missing_names` counts empty names by language code."""

    added: int
    changed: int
    unchanged: int
    missing_names: dict[str, int]
