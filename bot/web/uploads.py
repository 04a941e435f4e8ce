"""Reading an uploaded file: counted while it comes, so that what is too large is never in memory."""

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, web

LIMIT_MEGABYTES: Final = 20
_LIMIT: Final = LIMIT_MEGABYTES * 1024 * 1024
_AROUND: Final = 64 * 1024  # boundaries, headings and the other fields of the form
_CHUNK: Final = 64 * 1024
_MOST_PARTS: Final = 8
_SECONDS: Final = 120.0
_FIELD: Final = "file"


class NoFile(Exception):  # noqa: N818 -- states a fact
    """The form came without a file."""


async def read_upload(request: web.Request, count: Callable[[int], None]) -> bytes:
    """Return the bytes of the form's file; `count` is told of each chunk before it is kept.

    Raises:
        NoFile: the form is none, or its file is missing or empty.
        web.HTTPRequestEntityTooLarge: more than the limit.
        web.HTTPRequestTimeout: it comes too slowly.
    """
    if (request.content_length or 0) > _LIMIT + _AROUND:
        raise _too_large()
    if request.content_type != "multipart/form-data":
        raise NoFile
    try:
        async with asyncio.timeout(_SECONDS):
            content = await _find_file(await request.multipart(), count)
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ValueError, RuntimeError, AssertionError) as error:  # how aiohttp speaks of a malformed form
        raise web.HTTPBadRequest from error
    if not content:
        raise NoFile
    return content


async def _find_file(form: MultipartReader, count: Callable[[int], None]) -> bytes:
    around = 0
    for _ in range(_MOST_PARTS):
        part = await form.next()
        if part is None:
            return b""
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest
        if part.name == _FIELD:
            return await _read_file(part, count)
        while chunk := await part.read_chunk(_CHUNK):
            around += len(chunk)
            if around > _AROUND:
                raise _too_large()
    raise web.HTTPBadRequest


async def _read_file(part: BodyPartReader, count: Callable[[int], None]) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        if len(content) + len(chunk) > _LIMIT:
            raise _too_large()
        count(len(chunk))
        content += chunk
    return bytes(content)


def _too_large() -> web.HTTPRequestEntityTooLarge:
    return web.HTTPRequestEntityTooLarge(max_size=_LIMIT, actual_size=_LIMIT + 1)
