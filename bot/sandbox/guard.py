"""Keeps other web pages in the same browser away from the sandbox, and the chat page to itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_LOCAL = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d+)?")
_BOT_API = ("/bot", "/file/")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# {host}: some browsers do not count WebSockets to the page's own host as 'self'.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self' ws://{host}; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a Host that is not this machine (DNS rebinding) and requests that pages of other origins make."""
    if not _LOCAL.fullmatch(request.host):
        raise web.HTTPForbidden(text="This server answers to 127.0.0.1 and localhost only.\n")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="This server does not answer to other origins.\n")
    return await handler(request)


async def secure(request: web.Request, response: web.StreamResponse) -> None:
    """Adds the security headers to everything a browser asks for."""
    if request.path.startswith(_BOT_API):
        return
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(host=request.host))
    response.headers.setdefault("Cache-Control", "no-store")
