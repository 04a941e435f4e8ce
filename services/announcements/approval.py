"""The second person: an announcement to very many, or an urgent one, goes out once an approver has looked at it."""

from dataclasses import replace
from datetime import datetime

from services.access import Actor, Role
from services.announcements import rules
from services.announcements.channels import stands_joint
from services.announcements.dto import Announcement, AnnouncementStage
from services.announcements.errors import ApprovalStale, NoSuchAnnouncement, PreviewNotSeen, ReasonUnusable
from services.announcements.notices import approved_notice, preview_notice, returned_notice, subject_of
from services.announcements.promising import promises_too_much
from services.announcements.sending_dto import Approval, ApprovalReason
from services.announcements.sending_ports import SendingUnitOfWork
from services.announcements.submitting import count_ready, let_go
from services.audit.dto import Act
from services.languages import Language
from services.ports import Bell, Calendar, Clock, Factory

#: Signs of a word with which something is sent back.
LONGEST_REASON = 500


class ApprovalService:
    """Looking at what waits for an approval, approving it, sending it back."""

    def __init__(
        self,
        unit_of_work: Factory[SendingUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        *,
        approval_above: int,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._above = approval_above

    async def open(self, actor: Actor, announcement_id: int) -> Approval:
        """Return what an approver decides about, and send it to them as its readers will get it.

        Raises:
            ApprovalStale: it does not wait for an approval, or no longer.
            OwnAnnouncement: they wrote in it, or submitted it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            waiting = _waiting(actor, announcement_id, await uow.announcements.find(announcement_id), None)
            for language in Language:
                if actor.account_id is not None:
                    await uow.outbox.add(preview_notice(waiting, actor.account_id, now, language=language), now)
            if actor.account_id is not None and await stands_joint(uow, waiting):
                await uow.outbox.add(preview_notice(waiting, actor.account_id, now, joint=True), now)
            by = waiting.announced_by
            author = await uow.sendings.find_name(by) if by is not None else ""
            channels = tuple(await uow.channels.list_named(waiting.channels))
            promises = await promises_too_much(uow, waiting)
            await uow.commit()
        self._outbox_bell.ring()
        return replace(self._approval(waiting, author, now), channels=channels, promises=promises)

    async def approve(self, actor: Actor, announcement_id: int, version: int) -> Announcement:
        """Let it go out as it was shown: at its time, or at once.

        Raises:
            ApprovalStale: it was changed since, or somebody has decided.
            ChannelsClosed: the bot may not write in one of its channels any more.
            NobodyMeant: its audience is nobody by now.
            OwnAnnouncement: they wrote in it, or submitted it.
            PreviewNotSeen: the preview has not come to them yet.
        """
        now = self._clock.now()
        today = self._calendar.today(now)
        async with self._unit_of_work() as uow:
            waiting = _waiting(actor, announcement_id, await uow.announcements.lock(announcement_id), version)
            approver, subject = actor.account_id, subject_of(announcement_id)
            if approver is None or not await uow.sendings.has_seen(approver, subject, version):
                raise PreviewNotSeen(announcement_id)
            count = await count_ready(uow, waiting, today)
            approved = await let_go(uow, waiting, count, today, now, approved_by=approver)
            for writer in sorted(rules.writers_of(waiting)):
                await uow.outbox.add(approved_notice(approved, writer, now), now)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_APPROVED, subject, now, recipients=count.recipients)
            await uow.commit()
        self._outbox_bell.ring()
        return approved

    async def send_back(self, actor: Actor, announcement_id: int, version: int, reason: str) -> None:
        """Make it a draft again, with a word for whoever wrote it.

        Raises:
            ApprovalStale: it was changed since, or somebody has decided.
            OwnAnnouncement: they wrote in it, or submitted it.
            ReasonUnusable: the word is empty or too long.
        """
        now, word = self._clock.now(), " ".join(reason.split())
        if not 0 < len(word) <= LONGEST_REASON:
            raise ReasonUnusable(LONGEST_REASON)
        async with self._unit_of_work() as uow:
            waiting = _waiting(actor, announcement_id, await uow.announcements.lock(announcement_id), version)
            await uow.announcements.send_back(announcement_id, word)
            for writer in sorted(rules.writers_of(waiting)):
                await uow.outbox.add(returned_notice(waiting, writer, now), now)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_RETURNED, subject_of(announcement_id), now)
            await uow.commit()
        self._outbox_bell.ring()

    def _approval(self, waiting: Announcement, author: str, now: datetime) -> Approval:
        wanted = waiting.options.wanted_at
        many: tuple[ApprovalReason, ...] = (ApprovalReason.MANY,) if waiting.recipients > self._above else ()
        many += (ApprovalReason.CHANNELS,) if waiting.channels else ()
        return Approval(
            announcement=waiting,
            recipients=waiting.recipients,
            reasons=(*many, ApprovalReason.URGENT) if waiting.options.urgent else many,
            is_past=wanted is not None and wanted <= now,
            author=author,
        )


def _waiting(
    actor: Actor, announcement_id: int, announcement: Announcement | None, version: int | None
) -> Announcement:
    """Return what waits for this approver, in the version that they were shown."""
    if announcement is None:
        actor.require(Role.APPROVER)
        raise NoSuchAnnouncement(announcement_id)
    rules.check_approver(actor, announcement)
    if announcement.stage is not AnnouncementStage.AWAITING_APPROVAL or version not in {None, announcement.version}:
        raise ApprovalStale(announcement_id)
    return announcement
