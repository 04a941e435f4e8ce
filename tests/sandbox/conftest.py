"""One sandbox for each test, with Айзада who has started the bot and Бакыт who has not."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox import Sandbox, World

AIZADA = 1001
BAKYT = 1002


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        world = running.world
        world.add_user(
            AIZADA, "Айзада", last_name="Маматова", language_code="ky", phone="+996700000001", about="Студент"
        )
        world.add_user(BAKYT, "Бакыт", username="bakyt_dean", language_code="ru", phone="+996700000002")
        world.start(AIZADA)
        world.updates.clear()
        yield running


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


def client(sandbox: Sandbox, token: str = "") -> Bot:
    """A real client of the Bot API that talks to the sandbox."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    return Bot(token or sandbox.token, session=session)


@pytest.fixture(scope="session")
async def connections() -> AsyncIterator[AiohttpSession]:
    """One pool for all tests: aiogram loads certificates when it opens one and sleeps when it closes one."""
    session = AiohttpSession()
    yield session
    await session.close()


@pytest.fixture
def bot(sandbox: Sandbox, connections: AiohttpSession) -> Bot:
    connections.api = TelegramAPIServer.from_base(sandbox.url)
    return Bot(sandbox.token, session=connections)
