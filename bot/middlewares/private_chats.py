"""The bot talks in private only; in a group it answers a command with one link to itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User
from aiogram.utils.i18n import I18n
from aiogram.utils.i18n import gettext as _

from bot.documents.links import PublicLinks
from services.languages import Language, guess_language


class PrivateChatsMiddleware(BaseMiddleware):
    """Keeps everything but private chats away from the handlers, and from the list of accounts."""

    def __init__(self, links: PublicLinks, i18n: I18n) -> None:
        self._links = links
        self._i18n = i18n

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Let private updates pass."""
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        if isinstance(event, Update) and event.message is not None and self._is_called(event.message.text or ""):
            user: User | None = data.get("event_from_user")
            with self._i18n.context(), self._i18n.use_locale(self._language_of(user)):
                link = f"https://t.me/{self._links.bot.removeprefix('@')}"
                await event.message.answer(_("I talk in private only: {link}").format(link=link))
        return None

    def _language_of(self, user: User | None) -> str:
        """Telegram's language of whoever asks; in a group nobody is looked up."""
        return guess_language(user.language_code if user else None, Language(self._i18n.default_locale)).value

    def _is_called(self, text: str) -> bool:
        """Tell whether a text is a command to this bot, or to any bot that hears it."""
        command, _separator, name = text.partition(" ")[0].partition("@")
        return command.startswith("/") and name.lower() in {"", self._links.bot.removeprefix("@").lower()}
