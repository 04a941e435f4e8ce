"""From the last tap to the PDF in the chat, and the start of the program."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL

from bot.sandbox import Sandbox
from tests.bench.processes import environment, running, wait_until_ready
from tests.support.ports import held_port

_STARTS = 5


async def measure(database: URL, data_dir: Path, people: Sequence[int]) -> list[float]:
    """Return the seconds of each person's certificate, one after the other."""
    with held_port() as port:
        async with Sandbox() as sandbox:
            for telegram_id in people:
                sandbox.world.add_user(telegram_id, "Айзада", language_code="ky")
            async with running("bot", "run", env=environment(sandbox, database, data_dir, port)):
                await wait_until_ready(port)
                await _certificate(sandbox, people[0])
                return [await _certificate(sandbox, telegram_id) for telegram_id in people[1:]]


async def measure_start(database: URL, data_dir: Path) -> float:
    """Return the median seconds from the start of the process until it is ready."""
    seconds = []
    with held_port() as port:
        async with Sandbox() as sandbox:
            for _ in range(_STARTS):
                async with running("bot", "run", env=environment(sandbox, database, data_dir, port)):
                    seconds.append(await wait_until_ready(port))
    return statistics.median(seconds)


async def _certificate(sandbox: Sandbox, person: int) -> float:
    """Go the way of three taps; measure from the third."""
    world = sandbox.world
    world.send_text(person, "/certificate")
    screen = await world.wait_for(lambda: _with_buttons(sandbox, person, "ck:"))
    world.press(person, screen, "ck:study")
    await world.wait_for(lambda: _with_buttons(sandbox, person, "cl:"))
    world.press(person, screen, "cl:study:ky")
    await world.wait_for(lambda: _with_buttons(sandbox, person, "cc:"))
    begun = time.perf_counter()
    world.press(person, screen, "cc:study:ky:0")
    await world.wait_for(lambda: any("document" in message for message in world.bot_messages(person)))
    return time.perf_counter() - begun


def _with_buttons(sandbox: Sandbox, person: int, prefix: str) -> int:
    """Return the id of the newest message with such a button; 0 where there is none."""
    for message in reversed(sandbox.world.bot_messages(person)):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if any(button.get("callback_data", "").startswith(prefix) for row in rows for button in row):
            return int(message["message_id"])
    return 0
