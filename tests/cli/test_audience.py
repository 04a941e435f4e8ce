"""Counting an audience and bringing a list, on a real database."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import explain
from services.access import OPERATOR
from services.audience.dto import TermFault
from services.audience.errors import AudienceUnreadable, ListEmpty, ListNameUnusable, ListUnreadable
from services.audience.rules import read_audience
from services.db.uow import unit_of_work_factory
from services.errors import Refusal
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from tests.support.people import AIZADA, BAKYT, NURLAN

LINK = text(
    "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at, blocked_at)"
    " select 7000 + p.id, p.id, now(), now(), case when p.person_no = 'S-1002' then now() end from people p"
)


class Terminal:
    """Runs commands in this process; the way from a real terminal to here is shown by other commands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.warning = ""

    async def says(self, *arguments: str) -> str:
        """Return what a command prints on stdout."""
        result = await asyncio.to_thread(CliRunner().invoke, create_app(), ["audience", *arguments])
        if result.exception is not None:
            raise result.exception
        self.warning = result.stderr
        return result.stdout

    async def refuses(self, *arguments: str) -> str | None:
        """Return the line with which a command refuses."""
        with pytest.raises(Refusal) as refused:
            await self.says(*arguments)
        return explain(refused.value)

    def write(self, name: str, content: str) -> str:
        """Put a file into the folder; return its path."""
        file = self._folder / name
        file.write_text(content)
        return str(file)


@pytest.fixture
async def terminal(database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on a database with three readers, one of whom stopped the bot."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    roster = RosterFile(entries=(AIZADA, NURLAN, BAKYT), rejected=())
    await RosterService(unit_of_work_factory(engine), SystemClock()).import_roster(OPERATOR, roster)
    async with engine.begin() as connection:
        await connection.execute(LINK)
    return Terminal(tmp_path)


async def test_audience_is_counted(terminal: Terminal) -> None:
    document = json.loads(await terminal.says("count", "Role:student", "--json"))
    assert document == {"audience": "role:student", "recipients": 2, "unreachable": 1}
    excluded = await terminal.says("count", "-course:2")  # it begins as an option does
    assert excluded == "all -course:2: 1 people, 0 of whom stopped the bot.\n"
    assert await terminal.refuses("count", 'role:student -group:ПИ-9-99 -list:"жок тизме"') == (
        'nothing in the university answers to group:ПИ-9-99 list:"жок тизме", so nobody can tell who is meant'
    )


async def test_list_is_brought_shown_and_deleted(terminal: Terminal) -> None:
    assert (await terminal.says("lists")).startswith("There are no lists")
    file = terminal.write("olympiad.csv", "№;Номер студенческого билета\n1;s-1001\n2;S-1002\n3;X-1\n")
    assert await terminal.says("list", "Олимпиада", file) == "The list has 2 people.\n"
    assert terminal.warning == "Nobody in the roster has these numbers: X-1\n"
    assert json.loads(await terminal.says("list", "олимпиада", file, "--json")) == {"known": 2, "unknown": ["X-1"]}
    (listed,) = json.loads(await terminal.says("lists", "--json"))["lists"]
    assert (listed["name"], listed["people"]) == ("олимпиада", 2)
    assert "олимпиада" in await terminal.says("lists")
    assert "2 people, 1 of whom" in await terminal.says("count", "list:ОЛИМПИАДА")
    assert await terminal.says("drop", "Олимпиада") == "The list is deleted.\n"
    assert "list:олимпиада" in (await terminal.refuses("drop", "Олимпиада") or "")


async def test_mistake_is_told_before_any_database_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    terminal = Terminal(tmp_path)
    assert await terminal.refuses("count", "-all") == "-all in the audience leaves nobody"
    assert "person_no" in (await terminal.refuses("list", "x", terminal.write("names.csv", "name,group\nx,y\n")) or "")
    assert "no list can be called" in (await terminal.refuses("list", '"', "no such file") or "")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("students", "students in the audience is no term; a term is KEY:VALUE, such as role:student"),
        ("", "the audience is empty; everybody is `all`"),
        ("role:student -lang:de", "-lang:de in the audience has a value that cannot be; possible: ky, ru, en"),
        ("role:", "role: in the audience lacks a value"),
        ('programme:"x', 'the audience has a quotation mark that is not closed: "x'),
    ],
)
def test_mistake_is_explained_with_its_term(written: str, told: str) -> None:
    with pytest.raises(AudienceUnreadable) as refused:
        read_audience(written)
    assert explain(refused.value) == told


@pytest.mark.parametrize("reason", TermFault)
def test_every_mistake_has_words(reason: TermFault) -> None:
    line = explain(AudienceUnreadable("x:y", reason, ("role", "kind")))
    assert line is not None
    assert line.endswith("; possible: role, kind")


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (ListUnreadable(row=3), "the number in row 3 cannot be trusted; write it there as a text"),
        (ListNameUnusable(""), "no list can be called nothing: a name has 1 to 100 signs and no quotation marks"),
        (ListEmpty(), "nobody in the roster has any of these numbers, so there is no list"),
    ],
)
def test_refused_list_is_explained(refusal: Refusal, told: str) -> None:
    assert explain(refusal) == told
