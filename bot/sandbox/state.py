"""The state of one local Telegram and the few operations through which everything in it changes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.board import Board
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.flood import FloodControl
from bot.sandbox.people import Conversation, Message, Person
from bot.sandbox.profile import Profile
from bot.sandbox.truth import Truth
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

T = TypeVar("T")

_MOST_CALLS = 20_000
_DUMPED = 12
_FRAME = {"message_id", "from", "chat", "date", "edit_date", "reply_markup", "entities", "caption_entities"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call the bot made.

    Attributes:
        method: as the Bot API spells it.
        params: after reading, so numbers are numbers and JSON is parsed; as received if they were refused.
        files: uploads by their multipart name.
        at: Unix time.
        ok: whether it was done.
    """

    method: str
    params: dict[str, Any]
    files: dict[str, bytes]
    at: float
    ok: bool


@dataclass(slots=True)
class Tap:
    """A pressed button the bot may still answer."""

    user_id: int
    at: float
    answer: dict[str, Any] | None = None


class State:
    """People, chats, updates, files and the bot's profile.

    Attributes:
        record: False stops recording calls (for benchmarks).
        callback_timeout: seconds in which a pressed button can be answered.
        flood: how much the bot may send; lets everything pass until it is switched on.
        truth: what really became of each message, if it is to be kept.
    """

    def __init__(
        self,
        *,
        bot_id: int = 42,
        bot_username: str = "kabarchy_demo_bot",
        bot_name: str = "Кабарчы",
        callback_timeout: float = 15.0,
    ) -> None:
        self.callback_timeout = callback_timeout
        self.record = True
        self.calls: list[Call] = []
        self.faults = Faults()
        self.flood = FloodControl()
        self.truth = Truth()
        self.people: dict[int, Person] = {}
        self.conversations: dict[int, Conversation] = {}
        self.profile = Profile(bot_id, bot_username, bot_name)
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates)
        self.files = FileStore()
        self.board = Board()
        self.taps: dict[str, Tap] = {}
        self._tap_numbers = itertools.count(int(time.time() * 1000) << 20)

    def introduce_bot(self, bot_id: int, username: str, name: str) -> None:
        """Who the bot is; everything it has told about itself is forgotten."""
        self.profile = Profile(bot_id, username, name)

    def person(self, user_id: int) -> Person:
        """Somebody added before."""
        return self.people[user_id]

    def post(self, chat: Conversation, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        """Puts a message into a chat and shows it to those who look."""
        person = self.people.get(chat.id)
        if person is not None and person.cleared:
            person.cleared = False
            self.publish_state(person)
        chat.last_id += 1
        message: Message = {
            "message_id": chat.last_id,
            "from": sender,
            "chat": chat.about,
            "date": int(time.time()),
        } | content
        chat.messages[chat.last_id] = message
        self.board.publish(chat.id, {"type": "message", "message": message})
        return message

    def replace(self, chat: Conversation, message: Message) -> None:
        """Shows a message in its new form under its old number."""
        chat.messages[message["message_id"]] = message
        self.board.publish(chat.id, {"type": "edited", "message": message})

    def remove(self, chat: Conversation, message_ids: Iterable[int]) -> None:
        """Takes messages out of a chat; unknown numbers are passed over."""
        for message_id in message_ids:
            if chat.messages.pop(message_id, None) is not None:
                self.board.publish(chat.id, {"type": "deleted", "message_id": message_id})

    def show_reply_keyboard(self, chat: Conversation, markup: dict[str, Any] | None) -> None:
        """Changes the buttons below the input field."""
        if chat.reply_keyboard != markup or chat.keyboard_used:
            chat.reply_keyboard, chat.keyboard_used = markup, False
            self.publish_keyboard(chat)

    def use_reply_keyboard(self, chat: Conversation) -> None:
        """The person has written: buttons for one use go, and what was asked is answered."""
        if chat.force_reply is not None:
            chat.force_reply = None
            self.board.publish(chat.id, {"type": "force_reply", "ask": None})
        if chat.reply_keyboard and chat.reply_keyboard.get("one_time_keyboard") and not chat.keyboard_used:
            chat.keyboard_used = True
            self.publish_keyboard(chat)

    def publish_keyboard(self, chat: Conversation) -> None:
        """Shows the buttons below the input field as they are now."""
        event = {"type": "reply_keyboard", "markup": chat.reply_keyboard, "used": chat.keyboard_used}
        self.board.publish(chat.id, event)

    def ask_for_reply(self, chat: Conversation, message_id: int, placeholder: str) -> None:
        """The person's app opens an answer to the message."""
        chat.force_reply = {"message_id": message_id, "placeholder": placeholder}
        self.board.publish(chat.id, {"type": "force_reply", "ask": chat.force_reply})

    def publish_state(self, person: Person) -> None:
        """Shows whether the person has begun, and blocks the bot."""
        started = person.started and not person.cleared
        self.board.publish(person.id, {"type": "state", "blocked": person.blocked, "started": started})

    def new_tap(self, user_id: int) -> str:
        """A button was pressed: the number under which the bot can answer."""
        tap_id = str(next(self._tap_numbers))
        self.taps[tap_id] = Tap(user_id, time.monotonic())
        return tap_id

    def note(self, call: Call) -> None:
        """Remembers a call; the older half goes when there are very many."""
        if self.record:
            self.calls.append(call)
            if len(self.calls) > _MOST_CALLS:
                del self.calls[: _MOST_CALLS // 2]
        self.board.changed()

    async def wait_for(self, condition: Callable[[], T], timeout: float = 20.0) -> T:  # noqa: ASYNC109 - its error shows the chats
        """The first truthy value of a condition, asked again whenever something changes here.

        Raises:
            TimeoutError: with the last messages and calls, to see what happened instead.
        """
        return await self.board.wait_for(condition, timeout, self.describe)

    async def redeliver(self, update_id: int) -> None:
        """Telegram delivers an update again, even one the bot has confirmed."""
        self.updates.put_again(update_id)

    def describe(self) -> str:
        """The last messages of every chat and the last calls, for people who read a failed test."""
        lines = []
        for chat in self.conversations.values():
            lines += [f"chat {chat.id}:"] if chat.messages else []
            lines += [_line(message) for message in list(chat.messages.values())[-_DUMPED:]]
        calls = (call.method + ("" if call.ok else " (refused)") for call in self.calls[-_DUMPED:])
        return "\n".join([*lines, "last calls: " + ", ".join(calls)])

    def _queue(self, kind: str, payload: dict[str, Any]) -> None:
        self.updates.put(kind, payload)
        self.board.changed()


def _line(message: Message) -> str:
    side = "bot" if message["from"]["is_bot"] else message["from"]["first_name"]
    content = message.get("text") or message.get("caption") or "/".join(sorted(message.keys() - _FRAME))
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = "".join(f" [{button['text']}]" for row in rows for button in row)
    return f"  {message['message_id']:>4} {side}: {content!r}{buttons}"
