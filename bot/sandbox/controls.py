"""What the page switches for the whole of this Telegram: its faults, its flood control, and a beginning anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.faults import Faults, Kind
from bot.sandbox.world import World

_LONGEST = 3600


class Controls:
    """Routes of the page's panels; every open chat is told of a change."""

    def __init__(self, world: World) -> None:
        self._world = world
        world.faults.on_change = self._tell

    def routes(self) -> list[web.RouteDef]:
        """Routes of an aiohttp application."""
        return [
            web.get("/api/faults", self.faults),
            web.post("/api/faults", self.order_fault),
            web.get("/api/flood", self.flood),
            web.post("/api/flood", self.switch_flood),
            web.post("/api/reset", self.reset),
        ]

    async def faults(self, _: web.Request) -> web.Response:
        """Trouble still to come."""
        return web.json_response(told(self._world.faults))

    async def order_fault(self, request: web.Request) -> web.Response:
        """Orders trouble for the bot's next calls (``count`` 0: for all until it is ended) in place of any other."""
        try:
            order = await request.json()
            kind, count, seconds = str(order["kind"]), int(order.get("count", 1)), float(order.get("seconds", 1))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise web.HTTPBadRequest(text="kind, count and seconds are expected.\n") from None
        faults = self._world.faults
        acts: dict[str, Callable[[], None]] = {
            "429": lambda: faults.refuse(429, retry_after=int(seconds), count=count),
            "500": lambda: faults.refuse(500, count=count),
            "dropped": lambda: faults.drop(count=count),
            "lost": lambda: faults.lose_answer(count=count),
            "slow": lambda: faults.slow(seconds, count=count),
            "off": lambda: None,
        }
        if kind not in acts or count < 0 or not 0 <= seconds <= _LONGEST:
            raise web.HTTPBadRequest(text=f"kind is one of {', '.join(acts)}; count and seconds are not negative.\n")
        faults.clear()
        acts[kind]()
        return await self.faults(request)

    async def flood(self, _: web.Request) -> web.Response:
        """Whether a bot that sends too much is refused."""
        return web.json_response({"on": self._world.flood.on})

    async def switch_flood(self, request: web.Request) -> web.Response:
        """Switches flood control (``on``)."""
        try:
            on = (await request.json())["on"]
        except (ValueError, KeyError, TypeError):
            on = None
        if not isinstance(on, bool):
            raise web.HTTPBadRequest(text="on is true or false.\n")
        self._world.flood.on = on
        return await self.flood(request)

    async def reset(self, _: web.Request) -> web.Response:
        """Empties all chats; the bot's own data stay."""
        self._world.reset()
        return web.json_response({"ok": True})

    def _tell(self) -> None:
        event = {"type": "faults", "faults": told(self._world.faults)}
        for chat_id in self._world.board.listened():
            self._world.board.publish(chat_id, event)


def told(faults: Faults) -> list[dict[str, Any]]:
    """Trouble still to come, as the page shows it."""
    return [
        {
            "kind": str(fault.status) if fault.kind is Kind.REFUSED else fault.kind.value,
            "seconds": fault.seconds,
            "count": fault.count,
            "method": fault.method,
        }
        for fault in faults.waiting()
    ]
