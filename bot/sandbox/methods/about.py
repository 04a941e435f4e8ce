"""The bot's profile: name, descriptions, commands, menu button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.methods.call import ApiCall, Handler, chat_of


async def get_me(call: ApiCall) -> dict[str, Any]:
    """The bot itself."""
    return call.world.profile.me()


async def set_my_commands(call: ApiCall) -> bool:
    """Commands of one scope and language."""
    _change_commands(call, call.params["commands"])
    return True


async def delete_my_commands(call: ApiCall) -> bool:
    """Removes them, so that the next wider scope shows."""
    _change_commands(call, [])
    return True


async def get_my_commands(call: ApiCall) -> list[dict[str, str]]:
    """The commands of exactly one scope and language."""
    return call.world.profile.commands(call.params.get("scope"), call.params.get("language_code", ""))


async def set_chat_menu_button(call: ApiCall) -> bool:
    """The button beside the input field."""
    chat_id = chat_of(call).id if "chat_id" in call.params else None
    call.world.profile.set_menu_button(chat_id, call.params.get("menu_button") or {"type": "default"})
    return True


async def get_chat_menu_button(call: ApiCall) -> dict[str, Any]:
    """The button of a chat, or the one for all."""
    return call.world.profile.menu_button(chat_of(call).id if "chat_id" in call.params else None)


def _setter(kind: str) -> Handler:
    async def set_text(call: ApiCall) -> bool:
        language = call.params.get("language_code", "")
        call.world.profile.set_text(kind, call.params.get(kind, ""), language)
        return True

    return set_text


def _getter(kind: str) -> Handler:
    async def get_text(call: ApiCall) -> dict[str, str]:
        return {kind: call.world.profile.text(kind, call.params.get("language_code", ""))}

    return get_text


def _change_commands(call: ApiCall, commands: list[dict[str, str]]) -> None:
    world = call.world
    world.profile.set_commands(commands, call.params.get("scope"), call.params.get("language_code", ""))
    for chat_id in world.board.listened():
        world.board.publish(chat_id, {"type": "commands", "commands": world.commands_for(chat_id)})


METHODS: Mapping[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
