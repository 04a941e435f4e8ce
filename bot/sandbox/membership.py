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
    """People, groups, channels, blocking."""

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
        chat = Conversation(about=about, members=set(members), owner=members[0], bot_hears_all=bot_hears_all)
        self.conversations[chat_id] = chat
        self._bot_status(chat, self.person(members[0]), "left", "administrator" if bot_hears_all else "member")

    def add_chat(self, chat_id: int, title: str, owner: int, *, channel: bool) -> None:
        """Somebody has a channel or a group of which the bot knows nothing yet."""
        group = "supergroup" if chat_id <= _SUPERGROUPS_BELOW else "group"
        about = {"id": chat_id, "title": title, "type": "channel" if channel else group}
        self.conversations[chat_id] = Conversation(about=about, members={owner}, owner=owner, bot_is_member=False)

    def let_bot_in(self, chat_id: int, *, by: int | None = None, may_post: bool = True) -> None:
        """The owner (or ``by``) makes the bot a member of a group, or an administrator of a channel.

        ``may_post`` False is an administrator of a channel who may not write there.
        """
        chat = self.conversations[chat_id]
        after = "administrator" if chat.is_channel or chat.bot_hears_all else "member"
        before = after if chat.bot_is_member else "left"
        rights = chat.bot_may_post
        chat.bot_is_member, chat.bot_may_post = True, may_post
        self._bot_status(chat, self.person(by or chat.owner), before, after, may_posted=rights)
        self._publish_place(chat)

    def put_bot_out(self, chat_id: int) -> None:
        """The owner takes the bot out of a group or a channel."""
        chat = self.conversations[chat_id]
        chat.bot_is_member = False
        before = "administrator" if chat.is_channel or chat.bot_hears_all else "member"
        self._bot_status(chat, self.person(chat.owner), before, "kicked")
        self._publish_place(chat)

    def upgrade_group(self, chat_id: int, new_id: int) -> None:
        """A group becomes a supergroup with another number; its messages stay behind."""
        old = self.conversations[chat_id]
        about = {"id": new_id, "title": old.about["title"], "type": "supergroup"}
        new = Conversation(about=about, members=set(old.members), owner=old.owner, bot_hears_all=old.bot_hears_all)
        self.conversations[new_id] = new
        old.moved_to = new_id
        self._queue("message", self.post(old, self.person(old.owner).user(), {"migrate_to_chat_id": new_id}))

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

    def _publish_place(self, chat: Conversation) -> None:
        self.board.publish(chat.id, {"type": "place", "bot": chat.bot_is_member and chat.bot_may_post})
        self.board.changed()

    def bot_in(self, chat: Conversation) -> dict[str, Any]:
        """The Bot API's ChatMember of the bot."""
        if not chat.bot_is_member:
            return self._member("left", chat)
        return self._member("administrator" if chat.is_channel else "member", chat)

    def _bot_status(
        self, chat: Conversation, by: Person, before: str, after: str, *, may_posted: bool | None = None
    ) -> None:
        posted = chat.bot_may_post if may_posted is None else may_posted
        change = {
            "chat": chat.about,
            "from": by.user(),
            "date": int(time.time()),
            "old_chat_member": self._member(before, chat, may_post=posted),
            "new_chat_member": self._member(after, chat),
        }
        self._queue("my_chat_member", change)

    def _member(self, status: str, chat: Conversation, *, may_post: bool | None = None) -> dict[str, Any]:
        details: dict[str, Any] = {}
        if status == "kicked":
            details = {"until_date": 0}
        elif status == "administrator":
            details = {right: right == "can_manage_chat" for right in _ADMINISTRATOR_MAY}
            if chat.is_channel:
                posts = chat.bot_may_post if may_post is None else may_post
                details |= {"can_post_messages": posts, "can_edit_messages": posts}
        return {"status": status, "user": self.profile.user()} | details
