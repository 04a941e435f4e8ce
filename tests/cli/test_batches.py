"""`certificate batch`: a plan, an archive, going on after a crash."""

import zipfile
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncEngine

from services.access import OPERATOR
from services.db.uow import unit_of_work_factory
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from services.units.service import UnitService
from services.units.units_file import read_units
from tests.cli.console import Console
from tests.support.nursery import ROOT
from tests.support.people import AIZADA, GULNARA

UNITS = ROOT / "bot" / "demonstration" / "data" / "units.csv"
ORDER = ("certificate", "batch", "--kind", "study", "--language", "ky")


async def enrol(engine: AsyncEngine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    others = [replace(AIZADA, person_no=f"S-2{number:03d}", phone="") for number in range(2)]
    await UnitService(unit_of_work).import_units(OPERATOR, read_units(UNITS.read_bytes()))
    roster = RosterFile(entries=(AIZADA, GULNARA, *others), rejected=())
    await RosterService(unit_of_work, SystemClock()).import_roster(OPERATOR, roster)


async def test_group_is_planned_issued_and_gone_on_with(console: Console, engine: AsyncEngine) -> None:
    await enrol(engine)
    shown = await console.run_beside(*ORDER, "--group", "пи-1-25", "--dry-run", "--json")
    assert shown.code == 0, shown.err
    assert shown.json == {
        "id": None,
        "rows": 3,
        "issued": 0,
        "refused": [{"row": 4, "person_no": GULNARA.person_no, "reason": "is on academic leave"}],
        "files": [],
    }
    begun = await console.run_beside(*ORDER, "--group", "ПИ-1-25", "--json")
    assert (begun.json["rows"], begun.json["issued"], begun.json["files"]) == (3, 0, [])
    out = console.folder / "group.zip"
    resume = ("certificate", "batch", "--resume", str(begun.json["id"]), "--out", out, "--json")
    done = await console.run_beside(*resume)
    assert done.code == 0, done.err
    assert done.json | {"refused": []} == {
        "id": begun.json["id"], "rows": 3, "issued": 3, "refused": [], "files": [str(out)],
    }  # fmt: skip
    names = zipfile.ZipFile(out).namelist()
    assert sorted(name[:10] for name in names if name.endswith(".pdf")) == ["2026-00001", "2026-00002", "2026-00003"]
    assert [file.name for file in console.folder.iterdir() if file.suffix in {".zip", ".part"}] == ["group.zip"]


async def test_what_cannot_be_is_one_line(console: Console, engine: AsyncEngine) -> None:
    await enrol(engine)
    people = console.write("list.csv", "person_no\nS-1001\n")
    unknown, nobody, neither, nowhere, wrong = console.run_all(
        [*ORDER, "--list", people, "--set", "amuont=5"],
        [*ORDER, "--group", "ЭЭ-1"],
        ORDER,
        [*ORDER, "--list", people, "--out", "no/such/folder.zip"],
        ["certificate", "batch", "--resume", "77"],
    )
    assert "amuont" in unknown.line
    assert "recipient" in unknown.line
    assert "nobody is in such a group" in nobody.line
    assert "either --group or --list" in neither.line
    assert "no such folder" in nowhere.line
    assert "no such batch" in wrong.line
    assert {one.code for one in (unknown, nobody, neither, nowhere, wrong)} == {1}
