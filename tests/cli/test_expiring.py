"""What would be reminded of on a day, at the command line."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from services.access import OPERATOR
from services.db.uow import unit_of_work_factory
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from tests.support.people import AIZADA, BAKYT


async def run(*arguments: str) -> str:
    """Return what the command prints on stdout."""
    result = await asyncio.to_thread(CliRunner().invoke, create_app(), ["expiring", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


async def test_operator_sees_who_would_be_told_and_nothing_is_sent(
    database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    day = datetime.now(UTC).astimezone(ZoneInfo("Asia/Bishkek")).date() + timedelta(days=5)
    people = (
        replace(AIZADA, visa_expires=day + timedelta(days=30)),
        replace(BAKYT, work_permit_expires=day + timedelta(days=31)),
    )
    roster = RosterService(unit_of_work_factory(engine), SystemClock())
    await roster.import_roster(OPERATOR, RosterFile(entries=people, rejected=()))
    assert json.loads(await run("--on", day.isoformat(), "--json")) == {
        "day": day.isoformat(),
        "reminders": [
            {
                "person_no": "S-1001", "name": "Маматова Айзада Бакытовна", "paper": "visa",
                "expires_on": (day + timedelta(days=30)).isoformat(), "days_left": 30, "told": False, "office": "ebb",
            }
        ],
        "officials": {"ebb": 0},
    }  # fmt: skip
    words = await run("--on", day.isoformat())
    assert "S-1001" in words
    assert f"{day}: 1 papers come to a threshold, 0 people would be told in the chat." in words
    today = json.loads(await run("--json"))
    assert [one["paper"] for one in today["reminders"]] == ["visa", "work_permit"]  # what no sweep has told yet
    async with engine.connect() as connection:
        told = "select (select count(*) from notices) + (select count(*) from expiry_marks)"
        assert (await connection.execute(text(told))).scalar_one() == 0
