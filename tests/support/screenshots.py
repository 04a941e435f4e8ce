"""Takes the pictures of the README: `python -m tests.support.screenshots` while `make demo` runs.

It goes the way of a student and of the Study Office in the chat page, so the pictures show what the program really
says. `[ADDRESS] [FOLDER]` may follow: where the demonstration runs, and where the pictures go (a folder that is there,
`docs/images` if none is named).
"""

import asyncio
import base64
import re
import sys
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from tests.support.chat_page import CHROMIUM, CHROMIUM_FLAGS

_ADDRESS = "http://127.0.0.1:8080"
_IMAGES = Path(__file__).parents[2] / "docs" / "images"
_STUDENT, _REGISTRAR = "1001", "1005"
_CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
_ORDER = re.compile("Маалымкат алуу")
_CONSENT = re.compile("Макулмун|Согла|I agree")
_LANGUAGE = re.compile("Кыргызча|Русский")
_DESKTOP: ViewportSize = {"width": 1180, "height": 820}
_PHONE: ViewportSize = {"width": 390, "height": 780}
_HALF: ViewportSize = {"width": 640, "height": 820}
_QUIET = 1.0  # seconds without a change: the bot is through
_LONGEST = 30.0
_SIDE_BY_SIDE = """<body style="margin:0;display:flex;gap:12px;background:#d7e0de">
<img src="data:image/png;base64,{}"><img src="data:image/png;base64,{}"></body>"""


async def main(address: str = _ADDRESS, folder: str = str(_IMAGES)) -> None:
    """Take all pictures."""
    images = Path(folder)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        student = await _window(browser, _DESKTOP)
        await _order_certificate(student, address)
        await _shoot(student, images / "chat.png")
        await _picture_paper(student, images)
        await student.emulate_media(color_scheme="dark")
        await _shoot(student, images / "dark.png")
        await student.emulate_media(color_scheme="light")
        await _picture_phone(browser, address, images / "phone.png")
        await _picture_two(browser, address, images / "side-by-side.png")
        await _picture_faults(student, images / "faults.png")
        await browser.close()


async def _window(browser: Browser, size: ViewportSize, language: str = "ky-KG", scale: int = 1) -> Page:
    context = await browser.new_context(
        viewport=size, locale=language, device_scale_factor=scale, reduced_motion="reduce", color_scheme="light"
    )
    return await context.new_page()


async def _order_certificate(page: Page, address: str) -> None:
    await page.goto(f"{address}/?user={_STUDENT}")
    await _begin(page)
    code = _CODE.search(await page.get_by_test_id(f"person-{_STUDENT}").inner_text())
    if code and not await _offered(page, _ORDER).count():  # of an earlier run the bot knows the student
        await _write(page, code.group())
    await _tap_if_offered(page, _CONSENT)
    await _tap(page, _ORDER)
    for label in ("Окуп жаткандыгы жөнүндө", "Кыргыз тили", "Ырастоо"):
        await _tap(page, re.compile(label))
    await page.get_by_test_id("document-open").last.wait_for()
    await _quiet(page)


async def _begin(page: Page) -> None:
    """Press Start and say what the bot asks of everybody at first; both may have been done in an earlier run."""
    await page.locator("#composer:visible, #start:visible").first.wait_for()
    if await page.get_by_test_id("start").is_visible():
        await page.get_by_test_id("start").click()
        await _quiet(page)
    await _tap_if_offered(page, _LANGUAGE)
    await _tap_if_offered(page, _CONSENT)


async def _picture_paper(page: Page, images: Path) -> None:
    async with page.expect_download() as started:
        await page.get_by_test_id("document-download").last.click()
    paper = images / "certificate.pdf"
    await (await started.value).save_as(paper)
    picture = ["pdftoppm", "-r", "80", "-png", "-singlefile", str(paper), str(paper.with_suffix(""))]
    await (await asyncio.create_subprocess_exec(*picture)).wait()
    paper.unlink()


async def _picture_phone(browser: Browser, address: str, picture: Path) -> None:
    phone = await _window(browser, _PHONE, scale=2)
    await phone.goto(f"{address}/?user={_STUDENT}")
    await _quiet(phone)
    await _shoot(phone, picture)


async def _picture_two(browser: Browser, address: str, picture: Path) -> None:
    """The student on the left; on the right the Study Office, which looks the student up."""
    student, registrar = await _window(browser, _HALF), await _window(browser, _HALF, "ru-RU")
    await student.goto(f"{address}/?user={_STUDENT}")
    await registrar.goto(f"{address}/?user={_REGISTRAR}")
    await _begin(registrar)
    await _write(registrar, "/admin")
    await _tap(registrar, re.compile("Учебное управление"))
    await _write(registrar, "маматова айзада")
    await _quiet(student)
    await registrar.mouse.move(0, 0)
    halves = [base64.b64encode(await page.screenshot()).decode() for page in (student, registrar)]
    both = await _window(browser, {"width": 2 * _HALF["width"] + 12, "height": _HALF["height"]})
    await both.set_content(_SIDE_BY_SIDE.format(*halves))
    await both.screenshot(path=picture)


async def _picture_faults(page: Page, picture: Path) -> None:
    await page.bring_to_front()
    await page.locator("#faults-button").click()
    await page.get_by_test_id("fault-slow").click()
    await page.get_by_test_id("fault-banner").wait_for()
    await page.locator("#faults-button").click()
    await page.get_by_test_id("faults-panel").wait_for()
    await _shoot(page, picture)
    await page.get_by_test_id("fault-off").click()
    await page.get_by_test_id("fault-banner").wait_for(state="hidden")


async def _shoot(page: Page, picture: Path) -> None:
    await page.get_by_test_id("toast").first.wait_for(state="detached")
    await page.mouse.move(0, 0)  # nothing is hovered over
    await page.screenshot(path=picture)


def _offered(page: Page, label: re.Pattern[str]) -> Locator:
    """Buttons of the newest message of the bot that has any."""
    return page.locator("article.msg:has(.keys)").last.get_by_test_id("button").filter(has_text=label)


async def _tap(page: Page, label: re.Pattern[str]) -> None:
    await _offered(page, label).first.click()
    await _quiet(page)


async def _tap_if_offered(page: Page, label: re.Pattern[str]) -> None:
    if await _offered(page, label).count():
        await _tap(page, label)


async def _write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()
    await _quiet(page)


async def _quiet(page: Page) -> None:
    """Wait until nothing changes in the chat any more."""
    loop = asyncio.get_running_loop()
    end, still, before = loop.time() + _LONGEST, loop.time(), ""
    while loop.time() < min(end, still + _QUIET):
        await asyncio.sleep(0.1)
        now = await page.locator("#column").inner_html()
        if now != before:
            before, still = now, loop.time()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
