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
    """A unit or post as the units file gives it.

    `members`: codes of those who are in a group ("Directors of Institutes"), also of other groups; None where the file
    does not say, and what is known of it stays.
    """

    code: str
    name: Trilingual
    abbreviation: str
    kind: UnitKind
    parent_code: str
    aliases: tuple[str, ...]
    members: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsDifference:
    """What an import of units did; `missing_names` counts empty names by language code."""

    added: int
    changed: int
    unchanged: int
    missing_names: dict[str, int]
