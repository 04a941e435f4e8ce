"""Three replicas behind one address: killed, stopped and restarted under load, and nobody notices."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice

import pytest
from sqlalchemy import URL

from tests.durability.scene import BotProcess, Scene, is_idle, languages_heard, scene, until
from tests.support import database
from tests.support.balancer import Balancer
from tests.support.friends import Friend
from tests.support.nursery import Nursery
from tests.support.ports import held_ports

_REPLICAS = 3
_TAPS_A_SECOND = 25
_AHEAD = 3  # taps that nobody has answered yet, after which a person waits
_STOP_SECONDS = 10.0
_GONE_SECONDS = 12.0
_PATIENCE = 40.0  # of the tests, for a machine that does much else


@dataclass(slots=True)
class Replicas:
    """Bots that stand behind one address, each on a port of its own."""

    stage: Scene
    balancer: Balancer
    ports: Sequence[int]
    running: dict[int, BotProcess] = field(default_factory=dict)

    async def all_run(self) -> None:
        """Start what does not run."""
        self.stage.telegram.world.faults.clear()
        gone = [port for port in self.ports if port not in self.running or not self.running[port].lives]
        await asyncio.gather(*(self.start(port) for port in gone))

    async def start(self, port: int) -> None:
        """Start the replica of a port."""
        self.running[port] = await self.stage.start(HTTP_PORT=str(port))

    async def people(self, number: int) -> list[Friend]:
        """Students who have not tapped on anything yet."""
        return [await self.stage.aizada() for _ in range(number)]

    async def served(self, taps: dict[Friend, int]) -> None:
        """Everything came to its end: each tap had its effect, once and in order, and nothing was given up."""
        rows = self.stage.telegram.rows
        await until(lambda: is_idle(self.stage), _PATIENCE, pause=0.05)
        for friend, number in taps.items():
            assert await self.stage.effects(friend) == sequence(number)
            served = "select count(*) from inbox where person_key = :id and done_at is not null"
            assert await rows(served, id=friend.id) == [(number,)]
        assert await rows("select update_id from inbox where parked_at is not null") == []
        for process in self.running.values():
            assert not re.search(r"ERROR|Traceback|incident", process.log.read_text()), process.log.read_text()


def sequence(number: int) -> list[str]:
    """What somebody taps one after the other; every tap changes something."""
    return list(islice(cycle(["ru", "en", "ky"]), number))


async def taps(friend: Friend, number: int) -> None:
    """Tap on the language that comes next, as the tap of this number."""
    await friend.presses(1_000 + number, f"lang:{sequence(number + 1)[-1]}", wait=False)


def is_part(heard: Sequence[str], of: Sequence[str]) -> bool:
    """Whether what was heard came in this order, perhaps with gaps."""
    rest = iter(of)
    return all(word in rest for word in heard)


@pytest.fixture(scope="module")
async def replicas(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory, nursery: Nursery
) -> AsyncIterator[Replicas]:
    """Three ports behind one address; nothing runs yet."""
    folder = tmp_path_factory.mktemp("replicas")
    with held_ports(_REPLICAS + 1) as first:
        ports = range(first + 1, first + 1 + _REPLICAS)
        async with (
            database.clone(postgres, template_database) as url,
            Balancer(first, ports) as balancer,
            scene("webhook", url, folder, nursery) as stage,
        ):
            stage.environment["PUBLIC_URL"] = balancer.url
            await stage.note_effects()
            yield Replicas(stage, balancer, ports)


async def test_a_replica_that_is_killed_takes_nothing_with_it(replicas: Replicas) -> None:
    await replicas.all_run()
    number, friends = 9, await replicas.people(4)
    replicas.stage.telegram.world.faults.slow(0.05, method="answerCallbackQuery", count=20)
    for tap in range(number):
        for friend in friends:
            await taps(friend, tap)
    await friends[0].hears(lambda: len(friends[0].messages) >= number // 3)
    await replicas.running[replicas.ports[1]].end()
    await replicas.served(dict.fromkeys(friends, number))

    for friend in friends:  # the answer that was being written at the kill may be lost
        heard = languages_heard(friend)
        assert is_part(heard, of=sequence(number))
        assert len(heard) >= number - 2
    assert replicas.balancer.unanswered == 0


async def test_the_order_to_stop_is_carried_out_in_ten_seconds_even_while_telegram_hangs(replicas: Replicas) -> None:
    await replicas.all_run()
    telegram = replicas.stage.telegram
    held = []
    friends = await replicas.people(2)
    for friend, seconds in zip(friends, (3.0, 30.0), strict=True):
        telegram.world.faults.slow(seconds, method="answerCallbackQuery")
        await taps(friend, 0)
        update, tap = telegram.last_update(), friend.last_tap
        await friend.hears(partial(telegram.world.callback_answer, tap))
        held.append((update, await replicas.stage.holder(update)))
        await taps(friend, 1)
    (slow_update, slow), (hanging_update, hanging) = held
    assert slow is not hanging
    slow_took, hanging_took = await asyncio.gather(slow.stop(), hanging.stop())

    assert slow_took < _STOP_SECONDS
    assert hanging_took < _GONE_SECONDS
    await replicas.served(dict.fromkeys(friends, 2))
    by = dict(await telegram.rows("select update_id, worker from inbox where update_id = any(:ids)",
                                  ids=[slow_update, hanging_update]))  # fmt: skip
    assert by[slow_update] == slow.worker
    (left,) = (process for process in replicas.running.values() if process.lives)
    assert by[hanging_update] == left.worker
    assert await telegram.value("select max(attempts) from inbox where done_at is not null and update_id >= :first",
                                first=slow_update) == 1  # fmt: skip
    assert replicas.balancer.unanswered == 0


async def test_nobody_notices_that_replicas_are_restarted_one_after_another(replicas: Replicas) -> None:
    await replicas.all_run()
    world = replicas.stage.telegram.world
    friends = await replicas.people(10)
    tapped: dict[Friend, list[str]] = {friend: [] for friend in friends}

    async def tap_and_tap() -> None:
        for friend in cycle(friends):
            if len(tapped[friend]) < _AHEAD or world.callback_answer(tapped[friend][-_AHEAD]):
                await taps(friend, len(tapped[friend]))
                tapped[friend].append(friend.last_tap)
            await asyncio.sleep(1 / _TAPS_A_SECOND)

    load = asyncio.create_task(tap_and_tap())
    for port in replicas.ports:
        assert await replicas.running[port].stop() < _STOP_SECONDS
        await replicas.start(port)
    load.cancel()
    await asyncio.wait([load])
    await replicas.served({friend: len(done) for friend, done in tapped.items()})

    for friend, done in tapped.items():
        assert all(world.callback_answer(tap) for tap in done)  # none too late: Telegram would have refused the answer
        assert languages_heard(friend) == sequence(len(done))
        assert len(friend.messages) == len(done)  # nothing but the menus
    assert replicas.balancer.unanswered == 0
    assert "last_error_message" not in world.webhook.info()
    assert all(replicas.balancer.served[port] for port in replicas.ports)
