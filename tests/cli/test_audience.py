"""Counting an audience and bringing a list, on a real database."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

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
from tests.cli.console import Console
from tests.support.people import AIZADA, BAKYT, NURLAN

LINK = text(
    "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at, blocked_at)"
    " select 7000 + p.id, p.id, now(), now(), case when p.person_no = 'S-1002' then now() end from people p"
)


async def test_list_is_brought_and_counted(console: Console, engine: AsyncEngine) -> None:
    roster = RosterFile(entries=(AIZADA, NURLAN, BAKYT), rejected=())
    await RosterService(unit_of_work_factory(engine), SystemClock()).import_roster(OPERATOR, roster)
    async with engine.begin() as connection:
        await connection.execute(LINK)
    file = console.write("olympiad.csv", "№;Номер студенческого билета\n1;s-1001\n2;S-1002\n3;X-1\n")

    brought = await console.run_beside("audience", "list", "Олимпиада", file)
    assert (brought.code, brought.out) == (0, "The list has 2 people.\n")
    assert brought.line == "Nobody in the roster has these numbers: X-1"
    again = await console.run_beside("audience", "list", "олимпиада", file, "--json")
    assert again.json == {"known": 2, "unknown": ["X-1"]}

    counted, excluded, unknown, lists = console.run_all(
        ("audience", "count", "list:ОЛИМПИАДА role:student", "--json"),
        ("audience", "count", "-course:2"),
        ("audience", "count", 'role:student -group:ПИ-9-99 -list:"жок тизме"'),
        ("audience", "lists", "--json"),
    )
    assert counted.json == {"audience": "list:олимпиада role:student", "recipients": 2, "unreachable": 1}
    assert [(one["name"], one["people"]) for one in lists.json["lists"]] == [("олимпиада", 2)]
    assert console.run("audience", "drop", "Олимпиада").out == "The list is deleted.\n"
    assert excluded.out == "all -course:2: 1 people, 0 of whom stopped the bot.\n"
    assert (unknown.code, unknown.line) == (
        1,
        (
            "kabarchy: nothing in the university answers to "
            'group:ПИ-9-99 list:"жок тизме", so nobody can tell who is meant'
        ),
    )


def test_mistake_is_told_before_any_database_is_asked(nowhere: Console) -> None:
    file = nowhere.write("names.csv", "name,group\nx,y\n")
    counted, brought = nowhere.run_all(("audience", "count", "-all"), ("audience", "list", "x", file))
    assert (counted.code, counted.line) == (1, "kabarchy: -all in the audience leaves nobody")
    assert (brought.code, "person_no" in brought.line) == (1, True)


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
