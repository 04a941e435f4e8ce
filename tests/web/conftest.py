"""One key and one press for all pages; a site with a database of its own for each file of tests; one chat page."""

from collections.abc import AsyncIterator, Iterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from playwright.async_api import Browser, async_playwright
from sqlalchemy import URL

from bot.documents.signing import open_key
from bot.documents.university import load
from bot.press import Press
from bot.sandbox import Sandbox
from services.db.engine import create_engine
from tests.support import database
from tests.support.chat_page import CHROMIUM, CHROMIUM_FLAGS, OpenPage, Pages, add_people, empty
from tests.support.clock import StandingClock
from tests.support.website import Website, website


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """A press with a key of a university of its own."""
    press = Press(open_key(None, "", tmp_path_factory.mktemp("keys"), load(), now=StandingClock().now()))
    yield press
    press.close()


@pytest.fixture(scope="module")
async def site(postgres: URL, template_database: str, press: Press) -> AsyncIterator[Website]:
    """The pages without limits, shared by the tests of a file."""
    async with database.clone(postgres, template_database) as url:
        engine = create_engine(url)
        async with website(engine, StandingClock(), press) as running:
            yield running
        await engine.dispose()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests of a process."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def local_telegram() -> AsyncIterator[Sandbox]:
    """One address for all tests, so that the browser need not load the page anew."""
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
async def pages(browser: Browser, local_telegram: Sandbox) -> AsyncIterator[Pages]:
    """Windows for all tests."""
    pages = Pages(browser, local_telegram)
    yield pages
    await pages.close()


@pytest.fixture
def sandbox(local_telegram: Sandbox) -> Sandbox:
    """A local Telegram in which nothing has happened yet."""
    empty(local_telegram)
    add_people(local_telegram)
    return local_telegram


@pytest.fixture(scope="session")
async def connections() -> AsyncIterator[AiohttpSession]:
    """One pool for all tests: aiogram loads certificates when it opens one and sleeps when it closes one."""
    session = AiohttpSession()
    yield session
    await session.close()


@pytest.fixture
def bot(sandbox: Sandbox, connections: AiohttpSession) -> Bot:
    """A bot whose part the tests play."""
    connections.api = TelegramAPIServer.from_base(sandbox.url)
    return Bot(sandbox.token, session=connections)


@pytest.fixture
async def open_page(sandbox: Sandbox, pages: Pages) -> AsyncIterator[OpenPage]:
    """Opens an address of the sandbox; no page may have complained in the end."""
    assert sandbox.url
    pages.complaints.clear()
    yield pages.open
    await pages.take_back()
    assert [said for said in pages.complaints if "WebSocket connection" not in said] == []
