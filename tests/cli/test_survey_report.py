"""What a closed survey found, at the command line."""

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner, Result

from bot.cli.app import create_app
from bot.cli.failures import CommandFailed
from services.questionnaires.shipped import load_shipped
from tests.support.closed_surveys import grown, put_closed, put_texts, replies_to

STUDENTS = load_shipped("climate-students")


async def run(*arguments: str) -> Result:
    """Run the command."""
    return await asyncio.to_thread(CliRunner().invoke, create_app(), ["survey", "report", *arguments])


def names_in(folder: Path) -> set[str]:
    """What was written into a folder, unfinished files too."""
    return {path.name for path in folder.iterdir() if "report" in path.name}


@pytest.fixture
async def surveys(
    database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, int]:
    """A closed survey, and an open one of other questions."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    strata = grown({"=mti": 60, "iit": 80})
    async with engine.begin() as connection:
        closed = await put_closed(connection, strata, replies_to(STUDENTS, strata))
        await put_texts(connection, closed.id, "ft_keep", "all", [f"купуя сөз {number}" for number in range(12)])
        running = await put_closed(connection, strata, replies_to(STUDENTS, strata), state="open")
    return closed.id, running.id


async def test_operator_reads_and_writes_all_that_may_be_shown(surveys: tuple[int, int], tmp_path: Path) -> None:
    closed, running = surveys
    done = await run("climate-students", "--json")
    found = json.loads(done.output)
    assert (found["id"], found["code"], found["base"]) == (closed, "climate-students", 110)
    assert [group["code"] for group in found["groups"]] == ["all", "=mti", "iit"]
    teach = next(item for item in found["items"] if item["code"] == "teach1")
    assert {"state", "base", "mean", "interval", "parts"} <= set(teach["cells"]["all"])
    assert "купуя сөз" not in done.output, "free answers are never printed"
    for name in ("report.pdf", "report.xlsx", "report.csv"):
        assert (await run(str(closed), "--out", name)).exit_code == 0
    names = names_in(tmp_path)
    assert names == {"report.pdf", "report.xlsx", "report.csv", "report-codebook.csv"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text("utf-8-sig"))))
    assert {row["group"] for row in rows} == {"all", "'=mti", "iit"}, "no cell is a formula"
    assert all("купуя" not in (tmp_path / name).read_text("utf-8", "ignore") for name in names)
    words = await run(str(closed))
    assert words.output.startswith(f"Survey {closed}, climate-students")
    refused = await run(str(running))
    assert isinstance(refused.exception, CommandFailed)
    assert "only after closing" in str(refused.exception)
