"""In which order a file is judged, when its key is judged, what is said of a replaced one, and of pictures."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor
from services.certificates.dto import Check, FileFinding, Verdict, VerdictKind
from services.certificates.pictures import PictureFinding, PictureRemark
from tests.support.clock import StandingClock
from tests.support.office import Office, picture, rows
from tests.support.papers import OWN, BishkekCalendar, intact_file

PNG = b"\x89PNG\r\n\x1a\n whatever the reader was told"


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
async def paper(office: Office, connection: AsyncConnection, aizada: Actor) -> bytes:
    """A printed certificate's file; the key in it is valid from a day before to a day after the signing."""
    issued = await office.request(aizada)
    assert await office.printing.print_next()
    stored = "select f.content from certificates c join files f on f.id = c.file_id where c.id = :id"
    ((content,),) = await rows(connection, stored, id=issued.id)
    assert isinstance(content, bytes)
    return content


async def judged(office: Office, content: bytes, **found: object) -> Verdict:
    """Judge a file of which the inspector says something else."""
    now = office.clock.now()
    window = {"key_from": now - timedelta(days=1), "key_until": now + timedelta(days=1)}
    finding: FileFinding = replace(intact_file(content), **(window | found))  # type: ignore[arg-type]
    office.inspector.finding = finding
    return await office.verification.verify_file(content)


@pytest.mark.parametrize(
    ("in_register", "unchanged", "key_then", "kind"),
    [
        (False, True, True, VerdictKind.UNKNOWN),
        (False, True, False, VerdictKind.UNKNOWN),
        (False, True, None, VerdictKind.UNKNOWN),
        (False, False, True, VerdictKind.ALTERED),
        (False, False, False, VerdictKind.ALTERED),
        (False, None, True, VerdictKind.ALTERED),
        (True, True, False, VerdictKind.VALID),  # only the registered time counts
        (True, False, True, VerdictKind.ALTERED),
        (True, None, True, VerdictKind.ALTERED),
    ],
)
async def test_unknown_comes_before_altered_and_altered_before_the_register(
    office: Office, paper: bytes, in_register: bool, unchanged: bool | None, key_then: bool | None, kind: VerdictKind
) -> None:
    content = paper if in_register else b"%PDF of a register that was lost"
    verdict = await judged(office, content, unchanged=unchanged, key_valid_then=key_then)
    assert verdict.kind is kind
    assert verdict.checks[Check.SIGNED_BY_US] is True
    assert (verdict.certificate is not None) is in_register
    unknown = None if kind is VerdictKind.ALTERED else False
    assert verdict.checks[Check.REGISTERED] is (True if in_register else unknown)


async def test_key_is_judged_at_the_registered_time_of_signing_not_today(
    office: Office, paper: bytes, clock: StandingClock
) -> None:
    signed_at = clock.now()
    window = {"key_from": signed_at - timedelta(days=1), "key_until": signed_at + timedelta(days=1)}
    clock.advance(days=20)
    assert (await judged(office, paper, **window)).kind is VerdictKind.VALID
    for since, until in ((1, 2), (-2, -1)):
        window = {"key_from": signed_at + timedelta(days=since), "key_until": signed_at + timedelta(days=until)}
        verdict = await judged(office, paper, **window, key_valid_then=True)
        assert (verdict.kind, verdict.checks[Check.KEY_VALID_THEN]) == (VerdictKind.ALTERED, False)
        assert verdict.certificate is not None


async def test_key_that_was_given_up_counts_for_what_it_signed_before(
    office: Office, connection: AsyncConnection, paper: bytes, clock: StandingClock
) -> None:
    given_up = "update signing_keys set invalid_since = :since returning fingerprint"
    await rows(connection, given_up, since=clock.now() + timedelta(seconds=1))
    assert (await judged(office, paper)).kind is VerdictKind.VALID
    await rows(connection, given_up, since=clock.now())
    verdict = await judged(office, paper)
    assert (verdict.kind, verdict.checks[Check.KEY_VALID_THEN]) == (VerdictKind.ALTERED, False)


async def test_replaced_certificate_names_the_new_number_and_the_day(
    office: Office, clock: StandingClock, aizada: Actor, paper: bytes
) -> None:
    certificate = (await judged(office, paper)).certificate
    assert certificate is not None
    assert (certificate.replaced_by, certificate.replaced_on) == (None, None)  # it is not replaced
    clock.advance(days=5)
    assert aizada.person is not None
    report = await office.reports.report(aizada, await _newest(office, aizada), "last_name", "Асанбаева")
    await office.report_desk.accept(OPERATOR, report.id)
    verdict = await judged(office, paper, key_from=clock.now() - timedelta(days=9))
    assert verdict.kind is VerdictKind.SUPERSEDED
    assert verdict.certificate is not None
    assert (verdict.certificate.replaced_by, verdict.certificate.replaced_on) == (
        "2026-00002",
        BishkekCalendar().today(clock.now()),
    )


async def _newest(office: Office, holder: Actor) -> int:
    assert holder.person is not None
    async with office.unit_of_work() as uow:
        found, _total = await uow.study_office.list_certificates(holder.person.id, offset=0, limit=1)
    return found[0].id


async def test_picture_has_the_verdict_of_its_code(office: Office, connection: AsyncConnection, paper: bytes) -> None:
    assert paper
    ((code,),) = await rows(connection, "select code from certificates")
    office.reader.texts = (f"{OWN.public_url}/verify/{code}",)
    before = await picture(connection)
    for verdict in (await office.verification.verify_picture(PNG), await office.verification.verify_file(PNG)):
        assert verdict == replace(
            await office.verification.verify_code(str(code)),
            picture=PictureFinding(remark=PictureRemark.CODE, code=str(code)),
        )
        assert verdict.kind is VerdictKind.VALID
    assert await picture(connection) == before


@pytest.mark.parametrize(
    ("texts", "remark", "kind"),
    [
        (None, PictureRemark.NOT_A_PICTURE, VerdictKind.UNREADABLE),
        ((), PictureRemark.NO_CODE, VerdictKind.UNREADABLE),
        (("hello",), PictureRemark.NOT_OURS, VerdictKind.UNKNOWN),
        (("https://evil.kg",), PictureRemark.ELSEWHERE, VerdictKind.UNKNOWN),
        (("0" * 20, "1" * 20), PictureRemark.SEVERAL_CODES, VerdictKind.UNREADABLE),
    ],
)
async def test_picture_without_the_one_code_of_ours_is_never_valid_and_no_light_is_on(
    office: Office, texts: tuple[str, ...] | None, remark: PictureRemark, kind: VerdictKind
) -> None:
    office.reader.texts = texts
    verdict = await office.verification.verify_picture(PNG)
    assert (verdict.kind, verdict.certificate) == (kind, None)
    assert verdict.picture is not None
    assert verdict.picture.remark is remark
    assert set(verdict.checks.values()) == {None}
