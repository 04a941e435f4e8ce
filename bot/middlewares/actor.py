"""Who writes: the account, its person, its rights and its language, and the form they are in."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import TelegramObject, User
from aiogram.utils.i18n import I18n

from bot.fsm_storage import PostgresStorage
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from services.accounts.service import AccountService


class ActorMiddleware(BaseMiddleware):
    """Provides `actor`, `reader`, `state` and `raw_state`, and serves the rest of the update in the actor's language.

    It stands in for aiogram's own middleware of forms, which would ask the database once more.
    """

    def __init__(
        self, accounts: AccountService, i18n: I18n, storage: PostgresStorage, words: PaperWords, dates: LocalDates
    ) -> None:
        self._accounts = accounts
        self._i18n = i18n
        self._storage = storage
        self._words = words
        self._dates = dates

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
        key = StorageKey(bot_id=data["bot"].id, chat_id=user.id, user_id=user.id)
        visit = await self._accounts.welcome(user.id, user.language_code, form_key=self._storage.name(key))
        data |= {
            "actor": visit.actor,
            "reader": Reader(language=visit.actor.language, words=self._words, dates=self._dates),
            "i18n": self._i18n,
            "state": FSMContext(storage=self._storage, key=key),
            "raw_state": visit.form,
        }
        with self._i18n.context(), self._i18n.use_locale(visit.actor.language.value):
            return await handler(event, data)
