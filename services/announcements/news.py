"""What notices ask at the moment of sending: is it still true, and in which words?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.announcements.channels import as_posted, text_in
from services.announcements.dto import Announcement, AnnouncementState, AnnouncementView, Told
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.rules import muted_as, people_of, text_for
from services.announcements.standing import state_of, view_of
from services.audience.dto import GUEST, Audience, Term, TermKey
from services.languages import Language
from services.people.dto import PersonKind
from services.ports import Calendar, Clock, Factory

#: Texts are asked for so many times a second that they are kept for a while.
KEPT_FOR = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """An announcement as it was when it was looked at; None once it is cancelled."""

    announcement: Announcement | None
    audience: Audience
    until: datetime


class AnnouncementNews:
    """Announcements as they are now; their words as they were some seconds ago."""

    def __init__(self, reading: Factory[AnnouncementsUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._known: dict[int, _Known] = {}

    async def find_told(self, announcement_id: int, account_id: int, reader: Language) -> Told | None:
        """Return it with the text for an account; None if it is cancelled or no longer meant for this account.

        A number below zero is that of a channel or a group.
        """
        now = self._clock.now()
        async with self._reading() as uow:
            known = self._known.get(announcement_id)
            if known is None or known.until <= now:
                known = await self._look(uow, announcement_id, now)
            if known.announcement is None:
                return None
            if account_id < 0:
                return await _told_in(uow, known.announcement, account_id, reader)
            today, category = self._calendar.today(now), muted_as(known.announcement)
            if not await uow.audiences.includes(known.audience, account_id, today, category):
                return None
        return Told(announcement=known.announcement, text=text_for(known.announcement, reader))

    async def find_announcement(self, announcement_id: int) -> Announcement | None:
        """Return an announcement as it is now."""
        async with self._reading() as uow:
            return await uow.announcements.find(announcement_id)

    async def find_paused(self, announcement_id: int) -> AnnouncementView | None:
        """Return an announcement that waits for a word of somebody; None if it does not, or no longer."""
        async with self._reading() as uow:
            announcement = await uow.announcements.find(announcement_id)
            if announcement is None:
                return None
            view = await view_of(uow, announcement)
        return view if view.state in {AnnouncementState.PAUSED, AnnouncementState.STOPPED} else None

    async def _look(self, uow: AnnouncementsUnitOfWork, announcement_id: int, now: datetime) -> _Known:
        announcement = await uow.announcements.find(announcement_id)
        if announcement is not None and (
            announcement.withdrawn_at is not None or await state_of(uow, announcement) is AnnouncementState.CANCELLED
        ):
            announcement = None
        audience = await _of_leavers(uow, announcement) if announcement else Audience()
        self._known = {key: known for key, known in self._known.items() if known.until > now}
        known = self._known[announcement_id] = _Known(
            announcement=announcement, audience=audience, until=now + KEPT_FOR
        )
        return known


async def _told_in(
    uow: AnnouncementsUnitOfWork, announcement: Announcement, chat_id: int, reader: Language
) -> Told | None:
    """Return what stands in a channel; None where it is not registered any more."""
    channel = await uow.channels.find_by_chat(chat_id)
    if channel is None or not channel.is_registered:
        return None
    return Told(announcement=as_posted(announcement), text=text_in(announcement, channel, reader))


async def _of_leavers(uow: AnnouncementsUnitOfWork, announcement: Announcement) -> Audience:
    """Return what somebody must still meet to be told: the audience but its languages.

    Whoever changed the language reads it in the new one. Where a list or a unit that was named does not exist any more,
    nobody has left by that: it is only asked whether they are still of the university.
    """
    audience = people_of(announcement) or Audience()
    kept = Audience(included=_lasting(audience.included), excluded=_lasting(audience.excluded))
    if await uow.audiences.find_unknown(kept):
        anybody = (Term(key=TermKey.ROLE, values=(*PersonKind, GUEST)),) if kept.names_guests else ()
        kept = Audience(included=(*anybody, *(term for term in kept.included if term.key is TermKey.STATUS)))
    return kept


def _lasting(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(term for term in terms if term.key is not TermKey.LANG)
