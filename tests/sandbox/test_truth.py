"""Storms, and the record of what really happened in them."""

from collections import Counter
from contextlib import suppress

import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramForbiddenError, TelegramNetworkError

from bot.sandbox import Answered, Faults, Request, Sandbox, Storm, World
from tests.sandbox.conftest import AIZADA, BAKYT

STORM = Storm(broken=0.1, broken_done=0.1, dropped=0.1, lost=0.1, limited=0.1, slow=0.1, seconds=0.0)


def drawn(seed: int, calls: int = 1_000) -> list[str]:
    """Return what so many calls meet."""
    faults = Faults(lambda: 0.0)
    faults.storm(STORM, 60, seed)
    met = (faults.next_for("sendMessage") for _ in range(calls))
    return [f"{fault.kind.value} {fault.status}" if fault else "" for fault in met]


def test_a_storm_strikes_by_its_probabilities_and_the_same_way_again() -> None:
    counted = Counter(drawn(7))
    assert counted.keys() == {"", "refused 502", "broken 502", "dropped 0", "lost 0", "refused 429", "slow 0"}
    assert all(60 < number < 140 for what, number in counted.items() if what)
    assert drawn(7) == drawn(7) != drawn(8)


def test_a_storm_ends_and_spares_other_methods() -> None:
    now = 0.0
    faults = Faults(lambda: now)
    faults.storm(Storm(dropped=1.0), 10, 1)
    assert faults.next_for("sendDocument") is None
    assert faults.next_for("sendMessage") is not None
    now = 10.0
    assert faults.next_for("sendMessage") is None
    assert faults.struck == 1


@pytest.mark.parametrize(
    ("storm", "answered", "arrives"),
    [
        (Storm(), Answered.CLEARLY, True),
        (Storm(slow=1.0, seconds=0.01), Answered.CLEARLY, True),
        (Storm(limited=1.0), Answered.CLEARLY, False),
        (Storm(broken=1.0), Answered.BROKEN, False),
        (Storm(broken_done=1.0), Answered.BROKEN, True),
        (Storm(dropped=1.0), Answered.NEVER, False),
        (Storm(lost=1.0), Answered.NEVER, True),
    ],
)
async def test_the_record_says_what_was_done_and_what_the_bot_was_told(
    world: World, bot: Bot, storm: Storm, answered: Answered, *, arrives: bool
) -> None:
    world.truth.kept = True
    world.faults.storm(storm, 60, 1)
    try:
        await bot.send_message(AIZADA, "words")
    except AiogramError:
        assert storm != Storm()
    (request,) = world.truth.requests
    assert (request.chat_id, request.text, request.answered, request.accepted) == (AIZADA, "words", answered, arrives)
    assert [message["text"] for message in world.bot_messages(AIZADA)] == ["words"] * arrives


async def test_a_refusal_is_no_message(world: World, bot: Bot) -> None:
    world.truth.kept = True
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(BAKYT, "words")
    (request,) = world.truth.requests
    assert (request.status, request.accepted, request.answered) == (403, False, Answered.CLEARLY)


async def test_whoever_listens_hears_of_a_message_before_the_bot_does(world: World, bot: Bot) -> None:
    heard: list[Request] = []
    world.truth.kept, world.truth.on_accepted = True, heard.append
    await bot.send_message(AIZADA, "words")
    assert [request.message_id for request in heard] == [world.bot_messages(AIZADA)[0]["message_id"]]


async def test_nothing_is_kept_unasked(world: World, bot: Bot) -> None:
    await bot.send_message(AIZADA, "words")
    assert world.truth.requests == []


async def test_connections_can_be_broken(sandbox: Sandbox, bot: Bot) -> None:
    await bot.get_me()
    assert sandbox.break_connections() > 0
    sandbox.world.truth.kept = True
    while not sandbox.world.truth.requests:
        with suppress(TelegramNetworkError):  # the client finds its connection broken, then opens another
            await bot.send_message(AIZADA, "after")
    assert sandbox.world.truth.requests[0].door == int(sandbox.url.rpartition(":")[2])


async def test_it_has_as_many_doors_as_asked_for() -> None:
    async with Sandbox(doors=3) as sandbox:
        assert len(set(sandbox.urls)) == 3
        assert sandbox.url == sandbox.urls[0]
