"""A whole group of five hundred at once with its archive, and some of them one by one: issued, printed, stored."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiogram import Bot
from sqlalchemy import URL, text

from bot.cli.batch_work import BatchOffice
from bot.container import Container, create_container
from bot.documents import university as university_file
from bot.documents.certificates import FileInspector
from bot.documents.qr_reading import QrReader
from bot.documents.signing import open_key
from bot.press import Press
from bot.settings import Settings
from bot.tools import Tools
from services.access import OPERATOR
from services.batches.dto import BatchWish, ListWords
from services.db.engine import create_engine
from services.languages import Language
from services.ports import SystemClock
from tests.bench.people import link_many

PEOPLE = 500
_ONE_BY_ONE = 100
_WORDS = ListWords(headings=("number", "name", "certificate", "file", "remark"), remark=lambda paper: paper.refusal)


@dataclass(frozen=True, slots=True)
class Bulk:
    """Certificates a second: of a batch with its archive, and asked for one after the other."""

    batch: float
    one_by_one: float
    archive: int


async def measure(database: URL, data_dir: Path) -> Bulk:
    """Issue to everybody in English at once, and to some in Kyrgyz one by one."""
    accounts = await link_many(database, PEOPLE)
    university, engine = university_file.load(), create_engine(database)
    press = Press(open_key(None, "", data_dir, university, now=datetime.now(UTC)))
    with closing(press), closing(FileInspector()) as inspector, closing(QrReader()) as reader:
        tools = Tools(
            engine=engine, clock=SystemClock(), university=university, press=press, inspector=inspector, reader=reader,
            bot=Bot("42:BENCH"), bot_username="university_bot",
        )  # fmt: skip
        container = create_container(Settings(_env_file=None), tools, worker=1)
        await press.warm_up()
        async with engine.connect() as connection:
            numbers = list(await connection.scalars(text("select person_no from people order by id")))
        one_by_one = await _one_by_one(container, accounts[:_ONE_BY_ONE])
        begun = time.perf_counter()
        size = await _batch(container, numbers[:PEOPLE])
        seconds = time.perf_counter() - begun
    await engine.dispose()
    return Bulk(batch=PEOPLE / seconds, one_by_one=_ONE_BY_ONE / one_by_one, archive=size)


async def _batch(container: Container, numbers: Sequence[str]) -> int:
    """Return the bytes of the archives."""
    batches = container.given.batches
    wish = BatchWish(kind="study", language=Language.EN, rows=tuple((number, {}) for number in numbers))
    batch = await batches.begin(OPERATOR, wish)
    office = BatchOffice(
        batches=batches,
        worker=container.batches,
        printing=container.printing,
        labels=lambda _kind, _fact: (),
        reason=lambda _kind, _row: "",
    )
    await office.work_through(batch.id)
    done = await batches.get(OPERATOR, batch.id)
    assert done.printed == len(numbers), done
    archive = await batches.read_archive(OPERATOR, batch.id, 1, _WORDS)
    return len(archive.content) * archive.parts


async def _one_by_one(container: Container, accounts: Sequence[int]) -> float:
    """Return the seconds of people who ask, each after the one before has theirs."""
    begun = time.perf_counter()
    for account in accounts:
        actor = await container.given.accounts.recognise(account, "ky")
        await container.given.certificates.request(actor, "study", Language.KY, screen="bench")
        await container.printing.print_next()
    return time.perf_counter() - begun
