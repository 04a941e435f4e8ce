"""Is the process alive, and can it work?"""

from aiohttp import web
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.schema import current_revision, newest_revision


def add_health_routes(app: web.Application, engine: AsyncEngine) -> None:
    """Add `/healthz` and `/readyz`."""
    needed = newest_revision()

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        try:
            found = await current_revision(engine)
        except (DBAPIError, OSError, TimeoutError):
            return web.Response(status=503, text="the database cannot be reached\n")
        if found != needed:
            return web.Response(status=503, text="the database is not migrated\n")
        return web.Response(text="ready\n")

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
