"""Updates as Telegram sent them, as far as they are read before they are stored."""

import json
from collections.abc import Mapping
from typing import Any

from services.inbox.dto import StoredUpdate


def stored_update(update: Mapping[str, Any]) -> StoredUpdate | None:
    """Return the update for the inbox; None for what is none."""
    update_id = update.get("update_id")
    if not isinstance(update_id, int):
        return None
    return StoredUpdate(
        update_id=update_id,
        person_key=_person_key(update),
        # ASCII only, so that half of a surrogate pair in one update does not stop a whole batch from being stored.
        payload=json.dumps(update, separators=(",", ":")),
    )


def _person_key(update: Mapping[str, Any]) -> int:
    """Return the Telegram id whose updates are served in order."""
    for event in update.values():
        if isinstance(event, Mapping):
            sender = event.get("from") or event.get("chat")
            if isinstance(sender, Mapping) and isinstance(sender.get("id"), int):
                return int(sender["id"])
    return 0
