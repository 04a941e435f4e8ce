"""One key and one press for all pages; a site with a database of its own for each file of tests."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import URL

from bot.documents.signing import open_key
from bot.documents.university import load
from bot.press import Press
from services.db.engine import create_engine
from tests.support import database
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
