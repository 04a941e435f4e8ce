"""Units, roster, codes and roles on a real database."""

import csv
import io
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.access import Actor
from services.accounts.service import AccountService
from services.db.uow import reading_factory, unit_of_work_factory
from services.languages import Language
from services.linking.rules import CONSENT_VERSION
from services.linking.service import LinkingService
from services.ports import SystemClock
from tests.cli.console import Console
from tests.support.clock import SilentBell
from tests.support.nursery import ROOT
from tests.support.papers import BishkekCalendar

UNITS = ROOT / "bot" / "demonstration" / "data" / "units.csv"
HEADING = ("person_no", "kind", "last_name", "first_name", "unit", "birth_date")
AIZADA = ("S-1", "student", "Маматова", "Айзада", "mti", "2006-03-14")
NURLAN = ("S-2", "student", "Асан уулу", "Нурлан", "жок бөлүм", "02.05.2006")


def table(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue()


async def count_people(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int((await connection.execute(text("select count(*) from people"))).scalar_one())


async def link(engine: AsyncEngine, secret: str) -> Actor:
    unit_of_work = unit_of_work_factory(engine)
    accounts = AccountService(
        unit_of_work, reading_factory(engine), SystemClock(), BishkekCalendar(), default_language=Language.KY
    )
    linking = LinkingService(unit_of_work, SystemClock(), BishkekCalendar(), SilentBell(), SilentBell())
    stranger = await accounts.recognise(7001, "ky")
    await linking.agree(stranger, CONSENT_VERSION, Language.KY)
    await linking.link(stranger, secret)
    return await accounts.recognise(7001, "ky")


def test_units_are_taken_over_once(console: Console) -> None:
    first = console.run("units", "import", UNITS, "--json")
    assert (first.code, first.err) == (0, "")
    missing = {"ky": 0, "ru": 0, "en": 0}
    assert first.json == {"added": 94, "changed": 0, "unchanged": 0, "missing_names": missing}
    assert console.run("units", "import", UNITS, "--json").json["unchanged"] == 94


async def test_a_dry_run_tells_and_writes_nothing(console: Console, engine: AsyncEngine) -> None:
    ended = console.run("roster", "import", console.write("r.csv", table(AIZADA, NURLAN)), "--dry-run", "--json")
    assert (ended.code, ended.line) == (
        0, "No unit answers to: mti; жок бөлүм; 2 people have no unit until one does.",
    )  # fmt: skip
    assert ended.json == {
        "added": 2, "changed": 0, "removed": 0, "unchanged": 0, "rejected": [], "unknown_units": ["mti", "жок бөлүм"],
        "people": [
            {"person_no": "S-2", "name": "Асан уулу Нурлан", "change": "added", "facts": {}},
            {"person_no": "S-1", "name": "Маматова Айзада", "change": "added", "facts": {}},
        ],
    }  # fmt: skip
    assert await count_people(engine) == 0


async def test_one_bad_row_keeps_all_rows_out(console: Console, engine: AsyncEngine) -> None:
    twice, undated = (*AIZADA[:1], *NURLAN[1:]), ("S-3", "student", "Үсөнов", "Улан", "mti", "31.02.2006")
    file = console.write("roster.csv", table(AIZADA, twice, undated))
    shown, ended = console.run_all(("roster", "import", file), ("roster", "import", file, "--json"))
    assert (shown.code, "31.02.2006" in shown.out) == (1, True)
    assert ended.code == 1
    assert [item["row"] for item in ended.json["rejected"]] == [3, 4]
    assert "row 2" in ended.json["rejected"][0]["reason"]
    assert "31.02.2006" in ended.json["rejected"][1]["reason"]
    assert "nothing was written" in ended.line
    assert await count_people(engine) == 0


def test_a_file_that_is_no_roster_ends_in_one_line(nowhere: Console) -> None:
    files = {
        "empty.csv": (b"", "empty"),
        "book.xlsx": (b"PK\x03\x04\x00\x00\x00", "damaged"),
        "roster.xlsx": (b"MZ\x90\x00", "This is a program"),
        "large.csv": (b"", "large.csv has 100 MB; a table may have 20"),
        "lacking.csv": (table(AIZADA[:3], heading=HEADING[:3]).encode(), "lacks the column(s): first_name"),
    }
    for name, (content, _) in files.items():
        nowhere.write(name, content)
    os.truncate(nowhere.folder / "large.csv", 100 * 2**20)  # a hole: nothing of it is read
    ended = nowhere.run_all(*(("roster", "import", name, "--json") for name in files))
    for (_, said), refused in zip(files.values(), ended, strict=True):
        assert (refused.code, refused.out) == (1, "")
        assert said in refused.line


def test_many_removals_must_be_meant(console: Console) -> None:
    console.run("roster", "import", console.write("both.csv", table(AIZADA, NURLAN)))
    one = console.write("one.csv", table(AIZADA))
    refused = console.run("roster", "import", one, "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "--allow-removals" in refused.line
    tried = console.run("roster", "import", one, "--dry-run")
    assert (tried.code, "--allow-removals" in tried.line) == (1, True)
    assert "removed" in tried.out
    assert "Асан уулу Нурлан" in tried.out
    assert console.run("roster", "import", one, "--allow-removals", "--json").json["removed"] == 1


async def test_an_import_is_undone_and_corrections_are_listed(console: Console, engine: AsyncEngine) -> None:
    changed = (*AIZADA[:3], "Айгерим", *AIZADA[4:])
    console.run("roster", "import", console.write("r.csv", table(AIZADA, NURLAN)))
    console.run("roster", "import", console.write("r.csv", table(changed)), "--allow-removals")
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "insert into person_corrections (person_id, fact, roster_value, value, corrected_at) "
                "select id, 'group_name', '', '=ПИ', '2026-11-20 06:00+00' from people where person_no = 'S-1'"
            )
        )
    undone = console.run("roster", "undo", "--json").json
    assert (undone["taken_out"], undone["restored"], undone["brought_back"]) == (0, 1, 1)
    (listed,) = console.run("roster", "corrections", "--json", "--out", "c.csv").json["corrections"]
    assert (listed["person_no"], listed["name"], listed["fact"]) == ("S-1", "Маматова Айзада", "group")
    assert (listed["roster_value"], listed["value"]) == ("", "=ПИ")
    assert "'=ПИ" in (console.folder / "c.csv").read_text(encoding="utf-8-sig")
    shown, refused, unnamed = console.run_all(
        ("roster", "corrections"), ("roster", "corrections", "--out", "c.pdf"), ("roster", "undo", "--json")
    )
    earlier = str(undone["import_id"] - 1)
    assert (unnamed.code, unnamed.out, f"--import {earlier}" in unnamed.line) == (1, "", True)
    again = console.run("roster", "undo", "--import", earlier)
    assert "=ПИ" in shown.out
    assert (refused.code, ".xlsx or .csv" in refused.line) == (1, True)
    assert "2 taken out again" in again.out
    assert "No import of the last seven days" in console.run("roster", "undo").line


async def test_a_code_links_and_a_granted_role_comes_into_force(console: Console, engine: AsyncEngine) -> None:
    console.run("roster", "import", console.write("r.csv", table(AIZADA)))
    granted = console.run("role", "grant", "S-1", "editor", "--json")
    assert (granted.code, granted.json["person_no"]) == (0, "S-1")
    issued = console.run("roster", "code", "S-1", "--json").json
    assert issued["payload"].startswith("l_")
    assert issued["link"] is None  # no bot was seen yet
    assert [len(part) for part in issued["code"].split("-")] == [5, 5]
    async with unit_of_work_factory(engine)() as uow:
        await uow.bots.keep(42, "kabarchy_test_bot", datetime.now(UTC))
        await uow.commit()
    fresh, told = (console.run("roster", "code", "S-1", *more) for more in (("--json",), ()))
    assert fresh.json["link"] == f"https://t.me/kabarchy_test_bot?start={fresh.json['payload']}"
    assert "(Asia/Bishkek)" in told.out
    assert "stop working" in told.out
    fresh = console.run("roster", "code", "S-1", "--json").json
    actor = await link(engine, fresh["code"])
    assert actor.person is not None
    assert {grant.role.value for grant in actor.grants} == {"editor"}


async def test_a_group_gets_a_sheet_of_codes_that_only_the_operator_can_read(
    console: Console, engine: AsyncEngine
) -> None:
    rows = (*AIZADA, "ПИ-1-25"), (*NURLAN, "ПИ-1-25")
    console.run("roster", "import", console.write("r.csv", table(*rows, heading=(*HEADING, "group"))))
    sheet = console.folder / "codes.pdf"
    nameless = console.run("roster", "codes", "пи 1 25", "--out", sheet)
    assert (nameless.code, sheet.exists()) == (1, False)
    assert "the bot's name" in nameless.line
    async with unit_of_work_factory(engine)() as uow:
        await uow.bots.keep(42, "kabarchy_test_bot", datetime.now(UTC))
        await uow.commit()
    made, unknown, homeless = console.run_all(
        ("roster", "codes", "пи 1 25", "--out", sheet, "--days", "3", "--json"),
        ("roster", "codes", "ПИ-1-26", "--out", sheet),
        ("roster", "codes", "ПИ-1-25", "--out", console.folder / "nowhere" / "codes.pdf"),
    )
    assert (made.code, made.json["group"], made.json["codes"], made.json["file"]) == (0, "ПИ-1-25", 2, str(sheet))
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "ПИ-1-26; similar: ПИ-1-25" in unknown.line
    assert "no folder" in homeless.line


def test_code_of_somebody_who_left_the_roster_is_refused_with_the_reason(console: Console) -> None:
    console.run("roster", "import", console.write("both.csv", table(AIZADA, NURLAN)))
    console.run("roster", "import", console.write("one.csv", table(AIZADA)), "--allow-removals")
    assert "no longer in the roster" in console.run("roster", "code", "S-2").line


def test_refusals_of_roles_and_codes_end_in_one_line(console: Console) -> None:
    nobody, nowhere, unheld = console.run_all(
        ("roster", "code", "S-404"),
        ("role", "grant", "7001", "editor", "--unit", "nope"),
        ("role", "revoke", "7001", "admin", "--json"),
    )
    assert "S-404" in nobody.line
    assert "nope" in nowhere.line
    assert (unheld.code, unheld.out) == (1, "")
    assert "not held" in unheld.line
