"""Announcements while they are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

from services.access import LinkedPerson
from services.announcements.dto import Announcement, Media
from services.audience.dto import Audience
from services.languages import Language, Trilingual
from services.people.rules import group_key
from services.roles.dto import UnitName

#: Numbers by which buttons say in whose name one writes. A unit's is its id, a group's is below `WHOLE`.
ANY_VOICE: Final = 0  # the only one, else the university's
WHOLE: Final = -1


def number_of_group(name: str) -> int:
    """Return the number of a study group: the same however it is spelt."""
    return WHOLE - 1 - crc32(group_key(name).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A draft as somebody saw it; whoever changes it, changes this version of it."""

    id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft with names. `unit`: None for the university; `changed_by`: None for whoever is nobody of the roster.

    `audience`: None where nobody was chosen yet; `unit_names`: of the units that it names, by the word.
    """

    announcement: Announcement
    unit: UnitName | None
    changed_by: LinkedPerson | None
    audience: Audience | None = None
    unit_names: Mapping[str, Trilingual] = field(default_factory=dict)

    @property
    def shown(self) -> Shown:
        """What a change of it refers to."""
        return Shown(id=self.announcement.id, version=self.announcement.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorsDesk:
    """What an editor works on, and in whose names: the `whole` university's, those of `units`, to own `groups`.

    `waiting`: how much waits for their decision; None for who is no approver. `page`: of the drafts, from 0.
    """

    drafts: tuple[DraftView, ...]
    units: tuple[UnitName, ...] = ()
    groups: tuple[str, ...] = ()
    whole: bool = False
    waiting: int | None = None
    page: int = 0
    has_more: bool = False

    @property
    def voices(self) -> int:
        """In how many names one may write."""
        return self.whole + len(self.units) + len(self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMedia:
    """A photo or a document as it came."""

    media: Media
    content: bytes
    mime: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody sent for a language: HTML as Telegram reads it (may be empty), a photo or a document, or both."""

    language: Language
    html: str = ""
    media: SentMedia | None = None
