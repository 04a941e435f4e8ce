"""The state of the plans as a file, at the command line."""

import asyncio
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner, Result

from bot.cli.app import create_app
from bot.cli.failures import CommandFailed
from tests.support.planned import Wanted, put_plan, put_units

FORMULA = '=HYPERLINK("http://x.example";"+1")'


async def run(*arguments: str) -> Result:
    """Run the command."""
    return await asyncio.to_thread(CliRunner().invoke, create_app(), ["plan", "report", *arguments])


def names_in(folder: Path) -> set[str]:
    """What was written into a folder, unfinished files too."""
    return {path.name for path in folder.iterdir() if "state" in path.name}


@pytest.fixture
async def folder(database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write to, and a plan in the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    async with engine.begin() as connection:
        await put_units(connection, {"iit": "МТИ", "deans": "Декандар"}, members={"deans": ["iit"]})
        await put_plan(
            connection,
            [
                Wanted(title=FORMULA, responsible=["deans"], dues=[date(2025, 12, 1)]),
                Wanted(title="Отчет", responsible=["iit"], dues=[date(2025, 12, 25), date(2026, 6, 30)]),
            ],
        )
    return tmp_path


async def test_operator_writes_the_state_of_a_day_as_spreadsheet_and_as_paper(folder: Path) -> None:
    done = await run("--on", "2025-12-20", "--out", "state.xlsx")
    assert done.exit_code == 0, done.output
    assert done.stdout == "state.xlsx: 3 items of 1 plans, as of 2025-12-20.\n"
    book = CalamineWorkbook.from_filelike(BytesIO((folder / "state.xlsx").read_bytes()))
    assert len(book.sheet_names) == 4
    by_unit = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert by_unit[1][:2] == ["МТИ", 3.0]
    items = book.get_sheet_by_name(book.sheet_names[3]).to_python()
    assert [(row[4], row[8]) for row in items[1:]] == [
        (FORMULA, date(2025, 12, 1)), ("Отчет", date(2025, 12, 25)), ("Отчет", date(2026, 6, 30)),
    ]  # fmt: skip
    assert (await run("--on", "2025-11-20", "--out", "state.docx")).exit_code == 0
    paper = Document(str(folder / "state.docx"))
    assert [len(table.rows) for table in paper.tables] == [2, 2, 3, 4]
    assert paper.tables[3].cell(1, 1).text == FORMULA
    assert names_in(folder) == {"state.docx", "state.xlsx"}


async def test_other_names_are_wrong_usage_and_what_cannot_be_written_says_so(folder: Path) -> None:
    for arguments in (("--on", "2025-12-20", "--out", "state.pdf"), ("--on", "20.12.2025", "--out", "a.xlsx")):
        assert (await run(*arguments)).exit_code == 2
    missing = await run("--on", "2025-12-20", "--out", str(folder / "nowhere" / "state.xlsx"))
    assert isinstance(missing.exception, CommandFailed)
    assert "cannot be written" in str(missing.exception)


async def test_without_a_plan_the_operator_is_told_how_to_bring_one(
    database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    refused = await run("--on", "2025-12-20", "--out", "state.xlsx")
    assert isinstance(refused.exception, CommandFailed)
    assert "there is no plan yet" in str(refused.exception)
    assert names_in(tmp_path) == set()
