"""What a bot tells about itself: names, descriptions, commands, menu buttons."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import bad_request

Command = dict[str, str]
Scope = dict[str, Any]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_COMMAND_DESCRIPTION = 256
_MOST_COMMANDS = 100
LIMITS = {"name": 64, "description": 512, "short_description": 120}
_REFUSALS = {
    "name": "BOT_TITLE_INVALID",
    "description": "DESCRIPTION_TOO_LONG",
    "short_description": "ABOUT_TOO_LONG",
}


class Profile:
    """One bot's profile, each part by language with "" for everybody else."""

    def __init__(self, bot_id: int, username: str, name: str) -> None:
        self.bot_id = bot_id
        self.username = username
        self._texts: dict[str, dict[str, str]] = {kind: {} for kind in LIMITS}
        self._texts["name"][""] = name
        self._commands: dict[tuple[Any, ...], list[Command]] = {}
        self._menu_buttons: dict[int | None, dict[str, Any]] = {}

    def user(self) -> dict[str, Any]:
        """The bot as the sender of a message."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self._texts["name"][""], "username": self.username}

    def me(self) -> dict[str, Any]:
        """The answer of getMe."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def text(self, kind: str, language: str = "") -> str:
        """A name or description for readers of a language; without one of their own, the one for everybody."""
        texts = self._texts[kind]
        return texts.get(language) or texts.get("", "")

    def set_text(self, kind: str, text: str, language: str) -> None:
        """Sets or, with "", removes a name or description. The name for everybody cannot be removed."""
        if len(text) > LIMITS[kind]:
            raise bad_request(_REFUSALS[kind])
        if text:
            self._texts[kind][language] = text
        elif (kind, language) != ("name", ""):
            self._texts[kind].pop(language, None)

    def set_commands(self, commands: list[Command], scope: Scope | None, language: str) -> None:
        """Sets the commands of exactly this scope and language; an empty list removes them."""
        if len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= _LONGEST_COMMAND_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        key = (*_scope_key(scope), language)
        if commands:
            self._commands[key] = [command | {"command": command["command"].removeprefix("/")} for command in commands]
        else:
            self._commands.pop(key, None)

    def commands(self, scope: Scope | None, language: str) -> list[Command]:
        """The commands of exactly this scope and language."""
        return self._commands.get((*_scope_key(scope), language), [])

    def commands_in_private(self, chat_id: int, language: str) -> list[Command]:
        """What a person sees: the chat's own commands, else those of private chats, else the default ones.

        Within each scope the person's language comes before "everybody".
        """
        for scope in (("chat", chat_id), ("all_private_chats",), ("default",)):
            for code in (language, "") if language else ("",):
                if commands := self._commands.get((*scope, code)):
                    return commands
        return []

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """Sets the button beside the input field for one chat or, with None, for all."""
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int | None) -> dict[str, Any]:
        """The button of a chat; without one of its own, that of all."""
        default = self._menu_buttons.get(None, {"type": "commands"})
        return default if chat_id is None else self._menu_buttons.get(chat_id, default)


def _scope_key(scope: Scope | None) -> tuple[Any, ...]:
    scope = scope or {"type": "default"}
    return tuple(scope[field] for field in ("type", "chat_id", "user_id") if field in scope)
