"""Who stopped the bot is not written to; who comes back gets what is still true."""

from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.dto import Outcome, Receipt, Tally, Urgency
from tests.support.clock import StandingClock
from tests.support.notices import broadcast, leave, readers
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, rows, scalar

REFUSED = Receipt(outcome=Outcome.BLOCKED, error="Forbidden: bot was blocked by the user")
STATES = "select state from messages order by id"


async def test_no_request_is_made_for_who_has_stopped_the_bot(office: Office, connection: AsyncConnection) -> None:
    await leave(office, STRANGERS_PHONE, "first")
    await leave(office, STRANGERS_PHONE, "second", urgency=Urgency.URGENT)
    await leave(office, AIZADAS_PHONE, "other")
    await office.accounts.note_blocked(STRANGERS_PHONE, blocked=True)
    await office.send_all()
    assert readers(office) == [AIZADAS_PHONE]
    assert await rows(connection, STATES) == [("blocked",), ("blocked",), ("sent",)]


async def test_refusal_of_one_message_ends_the_others_of_that_reader(
    office: Office, connection: AsyncConnection
) -> None:
    await leave(office, STRANGERS_PHONE, "first")
    await leave(office, STRANGERS_PHONE, "second")
    office.messenger.receipts = [REFUSED]
    await office.send_all()
    assert len(office.messenger.sent) == 1
    assert await rows(connection, STATES) == [("blocked",), ("blocked",)]


async def test_who_comes_back_by_writing_or_by_starting_anew_gets_what_waited(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    for account, back in ((STRANGERS_PHONE, "writes"), (AIZADAS_PHONE, "starts")):
        await leave(office, account, f"{account}")
        await office.accounts.note_blocked(account, blocked=True)
        notice = await broadcast(office, connection, [account])
        clock.advance(seconds=2)
        await office.send_all()
        assert readers(office).count(account) == 0
        clock.advance(days=6)
        if back == "writes":
            await office.recognise(account)
        else:
            await office.accounts.note_blocked(account, blocked=False)
        await office.send_all()
        assert readers(office).count(account) == 2
        async with office.unit_of_work() as uow:
            assert await uow.broadcasts.tally(notice) == Tally(sent=1)


async def test_what_is_a_week_old_or_no_longer_true_is_not_sent_to_who_comes_back(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, STRANGERS_PHONE, "old")
    await office.accounts.note_blocked(STRANGERS_PHONE, blocked=True)
    await office.send_all()
    clock.advance(days=5)
    await leave_blocked(office, connection)
    clock.advance(days=3)
    office.notices.untrue.add(STRANGERS_PHONE)
    await office.recognise(STRANGERS_PHONE)
    await office.send_all()
    assert readers(office) == []
    assert await rows(connection, STATES) == [("blocked",), ("skipped",)]


async def leave_blocked(office: Office, connection: AsyncConnection) -> None:
    """Leave a message for somebody who has stopped the bot, as another person's act does."""
    await leave(office, AIZADAS_PHONE, "late")
    await rows(connection, "update messages set chat_id = :id where state = 'pending' returning id", id=STRANGERS_PHONE)
    await rows(
        connection,
        "update deliveries set account_id = :id where account_id <> :id returning id",
        id=STRANGERS_PHONE,
    )
    await office.send_all()
    assert await scalar(connection, "select count(*) from messages where state = 'blocked'") == 2


async def test_cancelled_broadcast_does_not_reach_who_comes_back(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.recognise(STRANGERS_PHONE)
    await office.accounts.note_blocked(STRANGERS_PHONE, blocked=True)
    async with office.unit_of_work() as uow:
        await uow.commit()
    notice = await broadcast(office, connection, [AIZADAS_PHONE])
    frozen = "insert into deliveries (notice_id, account_id, ended) values (:n, :a, 'blocked') returning id"
    await rows(connection, frozen, n=notice, a=STRANGERS_PHONE)
    async with office.unit_of_work() as uow:
        await uow.broadcasts.cancel(notice, clock.now())
        await uow.commit()
    await office.recognise(STRANGERS_PHONE)
    assert await office.send_all() == 0
