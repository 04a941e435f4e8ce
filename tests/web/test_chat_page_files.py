"""Photos and documents on the chat page, both ways."""

from aiogram import Bot
from aiogram.types import BufferedInputFile
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.support.chat_page import AIZADA, PDF, OpenPage, in_a_browser, message, next_message, next_update, picture

pytestmark = in_a_browser


async def test_a_document_arrives_and_is_downloaded_unchanged(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}")

    file = BufferedInputFile(PDF, "Маалымкат №1.pdf")
    sent = await bot.send_document(AIZADA, file, caption="Маалымкат <b>даяр</b>", parse_mode="HTML")
    bubble = message(page, sent.message_id)
    await expect(bubble).to_contain_text("Маалымкат №1.pdf")
    await expect(bubble.locator("strong")).to_have_text("даяр")
    await expect(bubble.get_by_test_id("document-open")).to_be_visible()
    async with page.expect_download() as waiting:
        await bubble.get_by_test_id("document-download").click()
    download = await waiting.value

    assert download.suggested_filename == "Маалымкат №1.pdf"
    assert (await download.path()).read_bytes() == PDF


async def test_a_photo_opens_beside_the_chat_and_escape_closes_it(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}")
    sent = await bot.send_photo(AIZADA, BufferedInputFile(picture(), "photo.png"), caption="Билет")
    photo = message(page, sent.message_id).get_by_role("button", name="Сүрөт")

    await photo.click()
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("img")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(panel).to_be_hidden()
    await expect(photo).to_be_focused()


async def test_a_file_is_attached_and_sent(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_visible()

    await page.get_by_role("button", name="Тиркөө").click()
    async with page.expect_file_chooser() as waiting:
        await page.get_by_role("menuitem", name="Сүрөт же файл").click()
    chooser = await waiting.value
    await chooser.set_files({"name": "арыз.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.get_by_test_id("caption").fill("Арызым")
    await page.get_by_test_id("dialog-agree").click()

    heard = await next_update(bot)
    assert heard.message is not None
    assert heard.message.document is not None
    assert (heard.message.document.file_name, heard.message.caption) == ("арыз.pdf", "Арызым")
    received = await bot.download(heard.message.document)
    assert received is not None
    assert received.read() == PDF


SEND = """([way, name, type, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const fire = (kind, event) => document.getElementById("conversation").dispatchEvent(event);
    const options = { bubbles: true, cancelable: true };
    if (way === "paste") fire("paste", new ClipboardEvent("paste", { ...options, clipboardData: data }));
    else for (const kind of way.split(" ")) fire(kind, new DragEvent(kind, { ...options, dataTransfer: data }));
}"""


async def test_a_pasted_picture_goes_as_a_photo_with_a_caption(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_focused()

    await page.evaluate(SEND, ["paste", "чек.png", "image/png", list(picture(2000, 500))])
    await expect(page.get_by_role("dialog").get_by_role("img", name="чек.png")).to_be_visible()
    await expect(page.get_by_test_id("as-photo")).to_be_checked()
    await page.keyboard.type("Төлөм чеги")
    await page.keyboard.press("Enter")

    heard = await next_message(bot)
    assert heard.photo is not None
    assert (heard.caption, heard.document) == ("Төлөм чеги", None)
    assert (heard.photo[-1].width, heard.photo[-1].height) == (1280, 320)
    await expect(message(page, heard.message_id).get_by_role("img")).to_have_js_property("naturalWidth", 1280)
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_a_dropped_picture_goes_as_a_file_when_one_wants_it_unchanged(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    content = picture()

    await page.evaluate(SEND, ["dragenter", "а.png", "image/png", list(content)])
    await expect(page.locator("#drop")).to_be_visible()
    await page.evaluate(SEND, ["drop", "а.png", "image/png", list(content)])
    await expect(page.locator("#drop")).to_be_hidden()
    await page.get_by_test_id("as-file").check()
    await page.get_by_test_id("dialog-agree").click()

    heard = await next_message(bot)
    assert heard.document is not None
    assert (heard.document.file_name, heard.document.mime_type, heard.photo) == ("а.png", "image/png", None)
    assert sandbox.world.file(heard.document.file_id) == content


async def test_a_file_dropped_before_the_start_or_out_of_place_does_nothing(
    sandbox: Sandbox, open_page: OpenPage
) -> None:
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("start")).to_be_focused()

    await page.evaluate(SEND, ["dragenter dragover drop", "а.pdf", "application/pdf", [1]])
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == f"{sandbox.url}/?user={AIZADA}"


async def test_a_pdf_opens_beside_the_chat_and_gives_the_focus_back(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}")
    sent = await bot.send_document(AIZADA, BufferedInputFile(PDF, "Маалымкат.pdf"))
    assert sent.document is not None
    opener = message(page, sent.message_id).get_by_test_id("document-open")

    await opener.focus()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Маалымкат.pdf")
    await expect(panel.get_by_test_id("viewer-close")).to_be_focused()
    address = f"/api/files/{sent.document.file_id}"
    await expect(panel.locator("iframe")).to_have_attribute("src", f"{address}#view=FitH&navpanes=0")
    await expect(panel.get_by_role("link", name="Өзүнчө терезеде ачуу")).to_have_attribute("href", address)
    async with page.expect_download() as waiting:
        await panel.get_by_role("link", name="Жүктөп алуу: Маалымкат.pdf").click()
    assert (await (await waiting.value).path()).read_bytes() == PDF
    await panel.locator("iframe").evaluate(
        "frame => frame.contentWindow.focus()"
    )  # as a PDF reader does when it is ready
    await expect(panel.get_by_test_id("viewer-close")).to_be_focused()
    await panel.get_by_test_id("viewer-close").press("Escape")
    await expect(panel).to_be_hidden()
    await expect(opener).to_be_focused()

    await opener.click()
    await page.set_viewport_size({"width": 1000, "height": 800})
    await expect(page.locator("#chat-pane")).to_have_attribute("inert", "")
    await panel.get_by_test_id("viewer-close").click()
    await expect(panel).to_be_hidden()
    await expect(page.get_by_test_id("composer")).to_be_enabled()
