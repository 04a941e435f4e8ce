"""What a review found: lost connections, odd answers, floods, and an end in the middle of sending."""

import pytest
from sqlalchemy import URL, text

from services.db.engine import create_engine
from services.db.fetching import fetch_row
from tests.support.journeys import orders
from tests.support.people import AIZADA
from tests.support.telegram import Telegram, telegram_with_bot

_MANY = 450


async def test_a_dead_connection_is_taken_out_of_the_pool_and_said_to_be_lost(database_url: URL) -> None:
    engine = create_engine(database_url, pool_size=1)
    killer = create_engine(database_url, pool_size=1)
    async with engine.connect() as connection:
        process = await connection.scalar(text("select pg_backend_pid()"))
    async with killer.connect() as other:
        await other.execute(text("select pg_terminate_backend(:process)"), {"process": process})
    lost = 0
    for _ in range(3):
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            try:
                await fetch_row(connection, "select 1")
            except ConnectionError:
                lost += 1
    assert lost == 1
    await killer.dispose()
    await engine.dispose()


async def test_many_messages_of_one_person_at_once_are_all_answered(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    for _ in range(_MANY):
        telegram.world.send_text(aizada.id, "/help")
    await telegram.world.wait_for(lambda: len(telegram.world.bot_messages(aizada.id)) == _MANY, timeout=60)


async def test_the_end_of_the_program_waits_for_a_paper_on_its_way(
    database_url: URL, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = {"data_dir": tmp_path_factory.mktemp("university"), "http_port": 0}
    async with telegram_with_bot(database_url, settings) as telegram:
        aizada = await telegram.meet("Айзада", AIZADA)
        telegram.world.faults.slow(2.0, method="sendDocument")
        await orders(aizada)
        await telegram.world.wait_for(lambda: any("document" in it for it in telegram.world.bot_messages(aizada.id)))
    engine = create_engine(database_url)
    async with engine.connect() as connection:
        states = (await connection.execute(text("select state from messages"))).scalars().all()
    assert states == ["sent"]
    await engine.dispose()
