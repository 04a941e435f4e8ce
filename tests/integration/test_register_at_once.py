"""The chain where several connections matter: many writers, and the certificates of before the register."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.jobs import post_head
from services.access import OPERATOR
from services.certificates.dto import RevocationReason
from services.db.presence import WorkerPresence
from services.db.schema import migrate
from services.db.uow import unit_of_work_factory
from services.register.dto import AuditReport, Head
from services.register.heads import DailyHeads
from services.register.service import RegisterService
from tests.integration.test_certificate_series import students
from tests.support.clock import StandingClock
from tests.support.office import Office, rows
from tests.support.papers import BishkekCalendar


async def test_issuing_printing_and_revoking_at_once_leave_one_chain(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock
) -> None:
    people = await students(busy_office, 12)
    first = [await busy_office.request(person) for person in people[:4]]

    async def revoke(certificate_id: int) -> None:
        await busy_office.revocations.revoke(OPERATOR, certificate_id, RevocationReason.MISUSED)

    async with asyncio.timeout(20):
        await asyncio.gather(
            *(busy_office.request(person) for person in people[4:]),
            *(busy_office.printing.print_next() for _ in range(6)),
            *(revoke(one.id) for one in first[:3]),
        )
        while await busy_office.printing.print_next():
            pass
    report = await audited(engine, clock)
    async with engine.connect() as connection:
        printed = len(await rows(connection, "select 1 from certificates where file_id is not null"))
    assert (report.entries, report.certificates) == (12 + 3 + printed, 12)


async def test_register_of_one_moment_is_audited_while_others_write(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.register.service._PIECE", 1)
    people = await students(busy_office, 10)
    await busy_office.request(people[0])
    async with asyncio.timeout(20):
        requests = [busy_office.request(person) for person in people[1:]]
        report, _ = await asyncio.gather(audited(engine, clock), asyncio.gather(*requests))
    assert report.fault_count == 0


async def test_certificates_of_before_the_register_get_their_entries(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await students(busy_office, 4)
    for person in people:
        await busy_office.request(person)
        clock.advance(seconds=1, microseconds=3)
    for _ in range(3):
        await busy_office.printing.print_next()
        clock.advance(seconds=1)
    async with engine.connect() as connection:
        (second,) = (await rows(connection, "select id from certificates where serial = 2"))[0]
    assert isinstance(second, int)
    await busy_office.revocations.revoke(OPERATOR, second, RevocationReason.OTHER, "башка адам")
    events = "select seq, event, number, at from register_entries order by seq"
    async with engine.connect() as connection:
        written = await rows(connection, events)
    monkeypatch.setattr("migrations.register_of_20261122._PIECE", 3)
    await migrate(engine, "20261122_0430")
    await migrate(engine)
    async with engine.connect() as connection:
        assert await rows(connection, events) == written
        assert await rows(connection, "select distinct octet_length(salt) from certificates") == [(32,)]
        refused = await connection.execute(text("select count(*) from pg_trigger where tgname = 'append_only'"))
        assert refused.scalar_one() == 1
    assert (await audited(engine, clock)).fault_count == 0
    assert await busy_office.printing.print_next()
    assert (await audited(engine, clock)).entries == len(written) + 1


async def test_head_is_posted_by_one_replica_only(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock
) -> None:
    (aizada,) = await students(busy_office, 1)
    await busy_office.request(aizada)
    clock.advance(days=1)
    posted, other_looked = [], asyncio.Event()

    class SlowChannel:
        """Posts when the other replica has looked."""

        async def post(self, head: Head) -> bool:
            """Note it."""
            await other_looked.wait()
            posted.append(head.seq)
            return True

    heads = DailyHeads(busy_office.unit_of_work, clock, BishkekCalendar(), SlowChannel())

    async def look(presence: WorkerPresence) -> None:
        await post_head(heads, presence)
        other_looked.set()

    async with asyncio.timeout(20), WorkerPresence(engine) as one, WorkerPresence(engine) as other:
        await asyncio.gather(look(one), look(other))
        await look(other)
    assert posted == [1]


async def audited(engine: AsyncEngine, clock: StandingClock) -> AuditReport:
    one_moment = engine.execution_options(isolation_level="REPEATABLE READ")
    report = await RegisterService(unit_of_work_factory(one_moment), clock).audit(OPERATOR)
    assert report.faults == ()
    return report
