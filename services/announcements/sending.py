"""Drafts on their way out: how they would go, looking at them as their readers will, submitting them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from services.access import Actor, Role
from services.announcements import rules
from services.announcements.channels import stands_joint
from services.announcements.drafts import DraftService, require_changeable
from services.announcements.dto import Announcement, DraftChange
from services.announcements.errors import (
    DraftChanged,
    NobodyApproves,
    NobodyElse,
    SubmittedAlready,
    TextMissing,
)
from services.announcements.moments import read_moment
from services.announcements.notices import preview_notice, subject_of, to_approve
from services.announcements.promising import promises_too_much
from services.announcements.recipients import count_if_known
from services.announcements.sending_dto import Option, SendingPlan, Submitted
from services.announcements.sending_ports import SendingUnitOfWork
from services.announcements.submitting import (
    approvers_of,
    count_ready,
    find_twin,
    is_submitted,
    let_go,
)
from services.audience.dto import AudienceCount
from services.audit.dto import Act
from services.languages import Language
from services.ports import Bell, Calendar, Clock, Factory


class SendingService:
    """From a draft to what goes out. `approval_above`: with more recipients somebody else must approve."""

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
        self._drafts = DraftService(unit_of_work, clock)
        self._above = approval_above

    async def plan(self, actor: Actor, draft_id: int) -> SendingPlan:
        """Return what would happen if it were sent as it is."""
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.find(draft_id))
            return await self._plan(uow, actor, draft)

    async def switch(self, actor: Actor, draft_id: int, version: int, option: Option) -> SendingPlan:
        """Switch something of how it goes out on or off."""
        old = (await self._drafts.get(actor, draft_id)).options
        options = replace(
            old,
            urgent=old.urgent is not (option is Option.URGENT),
            asks_reading=old.asks_reading is not (option is Option.READING),
            is_public=old.is_public is not (option is Option.PUBLIC),
        )
        await self._drafts.change(actor, draft_id, version, DraftChange(options=options))
        return await self.plan(actor, draft_id)

    async def set_time(self, actor: Actor, draft_id: int, version: int, typed: str) -> SendingPlan:
        """Let it go out at a time as people type it (`25.11 14:30`); empty: at once.

        Raises:
            DueInPast: the time is past.
            MomentUnreadable: it is no time.
        """
        return await self._set(actor, draft_id, version, self._read(typed, self._clock.now()) if typed else None)

    async def set_hour(self, actor: Actor, draft_id: int, version: int, days: int, hour: int) -> SendingPlan:
        """Let it go out at an hour of the day that is so many days from today.

        Raises:
            DueInPast: the time is past.
        """
        today = self._calendar.today(self._clock.now())
        wanted_at = self._calendar.moment_of(today + timedelta(days=days), time(hour))
        return await self._set(actor, draft_id, version, wanted_at)

    async def take_back(self, actor: Actor, draft_id: int, version: int) -> SendingPlan:
        """Make what waits for an approval or for its time a draft again."""
        await self._drafts.change(actor, draft_id, version, DraftChange())
        return await self.plan(actor, draft_id)

    async def preview(self, actor: Actor, draft_id: int) -> int:
        """Send it to whoever asks, once for each language in which somebody would get it; returns how many languages.

        Where it is to stand in a channel in all languages, that comes as well.

        Raises:
            TextMissing: there is none in any language.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.find(draft_id))
            languages = _readable(draft)
            for language in languages:
                if actor.account_id is not None:
                    await uow.outbox.add(preview_notice(draft, actor.account_id, now, language=language), now)
            if actor.account_id is not None and await stands_joint(uow, draft):
                await uow.outbox.add(preview_notice(draft, actor.account_id, now, joint=True), now)
            await uow.commit()
        self._outbox_bell.ring()
        return len(languages)

    async def preview_to_group(self, actor: Actor, draft_id: int) -> int:
        """Send it to the other editors and approvers, each in their own language; returns to how many.

        Raises:
            NobodyElse: there are none.
            TextMissing: there is no text for all languages.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.find(draft_id))
            if draft.group_name is not None:  # colleagues in the editorial office do not look at what curators write
                raise NobodyElse
            if missing := [language for language in Language if language not in _readable(draft)]:
                raise TextMissing(missing)
            group = await uow.sendings.list_holders(
                [Role.EDITOR, Role.APPROVER], draft.unit_code, self._calendar.today(now)
            )
            others = [account for account in group if account != actor.account_id]
            if not others:
                raise NobodyElse
            for account in others:
                await uow.outbox.add(preview_notice(draft, account, now), now)
            await uow.commit()
        self._outbox_bell.ring()
        return len(others)

    async def submit(
        self, actor: Actor, draft_id: int, version: int, *, screen: int = 0, anyway: bool = False
    ) -> Submitted:
        """Send it, or ask for the approval it needs. With a twin nothing is written, unless it is wanted `anyway`.

        `screen`: the message in which whoever sends it watches; 0 for none.

        Raises:
            AudienceUnknown: the audience names what does not exist.
            DraftChanged: it was changed since it was shown.
            DueInPast: the time is past.
            NobodyApproves: there is no approver besides those who wrote it.
            ChannelsClosed: the bot may not write in one of its channels any more.
            ChannelTextTooLong: all texts together do not fit into one message of a channel.
            NobodyMeant: the audience is nobody.
            SubmittedAlready: somebody was quicker.
            TextMissing, FallbackMissing, TextUnusable: it is not ready.
        """
        now = self._clock.now()
        today = self._calendar.today(now)
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.lock(draft_id))
            if is_submitted(draft):
                raise SubmittedAlready(draft_id)
            if draft.version != version:
                raise DraftChanged(draft_id)
            count = await count_ready(uow, draft, today)
            rules.check_due(draft.options.wanted_at, now)
            twin = None if anyway else await find_twin(uow, draft, today, now)
            if twin is not None:
                return Submitted(announcement=draft, recipients=count.recipients, twin=twin)
            submitted = await self._submit(uow, actor, draft, count, now)
            begun = submitted.announcement.notice_id is not None
            if begun and screen and actor.account_id is not None:
                await uow.sendings.watch(draft_id, actor.account_id, screen, now)
            await uow.commit()
        self._outbox_bell.ring()
        return submitted

    async def _set(self, actor: Actor, draft_id: int, version: int, wanted_at: datetime | None) -> SendingPlan:
        rules.check_due(wanted_at, self._clock.now())
        options = (await self._drafts.get(actor, draft_id)).options
        change = DraftChange(options=replace(options, wanted_at=wanted_at))
        await self._drafts.change(actor, draft_id, version, change)
        return await self.plan(actor, draft_id)

    async def _submit(
        self, uow: SendingUnitOfWork, actor: Actor, draft: Announcement, count: AudienceCount, now: datetime
    ) -> Submitted:
        today, subject, approvers = self._calendar.today(now), subject_of(draft.id), list[int]()
        await uow.announcements.note_submitter(draft.id, actor.account_id)
        if rules.approval_reasons(actor, draft, count.recipients, self._above):
            approvers = await approvers_of(uow, actor, draft, today)
            if not approvers:
                raise NobodyApproves(draft.id)
            await uow.announcements.submit(draft.id, count.recipients)
            for account in approvers:
                await uow.outbox.add(to_approve(draft, account, now), now)
            await uow.audit.add(actor, Act.ANNOUNCEMENT_SUBMITTED, subject, now, recipients=count.recipients)
        else:
            await let_go(uow, draft, count, today, now)
            await uow.audit.add(actor, Act.ANNOUNCED, subject, now, recipients=count.recipients)
        after = await uow.announcements.find(draft.id) or draft
        return Submitted(announcement=after, recipients=count.recipients, approvers=len(approvers))

    async def _plan(self, uow: SendingUnitOfWork, actor: Actor, draft: Announcement) -> SendingPlan:
        now = self._clock.now()
        today = self._calendar.today(now)
        count = await count_if_known(uow, draft, today)
        recipients = count.recipients if count is not None else None
        return SendingPlan(
            draft=draft,
            recipients=recipients,
            unreachable=count.unreachable if count is not None else 0,
            reasons=rules.approval_reasons(actor, draft, recipients or 0, self._above),
            approvers=len(await approvers_of(uow, actor, draft, today)),
            above=self._above,
            channels=tuple(await uow.channels.list_named(draft.channels)),
            promises=await promises_too_much(uow, draft),
        )

    def _read(self, typed: str, now: datetime) -> datetime:
        day, at = read_moment(typed, self._calendar.today(now), self._calendar.time_of_day(now))
        return self._calendar.moment_of(day, at)


def _readable(draft: Announcement) -> list[Language]:
    """Return the languages whose readers would get something; at least one."""
    if draft.fallback in draft.texts:
        return list(Language)
    if not draft.texts:
        raise TextMissing(tuple(Language))
    return [language for language in Language if language in draft.texts]
