"""The verification page in a real browser that runs no scripts."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.support.chat_page import in_a_browser
from tests.support.pictures import photograph
from tests.support.website import PUBLIC_URL, IssuedPaper, Website

PHONE, NARROW, DESKTOP = (390, 844), (320, 568), (1280, 800)

pytestmark = in_a_browser
OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="module")
async def paper(site: Website) -> IssuedPaper:
    return await site.issue()


@pytest.fixture
async def open_page(browser: Browser, site: Website) -> AsyncIterator[OpenPage]:
    """Opens an address; the browser may not have complained (a refused style, a missing file) in the end."""
    complaints: list[str] = []
    contexts = []

    async def open_(path: str, *, size: tuple[int, int] = PHONE, dark: bool = False, locale: str = "en-GB") -> Page:
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale=locale,
            java_script_enabled=False,
        )  # fmt: skip
        contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert [said for said in complaints if "status of 4" not in said] == []


@pytest.fixture
def folder() -> Path:
    """Where pictures go."""
    folder = Path(os.environ["PICTURES_OF_PAGES"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def test_a_code_is_typed_and_the_language_changed(open_page: OpenPage, paper: IssuedPaper) -> None:
    page = await open_page("/verify")
    await page.get_by_label("Code of the certificate").fill(f" {paper.code.lower()[:10]}-{paper.code[10:]} ")
    await page.get_by_role("button", name="Check the code").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("The certificate is valid.")
    await expect(page.get_by_text("Маматова Айзада Бакытовна")).to_be_visible()
    await page.get_by_role("link", name="Русский").click()
    await expect(page.get_by_text("С места учёбы")).to_be_visible()
    assert page.url.endswith(f"/verify/{paper.code}?lang=ru")
    assert await page.locator("html").get_attribute("lang") == "ru"


async def test_a_file_is_uploaded_and_the_answer_keeps_the_language(open_page: OpenPage, paper: IssuedPaper) -> None:
    page = await open_page("/verify?lang=en", locale="ky-KG")
    await page.get_by_label("PDF file of the certificate").set_input_files(
        FilePayload(name="маалымкат.pdf", mimeType="application/pdf", buffer=paper.pdf)
    )
    await page.get_by_role("button", name="Check the file").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("The certificate is valid.")
    await expect(page.locator(".lights li.good")).to_have_count(7)


async def test_a_photo_is_uploaded_from_a_phone_and_every_answer_fits_it(
    open_page: OpenPage, paper: IssuedPaper
) -> None:
    forged = f"https://{'papers-' * 7}university.example/verify/{paper.code}"
    for name, size, language, content in (
        ("valid", PHONE, "ru", photograph(f"{PUBLIC_URL}/verify/{paper.code}", turned=10)),
        ("forged", NARROW, "ky", photograph(forged)),
        ("nothing", NARROW, "en", photograph()),
    ):
        page = await open_page(f"/verify?lang={language}", size=size)
        await page.locator("input[type=file]").set_input_files(
            FilePayload(name="IMG_0001.JPG", mimeType="image/jpeg", buffer=content)
        )
        await page.locator("form[method=post] button").click()
        await expect(page.locator(".verdict")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], (name, language)
        if to := os.environ.get("PICTURES_OF_PAGES"):
            await page.screenshot(path=f"{to}/photo-{name}-{language}.png", full_page=True)


async def test_a_file_of_more_than_20_megabytes_is_refused_with_a_sentence(open_page: OpenPage, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(bytes(21 * 1024 * 1024))
    page = await open_page("/verify?lang=en")
    await page.get_by_label("PDF file of the certificate").set_input_files(large)
    await page.get_by_role("button", name="Check the file").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("The file is too large")


async def test_nothing_is_wider_than_the_screen(open_page: OpenPage, site: Website, paper: IssuedPaper) -> None:
    for size in (NARROW, PHONE, DESKTOP):
        page = await open_page("/verify?lang=ky", size=size)
        for path in ("/verify", f"/verify/{paper.code}", "/verify/7K3QX9MVP2RTABCDE123", "/verify/no-code"):
            for language in ("ky", "ru"):
                await page.goto(f"{site.url}{path}?lang={language}")
                assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], (path, size)


@pytest.mark.skipif("PICTURES_OF_PAGES" not in os.environ, reason="PICTURES_OF_PAGES=folder: pictures for people")
async def test_pictures_of_the_page_can_be_looked_at(open_page: OpenPage, paper: IssuedPaper, folder: Path) -> None:
    for name, path in (("form", "/verify"), ("valid", f"/verify/{paper.code}"), ("unknown", "/verify/" + "0" * 20)):
        for size in (PHONE, DESKTOP):
            for dark in (False, True):
                page = await open_page(path + "?lang=ky", size=size, dark=dark)
                file = folder / f"{name}-{size[0]}-{'dark' if dark else 'light'}.png"
                await page.screenshot(path=str(file), full_page=True)
                assert file.stat().st_size > 10_000
    page = await open_page(f"/verify/{paper.code}?lang=ky", size=DESKTOP)
    assert len(await page.pdf(path=str(folder / "valid.pdf"), format="A4", print_background=False)) > 10_000
