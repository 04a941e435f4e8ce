"""Announcing, and what becomes of an announcement."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from services.access import Actor
from services.announcements import rules
from services.announcements.beginning import begin
from services.announcements.dto import (
    Announced,
    Announcement,
    AnnouncementDraft,
    AnnouncementState,
    AnnouncementView,
    Category,
    NewAnnouncement,
    StateChange,
)
from services.announcements.errors import (
    AnnouncementEnded,
    ApprovalNeeded,
    NobodyLeftOut,
    NobodyMeant,
    NoSuchAnnouncement,
    NotBegun,
)
from services.announcements.notices import subject_of
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.recipients import count_people
from services.announcements.rights import Rights
from services.announcements.standing import state_of, view_of
from services.announcements.wording import check_texts
from services.audience.dto import AudienceCount
from services.audience.rules import read_audience
from services.audience.service import count_known
from services.audit.dto import Act
from services.delivery.dto import Outcome, Urgency
from services.ports import Bell, Calendar, Clock, Factory

#: Whom a person may send it to once more.
AGAIN = frozenset({Outcome.UNKNOWN, Outcome.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A word of somebody about an announcement: `step` does it, False if it has another state by now."""

    act: Act
    wanted: frozenset[AnnouncementState]
    check: Callable[[AnnouncementsUnitOfWork, Actor, Announcement | None, date], Awaitable[None]]
    step: Callable[[AnnouncementsUnitOfWork, Announcement, datetime], Awaitable[bool]]


class AnnouncementService:
    """Words for an audience, now or at a time. From its beginning on, the delivery engine has an announcement.

    `approval_above`: what nobody approved is not resumed for more recipients; None where only the operator acts.
    """

    def __init__(
        self,
        unit_of_work: Factory[AnnouncementsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        *,
        approval_above: int | None = None,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._above = approval_above
        self._rights = Rights(administrators)

    async def announce(self, actor: Actor, new: NewAnnouncement) -> Announced:
        """Announce something: what is due now begins at once, anything else waits for its time.

        Raises:
            AudienceUnreadable: the audience is no expression.
            AudienceUnknown: it names what does not exist.
            DueInPast: the time is past.
            FallbackMissing: the text that was named instead of others is missing.
            NobodyMeant: the audience is nobody.
            TextMissing: a language has no text, and none was named instead.
            TextUnusable: Telegram would not show a text as it is meant.
        """
        actor.require_any(*rules.ANNOUNCERS)
        now = self._clock.now()
        draft = _draft(actor, new, now)
        async with self._unit_of_work() as uow:
            if new.due_at is None:
                announcement = await uow.announcements.add(draft, 0, now)
                count = await begin(uow, announcement, self._today(now), now)
            else:
                count = await _count(uow, draft, self._today(now))
                announcement = await uow.announcements.add(draft, count.recipients, now)
            if not count.recipients:
                raise NobodyMeant
            subject = subject_of(announcement.id)
            await uow.audit.add(actor, Act.ANNOUNCED, subject, now, recipients=count.recipients)
            await uow.commit()
        self._outbox_bell.ring()
        return Announced(id=announcement.id, recipients=count.recipients, unreachable=count.unreachable)

    async def get(self, actor: Actor, announcement_id: int) -> AnnouncementView:
        """Return how an announcement stands."""
        async with self._unit_of_work() as uow:
            announcement = await uow.announcements.find(announcement_id)
            rules.check_stopping(actor, announcement)
            if announcement is None:
                raise NoSuchAnnouncement(announcement_id)
            return await view_of(uow, announcement)

    async def pause(self, actor: Actor, announcement_id: int) -> StateChange:
        """Let nothing more of it go out until somebody says so."""
        change = _Change(
            act=Act.ANNOUNCEMENT_PAUSED,
            wanted=frozenset({AnnouncementState.PAUSED}),
            check=_check_stopping,
            step=_pause,
        )
        return await self._change(actor, announcement_id, change)

    async def resume(self, actor: Actor, announcement_id: int) -> StateChange:
        """Go on with a paused one: with what has not gone out; at its time, or now if that is past.

        Whoever says so answers for what has not begun.
        """
        change = _Change(
            act=Act.ANNOUNCEMENT_RESUMED,
            wanted=frozenset({AnnouncementState.SCHEDULED, AnnouncementState.SENDING}),
            check=self._rights.check_release,
            step=partial(self._resume, by=actor.account_id),
        )
        return await self._change(actor, announcement_id, change)

    async def cancel(self, actor: Actor, announcement_id: int) -> StateChange:
        """End it: whoever it has not been sent to never gets it."""
        change = _Change(
            act=Act.ANNOUNCEMENT_CANCELLED,
            wanted=frozenset({AnnouncementState.CANCELLED}),
            check=self._rights.check_end,
            step=_cancel,
        )
        return await self._change(actor, announcement_id, change)

    async def send_again(self, actor: Actor, announcement_id: int, outcomes: Collection[Outcome]) -> int:
        """Send it once more to those with whom it ended so (see `AGAIN`); some may get it twice. Returns how many."""
        now, chosen = self._clock.now(), AGAIN.intersection(outcomes)
        async with self._unit_of_work() as uow:
            locked = await uow.announcements.lock(announcement_id)
            rules.check_sending(actor, locked)
            announcement = _known(locked, announcement_id)
            state = await state_of(uow, announcement)
            if state is AnnouncementState.CANCELLED or announcement.withdrawn_at is not None:
                raise AnnouncementEnded(announcement_id, AnnouncementState.CANCELLED)
            if announcement.notice_id is None:
                raise NotBegun(announcement_id)
            again = await uow.broadcasts.send_again(announcement.notice_id, chosen, now)
            if not again:
                raise NobodyLeftOut(announcement_id)
            subject, told = subject_of(announcement_id), sorted(outcome.value for outcome in chosen)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_SENT_AGAIN, subject, now, outcomes=told, recipients=again)
            await uow.commit()
        self._outbox_bell.ring()
        return again

    async def _change(self, actor: Actor, announcement_id: int, change: _Change) -> StateChange:
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            locked = await uow.announcements.lock(announcement_id)
            await change.check(uow, actor, locked, self._today(now))
            announcement = _known(locked, announcement_id)
            before = await state_of(uow, announcement)
            if before in change.wanted:
                return StateChange(state=before, changed=False)
            if before in rules.UNSUBMITTED and change.act is not Act.ANNOUNCEMENT_CANCELLED:
                raise NotBegun(announcement_id)
            if before in rules.ENDED or not await change.step(uow, announcement, now):
                raise AnnouncementEnded(announcement_id, await state_of(uow, announcement))
            await uow.audit.add(actor, change.act, subject_of(announcement_id), now)
            after = await uow.announcements.find(announcement_id) or announcement
            state = await state_of(uow, after)
            await uow.commit()
        self._outbox_bell.ring()
        return StateChange(state=state, changed=True)

    async def _resume(
        self, uow: AnnouncementsUnitOfWork, announcement: Announcement, now: datetime, *, by: int | None
    ) -> bool:
        if announcement.notice_id is not None:
            return await uow.broadcasts.resume(announcement.notice_id, now)
        await uow.announcements.note_submitter(announcement.id, by)
        if announcement.due_at <= now:
            above = self._above if rules.may_outgrow(announcement) else None
            if above is not None and (await count_people(uow, announcement, self._today(now))).recipients > above:
                raise ApprovalNeeded(announcement.id)
            await begin(uow, announcement, self._today(now), now)
        else:
            await uow.announcements.schedule(announcement.id)
        return True

    def _today(self, now: datetime) -> date:
        return self._calendar.today(now)


def _draft(actor: Actor, new: NewAnnouncement, now: datetime) -> AnnouncementDraft:
    """Check everything that needs no storage."""
    texts = check_texts(new.texts, new.fallback)
    read_audience(new.audience)
    return AnnouncementDraft(
        texts=texts,
        fallback=new.fallback if len(texts) < len(rules.LANGUAGES) else None,
        audience=" ".join(new.audience.split()),
        urgency=Urgency.URGENT if new.urgent else Urgency.NORMAL,
        due_at=rules.check_due(new.due_at, now),
        late_after=new.late_after,
        if_late=new.if_late,
        announced_by=actor.account_id,
        approved_at=now if actor.account_id is None else None,  # the operator's own act is approved by it
    )


async def _count(uow: AnnouncementsUnitOfWork, draft: AnnouncementDraft, today: date) -> AudienceCount:
    category = None if draft.urgency is Urgency.URGENT else Category.GENERAL.value
    return await count_known(uow.audiences, read_audience(draft.audience), today, category)


def _known(announcement: Announcement | None, announcement_id: int) -> Announcement:
    if announcement is None:
        raise NoSuchAnnouncement(announcement_id)
    return announcement


async def _check_stopping(
    _uow: AnnouncementsUnitOfWork, actor: Actor, announcement: Announcement | None, _today: date
) -> None:
    rules.check_stopping(actor, announcement)


async def _pause(uow: AnnouncementsUnitOfWork, announcement: Announcement, _now: datetime) -> bool:
    if announcement.notice_id is not None:
        return await uow.broadcasts.pause(announcement.notice_id)
    await uow.announcements.pause(announcement.id)
    return True


async def _cancel(uow: AnnouncementsUnitOfWork, announcement: Announcement, now: datetime) -> bool:
    if announcement.notice_id is not None:
        return await uow.broadcasts.cancel(announcement.notice_id, now)
    await uow.announcements.cancel(announcement.id)
    return True
