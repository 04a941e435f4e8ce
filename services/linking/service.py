"""Consent, linking by a code or by one's own contact, and what ends a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from services.access import Actor, LinkedPerson, LinkFrozen
from services.audit.dto import Act
from services.errors import Refusal
from services.languages import Language
from services.linking import notices
from services.linking.codes import LinkCodes
from services.linking.dto import (
    AccountStanding,
    Attempts,
    GroupPreview,
    IssuedLinkCode,
    LinkEnd,
    LinkWay,
    PrintedCodes,
    SharedContact,
)
from services.linking.errors import (
    ConsentNeeded,
    ContactLocked,
    LinkCodeUnknown,
    LinkedToAnother,
    LinkingLocked,
    LinkStandsNoMore,
    NotFrozen,
    NumberNotRecognised,
    OwnAccount,
    PersonNotLinked,
)
from services.linking.joining import Joining, account_of, admit, join
from services.linking.ports import Alarm, CodeSheetPrinter, LinkingUnitOfWork
from services.linking.rules import (
    ALARM_EVERY,
    ALARMING,
    CONSENT_VERSION,
    after_failure,
    code_refusal,
    contact_refusal,
    digest,
    is_done,
    known_by_number,
    may_disown,
)
from services.people.rules import phone_key
from services.ports import Bell, Calendar, Clock, Factory
from services.roles.errors import LastAdministrator

_NO_ATTEMPTS = Attempts(failures=0, locked_until=None)


@dataclass(frozen=True, slots=True)
class _InVain:
    """A try that was counted; `alarm`: how many accounts are locked, where the operators are to be told."""

    refusal: Refusal
    alarm: int | None


class LinkingService:
    """Who is who: an account belongs to at most one person, and a person to one account.

    `administrators` are Telegram ids that the operator's settings name.
    """

    def __init__(
        self,
        unit_of_work: Factory[LinkingUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        menu_bell: Bell,
        *,
        administrators: Collection[int] = (),
        alarm: Alarm | None = None,
        sheets: CodeSheetPrinter | None = None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._menu_bell = menu_bell
        self._administrators = frozenset(administrators)
        self._alarm = alarm
        self._codes = LinkCodes(unit_of_work, clock, calendar, sheets)

    async def issue_code(self, actor: Actor, person_no: str, *, days: int = 7) -> IssuedLinkCode:
        """Give a person a fresh one-time code; their earlier unused codes stop working."""
        return await self._codes.issue(actor, person_no, timedelta(days=days))

    def check_issuing(self, actor: Actor) -> None:
        """Refuse whoever may not give codes, before they type anything."""
        actor.require_official()

    async def get_group(self, actor: Actor, group_name: str) -> GroupPreview:
        """Return a group by however its name is typed, before codes are given to it."""
        return await self._codes.get_group(actor, group_name)

    async def issue_group_codes(self, actor: Actor, group_name: str, *, days: int = 30) -> PrintedCodes:
        """Give everybody of a group who is not linked a fresh code, on a sheet; earlier unused codes stop working.

        Without the sheet nothing is given, and the earlier codes live on.
        """
        return await self._codes.issue_for_group(actor, group_name, timedelta(days=days))

    async def forget(self) -> int:
        """Forget unused codes that are too old for long; return how many."""
        return await self._codes.forget()

    async def agree(self, actor: Actor, version: str, language: Language) -> None:
        """Keep that somebody agreed to the text about personal data, and in which language they read it."""
        account_id = account_of(actor)
        if version != CONSENT_VERSION:
            raise ConsentNeeded
        async with self._unit_of_work() as uow:
            await uow.links.add_consent(account_id, version, language, self._clock.now())
            await uow.commit()

    async def check_consent(self, actor: Actor) -> None:
        """Refuse whoever is frozen, or has not agreed to the present text yet."""
        async with self._unit_of_work() as uow:
            await admit(uow, account_of(actor))

    async def link(self, actor: Actor, secret: str | bytes) -> LinkedPerson:
        """Link the actor's account by a code, typed or from a deep link, or by the digest of one.

        Once more by the same code changes nothing. A wrong try is counted even though it is refused. The person's
        former account is told.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account, attempts = await self._open(uow, actor, LinkWay.CODE)
            if attempts.locked_until is not None and attempts.locked_until > now:
                raise LinkingLocked(attempts.locked_until)
            code = await uow.link_codes.lock(digest(secret) if isinstance(secret, str) else secret)
            if code is not None and is_done(code, account):
                return code.person
            refused = code_refusal(code, now, attempts.failures + 1)
            if refused is None and code is not None:
                await join(uow, Joining(actor=actor, account=account, person=code.person, way=LinkWay.CODE), now)
                await uow.link_codes.use(code.id, account.account_id, now)
                await uow.link_codes.set_attempts(account.account_id, LinkWay.CODE, _NO_ATTEMPTS)
                await uow.commit()
                self._ring()
                return code.person
            in_vain = await self._count(uow, actor, LinkWay.CODE, attempts, refused or LinkCodeUnknown(0))
        raise await self._told(in_vain)

    async def link_by_contact(self, actor: Actor, contact: SharedContact) -> LinkedPerson:
        """Link the actor's account by its own telephone number, if exactly one person of the roster has it.

        Whoever was linked before, holds roles or shares the number needs a code; which of these it is, and whether the
        number is known at all, is not told. Tries in vain are counted. One's own link changes nothing.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            account, attempts = await self._open(uow, actor, LinkWay.CONTACT)
            if attempts.locked_until is not None and attempts.locked_until > now:
                raise ContactLocked(attempts.locked_until)
            refused: Refusal | None = contact_refusal(contact, account.account_id)
            key = phone_key(contact.phone)
            if refused is None and account.person is not None:
                if await uow.links.has_phone(account.person.id, key):
                    return account.person
                raise LinkedToAnother(account.person)
            today = self._calendar.today(now)
            person = await _recognise(uow, key, today) if refused is None else None
            if person is not None:
                await join(uow, Joining(actor=actor, account=account, person=person, way=LinkWay.CONTACT), now)
                await uow.link_codes.set_attempts(account.account_id, LinkWay.CONTACT, _NO_ATTEMPTS)
                await uow.commit()
                self._ring()
                return person
            in_vain = await self._count(uow, actor, LinkWay.CONTACT, attempts, refused or NumberNotRecognised())
        raise await self._told(in_vain)

    async def unlink(self, actor: Actor, person_id: int, link_id: int | None = None) -> None:
        """Part a person from their account: one's own, or, for officials, anybody else's; then the account is told.

        `link_id`: the link that the screen showed; None for whichever there is. Nobody leaves the university without
        an administrator in this way, but the operator.
        """
        own = actor.person is not None and actor.person.id == person_id
        if not own:
            actor.require_official()
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            ruled = actor.account_id is not None and await self._is_ruled(uow)
            ended = await uow.links.unlink_person(person_id, now, LinkEnd.UNLINKED if own else LinkEnd.TAKEN_AWAY)
            if ended is None or (own and ended.account_id != actor.account_id) or link_id not in (None, ended.id):
                raise PersonNotLinked
            if not own and ended.account_id == actor.account_id:
                raise OwnAccount
            if ruled and not await self._is_ruled(uow):
                raise LastAdministrator
            await uow.audit.add(actor, Act.UNLINKED, f"person:{person_id}", now, account=ended.account_id)
            if not own:  # the Study Office has looked at it: nothing is left to be frozen
                await uow.links.set_frozen(ended.account_id, None)
                await uow.outbox.add(notices.link_taken_away(person_id, ended.account_id, now), now)
            await uow.commit()
        self._ring()

    async def disown(self, actor: Actor, link_id: int) -> None:
        """Say, as the account that a link was taken from, that it was not me: the new account is frozen.

        Also if it has lost the link meanwhile. The old account is not linked again; that is for the Study Office, which
        is told.
        """
        account_id = account_of(actor)
        if actor.frozen:
            raise LinkFrozen
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            seen = await uow.links.find_link(link_id)
            if seen is None:
                raise LinkStandsNoMore
            await uow.links.lock_account(seen.account_id)
            link = await uow.links.find_link(link_id)  # as it is now that nobody changes it
            own = await uow.links.find_account(account_id)
            if link is None or own is None or not may_disown(link, own, now):
                raise LinkStandsNoMore
            await uow.links.disown(link_id, now)
            await uow.links.set_frozen(link.account_id, now)
            await uow.audit.add(
                actor, Act.LINK_DISOWNED, f"person:{link.person_id}", now, account=link.account_id, link=link_id
            )
            await uow.outbox.add(notices.link_frozen(link_id, link.account_id, now), now)
            for official in await uow.links.list_officials(self._calendar.today(now), self._administrators):
                if official not in (account_id, link.account_id):
                    await uow.outbox.add(notices.link_disputed(link_id, link.account_id, official, now), now)
            await uow.commit()
        self._ring()

    async def release(self, actor: Actor, account_id: int, link_id: int) -> None:
        """Lift the hold of an account that came with this link, no later one; the account is told."""
        actor.require_official()
        if account_id == actor.account_id:
            raise OwnAccount
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            standing = await uow.links.lock_account(account_id)
            if standing is None or standing.hold != link_id:
                raise NotFrozen
            await uow.links.set_frozen(account_id, None)
            await uow.audit.add(actor, Act.LINK_RELEASED, f"account:{account_id}", now)
            await uow.outbox.add(notices.link_released(account_id, now), now)
            await uow.commit()
        self._ring()

    async def _is_ruled(self, uow: LinkingUnitOfWork) -> bool:
        """Tell whether somebody is an administrator; nobody becomes or ceases to be one by a grant meanwhile."""
        await uow.roles.lock()
        today = self._calendar.today(self._clock.now())
        return bool(self._administrators) or await uow.roles.has_administrator(today)

    def _ring(self) -> None:
        """Tell whoever sends, and whoever shows menus: with a link roles come and go."""
        self._outbox_bell.ring()
        self._menu_bell.ring()

    async def _open(self, uow: LinkingUnitOfWork, actor: Actor, way: LinkWay) -> tuple[AccountStanding, Attempts]:
        account = await admit(uow, account_of(actor))
        return account, await uow.link_codes.lock_attempts(account.account_id, way)

    async def _count(
        self, uow: LinkingUnitOfWork, actor: Actor, way: LinkWay, attempts: Attempts, refusal: Refusal
    ) -> _InVain:
        """Count a try in vain, for good; see whether so many are locked that the operators must know."""
        now, account_id = self._clock.now(), account_of(actor)
        counted = after_failure(attempts, now)
        await uow.link_codes.set_attempts(account_id, way, counted)
        alarm = None
        if counted.locked_until is not None:
            locked = await uow.link_codes.count_locked(now)
            if locked >= ALARMING and await uow.link_codes.take_alarm(now - ALARM_EVERY):
                await uow.audit.add(actor, Act.CODES_GUESSED, "codes", now, locked=locked)
                alarm = locked
        await uow.commit()
        return _InVain(refusal, alarm)

    async def _told(self, in_vain: _InVain) -> Refusal:
        if in_vain.alarm is not None and self._alarm is not None:
            await self._alarm.codes_are_guessed(in_vain.alarm)
        return in_vain.refusal


async def _recognise(uow: LinkingUnitOfWork, key: str, today: date) -> LinkedPerson | None:
    """Return the one person who has this number, if the number is enough for them."""
    found = await uow.links.find_by_phone(key) if key else []
    if len(found) != 1:
        return None
    standing = await uow.links.lock_person(found[0], today)
    return standing.person if standing is not None and known_by_number(standing) else None
