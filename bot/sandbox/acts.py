"""What a person does in an open chat, as the page sends it: JSON with the ``type`` of the act."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.board import Event
from bot.sandbox.world import World

Act = dict[str, Any]


def act_in(world: World, chat_id: int, text: str) -> Event | None:
    """Does what the page asks for in a group or a channel: its owner brings the bot there, or takes it out."""
    try:
        let_in = bool(json.loads(text)["bot"])
    except (ValueError, KeyError, TypeError) as error:
        return {"type": "error", "text": f"not understood: {error}"}
    (world.let_bot_in if let_in else world.put_bot_out)(chat_id)
    return None


def act(world: World, user_id: int, text: str) -> Event | None:
    """Does what the page asks for; the answer is for the window that asked, None where the chat itself shows it."""
    try:
        asked = json.loads(text)
        return _ACTS[asked["type"]](world, user_id, asked)
    except (ValueError, KeyError, TypeError) as error:
        return {"type": "error", "text": f"not understood: {error}"}


def _text(world: World, user_id: int, asked: Act) -> None:
    world.send_text(user_id, str(asked["text"]), reply_to=_reply_to(asked))


def _edit(world: World, user_id: int, asked: Act) -> None:
    world.edit_text(user_id, int(asked["message_id"]), str(asked["text"]))


def _start(world: World, user_id: int, asked: Act) -> None:
    world.start(user_id, str(asked.get("payload", "")))


def _press(world: World, user_id: int, asked: Act) -> Event:
    callback_id = world.press(user_id, int(asked["message_id"]), str(asked["data"]))
    return {"type": "pressed", "client_id": asked.get("client_id"), "callback_id": callback_id}


def _contact(world: World, user_id: int, asked: Act) -> None:
    """One's own contact; with ``owner`` another's, with ``owner: 0`` one out of an address book."""
    owner = asked.get("owner")
    world.share_contact(
        user_id,
        owner_id=None if owner is None else int(owner),
        phone=str(asked.get("phone", "")),
        name=str(asked.get("name", "")),
        reply_to=_reply_to(asked),
    )


def _forward(world: World, user_id: int, asked: Act) -> None:
    world.forward(user_id, int(asked["message_id"]))


def _block(world: World, user_id: int, asked: Act) -> None:
    (world.block if asked["blocked"] else world.unblock)(user_id)


def _reply_to(asked: Act) -> int | None:
    number = asked.get("reply_to")
    return None if number is None else int(number)


_ACTS: Mapping[str, Callable[[World, int, Act], Event | None]] = {
    "text": _text,
    "edit": _edit,
    "start": _start,
    "press": _press,
    "contact": _contact,
    "forward": _forward,
    "block": _block,
}
