"""Who is in this Telegram: people, chats and what stands in them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]

# Numbers of messages start at the clock, in seconds since June 2025: a sandbox started again never repeats one that a
# bot's database remembers.
_EPOCH = 1_750_000_000


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody who can talk to the bot.

    Attributes:
        started: has written to the bot at least once; only then may the bot write.
        about, about_lines: a line for the demo page's chooser, the second by language.
        unread: messages of the bot since the person last looked.
        cleared: the chat was emptied and nothing has been said since, so the Start button shows again.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    phone: str = ""
    about: str = ""
    about_lines: Mapping[str, str] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    unread: int = 0
    cleared: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def about_in(self, language: str) -> str:
        """The line about the person in a language, or in any there is."""
        return self.about_lines.get(language) or self.about or next(iter(self.about_lines.values()), "")

    def user(self) -> dict[str, Any]:
        """The Bot API's User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False} | self._names()
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def chat(self) -> dict[str, Any]:
        """The Bot API's Chat of the private conversation."""
        return {"id": self.id, "type": "private"} | self._names()

    def _names(self) -> dict[str, str]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A chat and its messages.

    Messages are never changed in place: an edit puts a new dictionary under the old number, so that an update queued
    earlier keeps showing what was true then.

    Attributes:
        about: the Bot API's Chat.
        members: people of a group; the owner of a channel; the one person of a private chat.
        owner: who may bring the bot into a channel or a group.
        bot_may_post: of a channel: the bot is an administrator there who may post.
        moved_to: the number of the supergroup that a group became.
        bot_hears_all: the bot is an administrator of the group and hears what does not concern it.
        reply_keyboard: the buttons below the input field.
        keyboard_used: they were for one use and went; the person can still call them back.
        force_reply: what the person is asked to answer now: ``message_id`` and ``placeholder``.
        frozen: numbers of messages Telegram would not let the bot edit (they carry a reply keyboard).
    """

    about: dict[str, Any]
    members: set[int]
    owner: int = 0
    bot_is_member: bool = True
    bot_may_post: bool = True
    moved_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = field(default_factory=lambda: int(time.time()) - _EPOCH)
    bot_hears_all: bool = False
    reply_keyboard: dict[str, Any] | None = None
    keyboard_used: bool = False
    force_reply: dict[str, Any] | None = None
    frozen: set[int] = field(default_factory=set)

    @property
    def id(self) -> int:
        """The chat's number: a person's own for a private chat, negative for a group or a channel."""
        number: int = self.about["id"]
        return number

    @property
    def is_private(self) -> bool:
        """Whether this is a conversation of one person with the bot."""
        return self.id > 0

    @property
    def is_channel(self) -> bool:
        """Whether only administrators write here."""
        return bool(self.about["type"] == "channel")
