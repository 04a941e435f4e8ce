"""`certificate verify` on a certificate that was really issued, printed and signed."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
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
from services.certificates.pictures import PictureFinding, PictureRemark
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
from tests.support.pictures import photograph

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
        await connection.execute(text("set local session_replication_role = replica"))
        await connection.execute(text("truncate certificates, files, signing_keys cascade"))
    unregistered = console.run("certificate", "verify", paper, "--json").json
    assert unregistered["verdict"] == "unknown"
    assert unregistered["checks"]["registered"] is False
    assert unregistered["checks"]["signed_by_us"] is True


@pytest.mark.usefixtures("paper")
async def test_a_picture_of_the_code_is_read(console: Console, engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        code = (await connection.execute(text("select code from certificates"))).scalar_one()
    address = f"https://papers.university.example/verify/{code}"
    console.write("photo.jpg", photograph(address, turned=15))
    console.write("forged.png", photograph(address.replace("papers.", "paper."), sort="PNG"))
    console.write("empty.webp", photograph(sort="WEBP"))
    console.environment["PUBLIC_URL"] = "https://papers.university.example"
    good, forged, empty, shown = console.run_all(
        ("certificate", "verify", "photo.jpg", "--json"), ("certificate", "verify", "forged.png", "--json"),
        ("certificate", "verify", "empty.webp"), ("certificate", "verify", "photo.jpg"),
    )  # fmt: skip
    assert (good.code, good.json["verdict"], good.json["checks"]["signed_by_us"]) == (0, "valid", None)
    assert good.json["picture"] == {"remark": "code", "code": good.json["certificate"]["code"], "leads_to": None}
    assert "Only the code in the picture was checked" in shown.out
    assert (forged.code, forged.json["verdict"], forged.json["certificate"]) == (1, "unknown", None)
    assert forged.json["picture"]["leads_to"] == "paper.university.example"
    assert (empty.code, "No QR code was found in the picture." in empty.out) == (1, True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": VerdictKind.SUPERSEDED, "replaced_by": "2026-00002"}, "The number of the new one is 2026-00002."),
        ({"still": False}, "The university issued it, but the facts stated in it have changed since."),
        ({"kind": VerdictKind.ALTERED}, "The signature of this file does not count"),
        ({"leads_to": "evil.kg"}, "The QR code leads elsewhere, to evil.kg. Do not trust the paper."),
    ],
)
def test_every_fate_has_a_sentence(capsys: pytest.CaptureFixture[str], changed: dict[str, Any], sentence: str) -> None:
    certificate = PublicCertificate(
        kind="study", kind_name=Trilingual(ky="Окуу", ru="Учёба", en="Study"), language=Language.KY,
        number="2026-00001", code="7K3QX9MVP2RTABCDE123", issued_on=date(2026, 11, 21), valid_until=None, facts=(),
        replaced_by=changed.get("replaced_by"), replaced_on=date(2026, 11, 25),
    )  # fmt: skip
    place = changed.get("leads_to", "")
    verdict = Verdict(
        kind=changed.get("kind", VerdictKind.VALID),
        checks=dict.fromkeys(Check, True) | {Check.STILL_CONFIRMED: changed.get("still", True)},
        certificate=None if place else certificate,
        picture=PictureFinding(remark=PictureRemark.ELSEWHERE, address=place) if place else None,
    )
    show_verdict(verdict, university_file.load())
    shown = capsys.readouterr().out
    assert sentence in " ".join(shown.split())
    assert place or re.search(r"Replaced on\W+2026-11-25", shown)


async def test_lost_certificate_is_entered_again_from_its_file_and_the_audit_holds(
    console: Console, paper: Path, engine: AsyncEngine
) -> None:
    held = console.run("certificate", "audit", "--json")
    assert (held.code, held.err) == (0, "")
    head = held.json["head"]
    assert (held.json["ok"], held.json["entries"], held.json["certificates"], head["seq"]) == (True, 2, 1, 2)
    known = console.run("certificate", "audit", "--head", head["hash"])
    assert known.code == 0
    assert f"The register holds: 2 entries, 1 certificates, 0 heads of days; its head is {head['hash']}." in known.out
    assert f"The head {head['hash']} is entry 2, in the chain since " in known.out

    async with engine.begin() as connection:  # as after a restore: the certificate was issued after the backup
        await connection.execute(text("set local session_replication_role = replica"))
        await connection.execute(text("truncate certificates, register_entries, certificate_series, files cascade"))
    changed = console.append("changed.pdf", paper, b"\n")
    number = AIZADA.person_no
    altered, nobody, lost = console.run_all(
        ("certificate", "register", changed, "--person", number),
        ("certificate", "register", paper, "--person", "nobody"),
        ("certificate", "audit", "--head", head["hash"], "--json"),
    )
    assert (altered.code, altered.line) == (1, "kabarchy: the file was changed after it was signed")
    assert (nobody.code, nobody.line) == (1, "kabarchy: nobody has the number nobody")
    assert (lost.code, lost.json["ok"], lost.json["asked_head"]["found"]) == (1, False, None)
    assert "the head is not in the chain" in lost.line

    entered = console.run("certificate", "register", paper, "--person", number)
    assert (entered.code, entered.err) == (0, "")
    assert entered.out == "Certificate 2026-00001 (Mamatova Aizada) is in the register again.\n"
    verified, again, audited = console.run_all(
        ("certificate", "verify", paper, "--json"),
        ("certificate", "register", paper, "--person", number, "--json"),
        ("certificate", "audit", "--json"),
    )
    assert (verified.code, verified.json["verdict"]) == (0, "valid")
    assert again.json == {"number": "2026-00001", "result": "there_already"}
    assert (audited.code, audited.json["entries"]) == (0, 1)

    async with engine.begin() as connection:
        await connection.execute(text("set local session_replication_role = replica"))
        await connection.execute(text("update certificates set status = 'revoked'"))
        await connection.execute(text("update files set content = 'another'"))
    tampered = console.run("certificate", "audit")
    assert (tampered.code, tampered.line) == (1, "kabarchy: the register does not hold: 2 fault(s)")
    assert tampered.out.splitlines() == [
        "entry 1, certificate 2026-00001: the stored file is not the one that was signed",
        "certificate 2026-00001: its status is not what its last entry says",
    ]


def test_person_is_erased_only_with_the_word_and_their_file_is_still_recognised(console: Console, paper: Path) -> None:
    refused = console.run("certificate", "erase", AIZADA.person_no)
    assert refused.code == 1
    assert "say --for-ever if it is meant" in refused.line
    unknown = console.run("certificate", "erase", "S-9999", "--for-ever")
    assert (unknown.code, unknown.line) == (1, "kabarchy: nobody in the roster has the number S-9999")
    erased = console.run("certificate", "erase", AIZADA.person_no, "--for-ever")
    assert erased.out == "Certificates erased: 2026-00001. Requests and reports: 0.\n"
    verdict = console.run("certificate", "verify", paper, "--json")
    assert (verdict.code, verdict.json["certificate"]["facts"]) == (0, [])


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
