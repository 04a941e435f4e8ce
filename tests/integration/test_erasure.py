"""Erasing a person: what requests and reports say goes with the certificates, and nobody else loses anything."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR
from services.certificates.dto import VerdictKind
from services.register.dto import Erasure
from services.register.service import RegisterService
from tests.support.desks import Desks
from tests.support.office import NURLANS_PHONE, rows, scalar
from tests.support.papers import TRANSCRIPT
from tests.support.people import AIZADA, NURLAN

RECEIPT, PASSPORT = b"\xff\xd8\xff receipt", b"\xff\xd8\xff passport"


@pytest.fixture
def register(desks: Desks) -> RegisterService:
    return RegisterService(desks.office.unit_of_work, desks.office.clock)


async def test_requests_and_reports_of_the_erased_say_nothing_any_more(
    desks: Desks, register: RegisterService, connection: AsyncConnection
) -> None:
    aizada, office = await desks.aizada(), desks.office
    paid = (await desks.ask(aizada, TRANSCRIPT)).request
    await desks.requests.send_receipt(aizada, paid.id, RECEIPT)
    await desks.ask(aizada)
    issued = await office.request(aizada)
    report = await office.reports.report(aizada, issued.id, "last_name", "Асанбаева")
    await office.report_desk.want_document(OPERATOR, report.id)
    await office.reports.send_document(aizada, report.id, PASSPORT)

    assert await register.erase(OPERATOR, AIZADA.person_no) == Erasure(numbers=(issued.number,), wishes=3)
    wishes = "select state, asked, entered, receipt_file_id from certificate_requests order by id"
    assert await rows(connection, wishes) == [("withdrawn", {}, {}, None)] * 2
    assert await rows(connection, "select state, value, file_id from fact_reports") == [("withdrawn", "", None)]
    assert await rows(connection, "select distinct content from files") == [(b"",)]
    assert (await register.audit(OPERATOR)).faults == ()
    code = await scalar(connection, "select code from certificates")
    assert (await office.verification.verify_code(str(code))).kind is VerdictKind.VALID


async def test_file_that_somebody_else_sent_too_stays_and_comes_back_when_it_is_sent_anew(
    desks: Desks, register: RegisterService, connection: AsyncConnection
) -> None:
    aizada = await desks.aizada(NURLAN)
    nurlan = await desks.office.connect(NURLANS_PHONE, NURLAN)
    for actor, screen in ((aizada, "one"), (nurlan, "two")):
        mine = await desks.ask(actor, TRANSCRIPT, screen=screen)
        await desks.requests.send_receipt(actor, mine.request.id, RECEIPT)
    await register.erase(OPERATOR, AIZADA.person_no)
    assert await scalar(connection, "select content from files") == RECEIPT
    plan = (
        "insert into plans (year, name, reminds_from, imported_at, file_id)"
        " select 2026, 'strategy', '2026-09-01', :now, id from files returning 1"
    )
    await rows(connection, plan, now=desks.office.clock.now())
    await register.erase(OPERATOR, NURLAN.person_no)
    assert await scalar(connection, "select content from files") == RECEIPT  # a plan came as the very same file
    await rows(connection, "delete from plans returning 1")
    mine = await desks.ask(nurlan, TRANSCRIPT, screen="again")
    await desks.requests.send_receipt(nurlan, mine.request.id, RECEIPT)
    await register.erase(OPERATOR, NURLAN.person_no)
    assert await scalar(connection, "select content from files") == b""

    again = await desks.ask(aizada, TRANSCRIPT, screen="three")
    await desks.requests.send_receipt(aizada, again.request.id, RECEIPT)
    assert await rows(connection, "select content, size from files") == [(RECEIPT, len(RECEIPT))]
