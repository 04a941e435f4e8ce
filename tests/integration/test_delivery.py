"""Sending what the outbox holds."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor
from services.delivery.dto import NewNotice, NoticeKind, Outcome, Receipt, Urgency
from services.delivery.sending import ATTEMPTS
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, STRANGERS_PHONE, Office, rows, scalar

STATE = "select state, attempts, error from messages order by id"
UNCLEAR = Receipt(outcome=Outcome.UNKNOWN, error="TelegramNetworkError")


async def leave(
    office: Office, occasion: str = "once", *, urgency: Urgency = Urgency.URGENT, account: int = STRANGERS_PHONE,
    delay: timedelta | None = timedelta(),
) -> bool:  # fmt: skip
    """Leave a notice that needs no file; `delay` None lets it wait for its subject."""
    await office.recognise(account)
    now = office.clock.now()
    notice = NewNotice(
        kind=NoticeKind.LINK_MOVED, account_id=account, urgency=urgency, payload={}, subject="person:1",
        occasion=occasion, due_at=None if delay is None else now + delay,
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        added = await uow.outbox.add(notice, now)
        await uow.commit()
    return added


async def texts(office: Office) -> list[str]:
    return [message.text for _chat, message, _file in office.messenger.sent]


async def test_empty_outbox_sends_nothing(office: Office) -> None:
    assert not await office.delivery.send_next()
    assert office.messenger.sent == []


async def test_message_is_sent_once_and_its_end_is_noted(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office)
    clock.advance(seconds=1)
    assert await office.send_all() == 1
    assert await office.send_all() == 0
    end = "select state, telegram_message_id, settled_at, error from messages"
    assert await rows(connection, end) == [("sent", 1, clock.now(), None)]


async def test_occasion_is_told_once(office: Office, connection: AsyncConnection) -> None:
    assert await leave(office)
    assert not await leave(office)
    assert await scalar(connection, "select count(*) from messages") == 1


async def test_message_is_not_sent_before_it_is_due(office: Office, clock: StandingClock) -> None:
    await leave(office, delay=timedelta(hours=1))
    clock.advance(minutes=59, seconds=59)
    assert await office.send_all() == 0
    clock.advance(seconds=1)
    assert await office.send_all() == 1


async def test_messages_go_out_in_the_order_in_which_they_are_due(office: Office, clock: StandingClock) -> None:
    await leave(office, "late", delay=timedelta(minutes=2), account=1)
    await leave(office, "early", delay=timedelta(minutes=1), account=2)
    await leave(office, "early too", delay=timedelta(minutes=1), account=3)
    clock.advance(minutes=5)
    await office.send_all()
    assert [chat for chat, _message, _file in office.messenger.sent] == [2, 3, 1]


async def test_waiting_message_is_released_by_its_subject_and_only_once(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, delay=None)
    assert await office.send_all() == 0
    for _ in range(2):
        async with office.unit_of_work() as uow:
            await uow.outbox.release("person:2", clock.now())
            await uow.outbox.release("person:1", clock.now())
            await uow.commit()
        clock.advance(hours=1)
    assert await scalar(connection, "select due_at from messages") == clock.now() - timedelta(hours=2)


@pytest.mark.parametrize(
    ("hint", "chosen", "language"),
    [("ru", None, "ru"), ("ru", Language.EN, "en"), (None, None, "ky"), ("de", None, "ky")],
)
async def test_message_is_in_the_readers_language_of_the_moment_of_sending(
    office: Office, hint: str | None, chosen: Language | None, language: str
) -> None:
    reader = await office.recognise(STRANGERS_PHONE, hint)
    await leave(office)
    if chosen:
        await office.accounts.choose_language(reader, chosen)
    await office.send_all()
    assert await texts(office) == [f"link_moved in {language}"]


@pytest.mark.parametrize("urgency", Urgency)
async def test_when_telegram_says_wait_nothing_goes_out_for_so_long_and_then_the_message_does(
    office: Office, connection: AsyncConnection, clock: StandingClock, urgency: Urgency
) -> None:
    await leave(office, urgency=urgency)
    for _ in range(ATTEMPTS + 2):
        office.messenger.receipts = [Receipt(outcome=Outcome.TOO_MANY, retry_after=35.0, error="429")]
        assert await office.send_all() == 1
        clock.advance(seconds=35)
        assert await office.send_all() == 0
        silence = "select extract(epoch from paused_until - clock_timestamp())::int between 34 and 35 from send_pace"
        assert await scalar(connection, silence) is True
        await silence_ends(connection)
    assert await office.send_all() == 1
    assert await rows(connection, STATE) == [("sent", ATTEMPTS + 3, None)]


async def test_waits_that_telegram_asked_for_do_not_use_up_the_tries_of_an_answer(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, urgency=Urgency.ANSWER)
    for _ in range(ATTEMPTS):
        office.messenger.receipts = [Receipt(outcome=Outcome.TOO_MANY, retry_after=1.0)]
        await office.send_all()
        clock.advance(seconds=1)
        await silence_ends(connection)
    office.messenger.receipts = [UNCLEAR]
    await office.send_all()
    clock.advance(minutes=10)
    assert await office.send_all() == 1
    assert await scalar(connection, "select state from messages") == "sent"


async def test_answers_keep_their_order_when_telegram_asks_for_silence_between_them(
    office: Office, connection: AsyncConnection
) -> None:
    for number in range(3):
        await leave(office, f"preview {number}", urgency=Urgency.ANSWER)
    office.messenger.receipts = [Receipt(outcome=Outcome.TOO_MANY, retry_after=3.0)]
    assert await office.send_all() == 1
    await silence_ends(connection)
    assert await office.send_all() == 3
    assert await rows(connection, "select telegram_message_id from messages order by id") == [(1,), (2,), (3,)]


async def silence_ends(connection: AsyncConnection) -> None:
    """Let the time pass that Telegram asked for; it is the database's."""
    await rows(connection, "update send_pace set paused_until = null returning id")
    await rows(connection, "update chat_paces set next_at = clock_timestamp() returning chat_id")


async def test_person_who_stopped_the_bot_is_noted_and_the_message_ends(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office)
    await leave(office, "other", account=AIZADAS_PHONE)
    office.messenger.receipts = [Receipt(outcome=Outcome.BLOCKED, error="Forbidden")]
    assert await office.send_all() == 2
    assert [state for state, *_rest in await rows(connection, STATE)] == ["blocked", "sent"]
    blocked = "select telegram_id, blocked_at from accounts where blocked_at is not null"
    assert await rows(connection, blocked) == [(STRANGERS_PHONE, clock.now())]


async def test_message_that_telegram_refuses_fails_for_good(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, urgency=Urgency.ANSWER)
    office.messenger.receipts = [Receipt(outcome=Outcome.FAILED, error="Bad Request: chat not found")]
    await office.send_all()
    clock.advance(days=1)
    assert await office.send_all() == 0
    assert await rows(connection, STATE) == [("failed", 1, "Bad Request: chat not found")]


@pytest.mark.parametrize("urgency", [Urgency.NORMAL, Urgency.URGENT])
async def test_message_whose_end_is_unclear_is_never_sent_twice(
    office: Office, connection: AsyncConnection, clock: StandingClock, urgency: Urgency
) -> None:
    await leave(office, urgency=urgency)
    office.messenger.receipts = [UNCLEAR]
    await office.send_all()
    clock.advance(days=1)
    assert await office.send_all() == 0
    assert await rows(connection, STATE) == [("unknown", 1, "TelegramNetworkError")]


async def test_answer_whose_end_is_unclear_is_sent_again_each_time_after_a_longer_pause(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, urgency=Urgency.ANSWER)
    pauses = []
    for _ in range(ATTEMPTS - 1):
        office.messenger.receipts = [UNCLEAR]
        assert await office.send_all() == 1
        due = await scalar(connection, "select extract(epoch from due_at - :now) from messages", now=clock.now())
        pauses.append(int(str(due).split(".", maxsplit=1)[0]))
        clock.advance(seconds=pauses[-1] - 1)
        assert await office.send_all() == 0
        clock.advance(seconds=1)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2, 600)
    assert timedelta(hours=1) < timedelta(seconds=sum(pauses)) < timedelta(hours=3)
    assert await office.send_all() == 1
    assert await scalar(connection, "select state from messages") == "sent"


async def test_answer_that_never_got_through_ends_as_unknown(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await leave(office, urgency=Urgency.ANSWER)
    office.messenger.receipts = [UNCLEAR] * ATTEMPTS
    for _ in range(ATTEMPTS + 5):
        await office.send_all()
        clock.advance(minutes=10)
    assert len(office.messenger.sent) == ATTEMPTS
    assert await scalar(connection, "select state from messages") == "unknown"


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


async def test_document_of_a_revoked_certificate_is_not_sent(
    office: Office, connection: AsyncConnection, clock: StandingClock, aizada: Actor
) -> None:
    await office.request(aizada)
    await office.printing.print_next()
    await rows(connection, "update certificates set status = 'revoked' returning id")
    assert await office.send_all() == 1
    assert office.messenger.sent == []
    assert await rows(connection, "select state, settled_at from messages") == [("skipped", clock.now())]


async def test_telegrams_copy_of_a_file_is_used_the_second_time(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await office.printing.print_next()
    await office.send_all()
    assert await rows(connection, "select bot_id, telegram_file_id from telegram_files") == [(1, "telegram-1")]
    await office.request(aizada, screen="two")
    await office.send_all()
    (_chat, _message, attachment) = office.messenger.sent[-1]
    assert attachment is not None
    assert (attachment.telegram_file_id, attachment.content) == ("telegram-1", None)


async def test_copy_that_telegram_lost_is_forgotten_and_the_file_is_sent_anew(
    office: Office, connection: AsyncConnection, aizada: Actor
) -> None:
    await office.request(aizada)
    await office.printing.print_next()
    await office.send_all()
    await office.request(aizada, screen="two")
    office.messenger.receipts = [Receipt(outcome=Outcome.STALE_FILE, error="wrong file identifier")]
    assert await office.send_all() == 2
    (_chat, _message, attachment) = office.messenger.sent[-1]
    assert attachment is not None
    assert attachment.telegram_file_id is None
    assert attachment.content is not None
    assert await rows(connection, "select telegram_file_id from telegram_files") == [("telegram-2",)]


async def test_copy_belongs_to_one_bot(office: Office, aizada: Actor) -> None:
    await office.request(aizada)
    await office.printing.print_next()
    await office.send_all()
    await office.request(aizada, screen="two")
    office.messenger.bot_id = 2
    await office.send_all()
    (_chat, _message, attachment) = office.messenger.sent[-1]
    assert attachment is not None
    assert attachment.telegram_file_id is None


@pytest.mark.parametrize("urgency", Urgency)
async def test_unasked_messages_give_way_to_answers_of_the_outbox_too(office: Office, urgency: Urgency) -> None:
    await leave(office, urgency=urgency)
    await office.send_all()
    assert office.messenger.asked == (urgency is Urgency.ANSWER)
