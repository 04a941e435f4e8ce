"""Printers of several processes, and requests that come while a file is being stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.certificates.printing import LEASE
from services.certificates.register import Unprinted
from services.certificates.rules import subject_of
from services.db.presence import WorkerPresence
from services.db.repositories.outbox import SqlOutbox
from services.delivery.dto import NewNotice
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import Office, office_on
from tests.support.papers import KEY
from tests.support.people import AIZADA, changed
from tests.support.waiting import ask, somebody_waits

DUE = "select due_at is not null from messages order by id"


@pytest.fixture
async def workers(engine: AsyncEngine) -> AsyncIterator[tuple[WorkerPresence, WorkerPresence]]:
    """Two processes that show that they live."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(WorkerPresence(engine))
        second = await stack.enter_async_context(WorkerPresence(engine))
        yield first, second


async def claim(office: Office, worker: int) -> Unprinted | None:
    async with office.unit_of_work() as uow:
        claimed = await uow.print_queue.claim(worker, LEASE)
        await uow.commit()
    return claimed


async def test_each_paper_is_claimed_by_one_of_many_printers(
    busy_office: Office, engine: AsyncEngine, workers: tuple[WorkerPresence, WorkerPresence]
) -> None:
    aizada = await busy_office.aizada()
    for course in range(1, 7):
        await busy_office.enrol(changed(AIZADA, course=course))
        await busy_office.request(aizada)
    numbers = [worker.number for worker in workers] * 6
    claimed = await asyncio.gather(*(claim(busy_office, number) for number in numbers))
    found = [paper.id for paper in claimed if paper is not None]
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    assert await ask(engine, "select distinct attempts from certificates") == [(1,)]


async def test_printer_does_not_wait_for_the_paper_that_another_is_just_taking(
    busy_office: Office, workers: tuple[WorkerPresence, WorkerPresence]
) -> None:
    aizada = await busy_office.aizada()
    for language in (Language.KY, Language.RU):
        await busy_office.request(aizada, language=language)
    async with busy_office.unit_of_work() as uow:
        first = await uow.print_queue.claim(workers[0].number, LEASE)
        async with asyncio.timeout(5):
            second = await claim(busy_office, workers[1].number)
            third = await claim(busy_office, workers[1].number)
    assert first is not None
    assert second is not None
    assert (first.id, second.id, third) == (1, 2, None)


async def test_paper_of_a_living_worker_is_left_to_it_until_its_lease_ends(
    busy_office: Office, engine: AsyncEngine, workers: tuple[WorkerPresence, WorkerPresence]
) -> None:
    await busy_office.request(await busy_office.aizada())
    first, second = workers
    assert await claim(busy_office, first.number) is not None
    assert await claim(busy_office, second.number) is None
    assert await claim(busy_office, first.number) is None
    await ask(engine, "update certificates set leased_until = clock_timestamp() returning id")
    taken = await claim(busy_office, second.number)
    assert taken is not None
    assert taken.attempt == 2


async def test_paper_of_a_dead_worker_is_taken_over_at_once(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock
) -> None:
    await busy_office.request(await busy_office.aizada())
    async with WorkerPresence(engine) as survivor:
        async with WorkerPresence(engine) as victim:
            assert await claim(busy_office, victim.number) is not None
        office = office_on(engine, clock, worker=survivor.number)
        assert await office.printing.print_next()
        assert await office.send_all() == 1
    assert await ask(engine, "select attempts, file_id is not null from certificates") == [(2, True)]


async def test_many_printers_at_once_print_and_send_every_paper_once(
    busy_office: Office, engine: AsyncEngine, clock: StandingClock, workers: tuple[WorkerPresence, WorkerPresence]
) -> None:
    aizada = await busy_office.aizada()
    for course in range(1, 8):
        await busy_office.enrol(changed(AIZADA, course=course))
        await busy_office.request(aizada, screen=f"screen {course}")
    offices = [office_on(engine, clock, worker=worker.number) for worker in workers for _ in range(2)]

    async def work(office: Office) -> None:
        while await office.printing.print_next():
            pass
        await office.send_all()

    await asyncio.gather(*(work(office) for office in offices))
    assert await ask(engine, "select count(*), count(distinct file_id) from certificates") == [(7, 7)]
    sent = [message.file_name for office in offices for _chat, message, _file in office.messenger.sent]
    assert sorted(sent) == [f"2026-0000{serial}.pdf" for serial in range(1, 8)]


@pytest.mark.parametrize("spoiled", [False, True], ids=["stored", "given up"])
async def test_request_that_comes_while_the_file_is_being_stored_gets_its_message(
    busy_office: Office, engine: AsyncEngine, spoiled: bool
) -> None:
    office = busy_office
    aizada = await office.aizada()
    await office.request(aizada)
    claimed = await claim(office, 1)
    assert claimed is not None
    paper = await office.press.produce(claimed.paper, code=claimed.code, signed_at=office.clock.now())
    async with asyncio.TaskGroup() as group, office.unit_of_work() as uow:
        if spoiled:
            assert await uow.print_queue.give_up(claimed, 1, office.clock.now())
        else:
            assert await uow.print_queue.store(claimed, 1, paper, KEY)
        await uow.outbox.release(subject_of(claimed.id), office.clock.now())
        group.create_task(office.request(aizada, screen="two"))
        await somebody_waits(engine)
        await uow.commit()
    if spoiled:  # the request came after the failure: the paper is printed once more
        assert await ask(engine, DUE) == [(True,), (False,)]
        assert await office.printing.print_next()
    assert await ask(engine, DUE) == [(True,), (True,)]


async def test_file_that_is_stored_while_a_request_is_under_way_releases_its_message(
    busy_office: Office, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = busy_office
    aizada = await office.aizada()
    issued = await office.request(aizada)
    claimed = await claim(office, 1)
    assert claimed is not None
    paper = await office.press.produce(claimed.paper, code=claimed.code, signed_at=office.clock.now())

    async def store() -> None:
        async with office.unit_of_work() as uow:
            assert await uow.print_queue.store(claimed, 1, paper, KEY)
            await uow.outbox.release(subject_of(claimed.id), office.clock.now())
            await uow.commit()

    left = SqlOutbox.add

    async def leave(self: SqlOutbox, notice: NewNotice, now: datetime) -> bool:
        """The printer begins to store after the request has looked, before it leaves its message."""
        tasks.append(asyncio.ensure_future(store()))
        await somebody_waits(engine)
        return await left(self, notice, now)

    tasks: list[asyncio.Future[None]] = []
    monkeypatch.setattr(SqlOutbox, "add", leave)
    assert (await office.request(aizada, screen="two")).id == issued.id
    await asyncio.gather(*tasks)
    assert len(tasks) == 1
    assert await ask(engine, DUE) == [(True,), (True,)]
