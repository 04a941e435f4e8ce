"""What a method is given, and the questions most methods ask first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request, forbidden, moved
from bot.sandbox.people import Conversation, Message
from bot.sandbox.validation import MISSING, Params
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart call."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A result with the remark Telegram adds to some."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call: the world it acts on, its checked parameters, its uploads by multipart name."""

    world: World
    params: Params
    uploads: Mapping[str, Upload]

    def need(self, name: str) -> Any:  # noqa: ANN401 - of whatever type the method declares
        """A parameter that the description calls optional but this method cannot do without."""
        if name not in self.params:
            raise bad_request(MISSING.get(name) or f'parameter "{name}" is required')
        return self.params[name]


Handler = Callable[[ApiCall], Awaitable[Any]]


def chat_of(call: ApiCall, parameter: str = "chat_id") -> Conversation:
    """The chat a parameter names; of private chats only those where the bot was ever heard.

    Raises:
        ApiError: chat not found.
    """
    asked = call.need(parameter)
    conversations = call.world.conversations
    chat = conversations.get(asked) if isinstance(asked, int) else None
    if chat is None or (chat.is_private and not _met(call.world, chat)):
        raise bad_request("chat not found")
    return chat


def writable_chat(call: ApiCall) -> Conversation:
    """The chat of ``chat_id``, if the bot may write there.

    Raises:
        ApiError: unknown chat, a person who has not started the bot or has blocked it, a group or a channel without the
            bot, a channel where it may not post, a group that has another number now.
    """
    asked = call.need("chat_id")
    chat = call.world.conversations.get(asked) if isinstance(asked, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if not chat.is_private:
        return _writable_by_members(chat)
    person = call.world.people[chat.id]
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def _writable_by_members(chat: Conversation) -> Conversation:
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    if not chat.bot_is_member:
        raise forbidden(f"bot is not a member of the {'channel' if chat.is_channel else 'group'} chat")
    if chat.is_channel and not chat.bot_may_post:
        raise bad_request("need administrator rights in the channel chat")
    return chat


def own_message(call: ApiCall, chat: Conversation) -> Message:
    """The message to edit.

    Raises:
        ApiError: there is none, it is not the bot's, or Telegram would not let a bot edit it.
    """
    message = chat.messages.get(call.need("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != call.world.profile.bot_id or message["message_id"] in chat.frozen:
        raise bad_request("message can't be edited")
    return message


def _met(world: World, chat: Conversation) -> bool:
    person = world.people[chat.id]
    return person.started or person.blocked
