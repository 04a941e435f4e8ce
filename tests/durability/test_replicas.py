"""Two replicas on one database; the database that goes away; the order to stop."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, text

from services.db.engine import create_engine
from tests.durability.scene import BotProcess, Scene, is_idle, languages_heard, until

_ORDER = ["ky", "ru", "en", "ru", "ky", "en", "ky", "ru", "en"]


async def test_another_replica_takes_over_and_keeps_the_order(polling_scene: Scene) -> None:
    stage = polling_scene
    stage.telegram.world.faults.clear()
    first = await stage.one_bot()
    second = await stage.start()
    aizada = await stage.aizada()
    stage.telegram.world.faults.slow(0.1, method="answerCallbackQuery", count=4)
    for number, language in enumerate(_ORDER):
        await aizada.presses(1_000 + number, f"lang:{language}", wait=False)
    await aizada.hears(lambda: len(aizada.messages) >= 3)
    await first.end()
    await aizada.hears(lambda: languages_heard(aizada) == _ORDER)
    await until(lambda: is_idle(stage))

    assert second.lives
    assert await stage.telegram.value("select language from accounts where telegram_id = :id", id=aizada.id) == "en"
    counts = "select count(*), count(distinct update_id) from inbox where person_key = :id and done_at is not null"
    assert await stage.telegram.rows(counts, id=aizada.id) == [(len(_ORDER), len(_ORDER))]
    assert await stage.telegram.rows("select 1 from inbox where parked_at is not null") == []


async def test_a_poller_that_is_stopped_passes_on_its_duty_at_once_and_what_it_has_not_begun(
    polling_scene: Scene,
) -> None:
    stage = polling_scene
    stage.telegram.world.faults.clear()
    poller = await stage.one_bot()
    standby = await stage.start()
    aizada, other = await stage.aizada(), await stage.aizada()
    stage.telegram.world.faults.slow(2.0, method="answerCallbackQuery")
    await aizada.presses(1_000, "lang:ru", wait=False)
    tap, first = aizada.last_tap, stage.telegram.last_update()
    await aizada.hears(lambda: stage.telegram.world.callback_answer(tap))
    for number, language in enumerate(_ORDER[2:]):
        await aizada.presses(1_001 + number, f"lang:{language}", wait=False)
    last = "select worker from inbox where update_id = :update"
    await until(lambda: stage.telegram.rows(last, update=stage.telegram.last_update()))
    assert (await stage.holder(stage.telegram.last_update())).number == poller.number
    stopping = asyncio.create_task(poller.stop())
    await other.hears(lambda: poller.has_logged("what is in hand"))
    await other.presses(1_000, "lang:en", wait=False)
    await other.hears(lambda: languages_heard(other) == ["en"])
    assert await stage.telegram.value(last, update=stage.telegram.last_update()) == standby.worker
    assert await stopping < 10
    await aizada.hears(lambda: languages_heard(aizada) == _ORDER[1:])
    await until(lambda: is_idle(stage))
    assert await stage.telegram.value(last, update=first) == poller.worker
    tried = "select max(attempts) from inbox where person_key = :id"
    assert await stage.telegram.value(tried, id=aizada.id) == 1


async def test_two_replicas_with_a_webhook_print_and_send_once(webhook_scene: Scene) -> None:
    stage = webhook_scene
    stage.telegram.world.faults.clear()
    await stage.one_bot()
    await stage.start(HTTP_PORT="0")  # works for the first without being posted to
    friends = [await stage.aizada() for _ in range(4)]
    for friend in friends:
        await stage.confirms(friend)
    for friend in friends:
        await friend.document()
    await until(lambda: is_idle(stage))
    assert [len(friend.papers) for friend in friends] == [1, 1, 1, 1]
    await (await stage.one_bot()).end()


@asynccontextmanager
async def database_away(url: URL) -> AsyncIterator[None]:
    """Break all connections to a database and let nobody in, as a server that restarts."""
    engine = create_engine(url.set(database="postgres"), pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'alter database "{url.database}" allow_connections false'))
        gone = text("select pg_terminate_backend(pid) from pg_stat_activity where datname = :name")
        await connection.execute(gone, {"name": url.database})
        try:
            yield
        finally:
            await connection.execute(text(f'alter database "{url.database}" allow_connections true'))
    await engine.dispose()


async def test_a_database_that_comes_back_finds_everything(stage: Scene) -> None:
    bot = await stage.one_bot()
    aizada, late = await stage.aizada(), await stage.aizada()
    await stage.telegram.engine.dispose()
    stage.telegram.world.faults.slow(0.5, method="answerCallbackQuery")
    await aizada.presses(1, "lang:ru", wait=False)  # in hand while the database goes: its effect is not written
    await aizada.hears(lambda: stage.telegram.world.callback_answer(aizada.last_tap))
    async with database_away(stage.url):
        await stage.confirms(late)
        # By polling, longer than a bot takes to notice that its life sign is gone; by webhook, a moment.
        await asyncio.sleep(5.5 if stage.environment["HTTP_PORT"] == "0" else 0.3)
    await late.document()
    await aizada.hears(lambda: languages_heard(aizada) == ["ru"])
    await until(lambda: is_idle(stage), 20)

    assert bot.lives
    assert len(late.papers) == 1
    assert await stage.telegram.rows("select 1 from inbox where parked_at is not null") == []
    assert await stage.telegram.value("select language from accounts where telegram_id = :id", id=aizada.id) == "ru"


async def test_the_order_to_stop_lets_what_is_in_hand_come_to_its_end(polling_scene: Scene) -> None:
    stage = polling_scene
    stage.telegram.world.faults.clear()
    for process in stage.bots:
        await process.end()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    log = stage.logs / "command.log"
    with log.open("wb") as output:
        command = subprocess.Popen(  # noqa: ASYNC220 -- it returns at once
            [sys.executable, "-m", "bot", "run"], env=environment | stage.environment, stdout=output, stderr=output
        )
    process = BotProcess(command.pid, log)
    try:
        await stage.telegram.world.wait_for(lambda: process.has_logged("ready as worker"), 60)
        aizada = await stage.aizada()
        stage.telegram.world.faults.slow(1.0, method="answerCallbackQuery")
        update = await stage.confirms(aizada)
        await aizada.hears(lambda: stage.telegram.world.callback_answer(aizada.last_tap))
        command.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(command.wait, 20) == 0, log.read_text()
        assert any("№" in message.get("text", "") for message in aizada.messages), log.read_text()
        done = "select done_at is not null from inbox where update_id = :update"
        assert await stage.telegram.value(done, update=update) is True
    finally:
        if command.poll() is None:
            command.kill()
        command.wait()
    await stage.start()
    await aizada.document()
    await until(lambda: is_idle(stage))
    assert len(aizada.papers) == 1
