"""Asking for a certificate: what is issued, frozen and sent."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR
from services.languages import Language
from services.people.dto import PersonStatus
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, Office, rows, scalar
from tests.support.papers import ARCHIVE, STUDY
from tests.support.people import AIZADA, NURLAN, changed

MESSAGES = "select state, due_at is not null from messages order by id"


async def test_certificate_is_issued_with_number_code_and_frozen_facts(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await office.aizada()
    issued = await office.request(aizada)
    assert (issued.number, issued.kind, issued.language, issued.again) == ("2026-00001", "study", Language.KY, False)
    columns = "year, serial, number, kind, language, issued_on, issued_at, valid_until, status, file_id, attempts"
    assert await rows(connection, f"select {columns} from certificates") == [  # noqa: S608 -- columns of ours
        (2026, 1, "2026-00001", "study", "ky", date(2026, 11, 21), clock.now(), date(2026, 12, 21), "issued", None, 0)
    ]
    facts = await scalar(connection, "select facts from certificates")
    assert facts == {
        "name": "Маматова Айзада Бакытовна",
        "unit": "Маалыматтык технологиялар институту",
        "programme": "Программалык инженерия",
        "course": "2",
        "group": "ПИ-1-25",
        "study_form": "full_time",
        "admission_order": "№ 45, 20.08.2025",
        "expected_graduation": "2029-06-30",
    }
    assert await scalar(connection, "select paper->'facts' = facts and paper->>'number' = number from certificates")


async def test_one_waiting_answer_is_left_and_both_workers_are_woken(
    office: Office, connection: AsyncConnection
) -> None:
    aizada = await office.aizada()
    rung = office.outbox_bell.rung
    await office.request(aizada)
    message = "select chat_id, urgency, state, due_at from messages"
    assert await rows(connection, message) == [(AIZADAS_PHONE, "answer", "pending", None)]
    assert (office.print_bell.rung, office.outbox_bell.rung) == (1, rung + 1)
    assert not await office.delivery.send_next()  # it waits for its file


async def test_later_changes_of_the_roster_do_not_alter_the_paper(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    await office.request(aizada)
    snapshot = "select facts::text, paper::text from certificates where serial = 1"
    before = await rows(connection, snapshot)
    await office.enrol(changed(AIZADA, last_name="Асанова", course=3, programme_ky="Башка"))
    assert await office.printing.print_next()
    assert await rows(connection, snapshot) == before
    (paper,) = office.press.produced
    assert paper["facts"]["name"] == "Маматова Айзада Бакытовна"


async def test_same_facts_on_the_same_day_are_the_same_document(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    first = await office.request(aizada)
    second = await office.request(aizada, screen="two")
    assert (second.id, second.number, second.again) == (first.id, first.number, True)
    assert await scalar(connection, "select last_serial from certificate_series") == 1
    assert await scalar(connection, "select count(*) from messages") == 2


async def test_second_tap_on_one_screen_sends_nothing_more(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    first = await office.request(aizada)
    for _ in range(3):
        assert (await office.request(aizada)).id == first.id
    assert await rows(connection, MESSAGES) == [("pending", False)]


async def test_document_that_is_printed_already_is_sent_again_at_once(office: Office) -> None:
    aizada = await office.aizada()
    first = await office.request(aizada)
    await office.printing.print_next()
    await office.send_all()
    again = await office.request(aizada, screen="two")
    assert again.again
    assert again.id == first.id
    assert await office.send_all() == 1
    assert not await office.printing.print_next()
    files = [attachment for _chat, _message, attachment in office.messenger.sent]
    assert files[1] is not None
    assert files[1].telegram_file_id == "telegram-1"


@pytest.mark.parametrize("language", [Language.RU, Language.EN])
async def test_other_language_is_another_document(office: Office, language: Language) -> None:
    aizada = await office.aizada()
    await office.request(aizada)
    other = await office.request(aizada, language=language)
    assert (other.number, other.again) == ("2026-00002", False)


async def test_changed_fact_makes_a_new_document_and_the_old_facts_the_old_one(office: Office) -> None:
    aizada = await office.aizada()
    first = await office.request(aizada)
    await office.enrol(replace(AIZADA, course=3))
    second = await office.request(aizada)
    assert (second.number, second.again) == ("2026-00002", False)
    await office.enrol(AIZADA)
    assert (await office.request(aizada, screen="three")).id == first.id


async def test_change_that_the_paper_does_not_print_makes_no_new_document(office: Office) -> None:
    aizada = await office.aizada()
    first = await office.request(aizada)
    await office.enrol(replace(AIZADA, phone="+996700999999", email="a@x.kg"))
    assert (await office.request(aizada, screen="two")).id == first.id


async def test_next_day_in_bishkek_is_a_new_document(office: Office, clock: StandingClock) -> None:
    clock.moment = datetime(2026, 11, 21, 17, 59, tzinfo=UTC)  # 23:59 in Bishkek
    aizada = await office.aizada()
    first = await office.request(aizada)
    clock.advance(seconds=30)
    assert (await office.request(aizada, screen="two")).id == first.id
    clock.advance(seconds=30)
    assert (await office.request(aizada, screen="three")).number == "2026-00002"


async def test_new_year_begins_a_new_series_at_midnight_in_bishkek(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    clock.moment = datetime(2026, 12, 31, 17, 59, 59, tzinfo=UTC)
    aizada = await office.aizada()
    assert (await office.request(aizada)).number == "2026-00001"
    clock.advance(seconds=1)
    assert (await office.request(aizada)).number == "2027-00001"
    dates = "select issued_on, valid_until from certificates order by id"
    assert await rows(connection, dates) == [
        (date(2026, 12, 31), date(2027, 1, 30)), (date(2027, 1, 1), date(2027, 1, 31)),
    ]  # fmt: skip
    clock.moment = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)  # a replica whose clock is behind
    assert (await office.request(aizada, language=Language.RU)).number == "2026-00002"


async def test_revoked_document_is_not_given_again(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    await office.request(aizada)
    await rows(connection, "update certificates set status = 'revoked' returning id")
    assert (await office.request(aizada, screen="two")).number == "2026-00002"


async def test_kind_without_an_end_has_no_last_day(office: Office, connection: AsyncConnection) -> None:
    await office.request(await office.aizada(), ARCHIVE.id)
    assert await scalar(connection, "select valid_until from certificates") is None


async def test_numbers_and_codes_never_repeat(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA, NURLAN)
    aizada = await office.connect(AIZADAS_PHONE, replace(AIZADA, unit=""))
    await office.enrol(replace(AIZADA, unit=""), NURLAN)
    for course in (1, 2, 3, 4):
        await office.enrol(replace(AIZADA, unit="", course=course), NURLAN)
        await office.request(aizada)
    assert await rows(connection, "select serial from certificates order by id") == [(1,), (2,), (3,), (4,)]
    codes = await rows(connection, "select distinct code from certificates")
    assert [len(str(code)) for (code,) in codes] == [20] * 4


async def test_operator_request_for_a_person_leaves_no_message(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    await office.request(replace(aizada, account_id=None, grants=OPERATOR.grants))
    assert await scalar(connection, "select count(*) from certificates") == 1
    assert await scalar(connection, "select count(*) from messages") == 0


async def test_kinds_are_listed_in_the_order_of_the_university(office: Office) -> None:
    assert await office.certificates.list_kinds(await office.aizada()) == (STUDY, ARCHIVE)


async def test_student_who_studies_again_gets_a_certificate(office: Office) -> None:
    aizada = await office.aizada()
    await office.enrol(replace(AIZADA, status=PersonStatus.LEAVE))
    await office.enrol(AIZADA)
    assert (await office.request(aizada)).number == "2026-00001"
