"""The chat page in a browser: pages that are opened once and used by many tests, and what tests do with them."""

import os
import struct
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize

from bot.sandbox import Sandbox

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AIZADA, BAKYT = 1, 2
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and "CI" not in os.environ,
        reason=f"{CHROMIUM} is missing (apt-get install chromium); in CI this is a failure",
    ),
]
OpenPage = Callable[..., Awaitable[Page]]


class Pages:
    """Opens pages of one sandbox in contexts by language, and takes them back for the next test.

    A page that has been loaded before is there in a fraction of the time of a new one.
    """

    def __init__(self, browser: Browser, sandbox: Sandbox) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._sandbox = sandbox
        self._contexts: dict[str, BrowserContext] = {}
        self._free: dict[str, list[Page]] = {}
        self._used: list[tuple[str, Page]] = []

    async def open(
        self, path: str = "/", *, size: ViewportSize | None = None, locale: str = "ky-KG", dark: bool = False
    ) -> Page:
        """Open an address of the sandbox in a window of a reader with that language."""
        if locale not in self._contexts:
            self._contexts[locale] = await self._browser.new_context(locale=locale, reduced_motion="reduce")
        free = self._free.setdefault(locale, [])
        page = free.pop() if free else await self._new(self._contexts[locale])
        self._used.append((locale, page))
        await page.set_viewport_size(size or DESKTOP)
        await page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        await page.goto(self._sandbox.url + path)
        return page

    async def take_back(self) -> None:
        """Close all chats and forget what readers have chosen."""
        used, self._used = self._used, []
        for locale, page in used:
            if page.is_closed():
                continue
            await page.evaluate("localStorage.clear()")
            await page.goto("about:blank")
            self._free[locale].append(page)
        for locale, context in self._contexts.items():
            for page in context.pages:
                if page not in self._free.get(locale, []):
                    await page.close()
        await self._sandbox.world.wait_for(lambda: not self._sandbox.world.board.listened())

    async def close(self) -> None:
        """Close everything."""
        for context in self._contexts.values():
            await context.close()

    async def _new(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        return page


def add_people(sandbox: Sandbox) -> None:
    """A student and a dean, neither of whom has met the bot."""
    sandbox.world.add_user(
        AIZADA,
        "Айзада",
        last_name="Маматова",
        language_code="ky",
        phone="+996700123456",
        about_lines={"ky": "Студент", "ru": "Студентка", "en": "Student"},
    )
    sandbox.world.add_user(BAKYT, "Бакыт", last_name="Асанов", language_code="ky", phone="+996700654321", about="Декан")


def empty(sandbox: Sandbox) -> None:
    """Make a used sandbox as good as new."""
    world = sandbox.world
    world.people.clear()
    world.conversations.clear()
    world.taps.clear()
    world.faults.clear()
    world.updates.clear()
    world.introduce_bot(sandbox.bot_id, "kabarchy_demo_bot", "Кабарчы")


async def next_update(bot: Bot) -> Update:
    """What the bot hears next; older updates are thereby acknowledged."""
    updates = await bot.get_updates(timeout=10, limit=1)
    await bot.get_updates(offset=updates[0].update_id + 1, timeout=0)
    return updates[0]


async def next_message(bot: Bot) -> Message:
    """The message the bot hears next."""
    heard = (await next_update(bot)).message
    assert heard is not None
    return heard


def message(page: Page, message_id: int) -> Locator:
    """A message as it stands in the chat."""
    return page.get_by_test_id(f"message-{message_id}")


def one_button(text: str, data: str) -> InlineKeyboardMarkup:
    """A keyboard of one inline button."""
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


def picture(width: int = 64, height: int = 40) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
