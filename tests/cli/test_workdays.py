"""Working days at the command line."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import explain
from bot.documents.university import DEMONSTRATION_FILE
from services.ports import SystemClock


class Terminal:
    """Runs commands with the settings of a test."""

    async def says(self, *arguments: str) -> str:
        """Return what a command prints on stdout."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), ["workdays", *arguments])
        if result.exception is not None:
            raise result.exception
        return result.stdout

    async def tells(self, *arguments: str) -> Any:  # noqa: ANN401 -- whatever the document is
        """Return the document that a command prints."""
        return json.loads(await self.says(*arguments, "--json"))

    async def refuses(self, *arguments: str) -> str | None:
        """Return the line with which a command refuses."""
        with pytest.raises(Exception) as refused:  # noqa: PT011 -- whatever it is, the line says it
            await self.says(*arguments)
        assert isinstance(refused.value, Exception)
        return explain(refused.value)


@pytest.fixture
def terminal(database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on a migrated, empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    return Terminal()


async def test_operator_notes_days_lists_them_and_takes_them_back(terminal: Terminal, tmp_path: Path) -> None:
    year = SystemClock().now().year
    day = f"{year}-12-31"
    assert await terminal.says("set", day, "off", "--source", "Order 7") == f"{day} is noted: off.\n"
    noted = await terminal.tells("set", day, "short", "--source", "Order 7", "--decided", f"{year - 1}-11-20")
    assert noted == {
        "done": "set", "day": day, "kind": "short", "holiday": None, "estimated": False, "source": "Order 7",
        "decided_on": f"{year - 1}-11-20",
    }  # fmt: skip
    listed = await terminal.tells("list", "--year", str(year))
    assert listed["days"][-1] == {key: value for key, value in noted.items() if key != "done"}
    assert listed["days"][0]["holiday"]["en"] == "New Year's Day"
    table = await terminal.says("list")
    assert "Order 7" in table
    assert f"{listed['working_days']} working days in {year}." in table
    file = tmp_path / "days.csv"
    file.write_text(f"day,kind,source,decided_on\n{day},off,Order 8,\n{year}-12-30,short,Order 8,\n")
    assert await terminal.says("import", "days.csv") == "Added 1, changed 1, unchanged 0.\n"
    assert (await terminal.tells("import", "days.csv"))["unchanged"] == 2
    assert (await terminal.tells("unset", day))["source"] is None
    assert await terminal.refuses("unset", day) == f"nothing is noted about {day}"


async def test_command_refuses_with_one_line(terminal: Terminal, tmp_path: Path) -> None:
    year = SystemClock().now().year
    assert "can be noted" in str(await terminal.refuses("set", "1999-01-01", "off", "--source", "Order"))
    assert "--source names nothing" in str(await terminal.refuses("set", f"{year}-12-31", "off", "--source", " "))
    assert "too long" in str(await terminal.refuses("set", f"{year}-12-31", "off", "--source", "o" * 201))
    later = ("set", f"{year}-12-31", "off", "--source", "Order", "--decided", f"{year + 1}-01-01")
    assert await terminal.refuses(*later) == "the day of the decision lies in the future"
    (tmp_path / "days.csv").write_text(f"day,kind,source\n{year}-12-31,free,Order\n")
    assert await terminal.refuses("import", "days.csv") == "row 2: kind must be off, working or short, not free"


async def test_week_of_the_university_file_counts(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    five = (await terminal.tells("list", "--year", "2026"))["working_days"]
    file = tmp_path / "university.toml"
    six = 'working_week = ["mon", "tue", "wed", "thu", "fri", "sat"]'
    file.write_text(DEMONSTRATION_FILE.read_text().replace(f"# {six}", six))
    monkeypatch.setenv("UNIVERSITY_FILE", str(file))
    assert five == 247
    assert (await terminal.tells("list", "--year", "2026"))["working_days"] == 247 + 52 - 4
