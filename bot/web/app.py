"""The web server of the bot: one aiohttp application on one port."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiogram import Bot
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.container import Container
from bot.ingress import Ingress
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.web.authority_page import AuthorityPages
from bot.web.calendar_page import CalendarPage
from bot.web.failures import create_failure_pages, protocol_logger
from bot.web.headers import add_headers
from bot.web.health import add_health_routes
from bot.web.home import add_home_route
from bot.web.pages import Pages
from bot.web.survey_page import SurveyLimits, SurveyPages
from bot.web.verdict_view import VerdictPainter
from bot.web.verification import Limits, VerificationPages, usual_limits
from bot.web.webhook import Webhook
from services.ports import Clock

_LARGEST_BODY = 1024 * 1024  # an update of Telegram; files are read as they come
_FINISH_SECONDS = 3.0  # for requests in hand when the program ends


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """What the pages stand on."""

    container: Container
    ingress: Ingress
    supervisor: Supervisor
    engine: AsyncEngine
    clock: Clock


class WebServer:
    """Listens while the block lasts."""

    def __init__(
        self,
        settings: Settings,
        parts: WebParts,
        limits: Limits | None = None,
        survey_limits: SurveyLimits | None = None,
    ) -> None:
        self._settings = settings
        self._webhook = Webhook(settings, parts.ingress, parts.supervisor)
        self._app = self._create_app(parts, limits or usual_limits(), survey_limits or SurveyLimits())
        self._runner = web.AppRunner(
            self._app, access_log=None, logger=protocol_logger(), shutdown_timeout=_FINISH_SECONDS
        )

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.http_host, self._settings.http_port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port that is listened on, also where HTTP_PORT left the choice to the system."""
        return int(self._runner.addresses[0][1])

    async def set_webhook(self, bot: Bot) -> None:
        """Ask Telegram to bring the updates here."""
        await self._webhook.register(bot)

    def _create_app(self, parts: WebParts, limits: Limits, survey_limits: SurveyLimits) -> web.Application:
        settings, given = self._settings, parts.container.given
        pages = Pages(settings, parts.container.i18n, given.university, given.links)
        painter = VerdictPainter(given.paper_words, given.dates, given.links)
        app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[create_failure_pages(pages)])
        add_headers(app, settings)
        add_health_routes(app, parts.engine, settings)
        self._webhook.add_routes(app)
        pages.add_routes(app)
        add_home_route(app, pages)
        AuthorityPages(pages, parts.container.keys, parts.container.signing_key, given.dates).add_routes(app)
        VerificationPages(settings, given.verification, pages, painter, parts.clock, limits).add_routes(app)
        SurveyPages(pages, parts.container.survey_pages, given.hotlines, survey_limits).add_routes(app)
        CalendarPage(settings, given.plan_calendars, parts.container.i18n, limits.codes).add_routes(app)
        return app
