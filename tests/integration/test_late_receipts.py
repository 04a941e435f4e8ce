"""What was given up, and is told of after all; and what goes back unsent."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.uow import UnitOfWorkFactory
from services.delivery.dto import (
    ClaimedMessage,
    DueNotice,
    NewNotice,
    NoticeKind,
    Outcome,
    OutgoingMessage,
    Receipt,
    Urgency,
)
from services.delivery.sending import Prepared
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import STRANGERS_PHONE, Office, rows, scalar

STATE = "select state, attempts, error, telegram_message_id from messages order by id"
SENT = Receipt(outcome=Outcome.SENT, telegram_message_id=7)
GIVEN_UP = ("unknown", 1, "the worker died while sending", None)


async def leave(office: Office, occasion: str = "once", urgency: Urgency = Urgency.NORMAL) -> None:
    await office.recognise(STRANGERS_PHONE)
    notice = NewNotice(
        kind=NoticeKind.LINK_MOVED, account_id=STRANGERS_PHONE, urgency=urgency, subject="person:1",
        payload={"words": occasion}, occasion=occasion, due_at=office.clock.now(),
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        await uow.outbox.add(notice, office.clock.now())
        await uow.commit()


async def take(office: Office) -> ClaimedMessage:
    (message,) = await office.delivery.rounds.take(1)
    return message


async def begin(office: Office) -> Prepared:
    """Take one, and start it."""
    prepared = await office.delivery.sending.prepare(await take(office))
    assert prepared is not None
    assert await office.delivery.sending.start(prepared)
    return prepared


async def give_up(office: Office, connection: AsyncConnection) -> None:
    """Let the lease of what is in hand end."""
    await rows(connection, "update messages set leased_until = clock_timestamp() - interval '1 ms' returning id")
    await office.delivery.rounds.revive()


@pytest.fixture
async def given_up(office: Office, connection: AsyncConnection) -> Prepared:
    """An urgent message that took so long that it was given up."""
    await leave(office, urgency=Urgency.URGENT)
    prepared = await begin(office)
    await give_up(office, connection)
    assert await rows(connection, STATE) == [GIVEN_UP]
    return prepared


@pytest.mark.parametrize(
    ("receipt", "end"),
    [
        (SENT, ("sent", 1, None, 7)),
        (Receipt(outcome=Outcome.FAILED, error="chat not found"), ("failed", 1, "chat not found", None)),
        (Receipt(outcome=Outcome.BLOCKED, error="blocked"), ("blocked", 1, "blocked", None)),
        (Receipt(outcome=Outcome.UNKNOWN, error="TimeoutError"), ("unknown", 1, "TimeoutError", None)),
    ],
)
async def test_late_receipt_still_says_what_became_of_a_message(
    office: Office, connection: AsyncConnection, given_up: Prepared, receipt: Receipt, end: tuple[object, ...]
) -> None:
    await office.delivery.sending.settle(given_up, receipt)
    assert await rows(connection, STATE) == [end]
    blocked = await scalar(connection, "select blocked_at is not null from accounts")
    assert blocked is (receipt.outcome is Outcome.BLOCKED)
    await office.delivery.sending.settle(given_up, Receipt(outcome=Outcome.SENT, telegram_message_id=8))
    if receipt.outcome is not Outcome.UNKNOWN:
        assert await rows(connection, STATE) == [end]


@pytest.mark.parametrize("receipt", [SENT, Receipt(outcome=Outcome.TOO_MANY, retry_after=0.0, error="429")])
async def test_receipt_of_another_worker_or_attempt_changes_nothing(
    office: Office, connection: AsyncConnection, unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory,
    clock: StandingClock, given_up: Prepared, receipt: Receipt,
) -> None:  # fmt: skip
    other = Office(unit_of_work, reading, clock, worker=2)
    await other.delivery.sending.settle(given_up, receipt)
    later = replace(given_up, message=replace(given_up.message, attempt=2))
    await office.delivery.sending.settle(later, receipt)
    await office.delivery.sending.give_back(later)
    assert await rows(connection, STATE) == [GIVEN_UP]


async def test_message_that_was_given_up_and_certainly_not_sent_goes_out_once(
    office: Office, connection: AsyncConnection, given_up: Prepared
) -> None:
    for _ in range(2):
        await office.delivery.sending.give_back(given_up)
    assert await office.send_all() == 1
    await office.delivery.sending.give_back(given_up)
    await office.delivery.sending.settle(given_up, Receipt(outcome=Outcome.FAILED))
    assert await rows(connection, STATE) == [("sent", 2, None, 1)]
    assert await office.send_all() == 0


async def test_message_that_goes_back_unsent_is_none_of_the_days_messages(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, connection: AsyncConnection, clock: StandingClock
) -> None:
    office = Office(unit_of_work, reading, clock, daily_messages=2)
    await leave(office)
    for _ in range(3):
        prepared = await begin(office)
        for _ in range(2):
            await office.delivery.sending.give_back(prepared)
    office.messenger.receipts = [Receipt(outcome=Outcome.NOT_REACHED, error="ClientConnectorError")] * 3
    assert await office.send_all() == 4
    assert await rows(connection, "select state, digest_on from messages") == [("sent", None)]
    assert await scalar(connection, "select told from chat_paces") == 1


class LongWords:
    """Notices of which two do not fit into one message."""

    async def render(self, notice: DueNotice) -> OutgoingMessage:
        """Fill most of a message."""
        return OutgoingMessage(text=str(notice.payload["words"]) * 3_000)

    def head_digest(self, _language: Language) -> str:
        """Return the head."""
        return "head"


@pytest.fixture
async def evening(
    unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, connection: AsyncConnection, clock: StandingClock
) -> Office:
    """Eight o'clock, and a digest of three notices that fill three messages."""
    office = Office(unit_of_work, reading, clock, daily_messages=0)
    office.delivery.sending._renderer = LongWords()
    for number in "123":
        await leave(office, number)
    assert await office.send_all() == 0
    clock.advance(hours=8)
    assert await scalar(connection, "select count(*) from messages") == 1
    return office


CARRIED = (
    "select n.occasion, m.state from deliveries d"
    " join notices n on n.id = d.notice_id join messages m on m.id = d.message_id order by 1"
)


@pytest.mark.parametrize("how", ["goes back", "is freed", "ends with its worker"])
async def test_digest_of_several_messages_loses_nothing_when_the_first_does_not_go_out(
    evening: Office, connection: AsyncConnection, how: str
) -> None:
    prepared = await evening.delivery.sending.prepare(await take(evening))
    assert prepared is not None
    if how == "goes back":
        assert await evening.delivery.sending.start(prepared)
        await evening.delivery.sending.give_back(prepared)
    elif how == "is freed":
        await evening.delivery.rounds.release()
    else:
        await give_up(evening, connection)
    assert await evening.send_all() == 3
    assert await rows(connection, CARRIED) == [(number, "sent") for number in "123"]
    texts = sorted(message.text[-1] for _chat, message, _file in evening.messenger.sent)
    assert texts == ["1", "2", "3"]


async def test_digest_of_several_messages_comes_after_its_reader_has_come_back(
    evening: Office, connection: AsyncConnection
) -> None:
    evening.messenger.receipts = [Receipt(outcome=Outcome.BLOCKED)]
    await evening.send_all()
    assert await rows(connection, CARRIED) == [(number, "blocked") for number in "123"]
    await evening.accounts.note_blocked(STRANGERS_PHONE, blocked=False)
    await evening.send_all()
    assert await rows(connection, CARRIED) == [(number, "sent") for number in "123"]


async def test_digest_that_another_worker_took_over_is_not_taken_apart(
    evening: Office, connection: AsyncConnection
) -> None:
    message = await take(evening)
    await give_up(evening, connection)
    assert await evening.delivery.sending.prepare(message) is None
    assert await scalar(connection, "select count(*) from messages") == 1
    assert await evening.send_all() == 3


@pytest.mark.parametrize("step", ["prepare", "start"])
async def test_answer_waits_again_at_once_when_the_database_was_away_before_its_request(
    office: Office, connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await leave(office, urgency=Urgency.ANSWER)

    async def fail(*_: object) -> bool:
        raise ConnectionResetError

    with monkeypatch.context() as away:
        away.setattr(office.delivery.sending, step, fail)
        with pytest.raises(ConnectionResetError):
            await office.delivery.answers.send_next()
    assert await rows(connection, STATE) == [("pending", 1, None, None)]
    assert await office.send_all() == 1
