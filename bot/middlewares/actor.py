"""Who writes: the account, its person, its rights and its language."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User
from aiogram.utils.i18n import I18n

from services.accounts.service import AccountService


class ActorMiddleware(BaseMiddleware):
    """Provides `actor` and serves the rest of the update in the actor's language."""

    def __init__(self, accounts: AccountService, i18n: I18n) -> None:
        self._accounts = accounts
        self._i18n = i18n

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Recognise the person and go on."""
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None
        actor = await self._accounts.recognise(user.id, user.language_code)
        data["actor"] = actor
        data["i18n"] = self._i18n
        with self._i18n.context(), self._i18n.use_locale(actor.language.value):
            return await handler(event, data)
