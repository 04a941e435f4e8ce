"""Closing a survey at the command line, and what a backup of an open one holds."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.dumping import _run, programs_for
from services.db.engine import libpq_environment
from tests.cli.console import Console
from tests.support.answering import finish
from tests.support.closing import lose_keys
from tests.support.surveyed import Surveyed, put_survey


@pytest.fixture
async def keys(tmp_path: Path) -> SurveyKeyFiles:
    return SurveyKeyFiles(tmp_path / "var" / "survey-keys")


@pytest.fixture
async def surveyed(engine: AsyncEngine, keys: SurveyKeyFiles) -> Surveyed:
    """A survey that twelve have answered."""
    async with engine.begin() as connection:
        surveyed = await put_survey(connection, keys)
        for person in surveyed.people["mti"][:12]:
            await finish(connection, surveyed.survey, person, {"teach1": 5}, texts={"ft_keep": "көрөгөч"})
    return surveyed


async def test_the_operator_closes_a_survey(console: Console, surveyed: Surveyed, tmp_path: Path) -> None:
    number = str(surveyed.survey.id)
    assert console.run("survey", "close", "77").line.startswith("kabarchy: there is no such survey")
    early = console.run("survey", "close", number, "--without-answers", "--yes")
    assert "only of a survey that waits to be closed" in early.line
    closed = console.run("survey", "close", "climate-students", "--json")
    assert closed.json == {
        "id": surveyed.survey.id, "closed": True, "replies": 10, "texts": 10, "damaged": 0, "too_few": False,
        "key_destroyed": True,
    }  # fmt: skip
    assert list((tmp_path / "var" / "survey-keys").iterdir()) == []
    assert console.run("survey", "close", number).line == "kabarchy: the survey is not open"


async def test_a_survey_whose_key_is_lost_ends_when_the_operator_says_so(
    console: Console, surveyed: Surveyed, engine: AsyncEngine, tmp_path: Path
) -> None:
    lose_keys(tmp_path / "var" / "survey-keys")
    number = str(surveyed.survey.id)
    refused = console.run("survey", "close", number)
    assert (refused.code, "was not closed and goes on" in refused.line) == (1, True)
    waits = console.run("survey", "close", number, "--anyway")
    assert (waits.code, "takes no answers any more" in waits.out) == (0, True)
    assert "less than ten minutes ago" in console.run("survey", "close", number, "--without-answers", "--yes").line
    assert "--without-answers` ends the survey" in console.run("survey", "close", number).line
    async with engine.begin() as connection:
        await connection.execute(text("update audit_entries set at = at - interval '1 hour'"))
    asked = console.run("survey", "close", number, "--without-answers")
    assert (asked.code, "12 sealed replies" in asked.err) == (1, True)
    ended = console.run("survey", "close", number, "--without-answers", "--yes")
    assert ended.out == f"Survey {number} is closed.\n"


async def test_damaged_replies_are_given_up_when_the_operator_says_so(
    console: Console, surveyed: Surveyed, engine: AsyncEngine
) -> None:
    async with engine.begin() as connection:
        damaged = (
            "update sealed_replies set body = decode('00', 'hex') where id in (select id from sealed_replies limit 6)"
        )
        await connection.execute(text(damaged))
    number = str(surveyed.survey.id)
    stopped = console.run("survey", "close", number)
    assert (stopped.code, "6 of its replies cannot be read" in stopped.line) == (1, True)
    ended = console.run("survey", "close", number, "--accept-damage")
    assert ended.out.startswith(f"Survey {number} is closed: fewer than ten answered")


async def test_a_backup_holds_sealed_replies_and_no_key(
    console: Console, surveyed: Surveyed, keys: SurveyKeyFiles, database_url: URL, tmp_path: Path
) -> None:
    assert (await console.run_beside("backup", "whole.backup")).code == 0
    programs = await programs_for(18)
    whole = await _run(
        programs.restore, "--file=-", str(tmp_path / "whole.backup"), place=libpq_environment(database_url)
    )
    assert surveyed.survey.public_key is not None
    private = keys.find(surveyed.survey.id, surveyed.survey.public_key)
    assert private is not None
    assert surveyed.survey.public_key.hex() in whole  # bytes stand there like this
    assert "COPY public.sealed_replies" in whole
    for secret in (private.hex(), base64.b64encode(private).decode(), "көрөгөч"):
        assert secret not in whole
