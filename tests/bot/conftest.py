"""One bot for all stories; every story has people of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.support import database
from tests.support.telegram import Telegram, telegram_with_bot


@pytest.fixture(scope="session")
async def running_bot(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Telegram]:
    """The bot with long polling; it is started once."""
    data: Path = tmp_path_factory.mktemp("university")
    settings = {"data_dir": data, "http_port": 0}
    async with database.clone(postgres, template_database) as url, telegram_with_bot(url, settings) as telegram:
        yield telegram


@pytest.fixture
def telegram(running_bot: Telegram) -> Iterator[Telegram]:
    """The running bot; no trouble is left over from another story."""
    running_bot.world.faults.clear()
    yield running_bot
    running_bot.world.faults.clear()
