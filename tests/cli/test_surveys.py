"""Surveys at the command line: from a file to an open survey, and what the doctor says of its key."""

import asyncio
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.checks.finding import State
from bot.cli.checks.survey_traces import check_survey_traces, telling
from bot.cli.checks.surveys import check_surveys
from bot.cli.failures import explain
from bot.settings import Settings
from tests.support.survey_desk import link, settle

Run = Callable[..., Any]
LIBRARY = files("services.questionnaires") / "library"
PAGE = "https://bot.example"


def rights_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def change(path: Path, before: str, after: str) -> None:
    path.write_text(path.read_text().replace(before, after))


async def run(*arguments: str) -> Any:  # noqa: ANN401 -- what the runner of commands returns
    return await asyncio.to_thread(CliRunner().invoke, create_app(), ["survey", *arguments])


async def said(*arguments: str) -> Any:  # noqa: ANN401 -- whatever the document is
    """Return the document that a command prints."""
    result = await run(*arguments, "--json")
    if result.exception is not None:
        raise result.exception
    return json.loads(result.stdout)


async def refused(*arguments: str) -> str:
    """Return the operator's line for what a command refuses."""
    error = (await run(*arguments)).exception
    assert isinstance(error, Exception)
    return explain(error) or ""


@pytest.fixture
def climate(tmp_path: Path, database_url: URL, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The students' questionnaire in a folder of an operator's, on a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    monkeypatch.setenv("SURVEY_KEY_DIR", str(tmp_path / "keys"))
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    file = tmp_path / "climate.toml"
    file.write_bytes((LIBRARY / "climate-students.toml").read_bytes())
    return file


async def test_operator_brings_a_questionnaire_and_opens_it(
    climate: Path, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with engine.begin() as connection:
        people = [*await settle(connection, "mti", 31), *await settle(connection, "iit", 40)]
        for person in people[:-9]:
            await link(connection, 8000 + person, person)
    brought = await said("import", str(climate))
    assert {"code": "climate-students", "mode": "anonymous", "items": 23, "fits_chat": True, "new": True}.items() <= (
        brought.items()
    )
    assert "PUBLIC_URL is not set" in await refused("open", "climate-students")
    again = await said(
        "import", str(climate), "--mode", "confidential", "--audience", "role:student", "--split", "unit"
    )
    assert (again["id"], again["new"], again["mode"]) == (brought["id"], False, "confidential")
    kept = (await run("import", str(climate))).stdout
    assert "not as in the file: mode confidential (file: anonymous)." in kept
    opened = await said("open", "climate-students")
    assert (opened["people"], opened["invited"], opened["address"], opened["state"]) == (71, 62, None, "open")
    assert {one["code"]: one["people"] for one in opened["strata"]} == {"all": 71, "iit": 40, "mti": 31}
    assert rights_of(Path(opened["key"])) == 0o600
    assert "opened already" in await refused("open", str(brought["id"]))
    monkeypatch.setenv("PUBLIC_URL", PAGE)
    employers = climate.with_name("employers.toml")
    employers.write_bytes((LIBRARY / "employers.toml").read_bytes())
    told = (await run("import", str(employers), "--closes", "2026-01-01")).exception
    assert told is not None
    assert "is a draft" in (await run("import", str(employers))).stdout
    text = (await run("open", "employers")).stdout
    assert f"{PAGE}/s/" in text
    assert "If it is lost, all answers are lost" in text
    assert [one["state"] for one in await said("list")] == ["open", "open"]
    assert "employers" in (await run("list")).stdout


async def test_doctor_looks_for_the_key_of_each_open_survey(climate: Path, engine: AsyncEngine) -> None:
    settings = Settings(survey_key_dir=climate.parent / "keys")
    assert await check_surveys(engine, settings) == []
    async with engine.begin() as connection:
        await settle(connection, "mti", 31)
    await said("import", str(climate), "--mode", "confidential")
    key = Path((await said("open", "climate-students"))["key"])
    (found,) = await check_surveys(engine, settings)
    assert (found.state, str(key) in found.reason) == (State.GOOD, True)
    key.chmod(0o640)  # noqa: ASYNC240 -- of a test's own file
    (found,) = await check_surveys(engine, settings)
    assert (found.state, "chmod 600" in found.advice) == (State.BAD, True)
    key.unlink()  # noqa: ASYNC240 -- as above
    (found,) = await check_surveys(engine, settings)
    assert found.state is State.BAD


async def test_doctor_notes_what_the_server_keeps_and_keys_that_lie_beside_the_data(
    climate: Path, engine: AsyncEngine, tmp_path: Path
) -> None:
    elsewhere = Settings(data_dir=tmp_path / "data", survey_key_dir=tmp_path / "keys")
    beside = Settings(data_dir=tmp_path / "data", survey_key_dir=tmp_path / "data" / "keys")
    assert await check_survey_traces(engine, beside) == []
    await said("import", str(climate))
    assert await check_survey_traces(engine, elsewhere) == []
    (found,) = await check_survey_traces(engine, beside)
    assert (found.state, "SURVEY_KEY_DIR" in found.advice) == (State.NOTE, True)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"log_statement": "ddl", "log_parameter_max_length": "-1", "track_commit_timestamp": "off"}, []),
        ({"log_statement": "mod", "log_parameter_max_length": "0"}, ["log_statement = mod"]),
        (
            {"log_min_duration_statement": "100", "log_parameter_max_length": "-1"},
            ["log_min_duration_statement = 100", "log_parameter_max_length = -1"],
        ),
        ({"track_commit_timestamp": "on"}, ["track_commit_timestamp = on"]),
        ({}, []),
    ],
)
def test_settings_of_a_server_that_tell_who_answered_when_are_named(settings: dict[str, str], told: list[str]) -> None:
    assert telling(settings) == told


async def test_what_cannot_be_is_refused_in_one_line(climate: Path) -> None:
    assert "no such survey" in await refused("open", "climate-students")
    assert (await run("list")).stdout.startswith("There is no survey yet")
    assert "unit:nowhere" in await refused("import", str(climate), "--audience", "unit:nowhere")
    assert "all three languages" in await refused("import", str(climate), "--period-ky", "күз")
    await said("import", str(climate))
    change(climate, '"Student environment and climate"', '"Student life"')
    assert "revision = 2" in await refused("import", str(climate))
    change(climate, "schema = 1", "schema = 2")
    assert "the questionnaire cannot be taken: " in await refused("import", str(climate))
    assert "cannot be read" in await refused("import", "nothing.toml")
