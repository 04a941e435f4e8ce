"""A local Telegram in a process of its own, so that it takes no time from those who are measured.

`python -m tests.bench.telegram` reads one JSON order a line and answers each with one line; `RemoteTelegram` is the
other end. Some people chat meanwhile: each sends /help at an even pace and waits for the answer.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.sandbox import Sandbox
from bot.sandbox.flood import COUNTED

_BETWEEN_MESSAGES = 1.1  # seconds, of all who chat together: with 28 unasked ones a second Telegram has room for two
_LINE = 64 * 1024 * 1024
_CHANGES = frozenset({"editMessageText", "editMessageCaption", "deleteMessage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the local Telegram saw.

    `arrivals`: when each message to those who do not chat came (monotonic seconds); `answers`: seconds that each
    answer to those who chat took; `peak`: of any one second, all messages; `refused`: by flood control.
    """

    arrivals: list[float]
    answers: list[float]
    peak: int
    refused: int


class RemoteTelegram:
    """The local Telegram of another process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.url = ""
        self.token = "42:sandbox"

    async def begin(self, people: list[int], chatting: list[int]) -> None:
        """Let these people be there, all of whom have started the bot."""
        self.url = (await self._ask(people=people, chatting=chatting))["url"]

    async def forget(self) -> None:
        """Begin the record anew; from now on some chat."""
        await self._ask(do="forget")

    async def watch_changes(self) -> None:
        """Begin the record anew, and let changes of messages count as messages do."""
        await self._ask(do="watch changes")

    async def count_readers(self, words: str) -> int:
        """How many of those who do not chat have one message of the bot, and these words in it."""
        return int((await self._ask(do="read", words=words))["readers"])

    async def count(self) -> int:
        """How many messages came to those who do not chat."""
        return int((await self._ask(do="count"))["count"])

    async def record(self) -> Record:
        """Return the record; nobody chats any more."""
        return Record(**await self._ask(do="record"))

    async def _ask(self, **order: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        answer: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return answer


@asynccontextmanager
async def remote_telegram(people: list[int], chatting: list[int]) -> AsyncIterator[RemoteTelegram]:
    """Run one while the block lasts."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.telegram", stdin=pipe, stdout=pipe, limit=_LINE
    )
    try:
        telegram = RemoteTelegram(process)
        await telegram.begin(people, chatting)
        yield telegram
    finally:
        process.kill()
        await process.wait()


class _Chatter:
    """Those who chat meanwhile."""

    def __init__(self, sandbox: Sandbox, people: list[int]) -> None:
        self._sandbox = sandbox
        self._people = people
        self._waiting: set[asyncio.Task[None]] = set()
        self._work: asyncio.Task[None] | None = None
        self.answers: list[float] = []

    def begin(self) -> None:
        """Let them begin."""
        self._work = asyncio.get_running_loop().create_task(self._chat())

    async def end(self) -> None:
        """Let them end."""
        if self._work is not None:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
        for task in tuple(self._waiting):
            await task

    async def _chat(self) -> None:
        number = 0
        while True:
            person = self._people[number % len(self._people)]
            number += 1
            task = asyncio.get_running_loop().create_task(self._ask(person))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)
            await asyncio.sleep(_BETWEEN_MESSAGES)

    async def _ask(self, person: int) -> None:
        world = self._sandbox.world
        before, begun = len(world.bot_messages(person)), time.perf_counter()
        world.send_text(person, "/help")
        await world.wait_for(lambda: len(world.bot_messages(person)) > before, 60)
        self.answers.append(time.perf_counter() - begun)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    order = json.loads(await reader.readline())
    async with Sandbox() as sandbox:
        world = sandbox.world
        world.flood.on, world.record = True, False
        for number in order["people"] + order["chatting"]:
            world.add_user(number, "Айзада", language_code="ky")
            world.person(number).started = True
        people = order["people"]
        chatting, chatter = set(order["chatting"]), _Chatter(sandbox, order["chatting"])
        _answer(url=sandbox.url)
        while line := await reader.readline():
            order = json.loads(line)
            match order["do"]:
                case "forget":
                    world.flood.forget()
                    chatter.begin()
                    _answer()
                case "watch changes":
                    world.flood.counted = COUNTED | _CHANGES
                    world.flood.forget()
                    _answer()
                case "read":
                    read = (world.bot_messages(person) for person in people)
                    _answer(readers=sum(len(one) == 1 and order["words"] in one[0]["text"] for one in read))
                case "count":
                    _answer(count=sum(arrival.chat_id not in chatting for arrival in world.flood.arrivals))
                case _:
                    await chatter.end()
                    arrivals = [one.moment for one in world.flood.arrivals if one.chat_id not in chatting]
                    refused, peak = sum(world.flood.refusals.values()), world.flood.peak
                    _answer(arrivals=arrivals, answers=chatter.answers, peak=peak, refused=refused)


def _answer(**values: object) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve())
