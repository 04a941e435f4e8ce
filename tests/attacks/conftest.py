"""One survey from its opening to its end, and everything that somebody who sees all could have kept of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.attacks.history import History, live_through
from tests.support import database


@pytest.fixture(scope="session")
async def history(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[History]:
    """What was to be seen; nobody changes it any more."""
    folder: Path = tmp_path_factory.mktemp("survey-keys")
    async with database.clone(postgres, template_database) as url:
        yield await live_through(url, folder)
