"""The series of numbers and the one document a day, with many connections at once."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.access import Actor, LinkedPerson
from services.db.repositories.outbox import SqlOutbox
from services.delivery.dto import NewNotice
from services.languages import Language
from tests.support.office import Office, rows
from tests.support.people import AIZADA

SERIES = "select serial from certificates order by serial"


async def students(office: Office, number: int) -> list[Actor]:
    """Enrol people who differ by their numbers and give each an account."""
    entries = [replace(AIZADA, unit="", person_no=f"S-{place:03}") for place in range(number)]
    await office.enrol(*entries)
    actors = []
    async with office.unit_of_work() as uow:
        for place, entry in enumerate(entries):
            stored = await uow.people.find_by_number(entry.person_no)
            assert stored is not None
            account = 10_000 + place
            await uow.accounts.see(account, office.clock.now())
            await uow.links.link(account, stored.id, office.clock.now())
            person = LinkedPerson(id=stored.id, person_no=entry.person_no, full_name="Маматова Айзада")
            actors.append(Actor(account_id=account, language=Language.KY, person=person))
        await uow.commit()
    return actors


async def test_fifty_people_at_once_get_the_numbers_from_one_to_fifty(busy_office: Office, engine: AsyncEngine) -> None:
    people = await students(busy_office, 50)
    issued = await asyncio.gather(*(busy_office.request(person) for person in people))
    assert sorted(certificate.number for certificate in issued) == [f"2026-{place:05}" for place in range(1, 51)]
    async with engine.connect() as connection:
        assert await rows(connection, SERIES) == [(place,) for place in range(1, 51)]
        assert len(await rows(connection, "select 1 from messages")) == 50
        assert len(await rows(connection, "select distinct code from certificates")) == 50


async def test_twenty_taps_of_one_person_at_once_are_one_certificate_and_one_message(
    busy_office: Office, engine: AsyncEngine
) -> None:
    (aizada,) = await students(busy_office, 1)
    issued = await asyncio.gather(*(busy_office.request(aizada) for _ in range(20)))
    assert {certificate.number for certificate in issued} == {"2026-00001"}
    assert not any(certificate.again for certificate in issued)  # one screen: nothing is sent a second time
    async with engine.connect() as connection:
        assert await rows(connection, SERIES) == [(1,)]
        assert await rows(connection, "select last_serial from certificate_series") == [(1,)]
        assert len(await rows(connection, "select 1 from messages")) == 1


async def test_request_that_is_undone_gives_its_number_to_the_next(
    busy_office: Office, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await students(busy_office, 12)
    unlucky = {person.account_id for person in people[::3]}
    whole = SqlOutbox.add

    async def break_down(self: SqlOutbox, notice: NewNotice, now: datetime) -> bool:
        if notice.account_id in unlucky:
            raise ConnectionError("the network is gone")
        return await whole(self, notice, now)

    monkeypatch.setattr(SqlOutbox, "add", break_down)
    outcomes = await asyncio.gather(*(busy_office.request(person) for person in people), return_exceptions=True)
    assert [isinstance(outcome, ConnectionError) for outcome in outcomes] == [
        person.account_id in unlucky for person in people
    ]
    async with engine.connect() as connection:
        assert await rows(connection, SERIES) == [(place,) for place in range(1, 9)]


async def test_certificate_that_could_not_be_printed_is_asked_for_by_many_taps_at_once(
    busy_office: Office, engine: AsyncEngine
) -> None:
    (aizada,) = await students(busy_office, 1)
    await busy_office.request(aizada)
    await fail(busy_office, engine)
    issued = await asyncio.gather(*(busy_office.request(aizada, screen=f"screen {tap % 4}") for tap in range(12)))
    assert {certificate.id for certificate in issued} == {1}
    async with engine.connect() as connection:
        assert await rows(connection, "select failed_at, attempts from certificates") == [(None, 0)]
        waiting = "select count(*) from messages where state = 'pending' and due_at is null"
        assert await rows(connection, waiting) == [(4,)]


async def fail(office: Office, engine: AsyncEngine) -> None:
    """Let the printing fail for good."""
    office.press.failures = 3
    for _ in range(3):
        assert await office.printing.print_next()
        async with engine.begin() as connection:
            await expire(connection)


async def expire(connection: AsyncConnection) -> None:
    """Let the leases of the printers run out."""
    await rows(connection, "update certificates set leased_until = clock_timestamp() - interval '1 s' returning id")


async def test_requests_of_two_years_do_not_wait_for_each_other(busy_office: Office, engine: AsyncEngine) -> None:
    first, second = await students(busy_office, 2)
    async with busy_office.unit_of_work() as uow:
        assert await uow.certificates.take_serial(2025) == 1  # a slow request of last year's, not yet committed
        async with asyncio.timeout(5):
            assert (await busy_office.request(first)).number == "2026-00001"
    assert (await busy_office.request(second)).number == "2026-00002"
    async with engine.connect() as connection:
        assert await rows(connection, "select year from certificate_series") == [(2026,)]
