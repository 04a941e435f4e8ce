"""Reads the parameters of a call from wherever the client put them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import UPLOAD_LIMIT
from bot.sandbox.methods.call import Upload

_PIECE = 256 * 1024


async def read_parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Query string first, then the body: JSON, a form, or multipart with files.

    Raises:
        ApiError: a body that cannot be read, or more than Telegram takes.
    """
    raw: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    if not request.body_exists:
        return raw, {}
    content_type = request.content_type
    if content_type == "multipart/form-data":
        fields, uploads = await _read_multipart(request)
        return raw | fields, uploads
    body = await request.read()
    if content_type == "application/json":
        try:
            parsed = json.loads(body)
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(parsed, dict):
            raise bad_request("JSON object expected")
        return raw | parsed, {}
    return raw | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


async def _read_multipart(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    too_large = False
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            fields[part.name] = await part.text()
            continue
        content = bytearray()
        while piece := await part.read_chunk(_PIECE):
            if len(content) <= UPLOAD_LIMIT:  # the rest is read and forgotten, so that the refusal arrives
                content += piece
        too_large = too_large or len(content) > UPLOAD_LIMIT
        uploads[part.name] = Upload(part.filename, bytes(content), part.headers.get("Content-Type", ""))
    if too_large:
        raise ApiError(413, "Request Entity Too Large")
    return fields, uploads
