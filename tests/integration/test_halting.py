"""What waited in a backup does not go out by itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed
from services.delivery.dto import BroadcastState, NewBroadcast, NoticeKind, Urgency
from services.delivery.halting import Halting, NotHalted, Resumed
from tests.support.clock import StandingClock
from tests.support.notices import leave
from tests.support.office import STRANGERS_PHONE, Office, picture, rows, scalar

STATES = "select state, error, settled_at is not null from messages order by id"


@pytest.fixture
def halting(office: Office, clock: StandingClock) -> Halting:
    """The use cases of the commands."""
    return Halting(office.unit_of_work, clock)


async def announce(
    connection: AsyncConnection, due_at: datetime, state: str = "scheduled", notice: int | None = None
) -> int:
    """Write an announcement as its feature keeps it; returns its id."""
    written = await connection.execute(
        text(
            "insert into announcements (state, texts, audience, urgency, due_at, recipients, announced_at, notice_id)"
            " values (:state, '{}', 'all', 'normal', :due, 1, :due, :notice) returning id"
        ),
        {"state": state, "due": due_at, "notice": notice},
    )
    return int(written.scalar_one())


async def begin(office: Office, connection: AsyncConnection, *carried: str) -> tuple[int, int]:
    """Begin to send an announcement: one delivery waits, one more for each state of a message.

    Returns the ids of the announcement and of its notice.
    """
    now = office.clock.now()
    broadcast = NewBroadcast(kind=NoticeKind.ANNOUNCEMENT, payload={}, subject="announcement:1", urgency=Urgency.NORMAL)
    async with office.unit_of_work() as uow:
        notice = await uow.broadcasts.open(broadcast, now)
        await uow.commit()
    for number, state in enumerate((None, *carried)):
        await office.recognise(STRANGERS_PHONE + number)
        message = (
            "insert into messages (chat_id, urgency, state, due_at, created_at)"
            " values (:chat, 'normal', :state, :now, :now)"
        )
        delivery = "insert into deliveries (notice_id, account_id, message_id) values (:notice, :chat, {})"
        values = {"chat": STRANGERS_PHONE + number, "notice": notice}
        if state is None:
            await connection.execute(text(delivery.format("null")), values)
        else:
            await connection.execute(
                text(f"with m as ({message} returning id) {delivery.format('(select id from m)')}"),  # noqa: S608 -- ours
                {**values, "state": state, "now": now},
            )
    return await announce(connection, now, "begun", notice), notice


async def test_restored_database_says_that_nothing_goes_out(
    halting: Halting, connection: AsyncConnection, clock: StandingClock
) -> None:
    stored = (
        "insert into inbox (update_id, person_key, payload, received_at, done_at) values (:id, 1, '{}', :at, :done)"
    )
    await connection.execute(text(stored), {"id": 1, "at": clock.now(), "done": clock.now()})
    await connection.execute(text(stored), {"id": 2, "at": clock.now(), "done": None})
    await halting.halt(OPERATOR)
    assert await rows(connection, "select halted_at from send_pace") == [(clock.now(),)]
    parked = "select update_id, parked_at from inbox order by update_id"
    assert await rows(connection, parked) == [(1, None), (2, clock.now())]
    noted = "select act, account_id, details from audit_entries"
    assert await rows(connection, noted) == [("database_restored", None, {"updates": 1})]


async def test_single_messages_of_the_backup_are_unknown_and_answers_stay(
    office: Office, halting: Halting, connection: AsyncConnection, clock: StandingClock
) -> None:
    for number, urgency in enumerate((Urgency.URGENT, Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT, Urgency.ANSWER)):
        await leave(office, STRANGERS_PHONE, f"before {number}", urgency=urgency)
    for offset, state in enumerate(("claimed", "sending", "sent"), start=1):
        await connection.execute(
            text(
                "update messages set state = :state where id = (select id from messages order by id offset :n limit 1)"
            ),
            {"state": state, "n": offset},
        )
    clock.advance(days=30)
    await halting.halt(OPERATOR)
    clock.advance(minutes=5)
    await leave(office, STRANGERS_PHONE, "after the restore", urgency=Urgency.URGENT)
    assert await halting.resume(OPERATOR) == Resumed(unknown=3, interrupted=(), overdue=())
    given_up = ("unknown", "waited in a backup", True)
    assert await rows(connection, STATES) == [
        given_up, given_up, given_up, ("sent", None, False), ("pending", None, False), ("pending", None, False),
    ]  # fmt: skip
    assert await scalar(connection, "select halted_at from send_pace") is None
    act = "select details from audit_entries where act = 'sending_resumed'"
    assert await rows(connection, act) == [({"unknown": 3, "paused": []},)]


async def test_announcements_of_the_backup_are_paused_and_a_person_decides(
    office: Office, halting: Halting, connection: AsyncConnection, clock: StandingClock
) -> None:
    first, notice = await begin(office, connection, "pending", "sending", "sent")
    overdue = await announce(connection, clock.now() + timedelta(days=1))
    later = await announce(connection, clock.now() + timedelta(days=60))
    clock.advance(days=30)
    await halting.halt(OPERATOR)
    clock.advance(minutes=5)
    second, new_notice = await begin(office, connection)
    assert await halting.resume(OPERATOR) == Resumed(unknown=1, interrupted=(first,), overdue=(overdue,))
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.get_state(notice) is BroadcastState.PAUSED
        assert await uow.broadcasts.get_state(new_notice) is BroadcastState.OPEN
        tally = await uow.broadcasts.tally(notice)
    assert (tally.pending, tally.sent, tally.unknown) == (2, 1, 1)
    states = "select id, state from announcements order by id"
    assert await rows(connection, states) == [
        (first, "begun"), (overdue, "paused"), (later, "scheduled"), (second, "begun"),
    ]  # fmt: skip


async def test_sending_that_is_not_halted_is_not_resumed(
    office: Office, halting: Halting, connection: AsyncConnection
) -> None:
    await leave(office, STRANGERS_PHONE, "once", urgency=Urgency.URGENT)
    before = await picture(connection)
    with pytest.raises(NotHalted):
        await halting.resume(OPERATOR)
    assert await picture(connection) == before


async def test_stranger_neither_halts_nor_resumes(
    office: Office, halting: Halting, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    await halting.halt(OPERATOR)
    before = await picture(connection)
    with pytest.raises(NotAllowed):
        await halting.resume(stranger)
    with pytest.raises(NotAllowed):
        await halting.halt(stranger)
    assert await picture(connection) == before


async def test_digest_that_was_begun_later_goes_by_what_it_carries(
    halting: Halting, office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, STRANGERS_PHONE, "old", urgency=Urgency.NORMAL)
    clock.advance(hours=1)
    await halting.halt(OPERATOR)
    await rows(
        connection, "update messages set created_at = :later returning id", later=clock.now() + timedelta(hours=1)
    )
    clock.advance(hours=2)
    assert (await halting.resume(OPERATOR)).unknown == 1


async def test_age_of_a_backup_is_no_outage(
    halting: Halting, office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.send_all()
    clock.advance(days=30)
    await halting.halt(OPERATOR)
    assert await scalar(connection, "select alive_at = :now from send_pace", now=clock.now()) is True
