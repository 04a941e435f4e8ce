"""What the senders ask: which message of a chat is to be changed, and into what?"""

from services.announcements.channels import as_posted, text_in
from services.announcements.dto import Announcement, ChosenText
from services.announcements.rules import text_for
from services.languages import Language
from services.ports import Clock, Factory
from services.revisions.dto import Changed, Revision, RevisionStage, WaitingCorrection
from services.revisions.ports import RevisionsUnitOfWork
from services.revisions.rules import DELETABLE_FOR, merged

#: Announcements as revisions made them; each is asked for so many times a second, and none of them ever changes.
_MOST_KEPT = 8


class RevisionNews:
    """Messages of announcements as they are to be now."""

    def __init__(self, reading: Factory[RevisionsUnitOfWork], clock: Clock) -> None:
        self._reading = reading
        self._clock = clock
        self._known: dict[int, Announcement] = {}

    async def find_corrected(self, revision_id: int, account_id: int, reader: Language) -> Changed | None:
        """Return a reader's message with the text of a correction; None if there is no such message any more."""
        async with self._reading() as uow:
            announcement = self._known.get(revision_id) or await self._learn(uow, revision_id)
            if announcement is None or announcement.notice_id is None:
                return None
            message = await uow.revisions.find_message(announcement.notice_id, account_id)
            posted = await _text_in(uow, announcement, account_id, reader) if account_id < 0 else None
        if message is None or (account_id < 0 and posted is None):
            return None
        number, sent_at = message
        text = posted or text_for(announcement, reader)
        announcement = as_posted(announcement) if account_id < 0 else announcement
        return Changed(announcement=announcement, number=number, sent_at=sent_at, text=text)

    async def find_corrected_copy(
        self, announcement_id: int, account_id: int, reader: Language, copy: int
    ) -> Changed | None:
        """Return a copy that a reader fetched (`copy`: its notice) with the text as it is now; None if it is gone."""
        async with self._reading() as uow:
            announcement = await uow.announcements.find(announcement_id)
            if announcement is None or announcement.withdrawn_at is not None:
                return None
            message = await uow.revisions.find_message(copy, account_id)
        if message is None:
            return None
        number, sent_at = message
        text = text_for(announcement, reader)
        return Changed(announcement=announcement, number=number, sent_at=sent_at, text=text)

    async def find_withdrawn(self, announcement_id: int, account_id: int, copy: int | None = None) -> Changed | None:
        """Return a reader's message that is to go, or a `copy` of it; None if there is none any more."""
        async with self._reading() as uow:
            announcement = await uow.announcements.find(announcement_id)
            if announcement is None or announcement.notice_id is None:
                return None
            message = await uow.revisions.find_message(copy or announcement.notice_id, account_id)
        if message is None:
            return None
        number, sent_at = message
        return Changed(announcement=announcement, number=number, sent_at=sent_at)

    def is_deletable(self, message: Changed) -> bool:
        """Tell whether Telegram still lets a bot delete a message."""
        return self._clock.now() - message.sent_at < DELETABLE_FOR

    async def find_waiting(self, revision_id: int, version: int) -> WaitingCorrection | None:
        """Return a correction that waits for its approver; None if it does not, or is another one by now."""
        async with self._reading() as uow:
            revision = await uow.revisions.find(revision_id)
            if revision is None or not _waits(revision, version):
                return None
            announcement = await uow.announcements.find(revision.announcement_id)
            if announcement is None or announcement.notice_id is None:
                return None
            now = self._clock.now()
            reach = await uow.revisions.reach(announcement.notice_id, now)
        after = merged(announcement, revision.texts, now)
        return WaitingCorrection(revision=revision, after=after, messages=reach.messages)

    async def find_announcement(self, announcement_id: int) -> Announcement | None:
        """Return an announcement."""
        async with self._reading() as uow:
            return await uow.announcements.find(announcement_id)

    async def _learn(self, uow: RevisionsUnitOfWork, revision_id: int) -> Announcement | None:
        revision = await uow.revisions.find(revision_id)
        if revision is None or revision.begun_at is None:
            return None
        announcement = await uow.announcements.find(revision.announcement_id)
        if announcement is None:
            return None
        if len(self._known) >= _MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        known = self._known[revision_id] = merged(announcement, revision.texts, revision.begun_at)
        return known


async def _text_in(
    uow: RevisionsUnitOfWork, announcement: Announcement, chat_id: int, reader: Language
) -> ChosenText | None:
    """Return the text of a channel, registered any more or not; None where it is not known."""
    channel = await uow.channels.find_by_chat(chat_id)
    return text_in(announcement, channel, reader) if channel is not None else None


def _waits(revision: Revision, version: int) -> bool:
    return revision.stage is RevisionStage.AWAITING_APPROVAL and revision.version == version
