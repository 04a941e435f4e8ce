"""After a restore no number is given and nothing is printed until an operator says with which number it goes on."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed
from services.certificates.errors import IssuingHalted
from services.register.errors import (
    IssuingNotHalted,
    NumberGivenAlready,
    NumberOfAnotherYear,
    NumberUnreadable,
)
from services.register.fence import IssuingFence
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, changed
from tests.support.tampering import tamper


@pytest.fixture
def fence(office: Office) -> IssuingFence:
    return IssuingFence(office.unit_of_work, office.clock, BishkekCalendar())


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def test_nothing_is_numbered_or_printed_behind_the_fence(
    office: Office, fence: IssuingFence, connection: AsyncConnection, aizada: Actor
) -> None:
    waiting = await office.request(aizada)
    await fence.halt(OPERATOR)
    await office.enrol(changed(AIZADA, course=4))
    before = await picture(connection)
    with pytest.raises(IssuingHalted):
        await office.request(aizada)
    assert not await office.printing.print_next()
    assert await picture(connection) == before

    resumed = await fence.resume(OPERATOR, " 2026-00124 ")
    assert (resumed.number, resumed.skipped) == ("2026-00124", ("2026-00002", "2026-00123"))
    assert (await office.request(aizada)).number == "2026-00124"
    assert await office.printing.print_next()
    assert await scalar(connection, "select file_id is not null from certificates where id = :id", id=waiting.id)
    act = "select subject, details from audit_entries where act = 'issuing_resumed'"
    noted = {"number": "2026-00124", "skipped": ["2026-00002", "2026-00123"]}
    assert await rows(connection, act) == [("register", noted)]
    assert await scalar(connection, "select halted_at from issuing") is None


async def test_first_number_of_a_year_that_began_after_the_backup(
    office: Office, fence: IssuingFence, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    await fence.halt(OPERATOR)
    clock.advance(days=60)
    with pytest.raises(NumberOfAnotherYear):
        await fence.resume(OPERATOR, "2026-00124")
    resumed = await fence.resume(OPERATOR, "2027-00003")
    assert (resumed.number, resumed.skipped) == ("2027-00003", ("2027-00001", "2027-00002"))
    assert (await office.request(aizada)).number == "2027-00003"


async def test_next_number_in_order_skips_none(office: Office, fence: IssuingFence, aizada: Actor) -> None:
    await office.request(aizada)
    await fence.halt(OPERATOR)
    assert (await fence.resume(OPERATOR, "2026-00002")).skipped is None


async def test_number_that_may_have_been_given_is_refused_and_the_fence_stays(
    office: Office, fence: IssuingFence, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await fence.halt(OPERATOR)
    await tamper(connection, "update certificate_series set last_serial = 0")  # the chain and the table know better
    before = await picture(connection)
    for number in ("2026-00000", "2026-124", "00124", "2026-00124; drop", ""):
        with pytest.raises(NumberUnreadable):
            await fence.resume(OPERATOR, number)
    for year in ("2025-00124", "2027-00124"):
        with pytest.raises(NumberOfAnotherYear):
            await fence.resume(OPERATOR, year)
    savepoint = await connection.begin_nested()
    with pytest.raises(NumberGivenAlready) as refused:
        await fence.resume(OPERATOR, "2026-00001")
    await savepoint.rollback()
    assert refused.value.last == "2026-00001"
    await tamper(connection, "delete from certificates")
    with pytest.raises(NumberGivenAlready):
        await fence.resume(OPERATOR, "2026-00001")
    assert await scalar(connection, "select halted_at is not null from issuing")
    assert before["issuing"] == (await picture(connection))["issuing"]


async def test_fence_that_does_not_stand_is_not_lifted(fence: IssuingFence, connection: AsyncConnection) -> None:
    before = await picture(connection)
    with pytest.raises(IssuingNotHalted):
        await fence.resume(OPERATOR, "2026-00001")
    assert await picture(connection) == before


async def test_stranger_neither_halts_nor_resumes(
    office: Office, fence: IssuingFence, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await fence.halt(stranger)
    with pytest.raises(NotAllowed):
        await fence.resume(stranger, "2026-00001")
    assert await picture(connection) == before
