"""Printing: from the frozen paper only, the first bytes for ever."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor
from services.certificates.printing import ATTEMPTS, CLAIMS
from services.certificates.register import Unprinted
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, Office, rows, scalar
from tests.support.papers import KEY
from tests.support.people import AIZADA, changed

MESSAGES = "select state, due_at from messages order by id"


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def lease_ends(connection: AsyncConnection) -> None:
    """Let the printer's lease run out."""
    await rows(connection, "update certificates set leased_until = clock_timestamp() - interval '1 s' returning id")


async def spoil(office: Office, connection: AsyncConnection, times: int) -> None:
    """Let the next prints fail, each after the lease of the one before."""
    office.press.failures = times
    for _ in range(times):
        assert await office.printing.print_next()
        await lease_ends(connection)


async def test_nothing_is_printed_where_nothing_waits(office: Office) -> None:
    assert not await office.printing.print_next()
    assert office.press.produced == []


async def test_printed_file_is_stored_with_its_digest_time_and_key(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    clock.advance(seconds=2)
    assert await office.printing.print_next()
    (stored,) = await rows(
        connection,
        "select c.signed_at, c.key_fingerprint, c.worker, c.failed_at, f.content, f.sha256, f.size, f.mime"
        " from certificates c join files f on f.id = c.file_id",
    )
    signed_at, fingerprint, worker, failed_at, content, digest, size, mime = stored
    assert isinstance(content, bytes)
    assert (signed_at, fingerprint, worker, failed_at) == (clock.now(), KEY.fingerprint, None, None)
    assert (digest, size, mime) == (hashlib.sha256(content).digest(), len(content), "application/pdf")
    assert await scalar(connection, "select authority_pems->>0 from signing_keys") == KEY.authority_pems[0]
    assert not await office.printing.print_next()


async def test_finished_document_goes_out_exactly_once(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    rung = office.outbox_bell.rung
    await office.printing.print_next()
    assert office.outbox_bell.rung == rung + 1
    assert await rows(connection, MESSAGES) == [("pending", clock.now())]
    assert await office.send_all() == 1
    assert await office.send_all() == 0
    ((chat, message, attachment),) = office.messenger.sent
    assert (chat, message.file_name) == (AIZADAS_PHONE, "2026-00001.pdf")
    assert attachment is not None
    assert attachment.content is not None
    assert attachment.content.startswith(b"%PDF")


async def test_oldest_certificate_is_printed_first_and_each_by_itself(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    for course in (1, 2, 3):
        await office.enrol(changed(AIZADA, course=course))
        await office.request(aizada)
    await office.printing.print_next()
    assert await rows(connection, "select serial, file_id is null from certificates order by serial") == [
        (1, False), (2, True), (3, True),
    ]  # fmt: skip
    while await office.printing.print_next():
        pass
    assert [paper["number"] for paper in office.press.produced] == ["2026-00001", "2026-00002", "2026-00003"]


async def test_failed_print_is_tried_again_after_its_lease(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await spoil(office, connection, ATTEMPTS - 1)
    assert await rows(connection, MESSAGES) == [("pending", None)]
    assert await office.printing.print_next()
    assert len(office.press.produced) == 1
    assert await office.send_all() == 1


async def test_after_three_failures_the_student_is_told_once(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    await spoil(office, connection, ATTEMPTS)
    assert await rows(connection, "select failed_at, worker from certificates") == [(clock.now(), None)]
    assert not await office.printing.print_next()
    assert await office.send_all() == 1
    assert [message.text for _chat, message, _file in office.messenger.sent] == ["certificate_ready in ky: failed"]


async def test_paper_that_ends_every_printer_is_given_up_in_the_end(
    office: Office, connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch, aizada: Actor
) -> None:
    await office.request(aizada)

    async def burst(*_paper: object, **_order: object) -> None:
        raise RuntimeError("neither printed nor refused")

    monkeypatch.setattr(office.press, "produce", burst)
    for _ in range(CLAIMS):
        with pytest.raises(RuntimeError, match="neither"):
            await office.printing.print_next()
        assert await rows(connection, MESSAGES) == [("pending", None)]
        await lease_ends(connection)
    assert await office.printing.print_next()
    assert not await office.printing.print_next()
    await office.send_all()
    assert [message.text for _chat, message, _file in office.messenger.sent] == ["certificate_ready in ky: failed"]


@pytest.mark.parametrize("screen", ["one", "two"], ids=["the same screen", "another screen"])
async def test_new_request_prints_the_same_certificate_again_and_sends_it(
    office: Office, connection: AsyncConnection, aizada: Actor, screen: str
) -> None:
    first = await office.request(aizada)
    await spoil(office, connection, ATTEMPTS)
    await office.send_all()
    again = await office.request(aizada, screen=screen)
    assert (again.id, again.number) == (first.id, first.number)
    assert (await office.request(aizada, screen=screen)).id == first.id  # a second tap changes nothing
    assert await office.printing.print_next()
    assert await office.send_all() == 1
    (_chat, message, _file) = office.messenger.sent[-1]
    assert message.file_id is not None
    assert await scalar(connection, "select last_serial from certificate_series") == 1


async def test_first_stored_bytes_stay(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    await office.request(aizada)
    async with office.unit_of_work() as uow:
        slow = await uow.print_queue.claim(1, timedelta())  # its time is over at once
        await uow.commit()
    assert slow is not None
    await office.printing.print_next()
    stored = await rows(connection, "select id, content from files")
    late = await office.press.produce(slow.paper, code=slow.code, signed_at=office.clock.now())
    async with office.unit_of_work() as uow:
        assert not await uow.print_queue.store(slow, 1, late, KEY)
    assert await rows(connection, "select id, content from files") == stored


@pytest.mark.parametrize("worker", [1, 2], ids=["its own worker", "another worker"])
async def test_printer_that_was_too_slow_neither_stores_nor_gives_up(
    office: Office, connection: AsyncConnection, aizada: Actor, worker: int
) -> None:
    await office.request(aizada)
    claims: list[Unprinted] = []
    for number in (1, worker):
        async with office.unit_of_work() as uow:
            claimed = await uow.print_queue.claim(number, timedelta())  # its time is over at once
            await uow.commit()
        assert claimed is not None
        claims.append(claimed)
    paper = await office.press.produce(claims[0].paper, code=claims[0].code, signed_at=office.clock.now())
    async with office.unit_of_work() as uow:
        assert not await uow.print_queue.store(claims[0], 1, paper, KEY)
        assert not await uow.print_queue.give_up(claims[0], 1, office.clock.now())
        assert await uow.print_queue.store(claims[1], worker, paper, KEY)
        await uow.commit()
    assert await scalar(connection, "select failed_at is null and file_id is not null from certificates")


async def test_other_peoples_messages_are_not_released(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await office.enrol(changed(AIZADA, course=3))
    await office.request(aizada)
    await office.printing.print_next()
    assert [due for _state, due in await rows(connection, MESSAGES)] == [office.clock.now(), None]
