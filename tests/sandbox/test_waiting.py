"""How tests wait for the bot."""

import asyncio

import pytest

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA


async def test_waiting_ends_with_what_the_condition_returns(world: World) -> None:
    asyncio.get_running_loop().call_later(0.02, world.send_text, AIZADA, "a")
    found = await world.wait_for(lambda: [each for each in world.messages(AIZADA) if each["text"] == "a"])
    assert len(found) == 1


async def test_waiting_also_notices_what_happens_elsewhere(world: World) -> None:
    elsewhere: list[int] = []
    asyncio.get_running_loop().call_later(0.02, elsewhere.append, 1)
    assert await world.wait_for(lambda: elsewhere, timeout=1) == [1]


async def test_waiting_in_vain_shows_the_chat(world: World) -> None:
    world.send_text(AIZADA, "Салам")
    with pytest.raises(TimeoutError, match="Айзада: 'Салам'"):
        await world.wait_for(lambda: world.bot_messages(AIZADA), timeout=0.01)
