"""Correcting what is out, and taking it back."""

from datetime import datetime

from services.access import Actor, Role
from services.announcements.channels import require_joint
from services.announcements.dto import Announcement
from services.announcements.errors import NobodyApproves
from services.announcements.notices import subject_of
from services.announcements.standing import state_of
from services.audit.dto import Act
from services.languages import Language
from services.ports import Bell, Calendar, Clock, Factory
from services.revisions import rules
from services.revisions.beginning import begin_correction, begin_recall
from services.revisions.dto import (
    Correcting,
    Reach,
    Revision,
    RevisionStage,
    RevisionView,
    Sent,
    ShownCorrection,
    UnreachedReader,
    WaitingCorrection,
)
from services.revisions.errors import CorrectionChanged, CorrectionNotSeen, NothingCorrected
from services.revisions.finding import Found, find, find_out, find_waiting, running
from services.revisions.notices import correction_decided, correction_waiting
from services.revisions.ports import RevisionsUnitOfWork

#: Of what was done to an announcement, so much is shown.
MOST_SHOWN = 5


class RevisionService:
    """Changes the messages of announcements, by broadcasts of their own."""

    def __init__(
        self,
        unit_of_work: Factory[RevisionsUnitOfWork],
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
        self._approval_above = approval_above

    async def get(self, actor: Actor, announcement_id: int) -> RevisionView:
        """Return what is out and what is done to it.

        Raises:
            NoSuchAnnouncement: there is none.
            NotOutYet: nobody has got it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement, original = await find_out(uow, actor, announcement_id)
            return await self._view(uow, actor, announcement, original, now)

    async def find_texts(self, actor: Actor, announcement_id: int) -> Announcement:
        """Return an announcement whose texts are taken along for other places.

        Raises:
            NoSuchAnnouncement: there is none.
            NotOutYet: nobody has got it.
        """
        async with self._unit_of_work() as uow:
            return (await find_out(uow, actor, announcement_id))[0]

    async def get_draft(self, actor: Actor, announcement_id: int) -> Correcting:
        """Return what is to be corrected; the refusals are those of `find_texts`, here and in `count`."""
        async with self._unit_of_work() as uow:
            announcement, _original = await find_out(uow, actor, announcement_id)
            draft = await uow.revisions.find_open(announcement_id)
        needs_approval = rules.needs_approval(actor, announcement, self._approval_above)
        return Correcting(announcement=announcement, draft=draft, needs_approval=needs_approval)

    async def count(self, actor: Actor, announcement_id: int) -> Reach:
        """Count the messages of an announcement."""
        async with self._unit_of_work() as uow:
            _announcement, original = await find_out(uow, actor, announcement_id)
            return await uow.revisions.reach(original, self._clock.now() - rules.DELETABLE_FOR)

    async def write(
        self, actor: Actor, announcement_id: int, shown: ShownCorrection, language: Language, html: str
    ) -> Revision:
        """Put a text into the correction that was shown, or begin one where there was none; it is a draft (again).

        Raises:
            AlreadyWithdrawn, NotOutYet: there is nothing to correct.
            ChannelTextTooLong: all texts together do not fit into one message of a channel.
            CorrectionChanged: somebody else has written in it since, or sent, dropped or begun it.
            TextUnusable: Telegram would not show it as it is meant.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = rules.require_changer(actor, await uow.announcements.lock(announcement_id))
            rules.require_out(announcement)
            text = rules.check_text(announcement, language, html)
            revision = await uow.revisions.find_open(announcement_id)
            rules.require_unchanged(revision, shown)
            if revision is None:
                revision = await uow.revisions.open_correction(
                    announcement_id, announcement.version, actor.account_id, now
                )
            texts = {**revision.texts, language: text}
            await require_joint(uow, rules.merged(announcement, texts, now))
            written = await uow.revisions.put_texts(revision, texts, actor.account_id)
            await uow.commit()
        return written

    async def look(self, actor: Actor, revision_id: int) -> WaitingCorrection:
        """Return a correction that has not begun, for who writes it or approves it; it is kept that an approver saw it.

        Raises:
            CorrectionChanged: it was sent or dropped.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            revision = await uow.revisions.find(revision_id)
            announcement = await uow.announcements.find(revision.announcement_id) if revision else None
            approves = announcement is not None and actor.has(Role.APPROVER, announcement.unit_code)
            if not approves:
                rules.require_changer(actor, announcement)
            if revision is None or announcement is None or revision.stage not in rules.OPEN_STAGES:
                raise CorrectionChanged
            reach = await uow.revisions.reach(rules.require_out(announcement), now)
            waits = revision.stage is RevisionStage.AWAITING_APPROVAL
            may_approve = approves and waits and actor.account_id not in revision.writers
            if may_approve and actor.account_id is not None:
                await uow.revisions.note_seen(revision, actor.account_id)
                await uow.commit()
        after = rules.merged(announcement, revision.texts, now)
        return WaitingCorrection(revision=revision, after=after, messages=reach.messages, may_approve=may_approve)

    async def send(self, actor: Actor, revision_id: int, version: int) -> Sent:
        """Change all messages, or ask the approvers where a second person is needed.

        Raises:
            AlreadyWithdrawn: it was taken back meanwhile.
            CorrectionChanged: it is not the one that was shown (`version`), or waits for its approver already.
            NobodyApproves: there is no approver besides those who wrote it.
            NothingCorrected: no text differs from what is out.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            found = await find(uow, revision_id, version)
            rules.require_changer(actor, found.announcement)
            rules.require_out(found.announcement)
            if found.revision.stage is not RevisionStage.DRAFT:
                raise CorrectionChanged
            if not rules.differing(found.announcement, found.revision.texts):
                raise NothingCorrected(found.announcement.id)
            if rules.needs_approval(actor, found.announcement, self._approval_above):
                sent = await self._ask(uow, actor, found, now)
            else:
                sent = await self._begin(uow, actor, found, None, now)
            await uow.commit()
        self._outbox_bell.ring()
        return sent

    async def approve(self, actor: Actor, revision_id: int, version: int) -> Sent:
        """Let a correction begin that somebody else wrote.

        Raises:
            CorrectionChanged: it is not the one that was shown, or waits for nobody any more.
            CorrectionNotSeen: the actor has not looked at it as it is now.
            OwnCorrection: the actor wrote in it, or submitted it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            found = await find_waiting(uow, actor, revision_id, version)
            if actor.account_id not in found.revision.seen_by:
                raise CorrectionNotSeen
            sent = await self._begin(uow, actor, found, actor.account_id, now)
            await _tell_author(uow, found.revision, now, approved=True)
            await uow.commit()
        self._outbox_bell.ring()
        return sent

    async def send_back(self, actor: Actor, revision_id: int, version: int) -> None:
        """Make a correction a draft again, because the approver does not agree; its author is told."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            found = await find_waiting(uow, actor, revision_id, version)
            await uow.revisions.send_back(revision_id)
            await _tell_author(uow, found.revision, now, approved=False)
            await uow.commit()
        self._outbox_bell.ring()

    async def drop(self, actor: Actor, announcement_id: int, version: int) -> None:
        """End the correction that is open; doing it twice does no harm.

        Raises:
            CorrectionChanged: it is not the one that was shown (`version`).
        """
        async with self._unit_of_work() as uow:
            rules.require_changer(actor, await uow.announcements.lock(announcement_id))
            revision = await uow.revisions.find_open(announcement_id)
            if revision is not None and revision.version != version:
                raise CorrectionChanged
            await uow.revisions.drop(announcement_id)
            await uow.commit()

    async def recall(self, actor: Actor, announcement_id: int) -> int:
        """Take an announcement back; returns how many messages that concerns. Nobody has to approve: harm is stopped.

        Raises:
            AlreadyWithdrawn: it was taken back before.
            NotOutYet: nobody has got it.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = rules.require_changer(actor, await uow.announcements.lock(announcement_id))
            messages = await begin_recall(uow, announcement, actor.account_id, now)
            subject = subject_of(announcement_id)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_WITHDRAWN, subject, now, messages=messages)
            await uow.commit()
        self._outbox_bell.ring()
        return messages

    async def list_unreached(self, actor: Actor, announcement_id: int) -> list[UnreachedReader]:
        """Return, by name, who keeps what was sent first although it was corrected or taken back."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            announcement = rules.require_changer(actor, await uow.announcements.find(announcement_id))
            begun = await uow.revisions.list_begun(announcement_id)
            if announcement.notice_id is None or not begun or begun[0].notice_id is None:
                return []
            unreached = await uow.revisions.list_unreached(announcement.notice_id, begun[0].notice_id)
            subject = subject_of(announcement_id)
            await uow.audit.add(actor, Act.UNREACHED_LISTED, subject, now, readers=len(unreached))
            await uow.commit()
        return unreached

    async def _view(
        self, uow: RevisionsUnitOfWork, actor: Actor, announcement: Announcement, original: int, now: datetime
    ) -> RevisionView:
        begun = await uow.revisions.list_begun(announcement.id)
        shown = [await running(uow, revision) for revision in begun[:MOST_SHOWN]]
        latest = begun[0].notice_id if begun else None
        return RevisionView(
            announcement=announcement,
            state=await state_of(uow, announcement),
            reach=await uow.revisions.reach(original, now - rules.DELETABLE_FOR),
            draft=await uow.revisions.find_open(announcement.id),
            begun=tuple(shown),
            unreached=await uow.revisions.count_unreached(original, latest) if latest is not None else 0,
            needs_approval=rules.needs_approval(actor, announcement, self._approval_above),
        )

    async def _begin(
        self, uow: RevisionsUnitOfWork, actor: Actor, found: Found, approved_by: int | None, now: datetime
    ) -> Sent:
        messages = await begin_correction(uow, found.announcement, found.revision, approved_by, now)
        subject = subject_of(found.announcement.id)
        await uow.audit.add(actor, Act.ANNOUNCEMENT_CORRECTED, subject, now, messages=messages)
        return Sent(announcement_id=found.announcement.id, begun=True, messages=messages)

    async def _ask(self, uow: RevisionsUnitOfWork, actor: Actor, found: Found, now: datetime) -> Sent:
        today, writers = self._calendar.today(now), found.revision.writers
        if actor.account_id is not None:
            writers |= {actor.account_id}
        approvers = await uow.revisions.list_approvers(found.announcement.unit_code, today, but=writers)
        if not approvers:
            raise NobodyApproves(found.announcement.id)
        await uow.revisions.submit(found.revision.id, writers)
        for approver in approvers:
            await uow.outbox.add(correction_waiting(found.revision, approver, now), now)
        await uow.audit.add(actor, Act.CORRECTION_SUBMITTED, subject_of(found.announcement.id), now)
        return Sent(announcement_id=found.announcement.id, begun=False, approvers=len(approvers))


async def _tell_author(uow: RevisionsUnitOfWork, revision: Revision, now: datetime, *, approved: bool) -> None:
    if revision.made_by is not None:
        await uow.outbox.add(correction_decided(revision, revision.made_by, now, approved=approved), now)
