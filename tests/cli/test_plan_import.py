"""Plans taken over at the command line."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import explain

REAL = Path(__file__).parents[1] / "data" / "plans" / "kstu-2025-26"


class Terminal:
    """Runs commands with the settings of a test."""

    async def says(self, *arguments: str) -> str:
        """Return what a command prints on stdout."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), list(arguments))
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


async def test_operator_looks_first_then_takes_over_and_a_second_time_nothing_changes(terminal: Terminal) -> None:
    await terminal.says("units", "import", str(REAL / "units.csv"))
    file = str(REAL / "strategy.docx")
    tried = await terminal.tells("plan", "import", file, "--year", "2025-26", "--dry-run")
    assert [tried[key] for key in ("added", "changed", "unchanged")] == [79, 0, 0]
    first = tried["items"][0]
    assert list(first)[:8] == ["row", "section", "number", "title", "deadline", "responsible", "document", "indicator"]
    assert first["deadline"] == {
        "text": "май 2026-ж.",
        "kind": "month",
        "start": "2026-05-01",
        "due": "2026-05-31",
        "dates": ["2026-05-31"],
        "sure": True,
    }
    assert first["responsible"]["units"] == ["vr-academic", "vr-science"]
    named = next(item for item in tried["items"] if item["responsible"]["unresolved"])
    assert named["needs_review"]
    assert tried["needs_review"] == sum(item["needs_review"] for item in tried["items"])
    done = await terminal.tells("plan", "import", file, "--year", "2025-26")
    assert (done["added"], done["needs_review"]) == (79, tried["needs_review"])
    again = await terminal.tells("plan", "import", file, "--year", "2025-2026")
    assert [again[key] for key in ("added", "changed", "unchanged")] == [0, 0, 79]
    assert "79 stay as they are" in await terminal.says("plan", "import", file, "--year", "2025-26", "--dry-run")


async def test_what_cannot_be_taken_is_refused_in_one_line(terminal: Terminal, tmp_path: Path) -> None:
    scan = tmp_path / "plan.pdf"
    scan.write_bytes(b"%PDF-1.7\n")
    for year in ("2025-27", "2025"):
        result = CliRunner().invoke(create_app(), ["plan", "import", str(scan), "--year", year])
        assert (result.exit_code, "two years that follow each other" in result.stderr) == (2, True)
    assert await terminal.refuses("plan", "import", str(scan), "--year", "2025-26")
    other = tmp_path / "other.csv"
    other.write_text(
        "2024-2025-окуу жылынын иш планы;;;\n№;Иш-чара;Аткаруу мөөнөтү;Жооптуулар\n1;Кеч;май 2025-ж.;АЧБ\n",
        encoding="utf-8",
    )
    assert "2024" in str(await terminal.refuses("plan", "import", str(other), "--year", "2025-26"))
    done = await terminal.tells("plan", "import", str(other), "--year", "2025-26", "--other-year")
    assert done["added"] == 1
    assert (await terminal.tells("plan", "import", str(other), "--year", "2025-26", "--other-year"))["unchanged"] == 1
    own = await terminal.tells("plan", "import", str(other), "--year", "2025-26", "--other-year", "--new")
    assert (own["plan"], own["added"]) == ("other (2)", 1)
