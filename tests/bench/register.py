"""A register full of certificates; printing them."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Final

from aiogram import Bot
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.container import Container, create_container
from bot.documents import university as university_file
from bot.documents.certificates import FileInspector
from bot.documents.qr_reading import QrReader
from bot.documents.signing import SigningKey
from bot.press import Press
from bot.settings import Settings
from bot.tools import Tools
from services.db.engine import create_engine
from services.languages import Language
from services.ports import SystemClock
from tests.bench.people import link_many

_SIGNED: Final = 24
_PRINTERS: Final = 2  # as the program has them
_KIND: Final = "study"
# Papers that are not looked at are not printed either: codes are checked while their papers wait.
_LEFT: Final = "update certificates set failed_at = now() where file_id is null"


@dataclass(frozen=True, slots=True)
class Register:
    """The codes of valid certificates, and the files of some."""

    codes: Sequence[str]
    files: Sequence[bytes]


async def fill(database: URL, key: SigningKey, people: int) -> Register:
    """Issue a certificate in each language to so many people, and print a few."""
    engine = create_engine(database)
    async with open_office(engine, key) as office:
        await _issue(database, office, people, list(Language))
        await asyncio.gather(*(_print(office, _SIGNED // _PRINTERS) for _ in range(_PRINTERS)))
    async with engine.begin() as connection:
        await connection.execute(text(_LEFT))
        codes = list(await connection.scalars(text("select code from certificates order by id")))
        files = list(await connection.scalars(text("select content from files order by id")))
        await connection.execute(text("analyze"))
    await engine.dispose()
    return Register(codes, files)


async def print_many(database: URL, key: SigningKey, count: int) -> float:
    """Issue so many certificates, then draw, sign and store them all; return how many a second."""
    engine = create_engine(database)
    async with open_office(engine, key) as office:
        await _issue(database, office, count, [Language.KY])
        await office.printing.print_next()  # the tools are loaded
        begun = time.perf_counter()
        await asyncio.gather(*(_print(office, count) for _ in range(_PRINTERS)))
        rate = (count - 1) / (time.perf_counter() - begun)
        async with engine.connect() as connection:
            printed = await connection.scalar(text("select count(*) from certificates where file_id is not null"))
    await engine.dispose()
    if printed != count:
        raise RuntimeError(f"{count - printed} certificates were not printed")
    return rate


@asynccontextmanager
async def open_office(engine: AsyncEngine, key: SigningKey) -> AsyncIterator[Container]:
    """Put the program together, without Telegram and without its workers."""
    with closing(Press(key)) as press, closing(FileInspector()) as inspector, closing(QrReader()) as reader:
        tools = Tools(
            engine=engine, clock=SystemClock(), university=university_file.load(), press=press, inspector=inspector,
            reader=reader, bot=Bot("42:BENCH"), bot_username="university_bot",
        )  # fmt: skip
        yield create_container(Settings(_env_file=None), tools, worker=1)


async def _issue(database: URL, office: Container, people: int, languages: Sequence[Language]) -> None:
    for account in await link_many(database, people):
        actor = await office.given.accounts.recognise(account, "ky")
        for language in languages:
            await office.given.certificates.request(actor, _KIND, language, screen="bench")


async def _print(office: Container, most: int) -> None:
    for _ in range(most):
        if not await office.printing.print_next():
            return
