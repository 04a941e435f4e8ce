"""Recognising who writes, and the choice of language."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from services.access import Actor, NotLinked, Role, RoleGrant
from services.accounts.dto import Account, PersonalSettings, Visit
from services.accounts.ports import AccountsUnitOfWork
from services.announcements.dto import Category
from services.delivery.quiet_hours import NO_QUIET_HOURS, QuietHours
from services.languages import Language, guess_language
from services.ports import Bell, Calendar, Clock, Factory, NoBell

RESUMED_FOR = timedelta(days=7)  # what was not delivered since then comes after all, where it is still true
_SEEN_EVERY = timedelta(minutes=5)


class AccountService:
    """Accounts of the bot.

    `unit_of_work` writes; `reading` is for the one query of every update and needs no transaction.
    `administrators` are Telegram ids that the operator's settings name, `quiet_hours` those of whoever chose none.
    `menu_bell` wakes whoever shows command menus.
    """

    def __init__(
        self,
        unit_of_work: Factory[AccountsUnitOfWork],
        reading: Factory[AccountsUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        menu_bell: Bell | None = None,
        *,
        default_language: Language,
        administrators: Collection[int] = (),
        quiet_hours: QuietHours = NO_QUIET_HOURS,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._menu_bell = menu_bell or NoBell()
        self._default_language = default_language
        self._administrators = frozenset(administrators)
        self._quiet_hours = quiet_hours

    async def recognise(self, telegram_id: int, language_hint: str | None) -> Actor:
        """Return who writes. Language: the person's choice, else Telegram's, else the default."""
        return (await self.welcome(telegram_id, language_hint, form_key="")).actor

    async def recognise_again(self, actor: Actor) -> Actor:
        """Return who writes after something changed: the link, and roles that waited for it."""
        if actor.account_id is None:
            return actor
        return await self.recognise(actor.account_id, actor.language.value)

    async def welcome(self, telegram_id: int, language_hint: str | None, *, form_key: str) -> Visit:
        """Return who writes, and where in a form they stand; one statement for all of it."""
        fallback = guess_language(language_hint, self._default_language)
        async with self._reading() as uow:
            account = await uow.accounts.find(telegram_id, fallback, self._today(), form_key)
        if account is None or self._is_stale(account):
            account = await self._see(telegram_id, fallback, form_key, back=account is not None and account.blocked)
        return Visit(actor=self._with_settings(account.actor), form=account.form)

    async def get_language(self, telegram_id: int) -> Language:
        """Return the language in which an account is written to unasked; the default where none was chosen."""
        async with self._reading() as uow:
            account = await uow.accounts.find(telegram_id, self._default_language, self._today())
        return self._default_language if account is None else account.actor.language

    async def choose_language(self, actor: Actor, language: Language) -> Actor:
        """Keep the choice; it takes effect at once."""
        if actor.account_id is not None:
            async with self._unit_of_work() as uow:
                await uow.accounts.set_language(actor.account_id, language)
                await uow.commit()
            self._menu_bell.ring()
        return replace(actor, language=language, language_chosen=True)

    async def get_settings(self, actor: Actor) -> PersonalSettings:
        """Return what the person can set for themselves."""
        if actor.account_id is None:
            raise NotLinked
        async with self._reading() as uow:
            kept = await uow.accounts.get_choices(actor.account_id)
        return PersonalSettings(
            quiet_hours=kept.quiet_hours,
            usual_quiet_hours=self._quiet_hours,
            silent=kept.silent,
            linked_at=kept.linked_at,
            has_papers=kept.has_papers,
            gathered=kept.gathered,
            muted=kept.muted,
        )

    async def choose_quiet_hours(self, actor: Actor, hours: QuietHours | None) -> None:
        """Keep the person's quiet hours; None for the university's. What was put off already keeps its time."""
        if actor.account_id is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            await uow.accounts.set_quiet_hours(actor.account_id, hours)
            await uow.commit()

    async def choose_silence(self, actor: Actor, *, silent: bool) -> None:
        """Keep whether ordinary unasked messages come without a sound."""
        if actor.account_id is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            await uow.accounts.set_silent(actor.account_id, silent=silent)
            await uow.commit()

    async def choose_gathering(self, actor: Actor, *, gathered: bool) -> None:
        """Keep whether ordinary messages come together in the evening; what is in a digest already stays there."""
        if actor.account_id is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            await uow.accounts.set_gathered(actor.account_id, gathered=gathered)
            await uow.commit()

    async def choose_category(self, actor: Actor, category: Category, *, wanted: bool) -> None:
        """Keep whether ordinary announcements of a category come; the urgent ones always do."""
        if actor.account_id is None:
            raise NotLinked
        async with self._unit_of_work() as uow:
            await uow.accounts.set_muted(actor.account_id, category, muted=not wanted)
            await uow.commit()

    async def note_blocked(self, telegram_id: int, *, blocked: bool) -> None:
        """Note that the person stopped the bot or came back."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.accounts.set_blocked(telegram_id, now if blocked else None)
            if not blocked:
                await uow.outbox.resume(telegram_id, now - RESUMED_FOR, now)
            await uow.commit()

    async def _see(self, telegram_id: int, fallback: Language, form_key: str, *, back: bool) -> Account:
        # Not an effect of the update in hand: seeing somebody twice changes nothing. So it runs outside of its
        # transaction.
        now = self._clock.now()
        async with self._reading() as uow:
            if back:  # whoever writes can be written to again
                await uow.outbox.resume(telegram_id, now - RESUMED_FOR, now)
            await uow.accounts.see(telegram_id, now, fallback)
            account = await uow.accounts.find(telegram_id, fallback, self._today(), form_key)
        if account is None:
            raise RuntimeError("an account that was just written is not there")
        return account

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())

    def _is_stale(self, account: Account) -> bool:
        return account.blocked or self._clock.now() - account.last_seen_at > _SEEN_EVERY

    def _with_settings(self, actor: Actor) -> Actor:
        if actor.frozen or actor.account_id not in self._administrators:
            return actor
        return replace(actor, grants=actor.grants | {RoleGrant(role=Role.ADMIN)})
