"""The chat page of the local Telegram, in a browser, with a bot that these tests play themselves."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.sandbox import Sandbox

CHROMIUM = Path("/usr/bin/chromium")
AIZADA, BAKYT = 1, 2
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and "CI" not in os.environ,
        reason=f"{CHROMIUM} is missing (apt-get install chromium); in CI this is a failure",
    ),
]
OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        add_people(sandbox)
        yield sandbox


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.token, session=session) as bot:
        yield bot


@pytest.fixture
async def open_page(browser: Browser, sandbox: Sandbox) -> AsyncIterator[OpenPage]:
    """Opens an address of the sandbox in a browser of its own; no page may have complained in the end."""
    complaints: list[str] = []
    contexts = []

    async def open_(path: str = "/", *, size: dict[str, int] | None = None, locale: str = "ky-KG") -> Page:
        context = await browser.new_context(
            viewport={"width": (size or DESKTOP)["width"], "height": (size or DESKTOP)["height"]},
            locale=locale,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(sandbox.url + path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert [complaint for complaint in complaints if "WebSocket connection" not in complaint] == []


def add_people(sandbox: Sandbox) -> None:
    sandbox.world.add_user(
        AIZADA,
        "Айзада",
        last_name="Маматова",
        language_code="ky",
        phone="+996700123456",
        about_lines={"ky": "Студент", "ru": "Студентка", "en": "Student"},
    )
    sandbox.world.add_user(BAKYT, "Бакыт", last_name="Асанов", language_code="ky", about="Декан")


async def next_update(bot: Bot) -> Update:
    """What the bot hears next; older updates are thereby acknowledged."""
    updates = await bot.get_updates(timeout=10, limit=1)
    await bot.get_updates(offset=updates[0].update_id + 1, timeout=0)
    return updates[0]


def message(page: Page, message_id: int) -> Locator:
    return page.get_by_test_id(f"message-{message_id}")


def one_button(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


async def test_a_person_is_chosen_and_presses_start(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    await bot.set_my_description("Маалымкаттар жана жарыялар")
    page = await open_page()

    await page.get_by_test_id(f"person-{AIZADA}").click()
    await expect(page.get_by_test_id("messages")).to_contain_text("Маалымкаттар жана жарыялар")
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id("start").click()

    heard = await next_update(bot)
    assert heard.message is not None
    assert (heard.message.text, heard.message.chat.id) == ("/start", AIZADA)
    await expect(page.get_by_test_id("composer")).to_be_visible()
    answer = await bot.send_message(AIZADA, "Саламатсызбы, <b>Айзада</b>!", parse_mode="HTML")
    await expect(message(page, answer.message_id).locator("strong")).to_have_text("Айзада")
    assert page.url == f"{sandbox.url}/?user={AIZADA}"


async def test_a_pressed_button_waits_for_the_answer_and_an_alert_is_a_dialog(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    await bot.send_message(AIZADA, "Өтүнмө", reply_markup=one_button("Жөнөтүү", "send"))
    page = await open_page(f"/?user={AIZADA}")
    button = page.get_by_test_id("button").filter(has_text="Жөнөтүү")

    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    heard = await next_update(bot)
    assert heard.callback_query is not None
    assert heard.callback_query.data == "send"
    await bot.answer_callback_query(heard.callback_query.id, "Өтүнмө кабыл алынды", show_alert=True)

    alert = page.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Өтүнмө кабыл алынды")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)


async def test_an_answer_without_alert_is_a_toast(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    await bot.send_message(AIZADA, "Өтүнмө", reply_markup=one_button("Жөнөтүү", "send"))
    page = await open_page(f"/?user={AIZADA}")

    await page.get_by_test_id("button").click()
    heard = await next_update(bot)
    assert heard.callback_query is not None
    await bot.answer_callback_query(heard.callback_query.id, "Сакталды")

    await expect(page.get_by_test_id("toast")).to_have_text("Сакталды")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)


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
    picture = BufferedInputFile(await page.screenshot(), "photo.png")
    sent = await bot.send_photo(AIZADA, picture, caption="Билет")
    photo = message(page, sent.message_id).get_by_role("button", name="Сүрөт")

    await photo.click()
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("img")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(panel).to_be_hidden()
    await expect(photo).to_be_focused()


async def test_edits_and_deletions_show_at_once(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    sent = await bot.send_message(AIZADA, "Абалы: аткарылууда", reply_markup=one_button("Жокко чыгаруу", "x"))
    page = await open_page(f"/?user={AIZADA}")
    bubble = message(page, sent.message_id)
    await expect(bubble.get_by_test_id("button")).to_have_text("Жокко чыгаруу")

    await bot.edit_message_text("Абалы: даяр", chat_id=AIZADA, message_id=sent.message_id)
    await expect(bubble).to_contain_text("Абалы: даяр")
    await expect(bubble).to_contain_text("оңдолду")
    await expect(bubble.get_by_test_id("button")).to_have_count(0)
    await bot.delete_message(AIZADA, sent.message_id)

    await expect(bubble).to_have_count(0)


async def test_the_phone_number_is_shared_only_after_a_confirmation(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    row = [KeyboardButton(text="Номерди жөнөтүү", request_contact=True)]
    await bot.send_message(AIZADA, "Ким экениңизди ырастаңыз", reply_markup=ReplyKeyboardMarkup(keyboard=[row]))
    page = await open_page(f"/?user={AIZADA}")
    button = page.get_by_test_id("button").filter(has_text="Номерди жөнөтүү")

    await button.click()
    await expect(page.get_by_role("dialog")).to_contain_text("+996700123456")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert sandbox.world.messages(AIZADA)[-1]["from"]["is_bot"]
    await button.click()
    await page.get_by_test_id("dialog-agree").click()

    heard = await next_update(bot)
    assert heard.message is not None
    assert heard.message.contact is not None
    assert (heard.message.contact.phone_number, heard.message.contact.user_id) == ("+996700123456", AIZADA)
    await expect(message(page, heard.message.message_id)).to_contain_text("+996700123456")


async def test_markup_in_a_text_is_only_text(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")

    await page.get_by_test_id("composer").fill("<b>Айзада</b> <img src=x onerror=alert(1)>")
    await page.keyboard.press("Enter")
    heard = await next_update(bot)
    assert heard.message is not None
    answer = await bot.send_message(AIZADA, f"Сиз: {heard.message.text}")

    for message_id in (heard.message.message_id, answer.message_id):
        bubble = message(page, message_id)
        await expect(bubble).to_contain_text("<b>Айзада</b> <img src=x onerror=alert(1)>")
        await expect(bubble.locator("b, strong, img")).to_have_count(0)


async def test_links_of_other_schemes_are_not_links(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    html = '<a href="https://example.kg/x">сайт</a>, <code>/start</code>, <tg-spoiler>жашыруун</tg-spoiler>'
    sent = await bot.send_message(AIZADA, html, parse_mode="HTML")
    page = await open_page(f"/?user={AIZADA}")
    bubble = message(page, sent.message_id)

    link = bubble.get_by_role("link", name="сайт")
    await expect(link).to_have_attribute("href", "https://example.kg/x")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await expect(link).to_have_attribute("target", "_blank")
    unsafe = await page.evaluate(
        """async () => {
            const { classify } = await import("/static/links.js");
            return ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " jAvaScript:alert(1)"]
                .map((url) => classify(url, "kabarchy_demo_bot").kind);
        }"""
    )
    assert unsafe == ["none"] * 4
    spoiler = bubble.get_by_role("button", name="Жашырылган текст")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(spoiler).to_have_count(0)
    await expect(bubble.locator(".spoiler.open")).to_have_text("жашыруун")


async def test_a_link_to_the_bot_acts_in_the_chat(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    await bot.send_message(AIZADA, "Текшерүү: https://t.me/kabarchy_demo_bot?start=v_7K2PQ")
    page = await open_page(f"/?user={AIZADA}")

    await page.get_by_role("link", name="v_7K2PQ").click()

    heard = await next_update(bot)
    assert heard.message is not None
    assert heard.message.text == "/start v_7K2PQ"
    assert page.url == f"{sandbox.url}/?user={AIZADA}"


async def test_a_start_payload_in_the_address_is_sent_once(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    page = await open_page(f"/?user={AIZADA}&start=v_7K2PQ")

    heard = await next_update(bot)
    assert heard.message is not None
    assert heard.message.text == "/start v_7K2PQ"
    await expect(message(page, heard.message.message_id)).to_be_visible()
    await page.reload()
    await expect(message(page, heard.message.message_id)).to_be_visible()

    assert len(sandbox.world.messages(AIZADA)) == 1


async def test_a_command_is_suggested_while_typing_and_listed_in_the_menu(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    await bot.set_my_commands(
        [BotCommand(command="help", description="Жардам"), BotCommand(command="settings", description="Жөндөөлөр")]
    )
    page = await open_page(f"/?user={AIZADA}")

    await page.get_by_test_id("composer").press_sequentially("/se")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    by_typing = await next_update(bot)
    await page.get_by_test_id("menu").click()
    await page.get_by_role("menuitem", name="Жардам").click()
    by_menu = await next_update(bot)

    assert by_typing.message is not None
    assert by_menu.message is not None
    assert (by_typing.message.text, by_menu.message.text) == ("/settings", "/help")
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def test_a_file_is_attached_and_sent(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_visible()

    async with page.expect_file_chooser() as waiting:
        await page.get_by_role("button", name="Файл тиркөө").click()
    chooser = await waiting.value
    await chooser.set_files({"name": "арыз.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await page.get_by_test_id("dialog-agree").click()

    heard = await next_update(bot)
    assert heard.message is not None
    assert heard.message.document is not None
    assert heard.message.document.file_name == "арыз.pdf"
    received = await bot.download(heard.message.document)
    assert received is not None
    assert received.read() == PDF


async def test_two_windows_show_two_people_side_by_side(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    sandbox.world.start(BAKYT)
    student, dean = await open_page(f"/?user={AIZADA}"), await open_page(f"/?user={BAKYT}")

    await bot.send_message(AIZADA, "Айзада үчүн")
    await bot.send_message(BAKYT, "Бакыт үчүн")

    await expect(student.get_by_test_id("messages")).to_contain_text("Айзада үчүн")
    await expect(dean.get_by_test_id("messages")).to_contain_text("Бакыт үчүн")
    await expect(student.get_by_test_id("messages")).not_to_contain_text("Бакыт үчүн")


async def test_a_phone_shows_the_chooser_then_the_chat_and_goes_back(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    long_words = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Окуп жаткандыгы жөнүндө маалымкат алууга өтүнмө берүү", callback_data="1")],
            [InlineKeyboardButton(text=f"Баскыч {number}", callback_data=str(number)) for number in range(2, 6)],
        ]
    )
    await bot.send_message(AIZADA, "Кандай маалымкат керек?", reply_markup=long_words)
    page = await open_page(size=PHONE)
    await expect(page.get_by_test_id("messages")).not_to_be_in_viewport()

    await page.get_by_test_id(f"person-{AIZADA}").click()
    await expect(page.get_by_test_id("composer")).to_be_in_viewport()
    await expect(page.get_by_test_id(f"person-{AIZADA}")).to_be_hidden()
    sticking_out = await page.evaluate(
        """() => [...document.querySelectorAll("#conversation *")]
            .filter((node) => node.getClientRects().length && node.getBoundingClientRect().right > innerWidth + 0.5)
            .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert sticking_out == []
    await page.go_back()

    await expect(page.get_by_test_id(f"person-{AIZADA}")).to_be_in_viewport()
    assert page.url == f"{sandbox.url}/"


async def test_the_chooser_speaks_three_languages_and_remembers(open_page: OpenPage) -> None:
    page = await open_page(locale="ru-RU")
    person = page.get_by_test_id(f"person-{AIZADA}")
    await expect(person).to_contain_text("Студентка")
    await expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "Поиск")

    await page.get_by_role("radio", name="Кыргызча").click()
    await expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "Издөө")
    await page.get_by_role("radio", name="English").click()
    await expect(person).to_contain_text("Student")
    await page.reload()

    await expect(page.get_by_role("searchbox")).to_have_attribute("placeholder", "Search")
    assert await page.evaluate("document.documentElement.lang") == "en"


async def test_a_blocked_bot_can_be_unblocked(sandbox: Sandbox, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_visible()

    await page.get_by_role("button", name="Дагы").click()
    await page.get_by_role("menuitem", name="Ботту бөгөттөө").click()
    await page.get_by_test_id("dialog-agree").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    assert sandbox.world.people[AIZADA].blocked
    await page.get_by_test_id("unblock").click()

    await expect(page.get_by_test_id("composer")).to_be_visible()
    assert not sandbox.world.people[AIZADA].blocked


async def test_the_page_finds_its_way_back_to_a_restarted_server(browser: Browser) -> None:
    async with Sandbox() as first:
        add_people(first)
        first.world.start(AIZADA)
        page = await browser.new_page(locale="en-US")
        await page.goto(f"{first.url}/?user={AIZADA}")
        await expect(page.get_by_test_id("messages")).to_contain_text("/start")
    await expect(page.get_by_role("status").filter(has_text="Connecting…")).to_be_visible()

    async with Sandbox(port=int(first.url.rpartition(":")[2]), world=first.world):
        first.world.send_text(AIZADA, "Кайра байланыштабыз")
        await expect(page.get_by_test_id("messages")).to_contain_text("Кайра байланыштабыз", timeout=15_000)
        await expect(page.get_by_role("status").filter(has_text="You: Айзада Маматова")).to_be_visible()
        await page.context.close()


async def test_the_panel_orders_a_fault(sandbox: Sandbox, open_page: OpenPage) -> None:
    page = await open_page(f"/?user={AIZADA}", locale="en-US")

    await page.get_by_role("button", name="Show Telegram's faults").click()
    await page.get_by_label("How many times").fill("2")
    await page.get_by_test_id("fault-429").click()

    await expect(page.get_by_test_id("toast")).to_contain_text("Too many requests")
    assert [(fault.status, fault.count) for fault in sandbox.world.faults.waiting()] == [(429, 2)]
