"""What writing announcements needs from storage."""

from collections.abc import Collection
from typing import Protocol

from services.access import LinkedPerson
from services.announcements.ports import AnnouncementRepository, AnnouncementsUnitOfWork
from services.announcements.waiting import WaitingUnitOfWork
from services.attachments import KeptFiles
from services.roles.dto import UnitName


class WritingRepository(AnnouncementRepository, Protocol):
    """Announcements, and who wrote them."""

    async def list_editors(self, accounts: Collection[int]) -> dict[int, LinkedPerson]:
        """Return whose these accounts are, as far as they are anybody's."""
        ...


class UnitNames(Protocol):
    """Units as people know them."""

    async def list_units(self) -> list[UnitName]:
        """Return all units (no posts) in the order of the alphabet."""
        ...


class WritingUnitOfWork(AnnouncementsUnitOfWork, WaitingUnitOfWork, Protocol):
    """The part of the unit of work that writing uses."""

    @property
    def announcements(self) -> WritingRepository:
        """Announcements."""
        ...

    @property
    def roles(self) -> UnitNames:
        """Units."""
        ...

    @property
    def files(self) -> KeptFiles:
        """Photos and documents."""
        ...
