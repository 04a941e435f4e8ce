"""One scene for each way in, for all tests; bots come and go."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import URL

from tests.durability.scene import Scene, scene
from tests.support import database
from tests.support.nursery import Nursery

MODES = ["polling", "webhook"]


@pytest.fixture(scope="session")
async def polling_scene(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory, nursery: Nursery
) -> AsyncIterator[Scene]:
    """Bots that fetch their updates."""
    async with (
        database.clone(postgres, template_database) as url,
        scene("polling", url, tmp_path_factory.mktemp("polling"), nursery) as stage,
    ):
        yield stage


@pytest.fixture(scope="session")
async def webhook_scene(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory, nursery: Nursery
) -> AsyncIterator[Scene]:
    """Bots that are brought their updates."""
    async with (
        database.clone(postgres, template_database) as url,
        scene("webhook", url, tmp_path_factory.mktemp("webhook"), nursery) as stage,
    ):
        yield stage


@pytest.fixture
def stages(polling_scene: Scene, webhook_scene: Scene) -> list[Scene]:
    """Both scenes, for a story that is played on both at the same time."""
    for stage in (polling_scene, webhook_scene):
        stage.telegram.world.faults.clear()
    return [polling_scene, webhook_scene]


@pytest.fixture(params=MODES)
def stage(request: pytest.FixtureRequest, polling_scene: Scene, webhook_scene: Scene) -> Iterator[Scene]:
    """A scene, once for each way in; no trouble is left over."""
    chosen = polling_scene if request.param == "polling" else webhook_scene
    chosen.telegram.world.faults.clear()
    yield chosen
    chosen.telegram.world.faults.clear()
