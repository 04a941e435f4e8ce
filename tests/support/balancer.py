"""One address before several replicas: requests go round, past whoever is gone or says 503."""

from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientResponse, ClientSession, web

_HOST = "127.0.0.1"
_BUSY = 503
_OF_THE_CONNECTION = ("Connection", "Content-Length", "Host", "Keep-Alive", "Transfer-Encoding")


class Balancer:
    """Listens while the block lasts.

    As a balancer before a webhook is to be set up, it also repeats a request whose answer got lost: the inbox knows an
    update that comes twice.

    Attributes:
        served: requests that were answered, by the replica's port.
        unanswered: requests that no replica took; their sender got 503.
    """

    def __init__(self, port: int, replicas: Sequence[int]) -> None:
        self.url = f"http://{_HOST}:{port}"
        self.served: Counter[int] = Counter()
        self.unanswered = 0
        self._port = port
        self._replicas = replicas
        self._turn = 0
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._session = ClientSession(auto_decompress=False)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, self._port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for port in self._round():
            try:
                answer = await self._ask(port, request, body)
            except (ClientError, OSError):
                continue
            if answer.status != _BUSY:
                self.served[port] += 1
                return answer
        self.unanswered += 1
        return web.Response(status=_BUSY, headers={"Retry-After": "1"})

    def _round(self) -> Iterator[int]:
        self._turn += 1
        for step in range(len(self._replicas)):
            yield self._replicas[(self._turn + step) % len(self._replicas)]

    async def _ask(self, port: int, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        headers = {name: value for name, value in request.headers.items() if name not in _OF_THE_CONNECTION}
        address = f"http://{_HOST}:{port}{request.raw_path}"
        async with self._session.request(
            request.method, address, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return web.Response(status=answer.status, body=await answer.read(), headers=_own_headers(answer))


def _own_headers(answer: ClientResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in _OF_THE_CONNECTION}
