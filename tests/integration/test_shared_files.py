"""A file for many is brought to Telegram once; the others wait for Telegram's copy of it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.presence import WorkerPresence
from services.delivery.dto import Attachment, Outcome, Receipt
from services.delivery.sending import LEASE, Prepared
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import Office, office_on
from tests.support.waiting import ask

LEASE_ENDS = "update telegram_files set leased_until = clock_timestamp() - interval '1 ms' returning 1"
COPY = "select telegram_file_id from telegram_files"


@pytest.fixture
async def survivor(engine: AsyncEngine) -> AsyncIterator[WorkerPresence]:
    async with WorkerPresence(engine) as presence:
        yield presence


@pytest.fixture
async def office(engine: AsyncEngine, clock: StandingClock, survivor: WorkerPresence) -> Office:
    """A worker that lives; two answers wait that bring the same new file, to two chats."""
    office = office_on(engine, clock, worker=survivor.number)
    aizada = await office.aizada()
    await office.request(aizada)
    await office.printing.print_next()
    await office.request(aizada, screen="two")
    # Answers of one chat do not meet: they go out one after the other.
    await ask(engine, "update messages set chat_id = 7009 where id = (select max(id) from messages) returning 1")
    return office


async def prepare(office: Office, worker: int) -> Prepared | None:
    """Take the next answer and find its file."""
    async with office.unit_of_work() as uow:
        message = await uow.queue.claim_answer(worker, LEASE, office.clock.now(), Language.KY)
        await uow.commit()
    assert message is not None
    return await office.delivery.sending.prepare(message)


def attachments(office: Office) -> list[Attachment | None]:
    return [attachment for _chat, _message, attachment in office.messenger.sent]


async def test_one_message_brings_the_file_and_the_other_uses_telegrams_copy(
    office: Office, engine: AsyncEngine, clock: StandingClock, survivor: WorkerPresence
) -> None:
    first = await prepare(office, survivor.number)
    assert first is not None
    assert first.attachment is not None
    assert first.attachment.content is not None
    assert await prepare(office, survivor.number) is None
    assert await office.send_all() == 0
    assert await office.delivery.sending.start(first)
    await office.delivery.sending.settle(first, await office.delivery.sending.request(first))
    clock.advance(seconds=1)
    assert await office.send_all() == 1
    assert [file.telegram_file_id if file else "" for file in attachments(office)] == [None, "telegram-1"]
    assert await ask(engine, COPY) == [("telegram-1",)]


@pytest.mark.parametrize("how", ["dies", "is too slow", "goes back", "is refused", "is lost"])
async def test_file_that_did_not_get_there_is_brought_by_another_message(
    office: Office, engine: AsyncEngine, clock: StandingClock, survivor: WorkerPresence, how: str
) -> None:
    async with WorkerPresence(engine) as victim:
        hand = office_on(engine, clock, worker=victim.number)
        first = await prepare(hand, victim.number)
        assert first is not None
        assert await prepare(office, survivor.number) is None
        clock.advance(seconds=1)
        if how == "is too slow":
            await ask(engine, LEASE_ENDS)
        elif how == "goes back":
            await hand.delivery.sending.give_back(first)
        elif how in {"is refused", "is lost"}:
            outcome = Outcome.FAILED if how == "is refused" else Outcome.UNKNOWN
            assert await hand.delivery.sending.start(first)
            await hand.delivery.sending.settle(first, Receipt(outcome=outcome))
        if how != "dies":
            assert await office.send_all() >= 1
    assert await office.send_all() == {"dies": 2, "is too slow": 1}.get(how, 0)
    files = attachments(office)
    assert files[0] is not None
    assert files[0].content is not None
    assert all(file is not None and file.telegram_file_id == "telegram-1" for file in files[1:])


async def test_copy_that_another_made_meanwhile_is_kept(
    office: Office, engine: AsyncEngine, clock: StandingClock
) -> None:
    async with WorkerPresence(engine) as slow:
        hand = office_on(engine, clock, worker=slow.number)
        first = await prepare(hand, slow.number)
        assert first is not None
        await ask(engine, LEASE_ENDS)
        assert await office.send_all() == 1
        await hand.delivery.sending.give_back(first)
        assert await ask(engine, COPY) == [("telegram-1",)]
        stale = Attachment(name="a", telegram_file_id="older", content=None)
        old = Prepared(message=first.message, outgoing=first.outgoing, attachment=stale)
        await hand.delivery.sending.settle(old, Receipt(outcome=Outcome.STALE_FILE))
        assert await ask(engine, COPY) == [("telegram-1",)]
