"""Whose first messages all fail alike is stopped, and its author is told why."""

from datetime import time

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, Role
from services.announcements.dto import AnnouncementState
from services.delivery.dto import BroadcastState, Outcome, Reading, Receipt, Tally, Urgency
from services.delivery.quiet_hours import Hush, QuietHours
from services.languages import Language
from tests.support.announcing import open_broadcast
from tests.support.clock import StandingClock
from tests.support.notices import broadcast, readers
from tests.support.office import BAKYTS_PHONE, INSTITUTE, Office, rows, scalar
from tests.support.people import BAKYT

MANY = range(8_001, 8_066)
BROKEN = Receipt(outcome=Outcome.FAILED, error="Bad Request: can't parse entities")
OTHER = Receipt(outcome=Outcome.FAILED, error="Bad Request: chat not found")
SENT = Receipt(outcome=Outcome.SENT, telegram_message_id=1)


async def state(office: Office, notice: int) -> tuple[BroadcastState, str]:
    async with office.unit_of_work() as uow:
        return await uow.broadcasts.get_state(notice), await uow.broadcasts.find_fault(notice)


async def resume(office: Office, notice: int) -> None:
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.resume(notice, office.clock.now())
        await uow.commit()


async def test_twenty_alike_failures_stop_it_and_nothing_more_goes_out(
    office: Office, connection: AsyncConnection
) -> None:
    notice = await broadcast(office, connection, MANY)
    office.messenger.receipts = [BROKEN] * 65
    await office.send_all()
    assert len(readers(office)) == 20
    assert await state(office, notice) == (BroadcastState.STOPPED, BROKEN.error)
    async with office.unit_of_work() as uow:
        assert await uow.broadcasts.tally(notice) == Tally(pending=45, failed=20)
    assert await scalar(connection, "select count(*) from messages where state = 'pending'") == 0


@pytest.mark.parametrize(
    "first",
    [[BROKEN] * 19 + [OTHER], [SENT] + [BROKEN] * 64, [BROKEN] * 19 + [SENT]],
    ids=["otherwise", "one arrived first", "one arrived last"],
)
async def test_failures_that_differ_stop_nothing_then_or_later(
    office: Office, connection: AsyncConnection, first: list[Receipt]
) -> None:
    notice = await broadcast(office, connection, MANY)
    office.messenger.receipts = [*first, *[BROKEN] * 65]
    await office.send_all()
    assert len(readers(office)) == 65
    assert (await state(office, notice))[0] is not BroadcastState.STOPPED


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.UNKNOWN])
async def test_readers_who_say_nothing_of_it_do_not_save_it(
    office: Office, connection: AsyncConnection, outcome: Outcome
) -> None:
    notice = await broadcast(office, connection, MANY)
    office.messenger.receipts = [Receipt(outcome=outcome, error="Forbidden"), *[BROKEN] * 64]
    await office.send_all()
    assert len(readers(office)) == 21
    assert (await state(office, notice))[0] is BroadcastState.STOPPED


async def test_one_that_waits_for_the_morning_is_not_judged_yet(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await open_broadcast(connection, "Жарыя", Urgency.NORMAL, MANY[:2], clock.now())
    hush = Hush(local=time(3), usual=QuietHours(start=time(22), until=time(7)))
    night = Reading(
        now=clock.now(), today=clock.now().date(), hush=hush, daily_messages=1_000, evening=clock.now(),
        evening_day=clock.now().date(), fallback=Language.KY,
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        assert not await uow.feeding.feed(30, night)
        await uow.commit()
    assert await scalar(connection, "select fed_at is null from broadcasts where notice_id = :id", id=notice)


async def test_few_recipients_may_all_fail(office: Office, connection: AsyncConnection) -> None:
    await broadcast(office, connection, MANY[:19])
    office.messenger.receipts = [BROKEN] * 19
    await office.send_all()
    assert len(readers(office)) == 19


async def test_stopped_one_goes_on_and_is_stopped_again_by_another_twenty_only(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    notice = await broadcast(office, connection, MANY)
    office.messenger.receipts = [BROKEN] * 65
    await office.send_all()
    clock.advance(seconds=1)
    await resume(office, notice)
    assert await state(office, notice) == (BroadcastState.OPEN, "")
    clock.advance(seconds=1)
    assert await office.delivery.send_next()
    assert (await state(office, notice))[0] is BroadcastState.OPEN
    await office.send_all()
    assert len(readers(office)) == 40
    clock.advance(seconds=1)
    await resume(office, notice)
    clock.advance(seconds=1)
    office.messenger.receipts = []
    await office.send_all()
    assert len(readers(office)) == 65


async def test_author_is_told_once_why_it_was_stopped_and_lets_it_go_on(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(BAKYT)
    await office.connect(BAKYTS_PHONE, BAKYT)
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    editor: Actor = await office.recognise(BAKYTS_PHONE)
    notice = await open_broadcast(connection, "Жарыя", Urgency.NORMAL, [BAKYTS_PHONE], clock.now())
    ((number,),) = await rows(connection, "select id from announcements where notice_id = :id", id=notice)
    assert isinstance(number, int)
    await rows(
        connection, "update announcements set announced_by = :by where id = :id returning 1", by=BAKYTS_PHONE, id=number
    )
    rung = office.outbox_bell.rung
    for _ in range(2):  # two replicas see the same
        await office.late.stop(notice, BROKEN.error, clock.now())
    assert office.outbox_bell.rung == rung + 1
    told = "select n.payload->>'hold', n.payload->'names' from notices n where n.kind = 'announcement_late'"
    assert await rows(connection, told) == [("fault", [BROKEN.error])]
    card = await office.out.look(editor, number)
    assert (card.state, card.fault) == (AnnouncementState.STOPPED, BROKEN.error)
    held = await office.announcement_news.find_paused(number)
    assert held is not None
    assert held.state is AnnouncementState.STOPPED
    assert (await office.out.resume(editor, number, 0)).state is AnnouncementState.SENDING
    await office.late.stop(notice, BROKEN.error, clock.now())
    assert (await office.out.pause(editor, number, 0)).state is AnnouncementState.PAUSED
    await office.out.resume(editor, number, 0)
    await office.late.stop(notice, BROKEN.error, clock.now())
    assert (await office.out.cancel(editor, number, 0)).state is AnnouncementState.CANCELLED


async def test_operators_are_told_of_their_own(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await broadcast(office, connection, MANY[:2])
    notice = await open_broadcast(connection, "Жарыя", Urgency.NORMAL, MANY[:2], clock.now())
    await office.late.stop(notice, BROKEN.error, clock.now())
    assert [hold.value for _number, hold in office.alarm.waiting] == ["fault"]


async def test_what_is_no_announcement_goes_on(office: Office, connection: AsyncConnection) -> None:
    notice = await broadcast(office, connection, MANY)
    await office.late.stop(notice, BROKEN.error, office.clock.now())
    office.messenger.receipts = [BROKEN] * 65
    await office.send_all()
    assert len(readers(office)) == 65
