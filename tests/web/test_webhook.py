"""Updates that Telegram brings: kept before they are acknowledged, each once, in order."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest
from aiohttp import ClientSession, web
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.press import Press
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.web.webhook import Webhook
from services.db.presence import WorkerPresence
from tests.support.clock import StandingClock
from tests.support.website import PUBLIC_URL, SECRET, Website, website

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SETTINGS = Settings(_env_file=None, public_url=PUBLIC_URL, webhook_secret=SecretStr(SECRET))
AIZADA, BAKYT = 1, 2


def update(number: int, person: int = AIZADA, words: str = "Салам") -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Айзада"}
    message = {"message_id": number, "date": 1, "chat": {"id": person, "type": "private"}, "from": sender}
    return {"update_id": number, "message": message | {"text": words}}


class Gate:
    """An ingress that shows what it was given, waits where it is told to and refuses what it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self.away = False
        self.refused: set[int] = set()

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Note the batch, wait for the gate, refuse what is to be refused."""
        numbers = [update["update_id"] for update in updates]
        self.batches.append(numbers)
        self.asked.set()
        await self.open.wait()
        if self.away:
            raise ConnectionRefusedError
        if self.refused & set(numbers):
            raise OperationalError("insert", {}, ValueError("no such letter"))

    @property
    def stored(self) -> list[int]:
        """Everything that came, in order."""
        return [number for batch in self.batches for number in batch]


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    await supervisor.close()


@pytest.fixture
async def address(gate: Gate, supervisor: Supervisor) -> AsyncIterator[str]:
    """Where a webhook listens whose requests are broken off when their connection ends."""
    webhook = Webhook(SETTINGS, gate, supervisor)  # type: ignore[arg-type]  # stands for the ingress
    app = web.Application()
    webhook.add_routes(app)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{webhook.path}"
    await runner.cleanup()


@pytest.fixture
async def telegram() -> AsyncIterator[ClientSession]:
    async with ClientSession(headers={HEADER: SECRET}) as session:
        yield session


async def bring(telegram: ClientSession, address: str, body: object) -> int:
    async with telegram.post(address, json=body) as answer:
        return answer.status


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET.upper(), "жашыруун", "\udcff"])
async def test_wrong_secret_is_refused_and_nothing_is_stored(gate: Gate, address: str, secret: str) -> None:
    body = json.dumps(update(1)).encode()
    url = address.removeprefix("http://")
    host, _, path = url.partition("/")
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    head = f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{HEADER}: {secret}\r\n\r\n"
    writer.write(head.encode("utf-8", "surrogateescape") + body)
    assert b" 401 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert gate.batches == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"update"', b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_refused(gate: Gate, address: str, telegram: ClientSession, body: bytes) -> None:
    async with telegram.post(address, data=body) as answer:
        assert answer.status == 400
    assert gate.batches == []


async def test_updates_that_come_while_the_database_works_are_stored_together_and_in_order(
    gate: Gate, address: str, telegram: ClientSession, supervisor: Supervisor
) -> None:
    gate.open.clear()
    requests = []
    for number in range(1, 6):
        requests.append(supervisor.start(f"request {number}", _ok(telegram, address, update(number))))
        if number == 1:
            await gate.asked.wait()
        await asyncio.sleep(0.02)
    gate.open.set()
    await asyncio.gather(*requests)
    assert gate.batches == [[1], [2, 3, 4, 5]]


async def test_a_connection_that_breaks_off_takes_nothing_with_it(
    gate: Gate, address: str, telegram: ClientSession, supervisor: Supervisor
) -> None:
    gate.open.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await bring(telegram, address, update(1))
    others = [supervisor.start(f"request {n}", _ok(telegram, address, update(n))) for n in (2, 3)]
    await asyncio.sleep(0.05)
    gate.open.set()
    async with asyncio.timeout(5):
        await asyncio.gather(*others)
    assert gate.stored == [1, 2, 3]


async def test_database_away_is_answered_so_that_telegram_comes_again(
    gate: Gate, address: str, telegram: ClientSession
) -> None:
    gate.away = True
    assert await bring(telegram, address, update(1)) == 503
    gate.away = False
    assert await bring(telegram, address, update(1)) == 200


async def test_an_update_that_the_database_refuses_holds_nobody_up(
    gate: Gate, address: str, telegram: ClientSession
) -> None:
    gate.open.clear()
    gate.refused = {3}
    first = asyncio.gather(*(bring(telegram, address, update(number)) for number in (1, 2, 3, 4)))
    await gate.asked.wait()
    await asyncio.sleep(0.05)
    gate.open.set()
    assert await first == [200, 200, 503, 200]


async def test_the_end_of_the_program_leaves_nobody_waiting(
    gate: Gate, address: str, telegram: ClientSession, supervisor: Supervisor
) -> None:
    gate.open.clear()
    waiting = asyncio.gather(*(bring(telegram, address, update(number)) for number in (1, 2)))
    await gate.asked.wait()
    await asyncio.sleep(0.05)
    await supervisor.close()
    async with asyncio.timeout(5):
        assert await waiting == [503, 503]


async def test_an_update_that_comes_twice_is_handled_once_and_people_keep_their_order(
    engine: AsyncEngine, clock: StandingClock, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled: list[tuple[int, int]] = []
    all_handled = asyncio.Event()

    async def feed(_bot: object, update: Any) -> None:  # noqa: ANN401 -- aiogram's update
        await asyncio.sleep(0.002 if update.update_id % 2 else 0)
        handled.append((update.message.from_user.id, update.update_id))
        if len(handled) == 20:
            all_handled.set()

    async with WorkerPresence(engine), website(engine, clock, press) as site:
        monkeypatch.setattr(site.container.dispatcher, "feed_update", feed)
        path = Webhook(SETTINGS, Gate(), Supervisor()).path  # type: ignore[arg-type]  # only its path is asked
        for number in range(1, 11):
            people = (update(number * 2, AIZADA), update(number * 2 + 1, BAKYT), update(number * 2, AIZADA))
            answers = await asyncio.gather(*(_post(site, path, body) for body in people))
            assert answers == [200, 200, 200]
        await all_handled.wait()
        await asyncio.sleep(0.05)  # a second handling would come now
        async with engine.connect() as connection:
            assert (await connection.execute(text("select count(*) from inbox"))).scalar() == 20

    assert [number for person, number in handled if person == AIZADA] == list(range(2, 21, 2))
    assert [number for person, number in handled if person == BAKYT] == list(range(3, 22, 2))


async def test_the_whole_way_answers_5xx_while_the_database_is_away(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_updates: object) -> list[object]:
        raise ConnectionRefusedError

    monkeypatch.setattr(site.container.inbox, "accept", away)
    path = Webhook(SETTINGS, Gate(), Supervisor()).path  # type: ignore[arg-type]  # only its path is asked
    assert await _post(site, path, update(7)) == 503


def test_nobody_listens_without_a_secret() -> None:
    app = web.Application()
    Webhook(Settings(_env_file=None, public_url=PUBLIC_URL), Gate(), Supervisor()).add_routes(app)  # type: ignore[arg-type]
    assert not list(app.router.resources())


async def _ok(telegram: ClientSession, address: str, body: dict[str, Any]) -> None:
    assert await bring(telegram, address, body) == 200


async def _post(site: Website, path: str, body: dict[str, Any]) -> int:
    answer = await site.post(path, json.dumps(body).encode(), headers={HEADER: SECRET})
    return answer.status
