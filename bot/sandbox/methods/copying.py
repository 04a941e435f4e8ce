"""Sending a message that stands somewhere already."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.contents import copied, file_of, origin_of
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.call import ApiCall, Handler, chat_of, writable_chat
from bot.sandbox.methods.sending import post, with_users
from bot.sandbox.people import Message
from bot.sandbox.text import caption_text


async def copy_message(call: ApiCall) -> dict[str, int]:
    """The content without a word about where it comes from; the keyboard is not copied."""
    original = _original(call, "copy")
    content = copied(original)
    if "caption" in call.params and file_of(original):
        caption, entities = caption_text(call.params)
        content |= {"caption": caption, "caption_entities": with_users(call, entities)}
    return {"message_id": post(call, writable_chat(call), content)["message_id"]}


async def forward_message(call: ApiCall) -> Message:
    """The content with its author."""
    original = _original(call, "forward")
    return post(call, writable_chat(call), copied(original) | {"forward_origin": origin_of(original)})


def _original(call: ApiCall, act: str) -> Message:
    message = chat_of(call, "from_chat_id").messages.get(call.params["message_id"])
    if message is None:
        raise bad_request(f"message to {act} not found")
    if message.get("has_protected_content"):
        raise bad_request("message can't be copied" if act == "copy" else "message can't be forwarded")
    return message


METHODS: Mapping[str, Handler] = {"copyMessage": copy_message, "forwardMessage": forward_message}
