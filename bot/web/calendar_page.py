"""`/calendar/<secret>.ics`: what a unit has to do, for calendar programs."""

import asyncio
import hashlib
from math import ceil
from urllib.parse import urlsplit

from aiohttp import web

from bot.i18n import Catalogues
from bot.settings import Settings
from bot.web.addresses import client_of
from bot.web.limits import TokenBuckets
from services.plan_reports.calendar_dto import UnitCalendar
from services.plan_reports.calendars import CalendarService

_ROUTE = "/calendar/{secret:[A-Za-z0-9_-]+}.ics"
_PRIVATE = "private, max-age=900"


class CalendarPage:
    """Gives a calendar to whoever has its address; a wrong one and a revoked one are not told apart."""

    def __init__(self, settings: Settings, calendars: CalendarService, i18n: Catalogues, limits: TokenBuckets) -> None:
        self._proxies = settings.trusted_proxies
        self._host = urlsplit(settings.public_url).hostname or "kabarchy"
        self._language = settings.default_locale
        self._calendars = calendars
        self._i18n = i18n
        self._limits = limits

    def add_routes(self, app: web.Application) -> None:
        """Add the page."""
        app.router.add_get(_ROUTE, self._give, name="calendar")

    async def _give(self, request: web.Request) -> web.Response:
        if wait := self._limits.take(client_of(request, self._proxies).key):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(ceil(wait))})
        calendar = await self._calendars.find(request.match_info["secret"])
        if calendar is None:
            raise web.HTTPNotFound
        content = await asyncio.to_thread(self._write, calendar)
        tag = hashlib.sha256(content).hexdigest()[:32]
        headers = {"Cache-Control": _PRIVATE, "ETag": f'"{tag}"'}
        known = request.if_none_match
        if known and any(one.value == tag for one in known):
            return web.Response(status=304, headers=headers)
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=headers)

    def _write(self, calendar: UnitCalendar) -> bytes:
        from bot.web.calendar_file import calendar_file  # noqa: PLC0415 -- the library takes a while to load

        with self._i18n.context(), self._i18n.use_locale(self._language.value):
            return calendar_file(calendar, self._host, self._language)
