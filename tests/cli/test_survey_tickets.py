"""Sheets of tickets at the command line."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner, Result

from bot.cli.app import create_app
from bot.cli.failures import explain
from tests.support.ticketed import open_ticketed


async def run(*arguments: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, create_app(), ["survey", "tickets", *arguments])


async def refused(*arguments: str) -> str:
    """Return the operator's line for what the command refuses."""
    error = (await run(*arguments)).exception
    assert isinstance(error, Exception)
    return explain(error) or ""


async def test_tickets_of_a_group_come_as_sheets_and_nothing_else_has_their_codes(
    database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    monkeypatch.setenv("PUBLIC_URL", "https://bot.university.example")
    ticketed = await open_ticketed(engine, tmp_path / "keys")
    wish = ("climate-students", "--stratum", "MTI", "--count", "12", "--out", "sheet.pdf")
    made = await run(*wish, "--json")
    assert made.exception is None, made.exception
    assert json.loads(made.stdout) == {
        "survey": ticketed.survey.id, "stratum": "mti", "count": 12, "total": 12, "file": "sheet.pdf",
    }  # fmt: skip
    sheet = tmp_path / "sheet.pdf"
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "(24 so far)" in (await run(*wish)).stdout
    assert await ticketed.left() == 24

    number = str(ticketed.survey.id)
    rest = ("--count", "1", "--out", "sheet.pdf")
    assert "no group all; its groups are iit, mti" in await refused(number, "--stratum", "all", *rest)
    assert "at a time" in await refused(number, "--stratum", "mti", "--count", "2001", "--out", "sheet.pdf")
    assert "there is no such survey" in await refused("no-such", "--stratum", "mti", *rest)
    assert "no folder" in await refused(number, "--stratum", "mti", "--count", "1", "--out", "nowhere/sheet.pdf")
    monkeypatch.delenv("PUBLIC_URL")
    assert "PUBLIC_URL is not set" in await refused(number, "--stratum", "mti", *rest)
    async with engine.connect() as connection:
        acts = await connection.scalars(text("select act from audit_entries"))
        assert list(acts) == ["survey_tickets_made"] * 2
    assert await ticketed.left() == 24
