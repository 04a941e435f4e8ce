"""What people do in this Telegram and what they see."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.entities import utf16_length
from bot.sandbox.files import document, photo_sizes
from bot.sandbox.people import Conversation, Message, Person
from bot.sandbox.state import State
from bot.sandbox.text import TEXT_LIMIT, found_entities

_INLINE_BOT = {"id": 777_001, "is_bot": True, "first_name": "Another bot", "username": "another_inline_bot"}
_SUPERGROUPS_BELOW = -1_000_000_000_000


class World(State):
    """A local Telegram with its people.

    Everything a person does is one synchronous method, to be called in the server's event loop; it changes the chat and
    queues the update the bot receives. Methods return the Bot API's Message as it stands in the chat.
    """

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

    def add_group(self, chat_id: int, title: str, members: Sequence[int]) -> None:
        """The first of the members makes a group and adds the bot to it."""
        kind = "supergroup" if chat_id <= _SUPERGROUPS_BELOW else "group"
        chat = Conversation(about={"id": chat_id, "title": title, "type": kind}, members=set(members))
        self.conversations[chat_id] = chat
        self._bot_status(chat, self.person(members[0]), "left", "member")

    def send_text(
        self,
        user_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        forwarded_from: int | None = None,
        via_bot: bool = False,
    ) -> Message:
        """Writes to the bot or, with ``chat_id``, to a group.

        Of a group the bot hears commands, mentions of itself and answers to it, as with Telegram's privacy mode on.

        ``forwarded_from`` is the person whose message this was (an unknown number stands for a hidden account);
        ``via_bot`` says that another bot wrote the text for the person.
        """
        content: dict[str, Any] = {"text": text}
        if entities := found_entities(text, []):
            content["entities"] = entities
        if utf16_length(text) > TEXT_LIMIT:
            raise ValueError("the app of a person would split this text into several messages")
        content |= self._provenance(forwarded_from, via_bot=via_bot)
        return self._say(user_id, content, chat_id)

    def start(self, user_id: int, payload: str = "") -> Message:
        """Presses "Start", or opens a link with ``?start=payload``."""
        return self.send_text(user_id, f"/start {payload}".rstrip())

    def press(self, user_id: int, message_id: int, data: str, *, chat_id: int | None = None) -> str:
        """Presses an inline button; ``data`` is sent as given, so a button may also be one that is gone.

        Returns:
            The number of the callback query.
        """
        person, chat = self.person(user_id), self.conversations[chat_id or user_id]
        gone = {"chat": chat.about, "message_id": message_id, "date": 0}
        tap_id = self.new_tap(user_id)
        query = {
            "id": tap_id,
            "from": person.user(),
            "message": chat.messages.get(message_id, gone),
            "chat_instance": str(abs(chat.id) * 7_919 + self.profile.bot_id),
            "data": data,
        }
        self._queue("callback_query", query)
        return tap_id

    def share_contact(
        self,
        user_id: int,
        *,
        phone: str = "",
        owner_id: int | None = None,
        forwarded: bool = False,
        via_bot: bool = False,
    ) -> Message:
        """Sends a contact: one's own by default.

        ``owner_id`` is whose contact it is; 0 makes one from an address book, without an account. ``phone`` replaces
        the owner's number. ``forwarded`` says that it came with the owner's message, ``via_bot`` that another bot made
        it.
        """
        owner = self.people.get(user_id if owner_id is None else owner_id)
        contact: dict[str, Any] = {"phone_number": phone or (owner.phone if owner else "+996000000000")}
        contact["first_name"] = owner.first_name if owner else "Somebody"
        if owner is not None:
            contact |= {"last_name": owner.last_name} if owner.last_name else {}
            contact["user_id"] = owner.id
        elif owner_id:
            contact["user_id"] = owner_id
        origin = (owner.id if owner else 0) if forwarded else None
        return self._say(user_id, {"contact": contact} | self._provenance(origin, via_bot=via_bot))

    def send_document(
        self,
        user_id: int,
        name: str,
        content: bytes,
        *,
        mime: str = "application/octet-stream",
        declared_size: int | None = None,
    ) -> Message:
        """Sends a file; ``declared_size`` lets a few bytes pass for a large file."""
        stored = self.files.add("document", name, content, mime=mime, size=declared_size)
        return self._say(user_id, {"document": document(stored)})

    def send_photo(self, user_id: int, content: bytes) -> Message:
        """Sends a picture as a photo."""
        return self._say(user_id, {"photo": photo_sizes(self.files.add("photo", "photo.jpg", content))})

    def send_sticker(self, user_id: int) -> Message:
        """Sends something most bots have no use for."""
        stored = self.files.add("sticker", "sticker.webp", b"RIFF....WEBP", mime="image/webp")
        sticker = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": stored.size,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._say(user_id, {"sticker": sticker})

    def edit_text(self, user_id: int, message_id: int, text: str) -> Message:
        """Changes one's own message."""
        chat = self.conversations[user_id]
        old = chat.messages[message_id]
        if old["from"]["id"] != user_id:
            raise ValueError(f"message {message_id} is not written by {user_id}")
        message = old | {"text": text, "edit_date": int(time.time()), "entities": found_entities(text, [])}
        if not message["entities"]:
            del message["entities"]
        self.replace(chat, message)
        self._queue("edited_message", message)
        return message

    def block(self, user_id: int) -> None:
        """Stops the bot from writing."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Lets the bot write again."""
        self._set_blocked(user_id, blocked=False)

    def messages(self, user_id: int) -> list[Message]:
        """The private chat as the person sees it now, both sides, oldest first."""
        return self.chat_messages(user_id)

    def chat_messages(self, chat_id: int) -> list[Message]:
        """Any chat as it stands now."""
        return list(self.conversations[chat_id].messages.values())

    def bot_messages(self, user_id: int) -> list[Message]:
        """What the bot has written to a person and not deleted."""
        return [message for message in self.messages(user_id) if message["from"]["is_bot"]]

    def reply_keyboard(self, user_id: int) -> dict[str, Any] | None:
        """The buttons below the person's input field."""
        return self.conversations[user_id].reply_keyboard

    def commands_for(self, user_id: int) -> list[dict[str, str]]:
        """The commands in the person's menu."""
        return self.profile.commands_in_private(user_id, self.person(user_id).language_code)

    def file(self, file_id: str) -> bytes:
        """The content of a file of either side."""
        stored = self.files.find(file_id)
        if stored is None:
            raise KeyError(file_id)
        return stored.content

    def callback_answer(self, callback_id: str) -> dict[str, Any] | None:
        """What the person saw after pressing a button (``text``, ``show_alert``), None while the bot is silent."""
        return self.taps[callback_id].answer

    def _say(self, user_id: int, content: dict[str, Any], chat_id: int | None = None) -> Message:
        """A person's message; writing to a bot one has blocked lifts the block, as the apps do."""
        person, chat = self.person(user_id), self.conversations[chat_id or user_id]
        if chat.is_private:
            if person.blocked:
                self.unblock(user_id)
            person.unread = 0
            if not person.started:
                person.started = True
                self._publish_state(person)
        message = self.post(chat, person.user(), content)
        if chat.reply_keyboard and chat.reply_keyboard.get("one_time_keyboard"):
            self.show_reply_keyboard(chat, None)
        if chat.is_private or (chat.bot_is_member and self._concerns_bot(message)):
            self._queue("message", message)
        return message

    def _concerns_bot(self, message: Message) -> bool:
        text, mention = message.get("text", ""), f"@{self.profile.username}"
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            return "@" not in command or command.endswith(mention)
        return mention in text

    def _provenance(self, forwarded_from: int | None, *, via_bot: bool) -> dict[str, Any]:
        fields: dict[str, Any] = {"via_bot": _INLINE_BOT} if via_bot else {}
        if forwarded_from is not None:
            origin: dict[str, Any] = {"date": int(time.time())}
            if author := self.people.get(forwarded_from):
                origin |= {"type": "user", "sender_user": author.user()}
            else:
                origin |= {"type": "hidden_user", "sender_user_name": "Somebody"}
            fields["forward_origin"] = origin
        return fields

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        person = self.person(user_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self._bot_status(self.conversations[user_id], person, before, after)
        self._publish_state(person)

    def _bot_status(self, chat: Conversation, by: Person, before: str, after: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self.profile.user()} | until

        change = {
            "chat": chat.about,
            "from": by.user(),
            "date": int(time.time()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        self._queue("my_chat_member", change)

    def _publish_state(self, person: Person) -> None:
        state = {"type": "state", "blocked": person.blocked, "started": person.started}
        self.board.publish(person.id, state)
