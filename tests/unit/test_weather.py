"""After an unclear answer nothing goes out before Telegram answers again; then one at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.supervisor import Supervisor
from services.delivery.dto import Attachment, Outcome, OutgoingMessage, Receipt
from services.delivery.weather import Weather

CLEAR = [outcome for outcome in Outcome if outcome not in {Outcome.UNKNOWN, Outcome.NOT_REACHED}]


class Telegram:
    """Answers a probe when the test says how; `pauses`: how long it was left alone before each."""

    bot_id = 1

    def __init__(self) -> None:
        self.probed, self.answers = asyncio.Semaphore(0), asyncio.Queue[bool]()
        self.pauses: list[float] = []

    async def probe(self) -> bool:
        """Wait for the word of the test."""
        self.probed.release()
        return await self.answers.get()

    async def send(
        self, chat_id: int, message: OutgoingMessage, attachment: Attachment | None, *, asked: bool = False
    ) -> Receipt:
        """Refuse: the weather sends nothing."""
        raise NotImplementedError

    async def tells(self, *answers: str) -> None:
        """Be probed so many times, and answer so."""
        for answer in answers:
            await self.probed.acquire()
            self.answers.put_nowait(answer == "fine")


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Telegram:
    telegram, really = Telegram(), asyncio.sleep

    async def pause(seconds: float) -> None:
        if seconds:
            telegram.pauses.append(seconds)
        await really(0)

    monkeypatch.setattr(asyncio, "sleep", pause)
    return telegram


@pytest.fixture
async def weather(telegram: Telegram) -> AsyncIterator[Weather]:
    crew = Supervisor()
    yield Weather(telegram, crew)
    await crew.close()


async def goes_out(weather: Weather) -> bool:
    """Whether one may go out at this moment."""
    waiting = asyncio.ensure_future(weather.clears())
    for _ in range(5):
        await asyncio.sleep(0)
    return not waiting.cancel()


async def storm_ends(weather: Weather, telegram: Telegram) -> None:
    await telegram.tells("fine")
    for _ in range(5):
        await asyncio.sleep(0)
    assert not weather.is_stormy


@pytest.mark.parametrize("outcome", CLEAR)
async def test_clear_outcome_leaves_it_calm(weather: Weather, telegram: Telegram, outcome: Outcome) -> None:
    weather.note(outcome)
    weather.note_unsent()
    assert not weather.is_stormy
    assert [await goes_out(weather) for _ in range(3)] == [True, True, True]
    assert telegram.pauses == []


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.NOT_REACHED])
async def test_nothing_goes_out_before_telegram_answers_a_probe(
    weather: Weather, telegram: Telegram, outcome: Outcome
) -> None:
    weather.note(outcome)
    assert weather.is_stormy
    await telegram.tells("away", "away")
    assert not await goes_out(weather)
    await storm_ends(weather, telegram)
    assert not weather.is_stormy
    assert await goes_out(weather)


async def test_after_a_storm_one_goes_ahead_and_the_others_wait_for_its_end(
    weather: Weather, telegram: Telegram
) -> None:
    weather.note(Outcome.UNKNOWN)
    await storm_ends(weather, telegram)
    assert [await goes_out(weather) for _ in range(3)] == [True, False, False]
    weather.note(Outcome.SENT)
    assert [await goes_out(weather) for _ in range(3)] == [True, True, True]


async def test_when_the_one_ahead_was_not_sent_another_goes_ahead(weather: Weather, telegram: Telegram) -> None:
    weather.note(Outcome.UNKNOWN)
    await storm_ends(weather, telegram)
    assert await goes_out(weather)
    weather.note_unsent()
    assert [await goes_out(weather) for _ in range(2)] == [True, False]


async def test_when_the_one_ahead_is_lost_too_telegram_is_probed_again_and_left_alone_longer(
    weather: Weather, telegram: Telegram
) -> None:
    for _ in range(2):
        weather.note(Outcome.UNKNOWN)
        await telegram.tells("away")
        await storm_ends(weather, telegram)
        assert await goes_out(weather)
        assert not await goes_out(weather)
    assert telegram.pauses == [1, 2, 4, 8]


async def test_pauses_grow_to_a_minute_and_begin_anew_after_a_clear_outcome(
    weather: Weather, telegram: Telegram
) -> None:
    weather.note(Outcome.UNKNOWN)
    await telegram.tells(*["away"] * 7)
    await storm_ends(weather, telegram)
    assert telegram.pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    weather.note(Outcome.FAILED)
    weather.note(Outcome.UNKNOWN)
    await storm_ends(weather, telegram)
    assert telegram.pauses[-1] == 1


async def test_what_was_in_the_air_when_the_storm_began_starts_no_second_one_and_ends_it_not(
    weather: Weather, telegram: Telegram
) -> None:
    for outcome in (Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.SENT, Outcome.NOT_REACHED):
        weather.note(outcome)
    weather.note_unsent()
    assert weather.is_stormy
    assert not await goes_out(weather)
    await storm_ends(weather, telegram)
    assert telegram.pauses == [1]
