"""What people do in this Telegram and what they see."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox.contents import INLINE_BOT, captioned, contact, copied, origin, origin_of, replied, sticker
from bot.sandbox.entities import utf16_length
from bot.sandbox.files import document, photo_sizes
from bot.sandbox.membership import Membership
from bot.sandbox.people import Conversation, Message
from bot.sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, found_entities


class World(Membership):
    """A local Telegram with its people.

    Everything a person does is one synchronous method, to be called in the server's event loop; it changes the chat and
    queues the update the bot receives. Methods return the Bot API's Message as it stands in the chat.
    """

    def send_text(
        self,
        user_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        forwarded_from: int | None = None,
        via_bot: bool = False,
        reply_to: int | None = None,
    ) -> Message:
        """Writes to the bot or, with ``chat_id``, to a group.

        Of a group the bot hears commands, mentions of itself and answers to it (``reply_to`` a message of its own), as
        with Telegram's privacy mode on; everything if it was added with ``bot_hears_all``.

        ``forwarded_from`` is the person whose message this was (an unknown number stands for a hidden account);
        ``via_bot`` says that another bot wrote the text for the person.
        """
        content: dict[str, Any] = {"text": text}
        if entities := found_entities(text, []):
            content["entities"] = entities
        if utf16_length(text) > TEXT_LIMIT:
            raise ValueError("the app of a person would split this text into several messages")
        content |= self._provenance(forwarded_from, via_bot=via_bot)
        return self._say(user_id, content, chat_id, reply_to)

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
        name: str = "",
        forwarded: bool = False,
        via_bot: bool = False,
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Sends a contact: one's own by default, to the bot or, with ``chat_id``, to a group.

        ``owner_id`` is whose contact it is, also of an account that is not here; 0 makes one from an address book,
        without an account. ``phone`` and ``name`` replace the owner's. ``forwarded`` says that it came with a message
        of the owner (see ``forward`` for other ways), ``via_bot`` that another bot made it. What a bot hears in a group
        is said at ``send_text``.
        """
        number = user_id if owner_id is None else owner_id
        owner = self.people.get(number)
        card = contact(owner, number, phone=phone, name=name)
        author = number if forwarded else None
        return self._say(user_id, {"contact": card} | self._provenance(author, via_bot=via_bot), chat_id, reply_to)

    def forward(
        self, user_id: int, message_id: int, *, from_chat: int | None = None, chat_id: int | None = None
    ) -> Message:
        """Forwards a message of a chat one is in (by default the one with the bot) to the bot or to a group.

        Raises:
            ValueError: the bot sent it so that it cannot be forwarded.
        """
        source = self.conversations[from_chat or user_id]
        message = source.messages[message_id]
        if user_id not in source.members:
            raise ValueError(f"{user_id} is not in chat {source.id}")
        if message.get("has_protected_content"):
            raise ValueError("the message can't be forwarded")
        return self._say(user_id, copied(message) | {"forward_origin": origin_of(message)}, chat_id)

    def send_document(
        self,
        user_id: int,
        name: str,
        content: bytes,
        *,
        mime: str = "application/octet-stream",
        declared_size: int | None = None,
        caption: str = "",
        reply_to: int | None = None,
    ) -> Message:
        """Sends a file; ``declared_size`` lets a few bytes pass for a large file."""
        self._check_caption(caption)
        stored = self.files.add("document", name, content, mime=mime, size=declared_size)
        return self._say(user_id, captioned({"document": document(stored)}, caption), None, reply_to)

    def send_photo(self, user_id: int, content: bytes, *, caption: str = "", reply_to: int | None = None) -> Message:
        """Sends a picture as a photo."""
        self._check_caption(caption)
        photo = photo_sizes(self.files.add("photo", "photo.jpg", content))
        return self._say(user_id, captioned({"photo": photo}, caption), None, reply_to)

    def send_sticker(self, user_id: int, *, reply_to: int | None = None) -> Message:
        """Sends something most bots have no use for."""
        stored = self.files.add("sticker", "sticker.webp", b"RIFF....WEBP", mime="image/webp")
        return self._say(user_id, {"sticker": sticker(stored)}, None, reply_to)

    def edit_text(self, user_id: int, message_id: int, text: str) -> Message:
        """Changes one's own message."""
        chat = self.conversations[user_id]
        old = chat.messages[message_id]
        if old["from"]["id"] != user_id or "text" not in old:
            raise ValueError(f"message {message_id} is no text written by {user_id}")
        message = old | {"text": text, "edit_date": int(time.time()), "entities": found_entities(text, [])}
        if not message["entities"]:
            del message["entities"]
        self.replace(chat, message)
        self._queue("edited_message", message)
        return message

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
        """The buttons below the person's input field; None also for those that went after one use."""
        chat = self.conversations[user_id]
        return None if chat.keyboard_used else chat.reply_keyboard

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

    def _say(
        self, user_id: int, content: dict[str, Any], chat_id: int | None = None, reply_to: int | None = None
    ) -> Message:
        """A person's message; writing to a bot one has blocked lifts the block, as the apps do."""
        person, chat = self.person(user_id), self.conversations[chat_id or user_id]
        if chat.is_private:
            if person.blocked:
                self.unblock(user_id)
            person.unread = 0
            if not person.started:
                person.started = True
                self.publish_state(person)
        if reply_to is not None:
            content |= replied(chat.messages[reply_to])
        message = self.post(chat, person.user(), content)
        self.use_reply_keyboard(chat)
        if chat.is_private or (chat.bot_is_member and self._concerns_bot(chat, message)):
            self._queue("message", message)
        return message

    def _concerns_bot(self, chat: Conversation, message: Message) -> bool:
        if chat.bot_hears_all or message.get("reply_to_message", {}).get("from", {}).get("id") == self.profile.bot_id:
            return True
        text, mention = message.get("text", ""), f"@{self.profile.username}"
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            return "@" not in command or command.endswith(mention)
        return mention in text

    def _provenance(self, forwarded_from: int | None, *, via_bot: bool) -> dict[str, Any]:
        fields: dict[str, Any] = {"via_bot": INLINE_BOT} if via_bot else {}
        if forwarded_from is not None:
            fields["forward_origin"] = origin(self.people.get(forwarded_from))
        return fields

    @staticmethod
    def _check_caption(caption: str) -> None:
        if utf16_length(caption) > CAPTION_LIMIT:
            raise ValueError("the app of a person would not take so long a caption")
