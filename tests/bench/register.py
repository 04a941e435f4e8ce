"""A register full of certificates, a few of which have their files."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from aiogram import Bot
from sqlalchemy import URL, text

from bot.container import create_container
from bot.documents import university as university_file
from bot.documents.certificates import FileInspector
from bot.documents.signing import SigningKey
from bot.press import Press
from bot.settings import Settings
from bot.tools import Tools
from services.db.engine import create_engine
from services.languages import Language
from services.ports import SystemClock
from tests.bench.people import link_many

_SIGNED = 24
_KIND = "study"
# Papers that are not looked at are not printed either: codes are checked while their papers wait.
_LEFT = "update certificates set failed_at = now() where file_id is null"


@dataclass(frozen=True, slots=True)
class Register:
    """The codes of valid certificates, and the files of some."""

    codes: Sequence[str]
    files: Sequence[bytes]


async def fill(database: URL, key: SigningKey, people: int) -> Register:
    """Issue a certificate in each language to so many people, and print a few."""
    university, clock, engine = university_file.load(), SystemClock(), create_engine(database)
    press = Press(key)
    with closing(press), closing(FileInspector()) as inspector:
        tools = Tools(
            engine=engine, clock=clock, university=university, press=press, inspector=inspector, bot=Bot("42:BENCH"),
            bot_username="university_bot",
        )  # fmt: skip
        container = create_container(Settings(_env_file=None), tools, worker=1)
        given = container.given
        for account in await link_many(database, people):
            actor = await given.accounts.recognise(account, "ky")
            for language in Language:
                await given.certificates.request(actor, _KIND, language, screen="bench")
        for _ in range(min(_SIGNED, people * len(Language))):
            await container.printing.print_next()
    async with engine.begin() as connection:
        await connection.execute(text(_LEFT))
        codes = list(await connection.scalars(text("select code from certificates order by id")))
        files = list(await connection.scalars(text("select content from files order by id")))
        await connection.execute(text("analyze"))
    await engine.dispose()
    return Register(codes, files)
