"""The verification page on one core, and the check of a file."""

import os
import statistics
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path

from sqlalchemy import URL, text

from bot.sandbox import Sandbox
from services.db.engine import create_engine
from tests.bench import machine, printing
from tests.bench.processes import (
    environment,
    family_of,
    parent_of,
    pin,
    processor_seconds_of,
    running,
    wait_until_ready,
)
from tests.bench.register import Register, fill
from tests.bench.visitors import Visit, visit
from tests.support.ports import held_port

_PEOPLE = 1_000
_ROUNDS = 5
_UPLOADS = 200
_WISHES = ("ky-KG,ky;q=0.9,ru;q=0.8,en;q=0.7", "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "en-US,en;q=0.9")
_FIRST_ADDRESS = int(IPv4Address("198.18.0.0"))
_HEADERS = (
    "Host: bot.university.example\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
    "Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Accept-Language: {wish}\r\n"
    "X-Forwarded-For: {address}\r\n"
    "X-Forwarded-Proto: https\r\n"
)
_EDGE = "----edge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was measured: rounds of codes, one after the other, and files one at a time.

    `paces`: how fast the machine was before each round. `processor`: seconds of the bot's processor that a code took,
    waits for the database and for others left out.
    """

    codes: tuple[Visit, ...]
    paces: tuple[float, ...]
    files: Visit
    processor: float

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the lines of the table."""
        rates = ", ".join(f"{visited.rate:.0f}" for visited in self.codes)
        paces = ", ".join(f"{pace:.0f}" for pace in self.paces)
        rate = statistics.median(visited.rate for visited in self.codes)
        p95 = max(visited.p95 for visited in self.codes)
        return [
            (f"verification page, codes a second on one core (median of rounds {rates})", f"{rate:.0f}", ">= 1000"),
            ("the machine itself before each round, millions of steps a second", paces, ""),
            ("verification page meanwhile, p95 of the worst round", f"{p95 * 1000:.0f} ms", "<= 50 ms"),
            ("processor time of the bot, a code", f"{self.processor * 1000:.2f} ms", "<= 1 ms"),
            ("check of a certificate's PDF on the page, p95", f"{self.files.p95 * 1000:.0f} ms", "<= 100 ms"),
        ]


async def measure(database: URL, data_dir: Path) -> Verification:
    """Let visitors check different codes at once, then files one by one; the bot has a core of its own."""
    register = await fill(database, printing.key(data_dir), _PEOPLE)
    addresses = (str(IPv4Address(number)) for number in count(_FIRST_ADDRESS))
    with held_port() as port:
        async with Sandbox() as sandbox:
            env = environment(sandbox, database, data_dir, port) | {"TRUSTED_PROXIES": "127.0.0.0/8"}
            async with running("bot", "run", env=env) as bot:
                await wait_until_ready(port)
                async with _apart(bot.pid, database):
                    return await _visit(port, bot.pid, register, addresses)


async def _visit(port: int, bot: int, register: Register, addresses: Iterator[str]) -> Verification:
    await visit(port, _questions(register.codes[:300], addresses))  # connections are made, templates are read
    begun = processor_seconds_of(bot)
    codes, paces = [], []
    for _ in range(_ROUNDS):
        paces.append(machine.pace())
        codes.append(await visit(port, _questions(register.codes, addresses)))
    processor = (processor_seconds_of(bot) - begun) / (len(register.codes) * _ROUNDS)
    uploads = _uploads(register.files, addresses)
    await visit(port, uploads[:10], connections=1)
    files = await visit(port, uploads[10:], connections=1)
    failed = sum(visited.failed for visited in [*codes, files])
    if failed:
        raise RuntimeError(f"{failed} answers were no verdicts")
    return Verification(codes=tuple(codes), paces=tuple(paces), files=files, processor=processor)


def _questions(codes: Sequence[str], addresses: Iterator[str]) -> list[bytes]:
    """Ask for every code once, from ever other addresses, in three languages by turns."""
    return [
        f"GET /verify/{code} HTTP/1.1\r\n{_headers(number, addresses)}\r\n".encode()
        for number, code in enumerate(codes)
    ]


def _uploads(files: Sequence[bytes], addresses: Iterator[str]) -> list[bytes]:
    requests = []
    for number in range(_UPLOADS):
        body = (
            f'--{_EDGE}\r\nContent-Disposition: form-data; name="file"; filename="certificate.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode() + files[number % len(files)]
        body += f"\r\n--{_EDGE}--\r\n".encode()
        head = (
            f"POST /verify HTTP/1.1\r\n{_headers(number, addresses)}"
            f"Content-Type: multipart/form-data; boundary={_EDGE}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    return requests


def _headers(number: int, addresses: Iterator[str]) -> str:
    return _HEADERS.format(wish=_WISHES[number % len(_WISHES)], address=next(addresses))


@asynccontextmanager
async def _apart(bot: int, database: URL) -> AsyncIterator[None]:
    """Give the bot the first core and the database and the visitors the others, while the block lasts."""
    cores = os.sched_getaffinity(0)
    first = {min(cores)}
    pin(bot, first)
    engine = create_engine(database, pool_size=1)
    async with engine.connect() as connection:
        backend = await connection.scalar(text("select pg_backend_pid()"))
        for process in [os.getpid(), *family_of(parent_of(backend))]:
            pin(process, cores - first or cores)
    await engine.dispose()
    try:
        yield
    finally:
        pin(os.getpid(), cores)
