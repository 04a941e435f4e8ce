"""Who is here, who lets the bot write, and how everything begins anew."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.people import Conversation, Person
from bot.sandbox.state import State

_SUPERGROUPS_BELOW = -1_000_000_000_000
_ADMINISTRATOR_MAY = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
)  # fmt: skip


class Membership(State):
    """People, groups, blocking."""

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "",
        phone: str = "",
        about: str = "",
        about_lines: Mapping[str, str] | None = None,
    ) -> None:
        """Somebody who has not met the bot yet."""
        person = Person(
            id=user_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone=phone,
            about=about,
            about_lines=about_lines or {},
        )
        self.people[user_id] = person
        self.conversations[user_id] = Conversation(about=person.chat(), members={user_id})

    def add_group(self, chat_id: int, title: str, members: Sequence[int], *, bot_hears_all: bool = False) -> None:
        """The first of the members makes a group and adds the bot to it.

        ``bot_hears_all`` makes the bot an administrator, to whom Telegram delivers every message of the group.
        """
        kind = "supergroup" if chat_id <= _SUPERGROUPS_BELOW else "group"
        about = {"id": chat_id, "title": title, "type": kind}
        chat = Conversation(about=about, members=set(members), bot_hears_all=bot_hears_all)
        self.conversations[chat_id] = chat
        self._bot_status(chat, self.person(members[0]), "left", "administrator" if bot_hears_all else "member")

    def block(self, user_id: int) -> None:
        """Stops the bot from writing."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Lets the bot write again."""
        self._set_blocked(user_id, blocked=False)

    def reset(self) -> None:
        """Empties all chats for a new demonstration; the bot's own memory is not touched.

        What the bot has not heard yet is dropped, trouble on order ends, nobody blocks the bot any more (the bot is
        told). People stand before the Start button again, while the bot, whom they have met, may still write to them.
        Numbers of messages and updates go on, for the bot may remember old ones.
        """
        self.updates.clear()
        self.webhook.forget()
        self.taps.clear()
        self.faults.clear()
        for chat in self.conversations.values():
            chat.messages.clear()
            chat.frozen.clear()
            chat.reply_keyboard = chat.force_reply = None
            chat.keyboard_used = False
        for person in self.people.values():
            person.unread = 0
            person.cleared = True
            self._set_blocked(person.id, blocked=False)
        for chat_id in self.board.listened():
            self.board.publish(chat_id, {"type": "reset"})
        self.board.changed()

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        person = self.person(user_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self._bot_status(self.conversations[user_id], person, before, after)
        self.publish_state(person)

    def _bot_status(self, chat: Conversation, by: Person, before: str, after: str) -> None:
        change = {
            "chat": chat.about,
            "from": by.user(),
            "date": int(time.time()),
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }
        self._queue("my_chat_member", change)

    def _member(self, status: str) -> dict[str, Any]:
        details: dict[str, Any] = {}
        if status == "kicked":
            details = {"until_date": 0}
        elif status == "administrator":
            details = {right: right == "can_manage_chat" for right in _ADMINISTRATOR_MAY}
        return {"status": status, "user": self.profile.user()} | details
