"""How the bot gets its updates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.errors import conflict
from bot.sandbox.methods.call import Answer, ApiCall, Handler
from bot.sandbox.updates import Update

_LONGEST_POLL = 50
_BATCH = 100


async def get_updates(call: ApiCall) -> Sequence[Update]:
    """Long polling; without ``allowed_updates`` the earlier choice stays."""
    world, params = call.world, call.params
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    if "allowed_updates" in params:
        world.updates.allowed = params["allowed_updates"]
    timeout = min(max(params.get("timeout", 0), 0), _LONGEST_POLL)
    return await world.updates.poll(params.get("offset", 0), params.get("limit", _BATCH), timeout)


async def set_webhook(call: ApiCall) -> Answer:
    """Starts posting updates to an address; without one, stops."""
    world, params = call.world, call.params
    url = params.get("url", "")
    if not url:
        return await delete_webhook(call)
    if params.get("drop_pending_updates"):
        world.updates.clear()
    if "allowed_updates" in params:
        world.updates.allowed = params["allowed_updates"]
    await world.webhook.set(url, secret=params.get("secret_token", ""), max_connections=params.get("max_connections"))
    return Answer(result=True, description="Webhook was set")


async def delete_webhook(call: ApiCall) -> Answer:
    """Stops posting; what was not delivered waits for getUpdates unless it is to be dropped."""
    was_set = bool(call.world.webhook.url)
    await call.world.webhook.stop()
    if call.params.get("drop_pending_updates"):
        call.world.updates.clear()
    return Answer(result=True, description="Webhook was deleted" if was_set else "Webhook is already deleted")


async def get_webhook_info(call: ApiCall) -> dict[str, Any]:
    """The state of delivery."""
    return call.world.webhook.info()


METHODS: Mapping[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
