"""The survey page: students who open the form and send it, all at once, to one process."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from sqlalchemy import URL, text

from bot.sandbox import Sandbox
from services.db.engine import create_engine
from services.languages import Language
from services.questionnaires.dto import Questionnaire
from tests.bench.processes import environment, running, wait_until_ready
from tests.bench.visitors import Visit, visit
from tests.support.ports import held_port
from tests.support.ticketed import open_ticketed

_REPLIES = 2_000
_FORMS = 1_000
_WARMING = 100
_WISHES = ("ky-KG,ky;q=0.9,ru;q=0.8", "ru-RU,ru;q=0.9,en;q=0.7", "en-US,en;q=0.9")
_WORDS = ["Китепкана", "кечке", "чейин", "иштесе", "жакшы", "болмок,", "жатаканада", "интернет", "жай."]
_KILOBYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """What was measured: forms that were opened, then forms that were sent; `bytes_`: of the largest form."""

    opened: Visit
    sent: Visit
    bytes_: int

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        return [
            ("survey page: forms opened a second, one process", f"{self.opened.rate:.0f}", ""),
            ("survey page: replies sent, sealed and kept a second, one process", f"{self.sent.rate:.0f}", ">= 200"),
            ("survey page meanwhile, p95 of a reply", f"{self.sent.p95 * 1000:.0f} ms", ""),
            ("survey page: the students' form, largest of three languages",
             f"{self.bytes_ / _KILOBYTE:.1f} KB", "< 40 KB"),
        ]  # fmt: skip


async def measure(database: URL, data_dir: Path) -> SurveyPage:
    """Let visitors open forms, then send each with a ticket of its own; half of them write a sentence too."""
    engine = create_engine(database)
    ticketed = await open_ticketed(engine, data_dir / "survey-keys", tickets=_REPLIES + _WARMING + 1)
    async with engine.begin() as connection:
        await connection.execute(text("analyze"))
    asked, codes = ticketed.survey.questionnaire, ticketed.codes
    with held_port() as port:
        async with Sandbox() as sandbox:
            env = environment(sandbox, database, data_dir, port)
            async with running("bot", "run", env=env):
                await wait_until_ready(port)
                await visit(port, _replies(asked, codes[:_WARMING]), status=HTTPStatus.SEE_OTHER)
                opened = await visit(port, _forms(codes[_WARMING : _WARMING + _FORMS]))
                sent = await visit(port, _replies(asked, codes[_WARMING:-1]), status=HTTPStatus.SEE_OTHER)
                size = await _size(port, codes[-1])
    async with engine.connect() as connection:
        kept = await connection.scalar(text("select count(*) from sealed_replies"))
    await engine.dispose()
    if opened.failed or sent.failed or kept != _REPLIES + _WARMING:
        raise RuntimeError(f"{opened.failed} forms, {sent.failed} replies failed; {kept} are kept")
    return SurveyPage(opened=opened, sent=sent, bytes_=size)


def _forms(codes: Sequence[str]) -> list[bytes]:
    wishes = [f"Host: x\r\nAccept-Language: {wish}\r\n\r\n" for wish in _WISHES]
    return [
        f"GET /s/{code}/questions HTTP/1.1\r\n{wishes[place % len(wishes)]}".encode()
        for place, code in enumerate(codes)
    ]


def _replies(asked: Questionnaire, codes: Sequence[str]) -> list[bytes]:
    chance, requests = random.Random(1), []  # noqa: S311 -- answers of nobody
    for place, code in enumerate(codes):
        fields = {
            item.code: str(chance.choice(item.scale.points)) for item in asked.closed_items if item.scale is not None
        }
        if place % 2:
            fields[asked.texts[0].code] = " ".join(chance.sample(_WORDS, len(_WORDS)))
        body = urlencode({**fields, "~form": f"{place:016d}"}).encode()
        head = (
            f"POST /s/{code}/questions?lang=ky HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        requests.append(head.encode() + body)
    return requests


async def _size(port: int, code: str) -> int:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        pages = [await (await client.get(f"/s/{code}/questions?lang={one.value}")).read() for one in Language]
    return max(map(len, pages))
