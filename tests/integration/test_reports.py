"""Facts that are told to be wrong: reported, decided, corrected for good, and the paper issued anew."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.audit.dto import Act
from services.certificates.dto import RevocationReason, VerdictKind
from services.certificates.errors import NoSuchCertificate, NothingToReplace, ReplacedAlready, RevokedAlready
from services.certificates.register import RequestedCertificate
from services.corrections.errors import FactMalformed
from services.reports.dto import Report, ReportState
from services.reports.errors import (
    DocumentUnusable,
    NoDocumentWanted,
    NoSuchReport,
    NotOnPaper,
    ReportDecided,
    ReportedAlready,
    ReportReasonNeeded,
    SameAsPrinted,
    SourceMustCorrect,
    ValueTooLong,
)
from tests.support.office import BAKYTS_PHONE, GULNARAS_PHONE, NURLANS_PHONE, Office, rows, scalar
from tests.support.people import AIZADA, NURLAN

PHOTO = b"\xff\xd8\xff passport"


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
async def issued(office: Office, aizada: Actor) -> RequestedCertificate:
    return await office.request(aizada)


@pytest.fixture
async def registrar(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    return await office.recognise(BAKYTS_PHONE)


async def reported(office: Office, holder: Actor, issued: RequestedCertificate) -> Report:
    return await office.reports.report(holder, issued.id, "last_name", "Асанбаева")


async def test_everything_that_is_printed_can_be_reported_in_its_parts(
    office: Office, aizada: Actor, issued: RequestedCertificate
) -> None:
    certificate = await office.reports.list_facts(aizada, issued.id)
    assert certificate.number == issued.number
    assert [fact.name for fact in certificate.facts] == [
        "last_name", "first_name", "patronymic", "unit", "programme_ky", "course", "group", "study_form",
        "admission_order", "expected_graduation",
    ]  # fmt: skip
    assert certificate.facts[0].value == AIZADA.last_name


async def test_accepted_report_corrects_the_person_and_replaces_the_paper(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    page = await office.report_desk.list_open(registrar)
    assert [waiting.id for waiting in page.reports] == [report.id]
    card = await office.report_desk.open(registrar, report.id)
    assert (card.fact.value, card.report.value) == (AIZADA.last_name, "Асанбаева")
    accepted = await office.report_desk.accept(registrar, report.id)
    assert (accepted.state, accepted.new_number) == (ReportState.ACCEPTED, "2026-00002")
    told = "select number, status, replaces_id, facts->>'name' from certificates order by id"
    assert await rows(connection, told) == [
        (issued.number, "superseded", None, "Маматова Айзада Бакытовна"),
        ("2026-00002", "issued", issued.id, "Асанбаева Айзада Бакытовна"),
    ]
    assert (await office.report_desk.list_open(registrar)).total == 0
    assert await scalar(connection, "select count(*) from audit_entries where act = :act", act=Act.REPORT_ACCEPTED) == 1


async def test_correction_survives_the_next_import(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.report_desk.accept(registrar, report.id)
    await office.enrol(AIZADA, NURLAN)
    kept = "select last_name from people where person_no = :no"
    assert await scalar(connection, kept, no=AIZADA.person_no) == "Асанбаева"


async def test_holder_gets_the_new_document_and_the_old_one_says_that_it_is_replaced(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    assert await office.printing.print_next()
    await office.send_all()
    report = await reported(office, aizada, issued)
    await office.report_desk.accept(registrar, report.id)
    assert await office.printing.print_next()
    assert await office.send_all() == 1
    assert "certificate_ready" in office.messenger.sent[-1][1].text
    ((new_id,),) = await rows(connection, "select max(id) from certificates")
    assert isinstance(new_id, int)
    assert (await office.certificates.get_delivered(new_id)).replaces == issued.number
    code = await scalar(connection, "select code from certificates where id = :id", id=issued.id)
    assert (await office.verification.verify_code(str(code))).kind is VerdictKind.SUPERSEDED


async def test_desk_may_write_its_own_spelling(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    accepted = await office.report_desk.accept(registrar, report.id, "Асанбек кызы")
    assert accepted.decided_value == "Асанбек кызы"
    assert await scalar(connection, "select facts->>'name' from certificates order by id desc limit 1") == (
        "Асанбек кызы Айзада Бакытовна"
    )


async def test_desk_asks_for_a_document_and_then_refuses_with_a_reason(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    with pytest.raises(NoDocumentWanted):
        await office.reports.send_document(aizada, report.id, PHOTO)
    await office.report_desk.want_document(registrar, report.id)
    for useless in (b"GIF89a", PHOTO + bytes(11 * 1024 * 1024)):
        with pytest.raises(DocumentUnusable):
            await office.reports.send_document(aizada, report.id, useless)
    await office.reports.send_document(aizada, report.id, PHOTO)
    card = await office.report_desk.open(registrar, report.id)
    assert (card.report.state, card.report.file_id is None) == (ReportState.OPEN, False)
    with pytest.raises(ReportReasonNeeded):
        await office.report_desk.refuse(registrar, report.id, "  ")
    with pytest.raises(ValueTooLong):
        await office.report_desk.refuse(registrar, report.id, "а" * 301)
    await office.report_desk.refuse(registrar, report.id, "Паспортто башкача.")
    assert await office.send_all() == 2
    with pytest.raises(ReportDecided):
        await office.report_desk.accept(registrar, report.id)
    assert await rows(connection, "select count(*), max(status) from certificates") == [(1, "issued")]


async def test_holder_is_told_at_the_account_that_is_theirs_now(
    office: Office, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.connect(NURLANS_PHONE, AIZADA)
    await office.send_all()
    office.messenger.sent.clear()
    await office.report_desk.want_document(registrar, report.id)
    await office.send_all()
    assert [sent[0] for sent in office.messenger.sent] == [NURLANS_PHONE]
    assert (await office.certificates.get_delivered(issued.id)).account_id == NURLANS_PHONE
    await office.linking.unlink(await office.recognise(NURLANS_PHONE), report.person_id)
    await office.report_desk.refuse(registrar, report.id, "Паспортто башкача.")
    assert (await office.certificates.get_delivered(issued.id)).account_id is None


async def test_look_at_what_somebody_said_and_sent_is_noted_once(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.report_desk.want_document(registrar, report.id)
    await office.reports.send_document(aizada, report.id, PHOTO)
    await office.report_desk.open(registrar, report.id)
    assert (await office.report_desk.get_document(registrar, report.id)).content == PHOTO
    looks = "select account_id, subject, details->>'report' from audit_entries where act = :act"
    assert await rows(connection, looks, act=Act.PERSON_LOOKED_AT) == [
        (BAKYTS_PHONE, f"person:{report.person_id}", str(report.id))
    ]


async def test_accepting_waits_for_the_person_before_it_holds_their_certificate(
    busy_office: Office, engine: AsyncEngine
) -> None:
    aizada = await busy_office.aizada()
    issued = await busy_office.request(aizada)
    report = await reported(busy_office, aizada, issued)
    await busy_office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    registrar = await busy_office.recognise(BAKYTS_PHONE)
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with asyncio.timeout(20), engine.connect() as watcher:
        async with busy_office.unit_of_work() as uow:
            await uow.requests.lock_person(report.person_id)
            accepting = asyncio.create_task(busy_office.report_desk.accept(registrar, report.id))
            while await scalar(watcher, waiting) != 1:
                await watcher.rollback()  # the server shows one transaction the same activity all the time
            assert await uow.requests.find_certificate(issued.id, report.person_id) is not None
        assert (await accepting).state is ReportState.ACCEPTED


async def test_what_cannot_be_right_is_not_taken(office: Office, aizada: Actor, issued: RequestedCertificate) -> None:
    for fact, typed, refusal in (
        ("salary", "1", NotOnPaper),
        ("last_name", AIZADA.last_name, SameAsPrinted),
        ("expected_graduation", "some day", FactMalformed),
        ("unit", "а" * 301, ValueTooLong),
    ):
        with pytest.raises(refusal):
            await office.reports.report(aizada, issued.id, fact, typed)
    await reported(office, aizada, issued)
    with pytest.raises(ReportedAlready):
        await reported(office, aizada, issued)


async def test_only_the_holder_reports_and_only_the_desk_decides(
    office: Office, aizada: Actor, issued: RequestedCertificate
) -> None:
    await office.enrol(AIZADA, NURLAN)
    nurlan = await office.connect(NURLANS_PHONE, NURLAN)
    with pytest.raises(NoSuchCertificate):
        await office.reports.list_facts(nurlan, issued.id)
    report = await reported(office, aizada, issued)
    with pytest.raises(NoSuchReport):
        await office.reports.withdraw(nurlan, report.id)
    stranger = await office.recognise(GULNARAS_PHONE)
    for decide in (office.report_desk.accept, office.report_desk.want_document, office.report_desk.open):
        with pytest.raises(NotAllowed):
            await decide(stranger, report.id)
    with pytest.raises(NotAllowed):
        await office.report_desk.list_open(aizada)


async def test_withdrawn_report_waits_no_more(
    office: Office, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    assert (await office.reports.withdraw(aizada, report.id)).state is ReportState.WITHDRAWN
    with pytest.raises(ReportDecided):
        await office.reports.withdraw(aizada, report.id)
    with pytest.raises(ReportDecided):
        await office.report_desk.accept(registrar, report.id)
    assert (await reported(office, aizada, issued)).id != report.id


async def test_what_only_the_source_says_is_reissued_once_the_source_says_it(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await office.reports.report(aizada, issued.id, "course", "3")
    with pytest.raises(SourceMustCorrect):
        await office.report_desk.accept(registrar, report.id)
    await office.enrol(replace(AIZADA, course=3))
    await office.report_desk.accept(registrar, report.id)
    assert await scalar(connection, "select facts->>'course' from certificates order by id desc limit 1") == "3"


async def test_everything_that_is_said_of_one_paper_is_decided_one_after_the_other(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    other = await office.reports.report(aizada, issued.id, "first_name", "Айзат")
    wrong = await office.reports.report(aizada, issued.id, "course", "5")
    await office.report_desk.accept(registrar, report.id)
    card = await office.report_desk.open(registrar, other.id)
    assert (card.report.number, card.fact.value) == ("2026-00002", AIZADA.first_name)
    assert (await office.report_desk.accept(registrar, other.id)).new_number == "2026-00003"
    await office.report_desk.refuse(registrar, wrong.id, "Курс туура.")
    assert (await office.report_desk.list_open(registrar)).total == 0
    told = "select number, status, facts->>'name' from certificates order by id"
    assert await rows(connection, told) == [
        (issued.number, "superseded", "Маматова Айзада Бакытовна"),
        ("2026-00002", "superseded", "Асанбаева Айзада Бакытовна"),
        ("2026-00003", "issued", "Асанбаева Айзат Бакытовна"),
    ]
    about = (
        "select fact, old.number, new.number from fact_reports r join certificates old on old.id = r.certificate_id"
        " left join certificates new on new.id = r.new_certificate_id order by r.id"
    )
    assert await rows(connection, about) == [
        ("last_name", issued.number, "2026-00002"),
        ("first_name", "2026-00002", "2026-00003"),
        ("course", "2026-00003", None),
    ]


async def test_what_is_said_of_a_paper_waits_on_when_an_official_replaces_it(
    office: Office, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.enrol(replace(AIZADA, course=3))
    anew = await office.replacements.replace(registrar, issued.id, RevocationReason.FACTS_WRONG)
    assert (await office.report_desk.open(registrar, report.id)).report.number == anew.number
    assert (await office.report_desk.accept(registrar, report.id)).state is ReportState.ACCEPTED


async def test_report_ends_with_the_paper_that_is_revoked(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.revocations.revoke(registrar, issued.id, RevocationReason.MISUSED)
    assert (await office.report_desk.list_open(registrar)).total == 0
    ended = "select state, decided_by, decided_at is not null from fact_reports"
    assert await rows(connection, ended) == [("withdrawn", BAKYTS_PHONE, True)]
    with pytest.raises(ReportDecided):
        await office.report_desk.open(registrar, report.id)


async def test_report_of_a_paper_that_stands_no_more_can_still_be_looked_at_and_refused(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await connection.execute(text("update certificates set status = 'superseded'"))
    assert (await office.report_desk.open(registrar, report.id)).fact.value == AIZADA.last_name
    with pytest.raises(ReplacedAlready):
        await office.report_desk.accept(registrar, report.id)
    assert (await office.report_desk.refuse(registrar, report.id, "Эски.")).state is ReportState.REFUSED


async def test_leafing_beyond_either_end_shows_the_end(
    office: Office, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    for page in (-1, 7):
        shown = await office.report_desk.list_open(registrar, page)
        assert (shown.page, [waiting.id for waiting in shown.reports]) == (0, [report.id])


async def test_paper_that_stands_no_more_is_not_reported(
    office: Office, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await reported(office, aizada, issued)
    await office.report_desk.accept(registrar, report.id)
    with pytest.raises(ReplacedAlready):
        await office.reports.list_facts(aizada, issued.id)
    again = await office.request(aizada)
    assert again.again
    await office.revocations.revoke(registrar, again.id, RevocationReason.MISUSED)
    with pytest.raises(RevokedAlready):
        await office.reports.list_facts(aizada, again.id)


async def test_nothing_is_issued_that_would_say_the_same(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    report = await office.reports.report(aizada, issued.id, "last_name", "Асанбаева")
    with pytest.raises(SameAsPrinted):
        await office.report_desk.accept(registrar, report.id, AIZADA.last_name)
    await office.enrol(replace(AIZADA, last_name="Асанбаева"))
    today = await office.request(aizada)
    assert not today.again
    with pytest.raises(NothingToReplace):
        await office.report_desk.accept(registrar, report.id)
    assert await scalar(connection, "select count(*) from certificates where status = 'issued'") == 2


async def test_official_issues_anew_what_the_university_knows_today(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    with pytest.raises(NothingToReplace):
        await office.replacements.replace(registrar, issued.id, RevocationReason.FACTS_WRONG)
    with pytest.raises(NotAllowed):
        await office.replacements.review(aizada, issued.id)
    await office.enrol(replace(AIZADA, course=3))
    assert (await office.replacements.review(registrar, issued.id)).number == issued.number
    anew = await office.replacements.replace(registrar, issued.id, RevocationReason.FACTS_WRONG)
    told = "select number, status, revocation_reason, replaces_id from certificates order by id"
    assert await rows(connection, told) == [
        (issued.number, "superseded", "facts_wrong", None),
        (anew.number, "issued", None, issued.id),
    ]
    events = "select event, number from register_entries order by seq desc limit 2"
    assert await rows(connection, events) == [("superseded", issued.number), ("issued", anew.number)]
    with pytest.raises(ReplacedAlready):
        await office.replacements.review(registrar, issued.id)
    with pytest.raises(NoSuchCertificate):
        await office.replacements.review(registrar, 10**9)
