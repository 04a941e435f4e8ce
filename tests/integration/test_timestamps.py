"""Time stamps: asked for behind everybody's back, again and again, and kept beside the file."""

import hashlib
from datetime import timedelta
from itertools import pairwise

import pytest
from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.container import create_container
from bot.documents.university import load
from bot.settings import Settings
from bot.tools import Tools
from services.access import OPERATOR, Actor, NotAllowed
from services.certificates.printing import PrintingService
from services.timestamps.errors import NeverWanted, NoSuchPaper, NotYetStamped
from services.timestamps.ports import NotStamped
from services.timestamps.rules import pause_after
from services.timestamps.service import StampingService, TimestampService
from tests.support.clock import SilentBell
from tests.support.office import Office, rows, scalar
from tests.support.papers import PaperPress, ToldInspector, ToldReader
from tests.support.people import AIZADA, changed

MINUTE = timedelta(minutes=1)


class ToldStamper:
    """Stamps, or is away as often as it was told."""

    def __init__(self) -> None:
        self.away = 0
        self.asked: list[bytes] = []

    async def stamp(self, sha256: bytes) -> bytes:
        """Return a token."""
        self.asked.append(sha256)
        if self.away:
            self.away -= 1
            raise NotStamped("it cannot be reached")
        return b"token of " + sha256


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
def stamper() -> ToldStamper:
    return ToldStamper()


@pytest.fixture
def stamping(office: Office, stamper: ToldStamper) -> StampingService:
    return StampingService(office.unit_of_work, office.clock, stamper)


async def printed(office: Office, aizada: Actor, course: int = 2, *, time_stamped: bool = True) -> str:
    """Issue and print a certificate; return its code."""
    await office.enrol(changed(AIZADA, course=course))
    await office.request(aizada)
    printing = PrintingService(
        office.unit_of_work, office.clock, office.press, SilentBell(), worker=1, time_stamped=time_stamped
    )
    assert await printing.print_next()
    return str(office.press.produced[-1]["code"])


async def test_paper_goes_out_at_once_and_is_stamped_later(
    office: Office, connection: AsyncConnection, aizada: Actor, stamping: StampingService, stamper: ToldStamper
) -> None:
    stamper.away = 1
    code = await printed(office, aizada)
    assert await office.send_all() == 1
    before = await rows(connection, "select content from files")
    assert not await stamping.stamp_next()
    office.clock.advance(seconds=60)
    assert await stamping.stamp_next()
    assert not await stamping.stamp_next()
    assert await rows(connection, "select content from files") == before
    ((content,),) = before
    assert isinstance(content, bytes)
    digest = hashlib.sha256(content).digest()
    assert stamper.asked == [digest, digest]
    assert await TimestampService(office.unit_of_work).get_token(OPERATOR, code) == b"token of " + digest
    kept = "select attempts, next_at, obtained_at from certificate_timestamps"
    assert await rows(connection, kept) == [(2, None, office.clock.now())]


async def test_authority_that_is_away_is_given_a_rest_and_asked_less_and_less(
    office: Office, aizada: Actor, stamping: StampingService, stamper: ToldStamper
) -> None:
    stamper.away = 4
    await printed(office, aizada, 2)
    await printed(office, aizada, 3)
    asked = []
    for minute in range(9):
        while await stamping.stamp_next():
            pass
        asked.append(len(stamper.asked))
        if minute < 8:
            office.clock.advance(seconds=60)
    # Each is asked for after 0, 1, 3, 7 ... minutes, and not twice within a minute for both together.
    assert asked[:2] == [1, 2]
    assert max(later - earlier for earlier, later in pairwise(asked)) <= 2
    assert len(stamper.asked) == 6


def test_pause_doubles_from_a_minute_to_six_hours() -> None:
    pauses = [pause_after(attempt) / MINUTE for attempt in range(1, 12)]
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert pause_after(100_000) == timedelta(hours=6)


async def test_two_replicas_never_ask_for_the_same_at_once(office: Office, aizada: Actor) -> None:
    await printed(office, aizada)
    async with office.unit_of_work() as uow:
        assert await uow.timestamps.claim(office.clock.now()) is not None
        assert await uow.timestamps.claim(office.clock.now()) is None
        await uow.commit()
    office.clock.advance(seconds=600)  # the replica that had it in hand has died
    async with office.unit_of_work() as uow:
        again = await uow.timestamps.claim(office.clock.now())
    assert again is not None
    assert again.attempt == 2


async def test_first_token_stays(office: Office, connection: AsyncConnection, aizada: Actor) -> None:
    await printed(office, aizada)
    async with office.unit_of_work() as uow:
        claimed = await uow.timestamps.claim(office.clock.now())
        assert claimed is not None
        for token in (b"first", b"second"):
            await uow.timestamps.keep(claimed.certificate_id, token, office.clock.now())
        await uow.timestamps.put_off(claimed.certificate_id, office.clock.now())
        await uow.commit()
    assert await rows(connection, "select token, next_at from certificate_timestamps") == [(b"first", None)]


async def test_without_an_authority_nothing_is_wanted(
    office: Office, connection: AsyncConnection, aizada: Actor, stamping: StampingService
) -> None:
    code = await printed(office, aizada, time_stamped=False)
    assert await scalar(connection, "select count(*) from certificate_timestamps") == 0
    assert not await stamping.stamp_next()
    with pytest.raises(NeverWanted):
        await TimestampService(office.unit_of_work).get_token(OPERATOR, code)


async def test_token_that_is_not_there_yet_is_refused_with_the_next_try(
    office: Office, aizada: Actor, stamping: StampingService, stamper: ToldStamper
) -> None:
    stamper.away = 1
    code = await printed(office, aizada)
    await stamping.stamp_next()
    with pytest.raises(NotYetStamped) as refusal:
        await TimestampService(office.unit_of_work).get_token(OPERATOR, code)
    assert (refusal.value.attempts, refusal.value.next_at) == (1, office.clock.now() + MINUTE)


@pytest.mark.parametrize("code", ["", "no code", "7K3QX9MVP2RTABCDE123"])
async def test_unknown_code_has_no_time_stamp(office: Office, code: str) -> None:
    with pytest.raises(NoSuchPaper):
        await TimestampService(office.unit_of_work).get_token(OPERATOR, code)


async def test_students_are_handed_no_tokens(office: Office, aizada: Actor) -> None:
    with pytest.raises(NotAllowed):
        await TimestampService(office.unit_of_work).get_token(aizada, "7K3QX9MVP2RTABCDE123")


@pytest.mark.parametrize("is_set", [True, False], ids=["with TSA_URL", "without"])
async def test_program_wants_time_stamps_where_an_authority_is_set(
    busy_office: Office, engine: AsyncEngine, stamper: ToldStamper, is_set: bool
) -> None:
    tools = Tools(
        engine=engine, clock=busy_office.clock, university=load(), press=PaperPress(), inspector=ToldInspector(),
        reader=ToldReader(), bot=Bot("42:TEST"), bot_username="kabarchy_test_bot", stamper=stamper if is_set else None,
    )  # fmt: skip
    container = create_container(Settings(_env_file=None), tools, worker=1)
    await busy_office.request(await busy_office.aizada())
    assert await container.printing.print_next()
    assert (container.stamping is not None) is is_set
    if container.stamping is not None:
        assert await container.stamping.stamp_next()
    assert len(stamper.asked) == is_set
