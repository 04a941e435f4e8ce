"""Visitors of the pages: connections that are kept open, as a proxy keeps them, each asking again when answered."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_CONNECTIONS = 16
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """What was measured: answers a second of all together, the seconds of each, and how many were not as expected."""

    rate: float
    seconds: tuple[float, ...]
    failed: int

    @property
    def p95(self) -> float:
        """Seconds that only one answer of twenty exceeds."""
        return statistics.quantiles(self.seconds, n=_HUNDRED)[94]


async def visit(
    port: int, requests: Sequence[bytes], *, connections: int = _CONNECTIONS, status: int = HTTPStatus.OK
) -> Visit:
    """Send the requests, every connection the next one as soon as it has its answer, of which `status` is expected."""
    loop = asyncio.get_running_loop()
    ahead = iter(requests)
    visitors = [
        (await loop.create_connection(lambda: _Visitor(ahead, loop.create_future(), status), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    begun = time.perf_counter()
    for visitor in visitors:
        visitor.ask()
    await asyncio.gather(*(visitor.done for visitor in visitors))
    took = time.perf_counter() - begun
    seconds = tuple(itertools.chain.from_iterable(visitor.seconds for visitor in visitors))
    return Visit(len(requests) / took, seconds, sum(visitor.failed for visitor in visitors))


class _Visitor(asyncio.Protocol):
    """One connection; reads no more of an answer than its status and length."""

    def __init__(self, ahead: Iterator[bytes], done: asyncio.Future[None], status: int) -> None:
        self.done = done
        self.seconds: list[float] = []
        self.failed = 0
        self._ahead = ahead
        self._expected = b"HTTP/1.1 %d" % status
        self._transport: asyncio.Transport
        self._answer = bytearray()
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server has hung up"))

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(_HEAD_END)
        if head < 0:
            return
        length = self._answer.lower().index(_LENGTH, 0, head) + len(_LENGTH)
        end = head + len(_HEAD_END) + int(self._answer[length : self._answer.index(b"\r", length)])
        if len(self._answer) < end:
            return
        self.seconds.append(time.perf_counter() - self._asked)
        self.failed += not self._answer.startswith(self._expected)
        self.ask()

    def ask(self) -> None:
        """Send the next request, or be done."""
        self._answer.clear()
        request = next(self._ahead, None)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._asked = time.perf_counter()
        self._transport.write(request)
