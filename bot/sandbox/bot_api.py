"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any, NoReturn

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request, forbidden, too_many_requests
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.methods import all_methods
from bot.sandbox.methods.attachments import upload_names
from bot.sandbox.methods.call import Answer, ApiCall, Handler, Upload
from bot.sandbox.parameters import read_parameters
from bot.sandbox.state import Call
from bot.sandbox.truth import Answered, end
from bot.sandbox.validation import Schema
from bot.sandbox.world import World

_BROKEN_PROXY = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>\r\n"
_SERVER_ERRORS = 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BotApi:
    """Answers the bot's calls."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token
        self._schema = Schema.load()
        self._methods = all_methods()

    def routes(self) -> list[web.RouteDef]:
        """Routes of an aiohttp application."""
        return [
            web.get("/file/bot{token}/{path:.+}", self.download),
            web.get("/bot{token}/{method}", self.call),
            web.post("/bot{token}/{method}", self.call),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """One call: token, trouble that was ordered, parameters, the method itself."""
        name = request.match_info["method"]
        try:
            self._authorise(request)
            method = self._schema.method(name)
        except ApiError as refusal:
            return _json(refusal.code, refusal.body())
        raw, uploads, unreadable = await _read(request)
        truth = self._world.truth.receive(_door(request), method.name, raw)
        fault = self._world.faults.next_for(method.name)
        if fault is not None and fault.kind is Kind.DROPPED:
            end(truth, Answered.NEVER)
            return _hang_up(request)
        if fault is not None and fault.kind is Kind.REFUSED:
            self._note(method.name, raw, uploads, ok=False)
            end(truth, Answered.BROKEN if fault.status >= _SERVER_ERRORS else Answered.CLEARLY, fault.status)
            return _refused(fault)
        if unreadable is not None:
            status, body = unreadable.code, unreadable.body()
            self._note(method.name, raw, uploads, ok=False)
        else:
            status, body = await self._perform(method.name, raw, uploads)
            self._world.truth.accept(truth, status, body)
        if fault is not None and fault.kind is Kind.LOST:
            end(truth, Answered.NEVER)
            return _hang_up(request)
        if fault is not None and fault.kind is Kind.BROKEN:
            end(truth, Answered.BROKEN)
            return _refused(fault)
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        end(truth, Answered.CLEARLY if _is_there(request) else Answered.NEVER)
        return _json(status, body)

    async def download(self, request: web.Request) -> web.Response:
        """The content of a file, at the path getFile gave."""
        try:
            self._authorise(request)
        except ApiError as refusal:
            return _json(refusal.code, refusal.body())
        stored = self._world.files.at(request.match_info["path"])
        if stored is None or stored.size > DOWNLOAD_LIMIT:
            return _json(404, ApiError(404, "Not Found").body())
        return web.Response(body=stored.content, content_type="application/octet-stream")

    def _authorise(self, request: web.Request) -> None:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")

    async def _perform(
        self, name: str, raw: dict[str, Any], uploads: Mapping[str, Upload]
    ) -> tuple[int, dict[str, Any]]:
        params = raw
        try:
            self._world.flood.admit(name, raw.get("chat_id"))
            params = self._schema.method(name).read(raw | upload_names(raw, uploads) if uploads else raw)
            result = await (self._methods.get(name) or _not_implemented(name))(ApiCall(self._world, params, uploads))
        except (ApiError, UnicodeEncodeError) as error:  # the latter: half of a surrogate pair, from JSON
            refusal = error if isinstance(error, ApiError) else bad_request("strings must be encoded in UTF-8")
            self._note(name, params, uploads, ok=False)
            return refusal.code, refusal.body()
        self._note(name, params, uploads, ok=True)
        if isinstance(result, Answer):
            return 200, {"ok": True, "result": result.result, "description": result.description}
        return 200, {"ok": True, "result": result}

    def _note(self, name: str, params: dict[str, Any], uploads: Mapping[str, Upload], *, ok: bool) -> None:
        files = {key: upload.content for key, upload in uploads.items()} if uploads else {}
        self._world.note(Call(name, params, files, time.time(), ok))


def _not_implemented(name: str) -> Handler:
    async def refuse(_: ApiCall) -> NoReturn:
        raise ApiError(501, f"Not implemented by the sandbox: {name}")

    return refuse


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload], ApiError | None]:
    try:
        raw, uploads = await read_parameters(request)
    except ApiError as refusal:
        return {}, {}, refusal
    return raw, uploads, None


def _refused(fault: Fault) -> web.Response:
    if fault.status >= _SERVER_ERRORS:
        page = _BROKEN_PROXY.format(f"{fault.status} {fault.description or 'Internal Server Error'}")
        return web.Response(status=fault.status, text=page, content_type="text/html")
    match fault.status:
        case 429:
            refusal = too_many_requests(int(fault.seconds))
        case 403:
            refusal = forbidden("bot was blocked by the user")
        case _:
            refusal = ApiError(fault.status, "Bad Request: refused by order")
    if fault.description:
        refusal.description = fault.description
    return _json(refusal.code, refusal.body())


def _hang_up(request: web.Request) -> web.Response:
    """Breaks the connection; the response is for aiohttp only and reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _door(request: web.Request) -> int:
    """The port at which a call came in."""
    address = request.transport.get_extra_info("sockname") if request.transport is not None else None
    return int(address[1]) if address else 0


def _is_there(request: web.Request) -> bool:
    """Whether the one who called still holds the line."""
    return request.transport is not None and not request.transport.is_closing()


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")
