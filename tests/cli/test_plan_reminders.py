"""What is sent on a day, at the command line."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.checks.plans import check_plans
from bot.settings import Settings
from tests.support.planned import Wanted, put_plan, put_units
from tests.support.reminding import seat


async def run(*arguments: str) -> str:
    """Return what the command prints on stdout."""
    result = await asyncio.to_thread(CliRunner().invoke, create_app(), ["plan", "reminders", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


async def test_operator_sees_any_day_and_nothing_is_written(
    database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    due = date(2030, 10, 15)  # a Tuesday
    async with engine.begin() as connection:
        await put_units(connection, {"iit": "МТИ", "itk": "Китепкана"})
        await seat(connection, 7001, "iit")
        _, [item_id, _] = await put_plan(
            connection,
            [
                Wanted(title="Отчет", number="1.2", responsible=["iit"], dues=[due]),
                Wanted(title="Эски", responsible=["itk"], dues=[date(2025, 3, 5)]),
            ],
        )
    day = json.loads(await run("--on", "2030-10-04", "--json"))
    assert day == {
        "on": "2030-10-04", "working_day": True, "basis": "planned", "monthly_list": [], "asks_how_far": False,
        "messages": [
            {
                "unit": "iit", "heard_by": "iit", "accounts": 1,
                "items": [
                    {
                        "item": item_id, "number": "1.2", "title": "Отчет", "due": "2030-10-15", "soft": False,
                        "step": 7,
                    }
                ],
            }
        ],
        "unheard": [],
    }  # fmt: skip
    past = json.loads(await run("--on", "2025-03-05", "--json"))
    assert (past["basis"], past["messages"][0]["unit"], past["messages"][0]["items"][0]["step"]) == ("as_if", "itk", 0)
    assert past["unheard"] == [{"unit": "itk", "reason": "no_holder", "heard_by": None}]
    words = await run("--on", "2030-10-04")
    assert "2030-10-04: 1 units will be told of 1 items." in words
    assert "a day off, nothing is sent." in await run("--on", "2030-10-05")
    async with engine.connect() as connection:
        for table in ("plan_steps", "plan_sweeps", "notices"):
            assert (await connection.execute(text(f"select count(*) from {table}"))).scalar_one() == 0  # noqa: S608


async def test_doctor_counts_open_plans_and_whom_they_do_not_reach(engine: AsyncEngine, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    assert await check_plans(engine, settings) == []
    async with engine.begin() as connection:
        await put_units(connection, {"iit": "МТИ", "itk": "Китепкана"})
        await seat(connection, 7001, "iit")
        await put_plan(connection, [Wanted(title="Отчет", responsible=["iit"], dues=[date(2030, 10, 15)])])
    assert [one.reason for one in await check_plans(engine, settings)] == ["1 open"]
    async with engine.begin() as connection:
        missing = [Wanted(title="Эки", responsible=["iit", "itk"]), Wanted(title="Үч", responsible=[], confirmed=False)]
        await put_plan(connection, missing, name="council")
    assert [one.reason for one in await check_plans(engine, settings)] == [
        "2 open",
        "nobody of their own would hear for 1 units (itk)",
        "1 items are not confirmed",
    ]
