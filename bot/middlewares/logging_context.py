"""Every log line of an update carries its ids; one line at the end says who served it and how long it took."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject, Update

from bot.logs import log_context

logger = logging.getLogger("bot.updates")


@dataclass(slots=True)
class Journey:
    """What became of an update."""

    handler: str = "nobody"


class LoggingContextMiddleware(BaseMiddleware):
    """Ids only; never the text of a message."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Serve the update inside its context."""
        update_id = event.update_id if isinstance(event, Update) else None
        user = data.get("event_from_user")
        journey = data["journey"] = Journey()
        begun = time.perf_counter()
        with log_context(update=update_id, user=user.id if user else None):
            try:
                return await handler(event, data)
            finally:
                milliseconds = (time.perf_counter() - begun) * 1000
                logger.info("served by %s in %.0f ms", journey.handler, milliseconds)


class HandlerNameMiddleware(BaseMiddleware):
    """Inner middleware: tells the journey which handler was chosen."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 -- whatever the handler returns
        """Note the name, unless it would say too much, and go on."""
        chosen: HandlerObject = data["handler"]
        named = not get_flag(data, "unnamed")
        data["journey"].handler = f"{chosen.callback.__module__}.{chosen.callback.__name__}" if named else "a handler"
        return await handler(event, data)
