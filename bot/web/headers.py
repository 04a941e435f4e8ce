"""Headers of every answer: nothing from elsewhere, nothing stored, nothing told to others."""

from aiohttp import web

from bot.settings import Settings

_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HTTPS_ONLY = "max-age=31536000"


def add_headers(app: web.Application, settings: Settings) -> None:
    """Add the headers to all answers of the application, errors too."""
    always = dict(_ALWAYS)
    if settings.public_url.startswith("https://"):
        always["Strict-Transport-Security"] = _HTTPS_ONLY

    async def complete(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        response.headers.popall("Server", None)

    app.on_response_prepare.append(complete)
