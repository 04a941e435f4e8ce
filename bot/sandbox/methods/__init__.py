"""The methods of the Bot API the sandbox knows, one file a group."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.methods import about, chats, copying, editing, receiving, sending
from bot.sandbox.methods.call import Handler


def all_methods() -> Mapping[str, Handler]:
    """Handlers by method name."""
    return {
        **receiving.METHODS,
        **sending.METHODS,
        **editing.METHODS,
        **copying.METHODS,
        **chats.METHODS,
        **about.METHODS,
    }
