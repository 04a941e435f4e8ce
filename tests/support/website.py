"""The real web server on a port of its own, over a database of its own, with certificates that were really signed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from ipaddress import ip_network
from itertools import count

from aiogram import Bot
from aiohttp import ClientResponse, ClientSession, FormData
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.container import Container, create_container
from bot.documents import university as university_file
from bot.documents.certificates import FileInspector
from bot.documents.qr_reading import QrReader
from bot.ingress import Ingress
from bot.press import Press
from bot.settings import Settings
from bot.supervisor import Supervisor
from bot.tools import Tools
from bot.web.app import WebParts, WebServer
from bot.web.limits import TokenBuckets, UploadDesk
from bot.web.survey_page import SurveyLimits
from bot.web.verification import Limits
from services.access import OPERATOR
from services.db.uow import unit_of_work_factory
from services.languages import Language, Trilingual
from services.linking.rules import CONSENT_VERSION
from services.people.dto import RosterEntry, RosterFile
from services.people.service import RosterService
from services.units.dto import UnitEntry, UnitKind
from services.units.service import UnitService
from tests.support.clock import StandingClock
from tests.support.people import AIZADA

PUBLIC_URL = "https://papers.university.example"
BOT_NAME = "kabarchy_test_bot"
SECRET = "a-secret-of-the-tests"
INSTITUTE = UnitEntry(
    code="mti",
    name=Trilingual(ky="Маалыматтык технологиялар институту", ru="Институт ИТ", en="Institute of IT"),
    abbreviation="МТИ",
    kind=UnitKind.UNIT,
    parent_code="",
    aliases=(),
)
NO_LIMITS = Limits(
    codes=TokenBuckets(1_000_000, 0.000_001),
    files=TokenBuckets(1_000_000, 0.000_001),
    desk=UploadDesk(most_bytes=500_000_000, most_per_client=100, inspected_at_once=2),
)


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A certificate as its holder has it."""

    code: str
    number: str
    pdf: bytes


class Website:
    """The pages as a browser reaches them, and the office behind them."""

    def __init__(
        self, url: str, client: ClientSession, container: Container, engine: AsyncEngine, clock: StandingClock
    ) -> None:
        self.url = url
        self.container = container
        self.engine = engine
        self.clock = clock
        self._client = client
        self._roster: list[RosterEntry] = []
        self._numbers = count(1)

    async def get(self, path: str, *, headers: dict[str, str] | None = None) -> ClientResponse:
        """Ask for a page; redirects are not followed."""
        return await self._answered(await self._client.get(self.url + path, headers=headers, allow_redirects=False))

    async def post(
        self, path: str, data: object, *, headers: dict[str, str] | None = None, follow: bool = True
    ) -> ClientResponse:
        """Post a form or a body; redirects are followed unless `follow` is false."""
        url = self.url + path
        return await self._answered(await self._client.post(url, data=data, headers=headers, allow_redirects=follow))

    async def upload(self, content: bytes, *, query: str = "", name: str = "certificate.pdf") -> ClientResponse:
        """Upload a file as the form does."""
        form = FormData()
        form.add_field("file", BytesIO(content), filename=name, content_type="application/pdf")
        return await self.post(f"/verify{query}", form)

    async def issue(self, entry: RosterEntry = AIZADA, language: Language = Language.KY) -> IssuedPaper:
        """Issue, print and sign a certificate for a new person with these data."""
        person_no = f"S-{next(self._numbers)}"
        self._roster.append(replace(entry, person_no=person_no, phone=""))
        await UnitService(unit_of_work_factory(self.engine)).import_units(OPERATOR, [INSTITUTE])
        roster = RosterService(unit_of_work_factory(self.engine), self.clock)
        await roster.import_roster(OPERATOR, RosterFile(entries=tuple(self._roster), rejected=()))
        given = self.container.given
        account = 70_000 + len(self._roster)
        stranger = await given.accounts.recognise(account, "ky")
        await given.linking.agree(stranger, CONSENT_VERSION, Language.KY)
        await given.linking.link(stranger, (await given.linking.issue_code(OPERATOR, person_no)).code)
        actor = await given.accounts.recognise(account, "ky")
        requested = await given.certificates.request(actor, "study", language, screen="one")
        while await self.container.printing.print_next():
            pass
        async with self.engine.connect() as connection:
            found = await connection.execute(
                text("select c.code, c.number, f.content from certificates c join files f on f.id = c.file_id"
                     " where c.id = :id"),
                {"id": requested.id},
            )  # fmt: skip
            return IssuedPaper(*found.one())

    async def execute(self, statement: str, **parameters: object) -> None:
        """Change the database behind the services' back, past the guards of the register."""
        async with self.engine.begin() as connection:
            await connection.execute(text("set local session_replication_role = replica"))
            await connection.execute(text(statement), parameters)

    async def _answered(self, response: ClientResponse) -> ClientResponse:
        await response.read()
        return response


@asynccontextmanager
async def website(
    engine: AsyncEngine,
    clock: StandingClock,
    press: Press,
    *,
    limits: Limits = NO_LIMITS,
    survey_limits: SurveyLimits | None = None,
    trusted_proxies: tuple[str, ...] = (),
    metrics_allow: tuple[str, ...] = ("127.0.0.0/8",),
    public_url: str = PUBLIC_URL,
) -> AsyncIterator[Website]:
    """Serve while the block lasts."""
    settings = Settings(
        _env_file=None,
        http_port=0,
        public_url=public_url,
        webhook_secret=SecretStr(SECRET),
        trusted_proxies=tuple(ip_network(proxy) for proxy in trusted_proxies),
        metrics_allow=tuple(ip_network(network) for network in metrics_allow),
    )
    async with AsyncExitStack() as stack:
        inspector, reader = FileInspector(), QrReader()
        stack.callback(inspector.close)
        stack.callback(reader.close)
        bot = Bot("42:TEST")
        tools = Tools(
            engine=engine, clock=clock, university=university_file.load(), press=press, inspector=inspector,
            reader=reader, bot=bot, bot_username=BOT_NAME,
        )  # fmt: skip
        container = create_container(settings, tools, worker=1)
        supervisor = Supervisor()
        stack.push_async_callback(supervisor.close)
        ingress = Ingress(
            container.inbox, container.dispatcher, bot, supervisor, container.incidents, container.survey_door
        )
        parts = WebParts(container=container, ingress=ingress, supervisor=supervisor, engine=engine, clock=clock)
        server = await stack.enter_async_context(WebServer(settings, parts, limits, survey_limits))
        client = await stack.enter_async_context(ClientSession())
        yield Website(f"http://127.0.0.1:{server.port}", client, container, engine, clock)
