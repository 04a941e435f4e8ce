"""The bot talks in private only; in a group it answers a command with one link to itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update
from aiogram.utils.i18n import gettext as _

from bot.documents.links import PublicLinks


class PrivateChatsMiddleware(BaseMiddleware):
    """Keeps everything but private chats away from the handlers."""

    def __init__(self, links: PublicLinks) -> None:
        self._links = links

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
            link = f"https://t.me/{self._links.bot.removeprefix('@')}"
            await event.message.answer(_("I talk in private only: {link}").format(link=link))
        return None

    def _is_called(self, text: str) -> bool:
        """Tell whether a text is a command to this bot, or to any bot that hears it."""
        command, _separator, name = text.partition(" ")[0].partition("@")
        return command.startswith("/") and name.lower() in {"", self._links.bot.removeprefix("@").lower()}
