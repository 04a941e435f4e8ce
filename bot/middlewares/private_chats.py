"""The bot talks in private only; in a group it answers a command with one link to itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import (
    Chat,
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    TelegramObject,
    Update,
    User,
)
from aiogram.utils.i18n import I18n
from aiogram.utils.i18n import gettext as _

from bot.documents.links import PublicLinks
from services.channels.dto import ChannelKind, ChatChange
from services.channels.service import ChannelService
from services.languages import Language, guess_language


class PrivateChatsMiddleware(BaseMiddleware):
    """Keeps everything but private chats away from the handlers, and from the list of accounts."""

    def __init__(self, links: PublicLinks, i18n: I18n, channels: ChannelService) -> None:
        self._links = links
        self._i18n = i18n
        self._channels = channels

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Let private updates pass; note where else the bot may write."""
        chat: Chat | None = data.get("event_chat")
        if chat is None or chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        if not isinstance(event, Update):
            return None
        if event.my_chat_member is not None:
            await self._channels.note_change(_change_of(event.my_chat_member))
        elif event.message is not None and event.message.migrate_to_chat_id is not None:
            await self._channels.note_move(chat.id, event.message.migrate_to_chat_id)
        elif event.message is not None and self._is_called(event.message.text or ""):
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


def _change_of(event: ChatMemberUpdated) -> ChatChange:
    """Say what an administrator of a chat did with the bot there."""
    chat, now = event.chat, event.new_chat_member
    if chat.type == ChatType.CHANNEL:
        may_write = isinstance(now, ChatMemberAdministrator) and bool(now.can_post_messages)
    else:
        heard = isinstance(now, ChatMemberRestricted) and now.is_member and now.can_send_messages
        may_write = heard or isinstance(now, ChatMemberAdministrator | ChatMemberMember)
    return ChatChange(
        chat_id=chat.id,
        kind=ChannelKind.CHANNEL if chat.type == ChatType.CHANNEL else ChannelKind.GROUP,
        title=chat.title or str(chat.id),
        username=chat.username or "",
        may_write=may_write,
        by=event.from_user.id,
    )
