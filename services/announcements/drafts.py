"""Announcements while they are written: several at once, by whoever may write for the same unit."""

from dataclasses import replace

from services.access import Actor
from services.announcements.dto import Announcement, DraftChange
from services.announcements.errors import AlreadyOut, DraftChanged, NoSuchAnnouncement
from services.announcements.notices import subject_of
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import CHANGEABLE, options_of, require_choosable, require_writer
from services.audience.rules import read_audience
from services.audit.dto import Act
from services.ports import Clock, Factory


class DraftService:
    """Keeps drafts. Whoever shows one shows its version; a change of another version is refused."""

    def __init__(self, unit_of_work: Factory[AnnouncementsUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def get(self, actor: Actor, announcement_id: int) -> Announcement:
        """Return one that can still be changed.

        Raises:
            AlreadyOut: it cannot.
            NoSuchAnnouncement: there is none, or it was thrown away.
        """
        async with self._unit_of_work() as uow:
            return require_changeable(actor, announcement_id, await uow.announcements.find(announcement_id))

    async def change(self, actor: Actor, announcement_id: int, version: int, change: DraftChange) -> Announcement:
        """Change one as it was shown (`version`). It is a draft again: whoever approved it approved something else.

        What a unit announces stays hidden from others, whatever the options say.

        Raises:
            AlreadyOut: it has begun, or was cancelled.
            AudienceFixed: it is a curator's, and goes to the whole group.
            AudienceUnreadable: the audience is no expression.
            DraftChanged: somebody else has changed it since.
            NoSuchAnnouncement: there is none, or it was thrown away.
        """
        if change.audience:  # an empty one says that nobody is chosen yet
            read_audience(change.audience)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, announcement_id, await uow.announcements.lock(announcement_id))
            if draft.version != version:
                raise DraftChanged(announcement_id)
            if change.audience is not None:
                require_choosable(draft)
            if change.options is not None:
                change = replace(change, options=options_of(change.options, draft.voice))
            changed = await uow.announcements.change(announcement_id, change, actor.account_id, now)
            await uow.commit()
        return changed

    async def throw_away(self, actor: Actor, announcement_id: int, version: int) -> None:
        """End one that nobody got, as it was shown (`version`); that it was there stays known.

        Raises:
            AlreadyOut: it has begun, or was cancelled.
            DraftChanged: somebody else has changed it since.
            NoSuchAnnouncement: there is none.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, announcement_id, await uow.announcements.lock(announcement_id))
            if draft.version != version:
                raise DraftChanged(announcement_id)
            await uow.announcements.cancel(announcement_id)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_CANCELLED, subject_of(announcement_id), now)
            await uow.commit()


def require_changeable(actor: Actor, announcement_id: int, announcement: Announcement | None) -> Announcement:
    """Return it if somebody may change it, and it can still be changed."""
    require_writer(actor, announcement)
    if announcement is None:
        raise NoSuchAnnouncement(announcement_id)
    if announcement.stage not in CHANGEABLE:
        raise AlreadyOut(announcement_id)
    return announcement
