"""The effect of an update and the note of it in the inbox are one transaction."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.access import Actor
from services.certificates.errors import KindNotOffered
from services.db.presence import WorkerPresence
from services.db.repositories.inbox import SqlInboxStore
from services.db.uow import reading_factory
from services.inbox.current import served_update, serving
from services.inbox.dto import ServedUpdate, StoredUpdate
from services.inbox.errors import UpdateTakenOver
from services.inbox.service import Inbox
from services.languages import Language
from services.linking.errors import LinkCodeUnknown
from tests.support.office import AIZADAS_PHONE, Office
from tests.support.waiting import ask

STATE = "select update_id, done_at is not null, payload is null from inbox order by update_id"
ISSUED = "select number from certificates"


@pytest.fixture
async def inbox(engine: AsyncEngine) -> AsyncIterator[Inbox]:
    async with WorkerPresence(engine) as presence:
        inbox = Inbox(SqlInboxStore(engine), presence.number)
        await inbox.accept(
            [StoredUpdate(update_id=number, person_key=AIZADAS_PHONE, payload="{}") for number in (1, 2)]
        )
        yield inbox


@pytest.fixture
async def aizada(busy_office: Office) -> Actor:
    return await busy_office.aizada()


def update(inbox: Inbox, number: int = 1) -> ServedUpdate:
    return ServedUpdate(update_id=number, worker=inbox.worker)


async def test_that_an_update_had_its_effect_is_noted_in_its_transaction(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    with serving(update(inbox)) as served:
        await busy_office.request(aizada)
        assert served.done
    assert await ask(engine, STATE) == [(1, False, True), (2, False, False)]
    assert await ask(engine, ISSUED) == [("2026-00001",)]


async def test_the_next_update_waits_until_the_answer_is_written_too(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    await inbox.leave([2])
    with serving(update(inbox)):
        await busy_office.request(aizada)
    async with WorkerPresence(engine) as presence:
        other = Inbox(SqlInboxStore(engine), presence.number)
        assert await other.claim() == []
        await inbox.finish([1])
        assert [claimed.update_id for claimed in await other.claim()] == [2]


async def test_of_an_update_whose_replica_ended_after_its_effect_nothing_is_left_to_serve(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    with serving(update(inbox)):
        await busy_office.request(aizada)
    await ask(engine, "update inbox set leased_until = clock_timestamp(), attempts = 3 returning 1")
    async with WorkerPresence(engine) as presence:
        other = Inbox(SqlInboxStore(engine), presence.number)
        assert [parked.update_id for parked in await other.park()] == [2]
        assert await other.claim() == [StoredUpdate(update_id=1, person_key=AIZADAS_PHONE, payload=None)]


async def test_effect_that_is_undone_leaves_the_update_to_be_served(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    with serving(update(inbox)) as served:
        async with busy_office.unit_of_work() as uow:
            await uow.certificates.take_serial(2026)
            assert not served.done
        with pytest.raises(KindNotOffered):
            await busy_office.request(aizada, "gone")
        assert not served.done
    assert await ask(engine, STATE) == [(1, False, False), (2, False, False)]
    assert await ask(engine, "select * from certificate_series") == []


async def test_update_that_another_worker_took_over_has_no_effect_here(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    await ask(engine, "update inbox set leased_until = clock_timestamp() - interval '1 ms' returning 1")
    async with WorkerPresence(engine) as other:
        (taken, *_rest) = await Inbox(SqlInboxStore(engine), other.number).claim()
        assert taken.update_id == 1
        with serving(update(inbox)) as served, pytest.raises(UpdateTakenOver) as refused:
            await busy_office.request(aizada)
        assert not served.done
        assert refused.value.update_id == 1
        assert await ask(engine, ISSUED) == []
        with serving(ServedUpdate(update_id=1, worker=other.number)):
            await busy_office.request(aizada)
    assert await ask(engine, ISSUED) == [("2026-00001",)]


async def test_update_served_twice_by_mistake_takes_effect_once(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    with serving(update(inbox)):
        await busy_office.request(aizada)
    with serving(update(inbox)), pytest.raises(UpdateTakenOver):
        await busy_office.request(aizada, language=Language.RU, screen="two")
    assert await ask(engine, ISSUED) == [("2026-00001",)]


async def test_second_transaction_of_one_update_is_part_of_its_effect(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    with serving(update(inbox)):
        await busy_office.request(aizada)
        await busy_office.accounts.choose_language(aizada, Language.RU)
    assert await ask(engine, "select language from accounts") == [("ru",)]


async def test_refusal_that_counts_a_try_marks_the_update(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox
) -> None:
    stranger = await busy_office.newcomer(AIZADAS_PHONE)
    for number in (1, 2):
        with serving(update(inbox, number)) as served:
            with pytest.raises(LinkCodeUnknown):
                await busy_office.linking.link(stranger, "00000-00000")
            assert served.done
    assert await ask(engine, "select failures from link_attempts") == [(2,)]


async def test_recognising_somebody_is_no_effect(busy_office: Office, engine: AsyncEngine, inbox: Inbox) -> None:
    with serving(update(inbox)) as served:
        await busy_office.recognise(AIZADAS_PHONE)
        assert not served.done
    assert await ask(engine, STATE) == [(1, False, False), (2, False, False)]


async def test_work_outside_of_updates_marks_nothing(
    busy_office: Office, engine: AsyncEngine, inbox: Inbox, aizada: Actor
) -> None:
    assert served_update() is None
    await busy_office.request(aizada)
    assert await busy_office.printing.print_next()
    assert await busy_office.send_all() == 1
    assert await ask(engine, STATE) == [(1, False, False), (2, False, False)]
    assert inbox.worker > 0


async def test_unit_of_work_that_only_reads_cannot_commit(engine: AsyncEngine) -> None:
    async with reading_factory(engine)() as uow:
        with pytest.raises(RuntimeError, match="only reads"):
            await uow.commit()
