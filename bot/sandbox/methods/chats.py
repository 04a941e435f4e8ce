"""Questions about chats, people and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.methods.call import ApiCall, Handler, chat_of

_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


async def get_chat(call: ApiCall) -> dict[str, Any]:
    """The Bot API's ChatFullInfo."""
    chat = chat_of(call)
    full = chat.about | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if not chat.is_private:
        full["permissions"] = {"can_send_messages": True}
    return full


async def get_chat_member(call: ApiCall) -> dict[str, Any]:
    """Whether somebody is in a chat; the bot may ask about itself."""
    chat, user_id = chat_of(call), call.params["user_id"]
    world = call.world
    if user_id == world.profile.bot_id:
        return world.bot_in(chat)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found" if chat.is_private else "member not found")
    return {"status": "member" if user_id in chat.members else "left", "user": person.user()}


async def leave_chat(call: ApiCall) -> bool:
    """The bot leaves a group."""
    chat = chat_of(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.bot_is_member:
        raise forbidden("bot is not a member of the group chat")
    chat.bot_is_member = False
    call.world.board.changed()
    return True


async def get_file(call: ApiCall) -> dict[str, Any]:
    """Where to download a file; a bot gets at most 20 MB."""
    stored = call.world.files.find(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


METHODS: Mapping[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "getFile": get_file,
}
