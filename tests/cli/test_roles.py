"""Roles at the command line; in this process, for the way from a terminal to here is shown by other commands."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import explain
from services.access import OPERATOR
from services.db.uow import unit_of_work_factory
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from services.units.service import UnitService
from tests.support.office import INSTITUTE
from tests.support.people import AIZADA


class Terminal:
    """Runs commands with the settings of a test."""

    def __init__(self) -> None:
        self.warning = ""

    async def says(self, *arguments: str) -> str:
        """Return what a command prints on stdout."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), ["role", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.warning = result.stderr
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


async def test_granted_role_says_when_it_is_in_force(terminal: Terminal, engine: AsyncEngine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    await UnitService(unit_of_work).import_units(OPERATOR, [INSTITUTE])
    roster = RosterFile(entries=(AIZADA,), rejected=())
    await RosterService(unit_of_work, SystemClock()).import_roster(OPERATOR, roster)
    waiting = await terminal.says("grant", "s-1001", "registrar")
    assert waiting == (
        "registrar granted: Маматова Айзада Бакытовна (S-1001), "
        "in force when they link their account by a one-time code.\n"
    )
    later = await terminal.says("grant", "7001", "editor", "--from", "2099-12-01", "--to", "2099-12-31")
    assert later == "editor granted: Telegram account 7001, in force from 1 December 2099 until 31 December 2099.\n"
    head = {"telegram_id": 7001, "person_no": None, "role": "unit_head", "unit": "mti", "from": None, "to": None}
    assert await terminal.tells("grant", "7001", "unit_head", "--unit", "mti") == {
        "done": "granted", **head, "in_force": True,
    }  # fmt: skip
    listed = await terminal.tells("list")
    assert {one["role"]: one["state"] for one in listed} == {
        "registrar": "waiting", "editor": "not_yet", "unit_head": "in_force",
    }  # fmt: skip
    assert "Маматова Айзада" in await terminal.says("list")
    assert await terminal.tells("revoke", "7001", "unit_head", "--unit", "mti") == {
        "done": "revoked", **head, "in_force": False,
    }  # fmt: skip


async def test_refusals_end_in_one_line_for_the_operator(terminal: Terminal) -> None:
    await terminal.says("grant", "7001", "editor", "--from", "2099-12-01", "--to", "2099-12-31")
    assert await terminal.refuses("grant", "7001", "editor", "--from", "2099-12-31") == (
        "the role is held already from 2099-12-01 until 2099-12-31; to change its days, revoke it first"
    )
    assert await terminal.refuses("grant", "7001", "unit_staff") == (
        "unit_staff is the role of one unit; name it with --unit CODE"
    )
    assert await terminal.refuses("grant", "7001", "admin", "--to", "2020-01-01") == "--to 2020-01-01 is past already"
    assert await terminal.refuses("grant", "7001", "admin", "--from", "2099-01-02", "--to", "2099-01-01") == (
        "--to lies before --from"
    )


async def test_operator_who_takes_the_last_administrator_away_is_warned(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await terminal.says("list") == "Nobody holds a role by the database.\n"
    assert await terminal.says("grant", "7001", "admin") == "admin granted: Telegram account 7001, in force now.\n"
    assert await terminal.says("revoke", "7001", "admin") == "admin revoked: Telegram account 7001.\n"
    assert terminal.warning.startswith("Warning: nobody is an administrator now")
    monkeypatch.setenv("ADMIN_IDS", "7005")
    await terminal.says("grant", "7001", "admin")
    await terminal.says("revoke", "7001", "admin")
    assert terminal.warning == ""
    assert (await terminal.says("list")).endswith("Administrators by ADMIN_IDS: 7005\n")
