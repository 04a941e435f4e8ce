"""Trouble on the way: what a client sees and what really happened."""

import time

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA


async def test_too_many_requests_name_the_pause(world: World, bot: Bot) -> None:
    world.faults.refuse(429, retry_after=7, count=2)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter, match="Too Many Requests: retry after 7") as refusal:
            await bot.send_message(AIZADA, "a")
        assert refusal.value.retry_after == 7
    await bot.send_message(AIZADA, "a")
    assert len(world.bot_messages(AIZADA)) == 1


async def test_a_fault_hits_only_its_method_and_never_polling_by_chance(world: World, bot: Bot) -> None:
    world.faults.refuse(403, method="sendDocument")
    await bot.send_message(AIZADA, "a")
    world.faults.clear()
    world.faults.refuse(403)
    await bot.get_updates()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(AIZADA, "a")


async def test_a_broken_proxy_answers_with_html(world: World, bot: Bot) -> None:
    world.faults.refuse(502, description="Bad Gateway")
    with pytest.raises(ClientDecodeError):
        await bot.send_message(AIZADA, "a")


async def test_any_refusal_can_be_ordered(world: World, bot: Bot) -> None:
    world.faults.refuse(400, description="Bad Request: PEER_ID_INVALID")
    with pytest.raises(TelegramBadRequest, match="PEER_ID_INVALID"):
        await bot.send_message(AIZADA, "a")


async def test_a_call_that_is_dropped_does_nothing(world: World, bot: Bot) -> None:
    world.faults.drop()
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(AIZADA, "a")
    assert world.bot_messages(AIZADA) == []


async def test_a_lost_answer_hides_that_the_message_was_sent(world: World, bot: Bot) -> None:
    world.faults.lose_answer(method="sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(AIZADA, "a")
    assert [message["text"] for message in world.bot_messages(AIZADA)] == ["a"]
    await bot.send_message(AIZADA, "b")


async def test_a_slow_answer_comes_after_the_deed(world: World, bot: Bot) -> None:
    world.faults.slow(0.2)
    started = time.monotonic()
    await bot.send_message(AIZADA, "a")
    assert time.monotonic() - started >= 0.2
