"""Certificates that the register has lost come back from their files, each as it was and once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed
from services.certificates.dto import PaperOrder, Replaced, VerdictKind
from services.certificates.entering import Entering, EnteringAgain, OwnFile
from services.certificates.errors import (
    FileAltered,
    FileCarriesNothing,
    FileNotOurs,
    KeyNotTrusted,
    NumberTaken,
    UnknownHolder,
)
from services.errors import Refusal
from services.languages import Language
from services.register.service import RegisterService
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.papers import KEY, intact_file
from tests.support.people import AIZADA
from tests.support.tampering import tamper

CONTENT = b"%PDF of ours"
FACTS = {"name": "Маматова Айзада Бакытовна", "course": "2"}


class ToldReader:
    """Reads in every file what it was told."""

    def __init__(self, file: OwnFile | None) -> None:
        self.file = file

    def read(self, _content: bytes, _authorities: Sequence[bytes]) -> OwnFile | None:
        """Return it."""
        return self.file


def order(number: str = "2026-00041", **facts: object) -> PaperOrder:
    whole = PaperOrder(
        kind="study", language=Language.KY, number=number, code="7K3QX9MVP2RTABCDE123", issued_on=date(2026, 11, 20),
        valid_until=date(2026, 12, 20), facts=FACTS,
    )  # fmt: skip
    return replace(whole, **facts)  # type: ignore[arg-type]  # fields of the order


@pytest.fixture
def reader(clock: StandingClock) -> ToldReader:
    return ToldReader(OwnFile(order=order(), signed_at=clock.now() - timedelta(days=1), key=KEY))


@pytest.fixture
def entering(office: Office, reader: ToldReader) -> EnteringAgain:
    return EnteringAgain(office.unit_of_work, office.clock, office.inspector, reader)


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def holds(office: Office, entries: int) -> None:
    report = await RegisterService(office.unit_of_work, office.clock).audit(OPERATOR)
    assert (report.faults, report.entries) == ((), entries)


@pytest.mark.usefixtures("aizada")
async def test_lost_certificate_is_what_it_was_and_the_series_goes_on_behind_it(
    office: Office, entering: EnteringAgain, connection: AsyncConnection, clock: StandingClock
) -> None:
    entered = await entering.enter(OPERATOR, CONTENT, AIZADA.person_no)
    assert (entered.number, entered.result, entered.name) == ("2026-00041", Entering.ENTERED, FACTS["name"])
    stored = "select code, kind, language, valid_until, facts, signed_at, key_fingerprint, status from certificates"
    assert await rows(connection, stored) == [
        ("7K3QX9MVP2RTABCDE123", "study", "ky", date(2026, 12, 20), FACTS, clock.now() - timedelta(days=1),
         KEY.fingerprint, "issued"),
    ]  # fmt: skip
    assert await rows(connection, "select event, number from register_entries") == [("entered_again", "2026-00041")]
    assert await scalar(connection, "select last_serial from certificate_series") == 41
    act = "select details from audit_entries where act = 'certificate_entered_again'"
    assert await rows(connection, act) == [({"number": "2026-00041", "result": "entered"},)]
    assert (await office.verification.verify_file(CONTENT)).kind is VerdictKind.VALID
    before = await picture(connection)
    again = await entering.enter(OPERATOR, CONTENT, AIZADA.person_no)
    assert again.result is Entering.THERE_ALREADY
    assert await picture(connection) == before
    await holds(office, 1)
    assert not await office.printing.print_next()


async def test_certificate_that_the_backup_had_unprinted_gets_its_file(
    office: Office, entering: EnteringAgain, reader: ToldReader, connection: AsyncConnection, aizada: Actor
) -> None:
    issued = await office.request(aizada)
    (found,) = await rows(connection, "select code, facts, issued_on, valid_until from certificates")
    code, facts, issued_on, valid_until = found
    same = order(issued.number, code=code, facts=facts, issued_on=issued_on, valid_until=valid_until)
    reader.file = OwnFile(order=same, signed_at=office.clock.now(), key=KEY)
    entered = await entering.enter(OPERATOR, CONTENT, AIZADA.person_no)
    assert entered.result is Entering.COMPLETED
    assert not await office.printing.print_next()
    assert await office.send_all() == 1  # who asked for it gets it now
    await holds(office, 2)


async def test_paper_that_was_issued_anew_meanwhile_stands_beside_it(
    office: Office, entering: EnteringAgain, reader: ToldReader, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await office.printing.print_next()
    (found,) = await rows(connection, "select facts, issued_on from certificates")
    facts, issued_on = found
    lost = order(facts=facts, issued_on=issued_on)
    reader.file = OwnFile(order=lost, signed_at=office.clock.now(), key=KEY)
    assert (await entering.enter(OPERATOR, CONTENT, AIZADA.person_no)).result is Entering.ENTERED
    assert await scalar(connection, "select count(distinct facts_digest) from certificates") == 2
    await holds(office, 3)


async def test_what_it_replaced_is_replaced_again(
    office: Office, entering: EnteringAgain, reader: ToldReader, connection: AsyncConnection, aizada: Actor
) -> None:
    first = await office.request(aizada)
    report = await office.reports.report(aizada, first.id, "last_name", "Асанбаева")
    replaced = Replaced(id=0, number=first.number, issued_on=date(2026, 11, 20))
    reader.file = OwnFile(order=order(replaces=replaced), signed_at=office.clock.now(), key=KEY)
    await entering.enter(OPERATOR, CONTENT, AIZADA.person_no)
    assert await rows(connection, "select number, status from certificates order by id") == [
        ("2026-00001", "superseded"), ("2026-00041", "issued"),
    ]  # fmt: skip
    newer = await scalar(connection, "select id from certificates where number = '2026-00041'")
    assert await rows(connection, "select id, certificate_id from fact_reports") == [(report.id, newer)]
    await holds(office, 3)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"readable": False, "signed_by_us": False}, FileNotOurs),
        ({"signed_by_us": False, "unchanged": None}, FileNotOurs),
        ({"unchanged": False}, FileAltered),
        ({"key_valid_then": False}, KeyNotTrusted),
        ({"key_valid_then": None}, KeyNotTrusted),
    ],
)
@pytest.mark.usefixtures("aizada")
async def test_file_that_is_not_surely_ours_is_refused(
    office: Office,
    entering: EnteringAgain,
    connection: AsyncConnection,
    found: dict[str, bool | None],
    reason: type[Refusal],
) -> None:
    office.inspector.finding = replace(intact_file(CONTENT), **found)  # type: ignore[arg-type]  # fields of it
    await refused(entering, connection, reason)


async def test_file_without_an_order_and_a_number_that_is_taken_are_refused(
    office: Office, entering: EnteringAgain, reader: ToldReader, connection: AsyncConnection, aizada: Actor
) -> None:
    whole = reader.file
    assert whole is not None
    reader.file = None
    await refused(entering, connection, FileCarriesNothing)
    reader.file = replace(whole, order=order("41"))
    await refused(entering, connection, FileCarriesNothing)
    reader.file = whole
    await refused(entering, connection, UnknownHolder, person_no="nobody")
    issued = await office.request(aizada)
    reader.file = replace(whole, order=order(issued.number))
    await refused(entering, connection, NumberTaken)  # of another code
    code = await scalar(connection, "select code from certificates")
    reader.file = replace(whole, order=order(code=code))
    await refused(entering, connection, NumberTaken)  # the code of another number
    reader.file = replace(whole, order=order(issued.number, code=code))
    await refused(entering, connection, NumberTaken)  # of other facts
    await office.printing.print_next()
    await refused(entering, connection, NumberTaken)  # other bytes
    await tamper(connection, "update signing_keys set invalid_since = now()")
    await refused(entering, connection, KeyNotTrusted)


async def refused(
    entering: EnteringAgain, connection: AsyncConnection, reason: type[Refusal], person_no: str = AIZADA.person_no
) -> None:
    before = await picture(connection)
    with pytest.raises(reason):
        await entering.enter(OPERATOR, CONTENT, person_no)
    assert await picture(connection) == before


async def test_stranger_enters_nothing(office: Office, entering: EnteringAgain, connection: AsyncConnection) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await entering.enter(stranger, CONTENT, AIZADA.person_no)
    assert await picture(connection) == before
