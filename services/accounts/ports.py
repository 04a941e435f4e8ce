"""What this feature needs from storage."""

from datetime import date, datetime
from typing import Protocol

from services.accounts.dto import Account, KeptChoices
from services.announcements.dto import Category
from services.delivery.quiet_hours import QuietHours
from services.languages import Language
from services.ports import Transaction


class AccountRepository(Protocol):
    """Accounts by Telegram id."""

    async def find(self, telegram_id: int, fallback: Language, today: date, form_key: str = "") -> Account | None:
        """Return the account with its actor; `fallback` is the actor's language where none was chosen.

        `today`: the university's day, on which its rights are judged.

        `form_key` names the conversation whose form is asked for in the same breath.
        """
        ...

    async def see(self, telegram_id: int, now: datetime, guessed: Language | None = None) -> None:
        """Create the account or note that it wrote (a person who writes has not blocked the bot).

        `guessed` is the language of its screens as long as none is chosen.
        """
        ...

    async def set_language(self, telegram_id: int, language: Language) -> None:
        """Keep the person's choice."""
        ...

    async def get_choices(self, telegram_id: int) -> KeptChoices:
        """Return what the person chose besides the language."""
        ...

    async def set_quiet_hours(self, telegram_id: int, hours: QuietHours | None) -> None:
        """Keep the person's quiet hours; None for the university's."""
        ...

    async def set_silent(self, telegram_id: int, *, silent: bool) -> None:
        """Keep whether ordinary unasked messages come without a sound."""
        ...

    async def set_gathered(self, telegram_id: int, *, gathered: bool) -> None:
        """Keep whether ordinary messages come together in the evening."""
        ...

    async def set_muted(self, telegram_id: int, category: Category, *, muted: bool) -> None:
        """Keep whether ordinary announcements of a category do not come."""
        ...

    async def set_blocked(self, telegram_id: int, blocked_at: datetime | None) -> None:
        """Note that the person stopped the bot, or started it again."""
        ...


class Resumption(Protocol):
    """What waits for somebody who comes back."""

    async def resume(self, account_id: int, since: datetime, now: datetime) -> None:
        """Let what was not delivered since then because the account had stopped the bot go out after all."""
        ...


class AccountsUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def accounts(self) -> AccountRepository:
        """Accounts."""
        ...

    @property
    def outbox(self) -> Resumption:
        """What waits for somebody who comes back."""
        ...
