"""A survey in a real browser that runs no scripts, from the typed code to the last page."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from services.codes import printed_code
from services.surveys.dto import Reply
from tests.support.chat_page import in_a_browser
from tests.support.ticketed import GROUP, Ticketed, every_item, open_ticketed
from tests.support.website import Website

PHONE = (360, 640)

_LOWEST = """Math.min(100, ...[...document.querySelectorAll("label.o, button, .b")].map(one => one.offsetHeight))"""

pytestmark = in_a_browser
OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="module")
async def everything(site: Website, tmp_path_factory: pytest.TempPathFactory) -> Ticketed:
    """A questionnaire with an item of each type."""
    return await open_ticketed(site.engine, tmp_path_factory.mktemp("keys"), tickets=3, body=every_item())


@pytest.fixture
async def open_page(browser: Browser, site: Website) -> AsyncIterator[OpenPage]:
    """Opens an address on a small phone; the browser may ask for nothing else and complain of nothing."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts = []

    async def open_(path: str, *, locale: str = "en-GB", scale: int = 1) -> Page:
        context = await browser.new_context(
            viewport={"width": PHONE[0], "height": PHONE[1]}, locale=locale, java_script_enabled=False,
            device_scale_factor=scale,
        )  # fmt: skip
        contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url) if request.resource_type != "document" else None)
        await page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        assert await context.cookies() == []
        await context.close()
    assert [said for said in complaints if "status of 4" not in said] == []
    assert [url for url in asked if not url.startswith("data:")] == []


async def test_the_whole_way_from_a_typed_code_to_thanks(
    open_page: OpenPage, everything: Ticketed, site: Website
) -> None:
    page = await open_page("/s")
    await page.get_by_label("Code of the ticket").fill(printed_code(everything.codes[0], 4).lower())
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("link", name="Русский").click()
    await expect(page.get_by_text("Это анонимный опрос.")).to_be_visible()
    await page.get_by_role("link", name="Начать").click()

    first = page.get_by_role("group", name="1. teach1 по-русски")
    await first.get_by_label("ru 4").check()
    await page.get_by_role("group", name="rows_a по-русски").get_by_label("предпочитаю не отвечать").check()
    await page.get_by_label("books по-русски").check()
    await page.get_by_label("none по-русски").check()
    await page.get_by_label("7. good по-русски").fill("Хорошо <b>& ещё</b>\nвторая строка")
    await page.get_by_role("button", name="Отправить").click()

    await expect(page.get_by_role("alert")).to_contain_text("Пока ничего не отправлено.")
    await page.get_by_role("alert").get_by_role("link", name="5. lacks по-русски").click()
    await page.get_by_label("none по-русски").uncheck()
    await page.get_by_role("button", name="Отправить").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо! Теперь страницу можно закрыть.")
    assert everything.codes[0] not in page.url
    assert await everything.replies() == [
        Reply(
            stratum=GROUP,
            answers={"teach1": 5, "lacks": ("books",), "parts.rows_a": "~not_said"},
            texts={"good": "Хорошо <b>& ещё</b>\nвторая строка"},
        )
    ]
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо! Теперь страницу можно закрыть.")
    await expect(page.get_by_text("Телефон доверия:")).to_be_visible()
    await page.goto(f"{site.url}/s/{everything.codes[0]}?lang=ru")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("По этому билету ответить нельзя")


async def test_the_last_page_shows_at_once_where_to_call(
    open_page: OpenPage, everything: Ticketed, site: Website
) -> None:
    page = await open_page(f"/s/{everything.codes[2]}/questions?lang=en")
    await page.get_by_label("7. good in English").fill("I want to kill myself")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("please do not stay alone with it.")).to_be_visible()
    assert page.url == f"{site.url}/s/thanks?lang=en"
    await expect(page.get_by_role("link", name="103")).to_be_visible()


async def test_everything_fits_a_small_phone_and_can_be_hit_with_a_thumb(
    open_page: OpenPage, everything: Ticketed, site: Website, tmp_path: Path
) -> None:
    students = await open_ticketed(site.engine, tmp_path, tickets=1)
    folder = os.environ.get("PICTURES_OF_PAGES")  # of pictures for people to look at
    page = await open_page("/s/", scale=2 if folder else 1)
    for language in ("ky", "ru", "en"):
        for name, path in (
            ("code", "/s/"), ("refused", "/s/no"), ("promise", f"/s/{students.codes[0]}"),
            ("form", f"/s/{students.codes[0]}/questions"), ("every", f"/s/{everything.codes[1]}/questions"),
            ("thanks", "/s/thanks"),
        ):  # fmt: skip
            await page.goto(f"{site.url}{path}?lang={language}")
            if folder:
                await page.screenshot(path=f"{folder}/survey-{name}-{language}.png", full_page=True)
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], (name, language)
            assert await page.evaluate(_LOWEST) >= 44, (name, language)
