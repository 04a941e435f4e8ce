"""New messages of the bot and its answers to taps."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from bot.sandbox.contents import replied
from bot.sandbox.entities import Entity
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import checked_markup, is_inline
from bot.sandbox.methods.attachments import attachment
from bot.sandbox.methods.call import ApiCall, Handler, writable_chat
from bot.sandbox.people import Conversation, Message
from bot.sandbox.text import caption_text, message_text

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_LONGEST_ANSWER = 200


async def send_message(call: ApiCall) -> Message:
    """A text."""
    text, entities = message_text(call.params)
    return post(call, writable_chat(call), text_content(call, text, entities))


async def send_document(call: ApiCall) -> Message:
    """A file, uploaded now or known by its id."""
    return _send_file(call, "document")


async def send_photo(call: ApiCall) -> Message:
    """A picture."""
    return _send_file(call, "photo")


async def send_chat_action(call: ApiCall) -> bool:
    """Shows the person that something is being prepared ("typing…")."""
    if call.params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(call)
    call.world.board.publish(chat.id, {"type": "action", "action": call.params["action"]})
    return True


async def answer_callback_query(call: ApiCall) -> bool:
    """Ends the waiting mark on a pressed button, with a note or an alert."""
    world, params = call.world, call.params
    callback_id = params["callback_query_id"]
    tap = world.taps.get(callback_id)
    if tap is None or time.monotonic() - tap.at > world.callback_timeout:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(params.get("text", "")) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.get("url"):
        own_link = f"t.me/{world.profile.username}?start="
        if own_link not in params["url"]:
            raise bad_request("URL_INVALID")
    if tap.answer is None:
        tap.answer = {"text": params.get("text", ""), "show_alert": params.get("show_alert", False)}
        event = {"type": "callback_answer", "callback_id": callback_id, "url": params.get("url", "")}
        world.board.publish(tap.user_id, event | tap.answer)
    return True


def post(call: ApiCall, chat: Conversation, content: dict[str, Any]) -> Message:
    """Puts the bot's message into a chat with everything that calls which send have in common."""
    world, params = call.world, call.params
    markup = checked_markup(params)
    if markup is not None and is_inline(markup):
        content["reply_markup"] = markup
    if params.get("protect_content"):
        content["has_protected_content"] = True
    if "reply_parameters" in params:
        content |= _replied(chat, params["reply_parameters"])
    if chat.is_channel:
        content["sender_chat"] = chat.about
    message = world.post(chat, world.profile.user(), content)
    if markup is not None and not is_inline(markup):
        chat.frozen.add(message["message_id"])
        if "force_reply" in markup:
            world.ask_for_reply(chat, message["message_id"], markup.get("input_field_placeholder", ""))
        else:
            world.show_reply_keyboard(chat, markup if "keyboard" in markup else None)
    if chat.is_private and chat.id not in world.board.listened():
        world.people[chat.id].unread += 1
    return message


def text_content(call: ApiCall, text: str, entities: list[Entity]) -> dict[str, Any]:
    """The fields of a message with this text; ``disable_web_page_preview`` is the old name of a preview option."""
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = with_users(call, entities)
    if "link_preview_options" in call.params:
        content["link_preview_options"] = call.params["link_preview_options"]
    elif call.params.get("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return content


def with_users(call: ApiCall, entities: list[Entity]) -> list[Entity]:
    """Mentions by number get the person they mean; of people Telegram does not know, nothing remains."""
    people = call.world.people
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif (user_id := entity["user"]["id"]) in people:
            kept.append(entity | {"user": people[user_id].user()})
    return kept


def _send_file(call: ApiCall, kind: str) -> Message:
    caption, entities = caption_text(call.params)
    chat = writable_chat(call)
    content = attachment(call, kind, call.params[kind])
    if caption:
        content["caption"] = caption
    if entities:
        content["caption_entities"] = with_users(call, entities)
    return post(call, chat, content)


def _replied(chat: Conversation, reply: Mapping[str, Any]) -> dict[str, Any]:
    original = chat.messages.get(reply["message_id"])
    if original is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return replied(original)


METHODS: Mapping[str, Handler] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
