"""Health checks: alive for everybody, ready for those who may know."""

import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.press import Press
from services.db.engine import create_engine
from tests.support.clock import StandingClock
from tests.support.website import Website, website


async def test_everybody_may_ask_whether_the_process_lives(site: Website) -> None:
    answer = await site.get("/healthz", headers={"X-Forwarded-For": "203.0.113.1"})
    assert (answer.status, await answer.text()) == (200, "alive\n")


async def test_ready_means_a_reachable_database_of_this_version(
    engine: AsyncEngine, clock: StandingClock, press: Press
) -> None:
    async with website(engine, clock, press) as site:
        assert (await site.get("/readyz")).status == 200
        await site.execute("update alembic_version set version_num = 'older'")
        answer = await site.get("/readyz")
        assert (answer.status, await answer.text()) == (503, "the database is not migrated\n")


async def test_a_database_that_is_away_is_not_ready(clock: StandingClock, press: Press) -> None:
    nowhere = create_engine(make_url("postgresql+asyncpg://nobody@127.0.0.1:1/nothing"))
    async with website(nowhere, clock, press) as site:
        answer = await site.get("/readyz")
        assert (answer.status, await answer.text()) == (503, "the database cannot be reached\n")
        assert (await site.get("/healthz")).status == 200
        assert (await site.get("/verify/7K3QX9MVP2RTABCDE123")).status == 503
    await nowhere.dispose()


@pytest.mark.parametrize(
    ("proxies", "allowed", "forwarded", "status"),
    [
        ((), ("10.0.0.0/8",), None, 404),
        ((), ("127.0.0.0/8",), None, 200),
        ((), ("127.0.0.0/8",), "127.0.0.1", 404),  # a proxy that we know nothing of stands between
        (("127.0.0.0/8",), ("127.0.0.0/8",), "203.0.113.1", 404),
        (("127.0.0.0/8",), ("10.0.0.0/8",), "10.0.0.1, 203.0.113.1", 404),
        (("127.0.0.0/8",), ("10.0.0.0/8",), "203.0.113.1, 10.0.0.1", 200),
    ],
)
async def test_readiness_is_told_to_allowed_addresses_only(
    engine: AsyncEngine,
    clock: StandingClock,
    press: Press,
    proxies: tuple[str, ...],
    allowed: tuple[str, ...],
    forwarded: str | None,
    status: int,
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else None
    async with website(engine, clock, press, trusted_proxies=proxies, metrics_allow=allowed) as site:
        assert (await site.get("/readyz", headers=headers)).status == status
