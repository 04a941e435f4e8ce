"""kill -9 at every interesting moment of a request: nothing is lost, nothing is done twice."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.durability.scene import Scene, until
from tests.support.friends import Friend

RECOVERY_SECONDS = 10.0  # from readiness to the paper: a second or two on a quiet machine; a lease would be sixty
_RANDOM_KILLS = 6


async def is_well(stage: Scene, friend: Friend, update: int, copies: int = 1) -> None:
    """The student has the paper, exactly one was issued, and nothing is left to do."""
    telegram = stage.telegram
    begun = time.monotonic()
    await friend.document(copies)
    took = time.monotonic() - begun
    await until(lambda: is_quiet(stage))
    await telegram.world.redeliver(update)
    friend.world.send_text(friend.id, "/help")
    await friend.hears(lambda: "/certificate" in friend.sees)
    await until(lambda: is_quiet(stage))

    assert len(friend.papers) == copies
    assert len({paper.content for paper in friend.papers}) == 1
    issued = "select count(*) from certificates c join people p on p.id = c.person_id where person_no = :no"
    assert await telegram.value(issued, no=friend.person_no) == 1
    assert await telegram.rows("select state from messages where chat_id = :id", id=friend.id) == [("sent",)]
    serials = [serial for (serial,) in await telegram.rows("select serial from certificates order by serial")]
    assert serials == list(range(1, len(serials) + 1))
    assert await telegram.value("select last_serial from certificate_series") == len(serials)
    assert await telegram.rows("select update_id from inbox where parked_at is not null") == []
    assert took < RECOVERY_SECONDS


async def is_quiet(stage: Scene) -> bool:
    """Whether nothing waits in the inbox or the outbox, and Telegram has nothing more to deliver."""
    left = await stage.telegram.rows(
        "select 1 from inbox where done_at is null union all"
        " select 1 from messages where state in ('pending', 'claimed', 'sending') union all"
        " select 1 from certificates where file_id is null"
    )
    return not left and not stage.telegram.world.updates._again


async def in_the_inbox(stage: Scene, friend: Friend) -> int:
    """Stored, and nobody knows yet what it is."""
    async with stage.locked("accounts"):
        update = await stage.confirms(friend)
        await until(stage.somebody_waits)
        await kill(stage)
    return update


async def before_the_commit(stage: Scene, friend: Friend) -> int:
    """The number is taken and the certificate written, but not committed."""
    async with stage.locked("notices", "exclusive"):
        update = await stage.confirms(friend)
        await until(stage.somebody_waits)
        await kill(stage)
    return update


async def after_the_commit(stage: Scene, friend: Friend) -> int:
    """The certificate stands in the register; it may be being printed."""
    update = await stage.confirms(friend)
    issued = "select 1 from certificates c join people p on p.id = c.person_id where person_no = :no"
    await until(lambda: stage.telegram.rows(issued, no=friend.person_no))
    await kill(stage)
    return update


async def while_printing(stage: Scene, friend: Friend) -> int:
    """Rendered and signed, but the bytes are not stored."""
    async with stage.locked("files", "exclusive"):
        update = await stage.confirms(friend)
        await until(stage.somebody_waits)
        await kill(stage)
    return update


async def before_sending(stage: Scene, friend: Friend) -> int:
    """The file is stored; the message is in the sender's hand."""
    async with stage.locked("telegram_files"):
        update = await stage.confirms(friend)
        await until(stage.somebody_waits)
        await kill(stage)
    return update


async def before_it_is_sent(stage: Scene, friend: Friend) -> int:
    """The request to Telegram never arrives."""
    stage.telegram.world.faults.drop(method="sendDocument", count=50)
    update = await stage.confirms(friend)
    await stage.telegram.world.wait_for(lambda: stage.telegram.world.faults.waiting()[0].count < 50)
    await kill(stage)
    stage.telegram.world.faults.clear()
    return update


async def while_sending(stage: Scene, friend: Friend) -> int:
    """Telegram has the document; its answer is on the way."""
    stage.telegram.world.faults.slow(30, method="sendDocument")
    update = await stage.confirms(friend)
    await friend.document()
    await kill(stage)
    return update


async def before_the_receipt(stage: Scene, friend: Friend) -> int:
    """Telegram has answered; the receipt is not stored."""
    stage.telegram.world.faults.slow(0.5, method="sendDocument")
    update = await stage.confirms(friend)
    await friend.document()
    async with stage.locked("telegram_files", "exclusive"):
        await until(stage.somebody_waits)
        await kill(stage)
    return update


async def on_both(stages: list[Scene], story: Callable[[Scene], Awaitable[None]]) -> None:
    """Play a story by polling and by webhook at the same time."""

    async def played(stage: Scene) -> None:
        try:
            await story(stage)
        except BaseException as error:
            error.add_note(
                f"by {'webhook' if stage.environment['WEBHOOK_SECRET'] else 'polling'}; {stage.bots[-1].log}"
            )
            raise

    await asyncio.gather(*(played(stage) for stage in stages))


async def kill(stage: Scene) -> None:
    """End the one bot there is, at once."""
    await (await stage.one_bot()).end()


@pytest.mark.parametrize(
    ("moment", "copies"),
    [
        (in_the_inbox, 1),
        (before_the_commit, 1),
        (after_the_commit, 1),
        (while_printing, 1),
        (before_sending, 1),
        (before_it_is_sent, 1),
        (while_sending, 2),
        (before_the_receipt, 2),
    ],
)
async def test_a_kill_loses_nothing_and_doubles_nothing(
    stages: list[Scene], moment: Callable[[Scene, Friend], Awaitable[int]], copies: int
) -> None:
    async def story(stage: Scene) -> None:
        await stage.one_bot()
        aizada = await stage.aizada()
        update = await moment(stage, aizada)
        await stage.start()
        await is_well(stage, aizada, update, copies)

    await on_both(stages, story)


@pytest.mark.parametrize("number", range(_RANDOM_KILLS))
async def test_a_kill_at_any_moment_loses_nothing(stages: list[Scene], number: int) -> None:
    chance = random.Random(f"kill {number}")  # noqa: S311 -- not a secret

    async def story(stage: Scene) -> None:
        await stage.one_bot()
        aizada = await stage.aizada()
        update = await stage.confirms(aizada)
        await asyncio.sleep(chance.uniform(0, 0.35))
        await kill(stage)
        sent_before = len(aizada.papers)
        await stage.start()
        await aizada.document()
        await until(lambda: is_quiet(stage))
        assert len(aizada.papers) <= sent_before + 1
        await is_well(stage, aizada, update, len(aizada.papers))

    await on_both(stages, story)
