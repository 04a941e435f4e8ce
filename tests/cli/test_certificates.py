"""`certificate verify` on a certificate that was really issued, printed and signed."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.verdict import show_verdict, verdict_document
from bot.documents import university as university_file
from bot.documents.links import PublicLinks
from bot.documents.signing import open_key
from bot.localtime import LocalTime
from bot.press import Press
from bot.stationery import UniversityStationery, kinds_of
from services.access import OPERATOR, Actor, LinkedPerson
from services.certificates.drafting import Drafting
from services.certificates.dto import Check, PublicCertificate, Verdict, VerdictKind
from services.certificates.issuing import Issuer
from services.certificates.printing import PrintingService
from services.certificates.service import CertificateService
from services.db.uow import UnitOfWorkFactory, unit_of_work_factory
from services.languages import Language, Trilingual
from services.people.dto import RosterFile
from services.people.service import RosterService
from services.ports import SystemClock
from services.units.service import UnitService
from services.units.units_file import read_units
from tests.cli.console import Console
from tests.support.clock import SilentBell
from tests.support.nursery import ROOT
from tests.support.people import AIZADA

UNITS = ROOT / "bot" / "demonstration" / "data" / "units.csv"


async def _aizada(unit_of_work: UnitOfWorkFactory) -> Actor:
    await UnitService(unit_of_work).import_units(OPERATOR, read_units(UNITS.read_bytes()))
    await RosterService(unit_of_work, SystemClock()).import_roster(OPERATOR, RosterFile(entries=(AIZADA,), rejected=()))
    async with unit_of_work() as uow:
        person = await uow.people.find_by_number(AIZADA.person_no)
    assert person is not None
    return Actor(
        account_id=None,
        language=Language.KY,
        person=LinkedPerson(id=person.id, person_no=AIZADA.person_no, full_name="Маматова Айзада Бакытовна"),
    )


@pytest.fixture
async def paper(console: Console, engine: AsyncEngine) -> Path:
    """Айзада's certificate of study as a file."""
    university, unit_of_work, clock = university_file.load(), unit_of_work_factory(engine), SystemClock()
    links = PublicLinks(public_url="", bot_username="kabarchy_test_bot")
    stationery = UniversityStationery(university, links)
    certificates = CertificateService(
        unit_of_work, Drafting(clock, LocalTime(ZoneInfo("Asia/Bishkek")), stationery, kinds_of(university)),
        Issuer(stationery), SilentBell(), SilentBell(),
    )  # fmt: skip
    await certificates.request(await _aizada(unit_of_work), "study", Language.EN, screen="one")
    press = Press(open_key(None, "", console.folder / "var", university, now=datetime.now(UTC)))
    assert await PrintingService(unit_of_work, clock, press, SilentBell(), worker=1).print_next()
    press.close()
    async with engine.connect() as connection:
        content = (await connection.execute(text("select content from files"))).scalar_one()
    return console.write("paper.pdf", content)


async def test_a_genuine_file_is_valid_and_its_facts_can_be_compared(console: Console, paper: Path) -> None:
    ended = console.run("certificate", "verify", paper, "--json")
    assert (ended.code, ended.err) == (0, "")
    verdict = ended.json
    assert verdict["verdict"] == "valid"
    assert set(verdict["checks"].values()) == {True}
    facts = {fact["name"]: fact for fact in verdict["certificate"]["facts"]}
    assert facts["name"] == {"name": "name", "type": "text", "value": "Mamatova Aizada", "masked": False}
    assert facts["expected_graduation"]["value"] == "2029-06-30"
    assert facts["admission_order"] == {
        "name": "admission_order", "type": "text", "value": "№ 4•• 2•••••••••", "masked": True,
    }  # fmt: skip
    assert "group" not in facts
    assert set(verdict["certificate"]["kind_name"]) == {"ky", "ru", "en"}


@pytest.mark.usefixtures("paper")
async def test_the_printed_code_is_valid_without_file_checks(console: Console, engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        code = (await connection.execute(text("select code from certificates"))).scalar_one()
    ended = console.run("certificate", "verify", f" {code.lower()[:10]}-{code[10:]}", "--json")
    assert (ended.code, ended.json["verdict"]) == (0, "valid")
    assert ended.json["checks"]["unchanged"] is None


async def test_a_changed_file_and_a_changed_register_are_told(
    console: Console, paper: Path, engine: AsyncEngine
) -> None:
    changed = console.append("changed.PDF", paper, b"\n")
    altered = console.run("certificate", "verify", changed)
    assert (altered.code, "changed after it was signed" in altered.out) == (1, True)
    assert "altered" in altered.line
    async with engine.begin() as connection:
        await connection.execute(text("truncate certificates, files, signing_keys cascade"))
    unregistered = console.run("certificate", "verify", paper, "--json").json
    assert unregistered["verdict"] == "unknown"
    assert unregistered["checks"]["registered"] is False
    assert unregistered["checks"]["signed_by_us"] is True


def test_day_of_revocation_stands_in_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    certificate = PublicCertificate(
        kind="study", kind_name=Trilingual(ky="Окуу", ru="Учёба", en="Study"), language=Language.KY,
        number="2026-00001", code="7K3QX9MVP2RTABCDE123", issued_on=date(2026, 11, 21), valid_until=None, facts=(),
        revoked_on=date(2026, 11, 25),
    )  # fmt: skip
    verdict = Verdict(kind=VerdictKind.REVOKED, checks=dict.fromkeys(Check, False), certificate=certificate)
    document = verdict_document(verdict)["certificate"]
    assert isinstance(document, dict)
    assert document["revoked_on"] == "2026-11-25"
    show_verdict(verdict, university_file.load())
    assert re.search(r"Revoked on\W+2026-11-25", capsys.readouterr().out)


def test_what_is_no_paper_of_ours_is_told(console: Console) -> None:
    with (console.folder / "large.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(21 * 1024 * 1024)
    unknown, unreadable = console.run_all(
        ("certificate", "verify", "AAAAA-AAAAA-AAAAA-AAAAA", "--json"), ("certificate", "verify", "large.pdf", "--json")
    )
    assert (unknown.json["verdict"], unknown.json["certificate"]) == ("unknown", None)
    assert unreadable.json["verdict"] == "unreadable"
    assert not (console.folder / "var").exists()  # checking makes no key


def test_a_file_that_is_not_there_ends_in_one_line(nowhere: Console) -> None:
    missing = nowhere.run("certificate", "verify", "paper.pdf", "--json")
    assert (missing.code, missing.out) == (1, "")
    assert "No such file" in missing.line
