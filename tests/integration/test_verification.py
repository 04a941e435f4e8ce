"""Verifying certificates by code and by file."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor
from services.certificates.dto import Check, FactType, FileFinding, PublicFact, Verdict, VerdictKind
from services.certificates.verification import VerificationService
from services.codes import printed_code
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from tests.support.clock import StandingClock
from tests.support.office import Office, picture, rows, scalar
from tests.support.papers import ARCHIVE, KEY, OWN, STUDY, BishkekCalendar, intact_file
from tests.support.people import AIZADA, BAKYT, NURLAN, changed

Lights = dict[Check, bool | None]
DARK: Lights = dict.fromkeys(Check)
FILE_IN_ORDER: Lights = {Check.SIGNED_BY_US: True, Check.UNCHANGED: True, Check.KEY_VALID_THEN: True}
GOOD: Lights = {
    Check.REGISTERED: True, Check.NOT_REVOKED: True, Check.WITHIN_VALIDITY: True, Check.STILL_CONFIRMED: True,
}  # fmt: skip


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def issue(office: Office, connection: AsyncConnection, aizada: Actor, kind: str = STUDY.id) -> tuple[str, bytes]:
    """Issue and print a certificate; return its code and its file."""
    issued = await office.request(aizada, kind)
    assert await office.printing.print_next()
    stored = "select c.code, f.content from certificates c join files f on f.id = c.file_id where c.id = :id"
    ((code, content),) = await rows(connection, stored, id=issued.id)
    assert isinstance(code, str)
    assert isinstance(content, bytes)
    return code, content


async def both(office: Office, code: str, content: bytes) -> Verdict:
    """Verify by code and by file; the verdict must be the same but for the checks of the file."""
    by_code = await office.verification.verify_code(code)
    by_file = await office.verification.verify_file(content)
    assert (by_code.kind, by_code.certificate) == (by_file.kind, by_file.certificate)
    assert by_file.checks == {**by_code.checks, **FILE_IN_ORDER}
    return by_code


async def test_certificate_in_order_is_valid(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    verdict = await both(office, *await issue(office, connection, aizada))
    assert verdict.kind is VerdictKind.VALID
    assert verdict.checks == DARK | GOOD
    assert list(verdict.checks) == list(Check)
    certificate = verdict.certificate
    assert certificate is not None
    assert (certificate.kind, certificate.kind_name, certificate.language) == ("study", STUDY.name, Language.KY)
    assert (certificate.number, str(certificate.issued_on), str(certificate.valid_until)) == (
        "2026-00001", "2026-11-21", "2026-12-21",
    )  # fmt: skip


async def test_only_public_facts_are_shown_and_masked_ones_are_marked(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    code, _content = await issue(office, connection, aizada)
    certificate = (await office.verification.verify_code(code)).certificate
    assert certificate is not None
    shown = {fact.name: fact for fact in certificate.facts}
    assert list(shown) == [
        "name", "unit", "programme", "course", "study_form", "admission_order", "expected_graduation",
    ]  # fmt: skip
    assert [name for name, fact in shown.items() if fact.masked] == ["admission_order"]
    assert shown["expected_graduation"] == PublicFact(
        name="expected_graduation", type=FactType.DATE, value="2029-06-30", masked=False
    )


async def test_code_is_taken_however_it_is_written(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    code, _content = await issue(office, connection, aizada)
    for written in (printed_code(code).lower(), f" {code} ", code.replace("0", "o").replace("1", "l")):
        assert (await office.verification.verify_code(written)).kind is VerdictKind.VALID


@pytest.mark.parametrize("text", ["", "hello", "7K3QX-9MVP2-RTABC-DE123", "🙂" * 20, "0" * 5000])
async def test_code_that_was_never_issued_is_unknown(
    office: Office, connection: AsyncConnection, aizada: Actor, text: str
) -> None:
    await issue(office, connection, aizada)
    before = await picture(connection)
    verdict = await office.verification.verify_code(text)
    assert (verdict.kind, verdict.certificate) == (VerdictKind.UNKNOWN, None)
    assert verdict.checks == DARK | {Check.REGISTERED: False}
    assert await picture(connection) == before


async def test_certificate_that_is_not_printed_yet_is_valid_by_its_code(office: Office, aizada: Actor) -> None:
    issued = await office.request(aizada)
    async with office.unit_of_work() as uow:
        code = (await uow.certificates.get_delivered(issued.id)).code
    assert (await office.verification.verify_code(code)).kind is VerdictKind.VALID


async def test_certificate_is_valid_through_its_last_day_in_bishkek(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock
) -> None:
    code, content = await issue(office, connection, aizada)
    clock.advance(days=30, hours=11, minutes=59)  # 21 December 2026, 23:59
    assert (await both(office, code, content)).kind is VerdictKind.VALID
    clock.advance(minutes=1)
    verdict = await both(office, code, content)
    assert verdict.kind is VerdictKind.EXPIRED
    assert verdict.checks == DARK | GOOD | {Check.WITHIN_VALIDITY: False, Check.STILL_CONFIRMED: None}


async def test_certificate_without_an_end_never_expires(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock
) -> None:
    code, content = await issue(office, connection, aizada, ARCHIVE.id)
    clock.advance(days=36_500)
    assert (await both(office, code, content)).kind is VerdictKind.VALID


@pytest.mark.parametrize(
    ("status", "kind", "not_revoked"),
    [("revoked", VerdictKind.REVOKED, False), ("superseded", VerdictKind.SUPERSEDED, True)],
)
@pytest.mark.parametrize("days", [0, 60], ids=["within validity", "expired"])
async def test_revoked_or_superseded_is_said_before_expired(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock, status: str,
    kind: VerdictKind, not_revoked: bool, days: int,
) -> None:  # fmt: skip
    code, content = await issue(office, connection, aizada)
    await rows(connection, "update certificates set status = :status returning id", status=status)
    clock.advance(days=days)
    verdict = await both(office, code, content)
    assert verdict.kind is kind
    assert verdict.checks[Check.NOT_REVOKED] is not_revoked
    assert verdict.checks[Check.STILL_CONFIRMED] is None
    assert verdict.certificate is not None


@pytest.mark.parametrize(
    "fate",
    [replace(AIZADA, status=PersonStatus.LEAVE), replace(AIZADA, status=PersonStatus.GRADUATED), NURLAN,
     changed(BAKYT, person_no=AIZADA.person_no)],
    ids=["on leave", "graduated", "not in the roster", "an employee now"],
)  # fmt: skip
async def test_certificate_of_somebody_who_studies_no_more_is_valid_but_not_confirmed(
    office: Office, connection: AsyncConnection, aizada: Actor, fate: object
) -> None:
    code, content = await issue(office, connection, aizada)
    assert isinstance(fate, type(AIZADA))
    await office.enrol(fate)
    verdict = await both(office, code, content)
    assert verdict.kind is VerdictKind.VALID
    assert verdict.checks == DARK | GOOD | {Check.STILL_CONFIRMED: False}


async def test_kind_that_the_university_has_no_more_shows_no_facts_but_number_and_dates(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock
) -> None:
    code, _content = await issue(office, connection, aizada)
    later = VerificationService(
        office.unit_of_work, clock, BishkekCalendar(), {}, office.inspector, reader=office.reader, own=OWN
    )
    verdict = await later.verify_code(code)
    assert verdict.kind is VerdictKind.VALID
    assert verdict.certificate is not None
    assert (verdict.certificate.kind_name.ru, verdict.certificate.facts) == ("study", ())


async def test_inspector_is_given_all_authorities_that_ever_signed_and_the_present_one(
    office: Office, connection: AsyncConnection, aizada: Actor, clock: StandingClock
) -> None:
    await issue(office, connection, aizada)
    present = VerificationService(
        office.unit_of_work, clock, BishkekCalendar(), {}, office.inspector, reader=office.reader, own=OWN,
        authorities=[b"the present authority"],
    )  # fmt: skip
    await present.verify_file(b"%PDF")
    assert set(office.inspector.asked_with) == {KEY.authority_pems[0].encode(), b"the present authority"}


async def inspected(office: Office, content: bytes, **found: object) -> Verdict:
    """Verify a file of which the inspector says something else."""
    finding: FileFinding = replace(intact_file(content), **found)  # type: ignore[arg-type]
    office.inspector.finding = finding
    return await office.verification.verify_file(content)


async def test_file_that_cannot_be_read_is_unreadable_and_nothing_else_is_said(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    _code, content = await issue(office, connection, aizada)
    verdict = await inspected(office, content, readable=False, signed_by_us=False, unchanged=None)
    assert (verdict.kind, verdict.certificate, verdict.checks) == (VerdictKind.UNREADABLE, None, DARK)


async def test_file_without_a_signature_of_ours_is_unknown(office: Office) -> None:
    verdict = await inspected(office, b"%PDF", signed_by_us=False, unchanged=None, key_valid_then=None)
    assert (verdict.kind, verdict.certificate) == (VerdictKind.UNKNOWN, None)
    assert verdict.checks == DARK | {Check.REGISTERED: False, Check.SIGNED_BY_US: False}


async def test_file_signed_by_us_that_is_not_in_the_register_is_unknown_and_the_lights_say_so(office: Office) -> None:
    verdict = await inspected(office, b"%PDF of a test key")
    assert (verdict.kind, verdict.certificate) == (VerdictKind.UNKNOWN, None)
    assert verdict.checks == DARK | FILE_IN_ORDER | {Check.REGISTERED: False}


async def test_changed_file_is_altered_and_the_register_cannot_tell_which_it_was(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    _code, content = await issue(office, connection, aizada)
    verdict = await inspected(office, content.replace(b"print", b"prim!"), unchanged=False)
    assert (verdict.kind, verdict.certificate) == (VerdictKind.ALTERED, None)
    assert verdict.checks == DARK | FILE_IN_ORDER | {Check.REGISTERED: None, Check.UNCHANGED: False}


async def test_file_with_something_behind_our_signature_is_altered_and_the_original_is_named(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    _code, content = await issue(office, connection, aizada)
    verdict = await inspected(office, content + b" more", unchanged=False, revision_sha256=intact_file(content).sha256)
    assert verdict.kind is VerdictKind.ALTERED
    assert verdict.certificate is not None
    assert verdict.certificate.number == "2026-00001"
    assert verdict.checks == DARK | FILE_IN_ORDER | {Check.REGISTERED: True, Check.UNCHANGED: False}


@pytest.mark.parametrize("status", ["issued", "revoked"])
async def test_altered_is_said_before_revoked(
    office: Office, connection: AsyncConnection, aizada: Actor, status: str
) -> None:
    _code, content = await issue(office, connection, aizada)
    await rows(connection, "update certificates set status = :status returning id", status=status)
    assert (await inspected(office, content, key_valid_then=False)).kind is VerdictKind.ALTERED


async def test_signature_whose_state_cannot_be_told_is_never_valid(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    _code, content = await issue(office, connection, aizada)
    assert (await inspected(office, content, unchanged=None)).kind is VerdictKind.ALTERED


async def test_verdicts_do_not_share_their_lights(office: Office) -> None:
    first = await inspected(office, b"", readable=False)
    assert isinstance(first.checks, dict)
    first.checks[Check.REGISTERED] = True
    assert (await inspected(office, b"", readable=False)).checks == DARK


async def test_verifying_writes_nothing(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    code, content = await issue(office, connection, aizada)
    before = await picture(connection)
    await both(office, code, content)
    assert await picture(connection) == before
    assert await scalar(connection, "select count(*) from people where kind = :kind", kind=PersonKind.STUDENT) == 1
