"""What this feature needs from storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.announcements.dto import Announcement
from services.announcements.ports import AnnouncementsUnitOfWork
from services.languages import Language
from services.revisions.dto import Copy, Reach, Revision, UnreachedReader


class RevisionRepository(Protocol):
    """Revisions by id, and the messages that they change."""

    async def find(self, revision_id: int) -> Revision | None:
        """Return one."""
        ...

    async def find_open(self, announcement_id: int) -> Revision | None:
        """Return the correction of an announcement that has not begun."""
        ...

    async def list_begun(self, announcement_id: int) -> list[Revision]:
        """Return what has been done to an announcement, the newest first."""
        ...

    async def open_correction(self, announcement_id: int, base: int, by: int | None, now: datetime) -> Revision:
        """Write down a correction without texts."""
        ...

    async def put_texts(self, revision: Revision, texts: Mapping[Language, str], by: int | None) -> Revision:
        """Change the texts of a correction, which is a draft again."""
        ...

    async def submit(self, revision_id: int, writers: Collection[int]) -> None:
        """Let a correction wait for its approver, who is none of the writers."""
        ...

    async def note_seen(self, revision: Revision, by: int) -> None:
        """Keep that somebody was shown a correction, unless it is another version by now."""
        ...

    async def send_back(self, revision_id: int) -> None:
        """Make a correction that waits for its approver a draft again."""
        ...

    async def drop(self, announcement_id: int) -> None:
        """End the correction that has not begun, if there is one."""
        ...

    async def begin_correction(
        self, revision: Revision, texts: Mapping[Language, str], notice_id: int, approved_by: int | None, now: datetime
    ) -> None:
        """Note that a correction begins, and give its announcement all its texts."""
        ...

    async def begin_recall(self, announcement: Announcement, notice_id: int, by: int | None, now: datetime) -> int:
        """Write down a recall that begins, and that its announcement is withdrawn; returns its id."""
        ...

    async def freeze(self, notice_id: int, original: int) -> int:
        """Write a delivery for everybody in whose chat a message of the original can be changed; returns how many."""
        ...

    async def freeze_late(self, notice_id: int, original: int, made_before: datetime, now: datetime) -> int:
        """Do the same for those who were just being told, and let the broadcast go on; who has one is passed over.

        `made_before`: messages that were made later carry the new words.
        """
        ...

    async def list_copies(self, revision_id: int, announcement_id: int, made_before: datetime) -> list[Copy]:
        """Return the copies, made before that moment and still in a chat, that a revision has not changed yet."""
        ...

    async def has_in_hand(self, announcement_id: int, original: int, made_before: datetime) -> bool:
        """Tell whether a sender has a message of the original, or a copy, in hand that was made before that moment."""
        ...

    async def tell_digests_anew(self, original: int, now: datetime) -> None:
        """Let those get it again, as a message of its own, who got it together with other things."""
        ...

    async def supersede(self, announcement_id: int, now: datetime) -> list[int]:
        """Note of what began before that nobody is added to it any more; returns its notices."""
        ...

    async def list_unswept(self) -> list[Revision]:
        """Return what has begun and may have missed somebody; locked, without what others look at."""
        ...

    async def end_sweep(self, revision_id: int, now: datetime) -> None:
        """Note that nobody can be missed any more."""
        ...

    async def reach(self, original: int, fresh_since: datetime) -> Reach:
        """Count the messages of a notice."""
        ...

    async def list_unreached(self, original: int, notice_id: int) -> list[UnreachedReader]:
        """Return who keeps the original although a revision went out, by name."""
        ...

    async def count_unreached(self, original: int, notice_id: int) -> int:
        """Count them."""
        ...

    async def find_message(self, original: int, account_id: int) -> tuple[int, datetime] | None:
        """Return Telegram's number of a notice's message in a chat, and when it was sent."""
        ...

    async def list_approvers(self, unit_code: str | None, today: date, but: Collection[int]) -> Sequence[int]:
        """Return the accounts that approve for the university or the unit today, and can be written to."""
        ...


class RevisionsUnitOfWork(AnnouncementsUnitOfWork, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def revisions(self) -> RevisionRepository:
        """Revisions."""
        ...
