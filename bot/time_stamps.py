"""The time-stamp authority of TSA_URL (`services.timestamps.ports.TimeStamper`)."""

import asyncio
from types import TracebackType
from typing import Final, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, StreamReader

from bot.documents.timestamps import TimestampError, TimestampRequest, checked_token
from services.timestamps.ports import NotStamped

_SECONDS: Final = 20.0
_QUESTION: Final = "application/timestamp-query"
_OK: Final = 200
_MOST_BYTES: Final = 64 * 1024


class HttpTimeStamper:
    """Asks over HTTP; close it at the end."""

    def __init__(self, url: str, *, seconds: float = _SECONDS) -> None:
        self._url = url
        self._timeout = ClientTimeout(total=seconds)
        self._client: ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            await self._client.close()

    async def stamp(self, sha256: bytes) -> bytes:
        """Return a token over a digest, checked.

        Raises:
            NotStamped: the authority is away, refuses, or its token does not hold.
        """
        request = TimestampRequest.of(sha256)
        answer = await self._ask(request.der)
        try:
            return await asyncio.to_thread(checked_token, request, answer)
        except TimestampError as error:
            raise NotStamped(str(error)) from error

    async def _ask(self, question: bytes) -> bytes:
        self._client = self._client or ClientSession(timeout=self._timeout)
        headers = {"Content-Type": _QUESTION}
        try:
            async with self._client.post(self._url, data=question, headers=headers) as response:
                if response.status != _OK:
                    raise NotStamped(f"it answers with status {response.status}")
                return await _read(response.content)
        except TimeoutError as error:
            raise NotStamped("it does not answer in time") from error
        except (ClientError, OSError) as error:
            raise NotStamped(f"it cannot be reached ({type(error).__name__})") from error


async def _read(content: StreamReader) -> bytes:
    answer = b""
    async for piece in content.iter_any():
        answer += piece
        if len(answer) > _MOST_BYTES:
            raise NotStamped("its answer is too long")
    return answer
