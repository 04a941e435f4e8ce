"""One question asked everywhere: page, upload, chat, photo and command line, and what each of them answers."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession, FormData
from sqlalchemy import URL

from bot.cli import certificate as command
from bot.cli.verdict import verdict_document
from bot.documents import university as university_file
from bot.settings import Settings
from services.certificates.dto import Check, VerdictKind
from services.certificates.pictures import PictureRemark
from tests.support.friends import Friend
from tests.support.ports import held_port
from tests.support.telegram import Telegram, telegram_with_bot

PUBLIC_URL = "https://papers.university.example"
_CASES_A_FRIEND = 25  # a long chat takes long to look through

_HEADLINES = {
    VerdictKind.VALID: "The certificate is valid.",
    VerdictKind.EXPIRED: "The certificate is genuine, but its validity has ended.",
    VerdictKind.REVOKED: "The certificate has been revoked by the university.",
    VerdictKind.SUPERSEDED: "The certificate has been replaced by a new one.",
    VerdictKind.ALTERED: "The file was altered after it was signed. Do not trust it.",
    VerdictKind.UNKNOWN: "There is no such certificate in our register.",
    VerdictKind.UNREADABLE: (
        "The file cannot be read: it is neither a PDF nor a picture, is damaged, protected by a password or too large."
    ),
}
_PICTURES = {
    PictureRemark.SEVERAL_CODES: "The picture shows the QR codes of different certificates.",
    PictureRemark.ELSEWHERE: "The QR code leads elsewhere. Do not trust the paper.",
    PictureRemark.NOT_OURS: "The QR code in the picture is not that of a certificate of ours.",
    PictureRemark.NO_CODE: "No QR code was found in the picture.",
    PictureRemark.NOT_A_PICTURE: "The picture cannot be read: it is damaged, too large or of an unknown sort.",
}
_PAGE_LIGHTS = {"good": True, "bad": False, "none": None}
_CHAT_LIGHTS = {"✅": True, "❌": False, "▫": None}
_DARK = (None,) * len(Check)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of the ways said: the headline, the lights, the certificate's number, where a strange code leads."""

    headline: str
    lights: tuple[bool | None, ...]
    number: str
    leads_to: str


class Ways:
    """The production bot with its pages, somebody in a chat, and a terminal beside it."""

    def __init__(self, telegram: Telegram, client: ClientSession, settings: Settings, folder: Path) -> None:
        self.telegram = telegram
        self._client = client
        self.settings = settings
        self._folder = folder
        self._university = university_file.load()
        self._numbers = count()
        self._friend: Friend | None = None

    async def ask_code(self, typed: str) -> dict[str, Answer]:
        """Type a code on the page, in the chat and at the terminal."""
        friend = self._somebody()
        page = self._read(f"/verify/{quote(typed)}")
        await friend.says(typed)
        return {"page": await page, "chat": _of_chat(friend), "terminal": await self._terminal(typed)}

    async def ask_file(self, content: bytes) -> dict[str, Answer]:
        """Upload a PDF, send it in the chat, name it at the terminal."""
        friend = self._somebody()
        await friend.sends_file(content)
        chat = _of_chat(friend)
        return {"upload": await self._upload(content), "chat": chat, "terminal": await self._file(content, "pdf")}

    async def ask_picture(self, content: bytes) -> dict[str, Answer]:
        """Upload a picture, send it as a photo and as a file, name it at the terminal."""
        friend = self._somebody()
        self.telegram.world.send_photo(friend.id, content)
        await friend.waits()
        photo = _of_chat(friend)
        await friend.sends_file(content, "picture.jpg", mime="image/jpeg")
        return {
            "upload": await self._upload(content),
            "photo": photo,
            "chat": _of_chat(friend),
            "terminal": await self._file(content, "jpg"),
        }

    async def _read(self, path: str) -> Answer:
        async with self._client.get(path, params={"lang": "en"}, headers=self._from()) as response:
            return _of_page(await response.text())

    async def _upload(self, content: bytes) -> Answer:
        form = FormData()
        form.add_field("file", content, filename="file", content_type="application/octet-stream")
        async with self._client.post("/verify?lang=en", data=form, headers=self._from()) as response:
            return _of_page(await response.text())

    async def _file(self, content: bytes, suffix: str) -> Answer:
        file = self._folder / f"case.{suffix}"
        await asyncio.to_thread(file.write_bytes, content)
        return await self._terminal(str(file))

    async def _terminal(self, paper: str) -> Answer:
        """Do what `certificate verify` does, in this process."""

        def run() -> dict[str, Any]:
            content = command._content(paper)
            verdict = command._verdict(self.settings, self._university, paper if content is None else content)
            return verdict_document(verdict)

        return _of_document(await asyncio.to_thread(run))

    def _somebody(self) -> Friend:
        if self._friend is None or len(self._friend.messages) >= _CASES_A_FRIEND:
            self._friend = self.telegram.stranger(language_code="en")
        return self._friend

    def _from(self) -> Mapping[str, str]:
        """Come from another address each time: the page lets nobody ask a thousand times."""
        number = next(self._numbers)
        return {"X-Forwarded-For": f"198.{18 + number // 60_000}.{number // 250 % 240}.{number % 250 + 1}"}


@asynccontextmanager
async def all_ways(url: URL, folder: Path) -> AsyncIterator[Ways]:
    """Run the bot, its pages and a local Telegram while the block lasts."""
    own: dict[str, Any] = {
        "data_dir": folder / "var",
        "public_url": PUBLIC_URL,
        "trusted_proxies": (ip_network("127.0.0.0/8"),),
    }
    with held_port() as port:
        async with telegram_with_bot(url, own | {"http_port": port}) as telegram:
            address = url.render_as_string(hide_password=False)
            settings = Settings(_env_file=None, bot_token=telegram.sandbox.token, database_url=address, **own)
            async with ClientSession(f"http://127.0.0.1:{port}") as client:
                yield Ways(telegram, client, settings, folder)


def _of_page(page: str) -> Answer:
    headline = re.search(r"<h1>(.*?)</h1>", page)
    number = re.search(r"<dt>Number</dt><dd[^>]*>(.*?)</dd>", page)
    assert headline is not None
    return Answer(
        headline=html.unescape(headline[1]),
        lights=tuple(_PAGE_LIGHTS[tone] for tone in re.findall(r'<li class="(\w+)">', page)) or _DARK,
        number=number[1] if number else "",
        leads_to=_place(html.unescape(page)),
    )


def _of_chat(friend: Friend) -> Answer:
    first, *lines = friend.sees.splitlines()
    number = re.search(r"No\. (\d{4}-\d{5})", friend.sees)
    return Answer(
        headline=first.partition(" ")[2],
        lights=tuple(_CHAT_LIGHTS[line[0]] for line in lines if line[:1] in _CHAT_LIGHTS) or _DARK,
        number=number[1] if number else "",
        leads_to=_place(friend.sees),
    )


def _of_document(document: dict[str, Any]) -> Answer:
    picture, paper = document["picture"], document["certificate"]
    remark = PictureRemark(picture["remark"]) if picture else PictureRemark.CODE
    return Answer(
        headline=_PICTURES.get(remark) or _HEADLINES[VerdictKind(document["verdict"])],
        lights=tuple(document["checks"].values()),
        number=paper["number"] if paper else "",
        leads_to=(picture["leads_to"] or "") if picture else "",
    )


def _place(text: str) -> str:
    found = re.search(r"It leads to (\S+)\. That is not the university\.", text)
    return found[1] if found else ""


def headline_of(expected: VerdictKind | PictureRemark) -> str:
    """Return the headline by which a verdict, or a picture without one, is known."""
    return _PICTURES[expected] if isinstance(expected, PictureRemark) else _HEADLINES[expected]
