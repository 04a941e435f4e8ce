"""kill -9 in the middle of a whole group: everybody has exactly one certificate, and no number is lost or twice."""

from zoneinfo import ZoneInfo

from bot.documents import university as university_file
from bot.documents.links import PublicLinks
from bot.localtime import LocalTime
from bot.stationery import UniversityStationery, fact_reader, kinds_of
from services.access import OPERATOR
from services.batches.dto import Batch, BatchWish
from services.batches.planning import BatchPlanner
from services.batches.service import BatchService
from services.certificates.drafting import Drafting
from services.languages import Language
from services.ports import NoBell, SystemClock
from tests.durability.scene import Scene, until
from tests.support.people import AIZADA
from tests.support.telegram import Telegram

PEOPLE = 40
GROUP = "КБ-1-25"
_ISSUED = "select count(*) from certificate_batch_rows where batch_id = :id and certificate_id is not null"
_DONE = "select count(*) from certificate_batches where id = :id and state = 'done'"
_EACH = (
    "select count(*), count(distinct r.person_id), count(distinct c.id), count(c.file_id)"
    " from certificate_batch_rows r join people p on p.id = r.person_id"
    " join certificates c on c.person_id = p.id where r.batch_id = :id"
)


def service(telegram: Telegram) -> BatchService:
    """Batches as an official begins them."""
    university, clock, calendar = university_file.load(), SystemClock(), LocalTime(ZoneInfo("Asia/Bishkek"))
    stationery = UniversityStationery(university, PublicLinks(public_url="", bot_username="kabarchy_test_bot"))
    drafting = Drafting(clock, calendar, stationery, kinds_of(university))
    planner = BatchPlanner(
        drafting, lambda kind: fact_reader(university, stationery, kind, calendar.today(clock.now()))
    )
    return BatchService(telegram.unit_of_work, clock, drafting, planner, NoBell())


async def begun(telegram: Telegram) -> Batch:
    """Begin a batch for a new group."""
    for _ in range(PEOPLE):
        await telegram.enrol(telegram.stranger(), AIZADA, group_name=GROUP, phone="")
    return await service(telegram).begin(OPERATOR, BatchWish(kind="study", language=Language.KY, group=GROUP))


async def test_a_kill_in_the_middle_of_a_batch_loses_no_number_and_repeats_none(polling_scene: Scene) -> None:
    stage, telegram = polling_scene, polling_scene.telegram
    await stage.one_bot()
    batch = await begun(telegram)

    async def is_in_the_middle() -> bool:
        return bool(await telegram.value(_ISSUED, id=batch.id) >= PEOPLE // 2)

    async def is_done() -> bool:
        return bool(await telegram.value(_DONE, id=batch.id))

    await until(is_in_the_middle)
    await (await stage.one_bot()).end()
    assert await telegram.value(_ISSUED, id=batch.id) < PEOPLE
    await stage.start()
    await until(is_done, 30)
    assert await telegram.rows(_EACH, id=batch.id) == [(PEOPLE, PEOPLE, PEOPLE, PEOPLE)]
    serials = [serial for (serial,) in await telegram.rows("select serial from certificates order by serial")]
    assert serials == list(range(1, len(serials) + 1))
    assert await telegram.value("select last_serial from certificate_series") == len(serials)
