"""Changing and deleting messages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from bot.sandbox.contents import file_of
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.methods.attachments import attachment
from bot.sandbox.methods.call import ApiCall, Handler, chat_of, own_message, writable_chat
from bot.sandbox.methods.sending import text_content, with_users
from bot.sandbox.people import Conversation, Message
from bot.sandbox.text import caption_text, message_text

_DELETABLE_FOR = 48 * 3600
_MOST_AT_ONCE = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION = ("caption", "caption_entities")


async def edit_message_text(call: ApiCall) -> Message:
    """A new text; the keyboard goes unless it is sent again."""
    text, entities = message_text(call.params)
    chat, message = _target(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = text_content(call, text, entities)
    return _change(call, chat, message, content, ("text", "entities", "link_preview_options", "reply_markup"))


async def edit_message_caption(call: ApiCall) -> Message:
    """A new caption, or none."""
    caption, entities = caption_text(call.params)
    chat, message = _target(call)
    if not file_of(message):
        raise bad_request("there is no caption in the message to edit")
    return _change(call, chat, message, _captioned(call, caption, entities), (*_CAPTION, "reply_markup"))


async def edit_message_media(call: ApiCall) -> Message:
    """Another file in place of the text or file."""
    media = call.params["media"]
    kind = media["type"]
    if kind not in {"document", "photo"}:
        raise ApiError(501, f"Not implemented by the sandbox: media of type {kind}")
    caption, entities = caption_text(media)
    chat, message = _target(call)
    content = attachment(call, kind, media["media"]) | _captioned(call, caption, entities)
    replaced = (*_CAPTION, "text", "entities", "link_preview_options", "document", "photo", "reply_markup")
    return _change(call, chat, message, content, replaced)


async def edit_message_reply_markup(call: ApiCall) -> Message:
    """Another inline keyboard, or none."""
    chat, message = _target(call)
    return _change(call, chat, message, {}, ("reply_markup",))


async def delete_message(call: ApiCall) -> bool:
    """Takes a message of either side out of the chat."""
    chat = chat_of(call)
    message = chat.messages.get(call.need("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    own = message["from"]["id"] == call.world.profile.bot_id
    if time.time() - message["date"] > _DELETABLE_FOR or not (own or chat.is_private):
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(chat, [message["message_id"]])
    return True


async def delete_messages(call: ApiCall) -> bool:
    """Takes several out; those that are gone already are no error."""
    message_ids = call.params["message_ids"]
    if not message_ids:
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > _MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    call.world.remove(chat_of(call), message_ids)
    return True


def _target(call: ApiCall) -> tuple[Conversation, Message]:
    if "inline_message_id" in call.params:
        raise ApiError(501, "Not implemented by the sandbox: inline messages")
    call.need("message_id")
    chat = writable_chat(call)
    return chat, own_message(call, chat)


def _captioned(call: ApiCall, caption: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {"caption": caption} if caption else {}
    return content | ({"caption_entities": with_users(call, entities)} if entities else {})


def _change(
    call: ApiCall, chat: Conversation, message: Message, content: dict[str, Any], replaced: tuple[str, ...]
) -> Message:
    """Replaces the named fields by ``content`` and the call's keyboard."""
    markup = checked_markup(call.params)
    if markup is not None:
        content["reply_markup"] = markup
    kept = {key: value for key, value in message.items() if key not in replaced}
    changed = kept | content
    if changed == message:
        raise bad_request(_NOT_MODIFIED)
    changed["edit_date"] = int(time.time())
    call.world.replace(chat, changed)
    return changed


METHODS: Mapping[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
