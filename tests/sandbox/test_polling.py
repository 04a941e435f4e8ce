"""getUpdates: offsets, waiting, one poll at a time."""

import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from bot.sandbox import Sandbox, World
from tests.sandbox.conftest import AIZADA, client


async def test_updates_are_delivered_until_an_offset_confirms_them(world: World, bot: Bot) -> None:
    for text in ("a", "b", "c"):
        world.send_text(AIZADA, text)
    updates = await bot.get_updates()
    assert [update.message and update.message.text for update in updates] == ["a", "b", "c"]
    assert await bot.get_updates() == updates
    assert await bot.get_updates(limit=1) == updates[:1]
    assert await bot.get_updates(offset=updates[0].update_id + 1) == updates[1:]
    assert await bot.get_updates() == updates[1:]
    assert await bot.get_updates(offset=updates[-1].update_id + 1) == []


async def test_a_negative_offset_keeps_only_the_last(world: World, bot: Bot) -> None:
    for text in ("a", "b", "c"):
        world.send_text(AIZADA, text)
    assert [update.message and update.message.text for update in await bot.get_updates(offset=-2)] == ["b", "c"]
    assert len(await bot.get_updates()) == 2


async def test_at_most_100_updates_come_at_once(world: World, bot: Bot) -> None:
    for number in range(120):
        world.send_text(AIZADA, str(number))
    assert len(await bot.get_updates()) == 100


async def test_a_poll_waits_for_an_update(world: World, bot: Bot) -> None:
    poll = asyncio.ensure_future(bot.get_updates(timeout=5))
    await world.wait_for(lambda: world.updates.waits)
    started = time.monotonic()
    world.send_text(AIZADA, "a")
    assert len(await poll) == 1
    assert time.monotonic() - started < 1


async def test_a_poll_returns_empty_when_its_time_is_over(bot: Bot) -> None:
    started = time.monotonic()
    assert await bot.get_updates(timeout=1) == []
    assert 0.9 < time.monotonic() - started < 2


async def test_the_older_of_two_polls_is_terminated(sandbox: Sandbox, world: World, bot: Bot) -> None:
    async with client(sandbox) as second:
        older = asyncio.ensure_future(bot.get_updates(timeout=5))
        await world.wait_for(lambda: world.updates.waits)
        newer = asyncio.ensure_future(second.get_updates(timeout=5))
        with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request; make sure that only"):
            await older
        world.send_text(AIZADA, "a")
        assert len(await newer) == 1


async def test_only_wanted_kinds_are_queued_and_the_choice_is_remembered(world: World, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query", "my_chat_member"])
    world.send_text(AIZADA, "a")
    world.block(AIZADA)
    assert [update.event_type for update in await bot.get_updates()] == ["my_chat_member"]
    await bot.get_updates(offset=-1, allowed_updates=[])
    world.unblock(AIZADA)
    world.send_text(AIZADA, "b")
    assert [update.event_type for update in await bot.get_updates()][1:] == ["my_chat_member", "message"]


async def test_an_update_can_be_delivered_again_after_it_was_confirmed(world: World, bot: Bot) -> None:
    world.send_text(AIZADA, "a")
    (update,) = await bot.get_updates()
    assert await bot.get_updates(offset=update.update_id + 1) == []
    await world.redeliver(update.update_id)
    assert await bot.get_updates(offset=update.update_id + 1) == [update]
    assert await bot.get_updates(offset=update.update_id + 1) == []


async def test_numbers_of_a_later_sandbox_are_larger(bot: Bot, world: World) -> None:
    world.send_text(AIZADA, "a")
    (update,) = await bot.get_updates()
    await asyncio.sleep(0.2)
    async with Sandbox() as later:
        later.world.add_user(AIZADA, "Айзада")
        later.world.start(AIZADA)
        assert later.world.updates.pending()[0]["update_id"] > update.update_id


async def test_a_sandbox_closes_at_once_while_a_poll_waits() -> None:
    async with Sandbox() as sandbox, client(sandbox) as bot:
        poll = asyncio.ensure_future(bot.get_updates(timeout=30))
        await sandbox.world.wait_for(lambda: sandbox.world.updates.waits)
        started = time.monotonic()
        await sandbox.__aexit__(None, None, None)
        assert time.monotonic() - started < 1
        assert await poll == []
