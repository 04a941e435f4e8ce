"""Parts of messages that more than one act makes: contacts, origins, captions, copies."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox.files import StoredFile
from bot.sandbox.people import Message, Person
from bot.sandbox.text import found_entities

#: Another bot, through which a person may write ("via @…").
INLINE_BOT = {"id": 777_001, "is_bot": True, "first_name": "Another bot", "username": "another_inline_bot"}
_COPIED = ("text", "entities", "link_preview_options", "caption", "caption_entities", "contact")
_FILES = ("document", "photo", "sticker")
_UNKNOWN_PHONE = "+996000000000"


def contact(owner: Person | None, number: int, *, phone: str, name: str) -> dict[str, Any]:
    """The Bot API's Contact: of somebody here, of an account that is not here, or of none (``number`` 0)."""
    full_name = name or (owner.name if owner else "Somebody")
    first, _, last = full_name.partition(" ")
    card: dict[str, Any] = {"phone_number": phone or (owner.phone if owner else _UNKNOWN_PHONE), "first_name": first}
    if owner is not None and not name:
        card["first_name"], last = owner.first_name, owner.last_name
    if last:
        card["last_name"] = last
    if number:
        card["user_id"] = number
    return card


def origin(author: Person | None) -> dict[str, Any]:
    """The Bot API's MessageOrigin: a person, or an account that hides itself."""
    at = {"date": int(time.time())}
    if author is None:
        return at | {"type": "hidden_user", "sender_user_name": "Somebody"}
    return at | {"type": "user", "sender_user": author.user()}


def origin_of(message: Message) -> dict[str, Any]:
    """Where a forwarded message says it comes from: its author, or where that one had it from."""
    first: dict[str, Any] | None = message.get("forward_origin")
    return first or {"type": "user", "sender_user": message["from"], "date": message["date"]}


def copied(message: Message) -> dict[str, Any]:
    """The content of a message, without a word about who wrote it and without its buttons."""
    return {key: message[key] for key in (*_COPIED, *_FILES) if key in message}


def file_of(message: Message) -> dict[str, Any]:
    """The file of a message; empty for a text."""
    return {kind: message[kind] for kind in _FILES if kind in message}


def replied(original: Message) -> dict[str, Any]:
    """The field of an answer that shows what it answers; chains are one message long."""
    return {"reply_to_message": {key: value for key, value in original.items() if key != "reply_to_message"}}


def captioned(content: dict[str, Any], caption: str) -> dict[str, Any]:
    """A file with the words a person wrote below it."""
    if caption:
        content["caption"] = caption
        if entities := found_entities(caption, []):
            content["caption_entities"] = entities
    return content


def sticker(stored: StoredFile) -> dict[str, Any]:
    """The Bot API's Sticker."""
    return {
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
