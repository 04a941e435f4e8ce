"""Takes the pictures of the README: `python -m tests.support.screenshots` while `make demo` runs.

It goes the way of a student in the chat page, so the pictures show what the program really says.
"""

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import Page, async_playwright

_IMAGES = Path(__file__).parents[2] / "docs" / "images"
_BROWSER = "/usr/bin/chromium"
_STUDENT = "1001"
_CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")


async def main(address: str) -> None:
    """Take all pictures."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_BROWSER, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = await browser.new_page(viewport={"width": 1180, "height": 820}, locale="ky-KG")
        await _order_certificate(page, address)
        await page.screenshot(path=_IMAGES / "chat.png")
        await _picture_paper(page)
        phone = await browser.new_page(viewport={"width": 390, "height": 780}, locale="ky-KG", device_scale_factor=2)
        await phone.goto(f"{address}/?user={_STUDENT}")
        await phone.get_by_test_id("composer").wait_for()
        await phone.wait_for_timeout(800)
        await phone.screenshot(path=_IMAGES / "phone.png")
        await browser.close()


async def _order_certificate(page: Page, address: str) -> None:
    await page.goto(address)
    await page.get_by_test_id(f"person-{_STUDENT}").click()
    code = _CODE.findall(await page.get_by_test_id(f"person-{_STUDENT}").inner_text())[0]
    if await page.get_by_test_id("start").is_visible():
        await page.get_by_test_id("start").click()
        await _tap(page, "Кыргызча")
    await _write(page, code)
    await _tap(page, "Маалымкат алуу")
    await _tap(page, "Окуп жаткандыгы жөнүндө")
    await _tap(page, "Кыргыз тили")
    await _tap(page, "Ырастоо")
    await page.get_by_test_id("document-open").last.wait_for()
    await page.wait_for_timeout(5_000)  # until the toast is gone


async def _picture_paper(page: Page) -> None:
    async with page.expect_download() as started:
        await page.get_by_test_id("document-download").last.click()
    paper = _IMAGES / "certificate.pdf"
    await (await started.value).save_as(paper)
    picture = ["pdftoppm", "-r", "80", "-png", "-singlefile", str(paper), str(paper.with_suffix(""))]
    await (await asyncio.create_subprocess_exec(*picture)).wait()
    paper.unlink()


async def _tap(page: Page, text: str) -> None:
    await page.get_by_test_id("button").filter(has_text=text).last.click()
    await page.wait_for_timeout(600)


async def _write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()
    await page.wait_for_timeout(800)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"))
