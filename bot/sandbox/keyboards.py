"""What Telegram checks about keyboards beyond their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.entities import link_of
from bot.sandbox.errors import bad_request

Markup = dict[str, Any]

_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_MOST_BUTTONS = 100
_LONGEST_DATA = 64
_LONGEST_COPY = 256
_LONGEST_PLACEHOLDER = 64


def checked_markup(params: Mapping[str, Any]) -> Markup | None:
    """The ``reply_markup`` of a call; None if there is none or it has no buttons.

    Raises:
        ApiError: a button Telegram would not show.
    """
    markup: Markup | None = params.get("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        for row in rows:
            for button in row:
                _check_inline(button)
        _check_count(rows)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = [row for row in markup["keyboard"] if row]
        for row in rows:
            for button in row:
                _check_label(button)
        _check_count(rows)
        if len(markup.get("input_field_placeholder", "")) > _LONGEST_PLACEHOLDER:
            raise bad_request("input field placeholder is too long")
        return markup | {"keyboard": rows} if rows else None
    return markup


def is_inline(markup: Markup | None) -> bool:
    """Whether the markup stays under the message itself."""
    return markup is not None and "inline_keyboard" in markup


def _check_label(button: Mapping[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")


def _check_count(rows: list[list[Any]]) -> None:
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_inline(button: Mapping[str, Any]) -> None:
    _check_label(button)
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: more than one action: {', '.join(actions)}")
    if reason := _wrong_action(button, actions[0]):
        raise bad_request(reason)


def _wrong_action(button: Mapping[str, Any], action: str) -> str:
    """Why Telegram refuses what the button does; "" if it does not."""
    match action:
        case "callback_data" if not 1 <= len(button["callback_data"].encode()) <= _LONGEST_DATA:
            return "BUTTON_DATA_INVALID"
        case "copy_text" if not 1 <= len(button["copy_text"]["text"]) <= _LONGEST_COPY:
            return "BUTTON_COPY_TEXT_INVALID"
        case "url" if not link_of(button["url"]):
            return f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        case "web_app" if not button["web_app"]["url"].startswith("https://"):
            url = button["web_app"]["url"]
            return f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
    return ""
