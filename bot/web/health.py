"""Is the process alive, and can it work?"""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.web.addresses import client_of
from bot.web.failures import STORAGE_AWAY
from services.db.schema import current_revision, newest_revision


def add_health_routes(app: web.Application, engine: AsyncEngine, settings: Settings) -> None:
    """Add `/healthz` for all and `/readyz` for METRICS_ALLOW."""
    needed = newest_revision()

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(request: web.Request) -> web.Response:
        if not client_of(request, settings.trusted_proxies).is_in(settings.metrics_allow):
            raise web.HTTPNotFound
        try:
            found = await current_revision(engine)
        except STORAGE_AWAY:
            return web.Response(status=503, text="the database cannot be reached\n")
        if found != needed:
            return web.Response(status=503, text="the database is not migrated\n")
        return web.Response(text="ready\n")

    app.router.add_get("/healthz", healthz, name="healthz")
    app.router.add_get("/readyz", readyz, name="readyz")
