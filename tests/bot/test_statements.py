"""How often the database is asked: the price of every message a person sends."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from asyncpg import Connection
from asyncpg.prepared_stmt import PreparedStatement
from sqlalchemy import text

from tests.support.people import AIZADA
from tests.support.telegram import Telegram

#: Everything the driver sends to the server passes through one of these.
_DRIVER = (
    (Connection, "execute"),
    (Connection, "_do_execute"),
    (PreparedStatement, "_PreparedStatement__do_execute"),
)
#: What the driver asks of a fresh connection.
_DRIVERS_OWN = ("SELECT current_setting", "SELECT set_config", "SELECT t.oid", "WITH RECURSIVE", "SELECT ns.nspname")
_TASKS = ("updates of", "polling", "marking updates")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked on the way of an update, from its arrival to its mark; other work goes on beside it."""
    asked: list[str] = []
    for owner, name in _DRIVER:
        monkeypatch.setattr(owner, name, _noted(getattr(owner, name), asked))
    return asked


def _noted(call: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    async def noted(self: object, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 -- the driver's own
        task = asyncio.current_task()
        if task is not None and task.get_name().startswith(_TASKS):
            statement = " ".join(str(getattr(self, "_query", None) or arguments[0]).split())
            if not statement.startswith(_DRIVERS_OWN):
                asked.append(statement)
        return await call(self, *arguments, **options)

    return noted


async def test_start_of_a_linked_person_asks_the_database_four_times(telegram: Telegram, statements: list[str]) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await aizada.says("/help")
    await _all_marked(telegram)
    statements.clear()

    await aizada.says("/start")
    await _all_marked(telegram)

    assert [statement[:20] for statement in statements] == [
        "insert into inbox (u",
        "update inbox mine se",
        "select a.language, a",
        "update inbox set don",
    ]


async def _all_marked(telegram: Telegram) -> None:
    async with asyncio.timeout(10), telegram.engine.connect() as connection:
        while await connection.scalar(text("select count(*) from inbox where done_at is null and parked_at is null")):
            await connection.rollback()
