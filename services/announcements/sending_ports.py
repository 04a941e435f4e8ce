"""What sending an announcement needs from storage."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from services.access import Role
from services.announcements.dto import Announcement
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.sending_dto import Earlier, Watched
from services.audience.dto import Audience
from services.languages import Language


class SendingRepository(Protocol):
    """Approvers, announcements with the same text, and the messages in which somebody watches."""

    async def list_holders(self, roles: Collection[Role], unit_code: str | None, today: date) -> list[int]:
        """Return the accounts that hold one of the roles for the university or for this unit."""
        ...

    async def has_seen(self, account_id: int, subject: str, version: int) -> bool:
        """Tell whether an account got the preview of a version in every language in which it was wanted."""
        ...

    async def list_earlier(self, since: datetime, but: int) -> list[Earlier]:
        """Return what began to go out since then, the last first, without the one of the id `but`."""
        ...

    async def list_waiting(self, first: datetime, last: datetime, now: datetime, but: int) -> list[Announcement]:
        """Return what was let go, has not begun and is due between two moments, without the one of the id `but`.

        What waits for somebody's word and is past its time could begin `now`.
        """
        ...

    async def count_again(self, audience: Audience, notice_id: int, today: date, category: str | None) -> int:
        """Count who is meant and was already told by another notice, or is still to be told by it.

        `category`: who has switched it off is not meant; the same below.
        """
        ...

    async def count_both(
        self, one: Audience, other: Audience, today: date, *, category: str | None, other_category: str | None
    ) -> int:
        """Count who is meant by both audiences, each with its category."""
        ...

    async def has_confidential_survey(self) -> bool:
        """Tell whether a confidential survey is open or being prepared."""
        ...

    async def find_name(self, account_id: int) -> str:
        """Return the name of whose account it is; empty for nobody of the roster."""
        ...

    async def watch(self, announcement_id: int, chat_id: int, message_id: int, now: datetime) -> None:
        """Let a message show how an announcement goes out; one in each chat."""
        ...

    async def leave(self, chat_id: int, message_id: int) -> None:
        """Let a message show something else."""
        ...

    async def claim_watched(self, now: datetime, fallback: Language) -> Watched | None:
        """Take up a message that was not looked after for a while; another replica takes another one."""
        ...

    async def note_shown(self, watched: Watched, shown: str, *, ended: bool) -> None:
        """Note what stands in a message now; `ended`: it is the last."""
        ...

    async def rest(self, watched: Watched, until: datetime) -> None:
        """Leave a message alone for a while."""
        ...


class SendingUnitOfWork(AnnouncementsUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def sendings(self) -> SendingRepository:
        """What sending asks."""
        ...
