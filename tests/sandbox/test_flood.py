"""Flood control: what Telegram lets in, and what it tells a bot that sends too much."""

from collections.abc import Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter

from bot.sandbox import ApiError, FloodControl, World
from tests.sandbox.conftest import AIZADA, BAKYT

GROUP = -500


class Time:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the moment."""
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def flood(time: Time) -> FloodControl:
    control = FloodControl(time, lambda: 1_800_000_000 + time.now)
    control.on = True
    return control


def refused(send: Callable[[], None]) -> int:
    """Return the pause that is asked for."""
    with pytest.raises(ApiError, match="Too Many Requests: retry after ") as refusal:
        send()
    assert refusal.value.code == 429
    assert refusal.value.retry_after is not None
    assert refusal.value.description.endswith(f"retry after {refusal.value.retry_after}")
    return refusal.value.retry_after


def test_thirty_in_a_second_pass_and_one_more_does_not(flood: FloodControl, time: Time) -> None:
    for number in range(30):
        flood.admit("sendMessage", 1 + number)
        time.now += 0.033
    assert refused(lambda: flood.admit("sendMessage", 99)) == 3
    assert (flood.total, flood.peak, flood.refusals["bot"]) == (30, 30, 1)


def test_an_even_pace_of_thirty_passes_for_ever(flood: FloodControl, time: Time) -> None:
    for number in range(3_000):
        flood.admit("sendMessage", 1 + number)
        time.now += 1.000001 / 30
    assert flood.peak == 30
    assert not flood.refusals


def test_the_pause_holds_for_everything_until_it_is_over(flood: FloodControl, time: Time) -> None:
    for number in range(30):
        flood.admit("sendMessage", 1 + number)
    refused(lambda: flood.admit("sendMessage", 99))
    time.now += 1.5
    assert refused(lambda: flood.admit("sendDocument", 7)) == 2
    time.now += 1.4
    assert refused(lambda: flood.admit("copyMessage", 7)) == 1
    time.now += 0.2
    flood.admit("sendMessage", 7)
    assert flood.refusals["bot"] == 3


def test_a_person_takes_a_burst_and_then_one_a_second(flood: FloodControl, time: Time) -> None:
    for _ in range(20):
        flood.admit("sendMessage", AIZADA)
    assert refused(lambda: flood.admit("sendMessage", AIZADA)) == 3
    flood.admit("sendMessage", BAKYT)
    time.now += 3.0
    for _ in range(3):
        flood.admit("sendMessage", AIZADA)
    refused(lambda: flood.admit("sendMessage", AIZADA))
    assert flood.refusals == {"chat": 2}


def test_one_a_second_to_a_person_passes_for_ever(flood: FloodControl, time: Time) -> None:
    for _ in range(500):
        flood.admit("sendMessage", AIZADA)
        time.now += 1.0
    assert not flood.refusals


def test_a_group_takes_twenty_a_minute(flood: FloodControl, time: Time) -> None:
    for _ in range(20):
        flood.admit("sendMessage", GROUP)
        time.now += 2.0
    refused(lambda: flood.admit("sendMessage", GROUP))
    time.now += 20.5
    flood.admit("sendMessage", GROUP)
    assert flood.refusals == {"group": 1}


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery", "sendChatAction", "getMe", "getUpdates"])
def test_what_makes_no_message_is_not_counted(flood: FloodControl, method: str) -> None:
    for _ in range(100):
        flood.admit(method, AIZADA)
    assert flood.total == 0


def test_it_lets_everything_pass_until_it_is_switched_on_and_counts_nevertheless(time: Time) -> None:
    flood = FloodControl(time)
    for _ in range(100):
        flood.admit("sendMessage", AIZADA)
    assert (flood.total, flood.peak) == (100, 100)
    flood.forget()
    assert (flood.total, flood.peak, list(flood.arrivals)) == (0, 0, [])


def test_the_record_says_when_what_came(flood: FloodControl, time: Time) -> None:
    flood.admit("sendMessage", AIZADA)
    time.now += 0.5
    flood.admit("sendPhoto", "1002")
    flood.admit("sendMessage", "@somebody")
    came = [(arrival.moment, arrival.at, arrival.chat_id, arrival.method) for arrival in flood.arrivals]
    assert came == [
        (1_000.0, 1_800_001_000.0, AIZADA, "sendMessage"),
        (1_000.5, 1_800_001_000.5, BAKYT, "sendPhoto"),
        (1_000.5, 1_800_001_000.5, 0, "sendMessage"),
    ]


async def test_a_bot_is_told_the_pause_as_telegram_tells_it(world: World, bot: Bot) -> None:
    world.flood.on, world.flood.burst = True, 2
    for _ in range(2):
        await bot.send_message(AIZADA, "a")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(AIZADA, "b")
    assert refusal.value.retry_after == 3
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(BAKYT, "a")
    assert [message["text"] for message in world.bot_messages(AIZADA)] == ["a", "a"]
