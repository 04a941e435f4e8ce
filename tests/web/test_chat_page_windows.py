"""People side by side, the telephone, blocking, Telegram's faults and a beginning anew on the chat page."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from playwright.async_api import Browser, expect

from bot.sandbox import Sandbox
from tests.support.chat_page import AIZADA, BAKYT, PHONE, OpenPage, add_people, in_a_browser, next_message, next_update

pytestmark = in_a_browser


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


async def test_a_blocked_bot_can_be_unblocked(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_visible()

    await page.get_by_role("button", name="Дагы").click()
    await page.get_by_role("menuitem", name="Ботту бөгөттөө").click()
    await page.get_by_test_id("dialog-agree").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await expect(page.get_by_test_id("unblock")).to_be_focused()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(AIZADA, "a")
    left = (await next_update(bot)).my_chat_member
    assert left is not None
    assert left.new_chat_member.status == "kicked"
    await page.get_by_test_id("unblock").click()

    await expect(page.get_by_test_id("composer")).to_be_visible()
    await bot.send_message(AIZADA, "b")


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


async def test_the_panel_orders_a_fault(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}", locale="en-US")

    await page.get_by_role("button", name="Show Telegram's faults").click()
    await page.get_by_label("How many times").fill("2")
    await page.get_by_test_id("fault-429").click()

    banner = page.get_by_test_id("fault-banner")
    await expect(banner).to_contain_text("Too many requests, 3 s, left: 2")
    assert [(fault.status, fault.count) for fault in sandbox.world.faults.waiting()] == [(429, 2)]
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(AIZADA, "a")
    await expect(banner).to_contain_text("left: 1")
    await banner.get_by_role("button", name="Switch off").click()
    await expect(banner).to_be_hidden()
    assert sandbox.world.faults.waiting() == []


async def test_a_fault_lasts_until_it_is_switched_off_in_any_window(sandbox: Sandbox, open_page: OpenPage) -> None:
    one = await open_page(f"/?user={AIZADA}", locale="en-US")
    other = await open_page(f"/?user={BAKYT}", locale="en-US")
    await expect(other.get_by_test_id("start")).to_be_focused()

    await one.bring_to_front()
    await one.get_by_role("button", name="Show Telegram's faults").click()
    await one.get_by_test_id("fault-endless").check()
    await one.get_by_role("radio", name="The answer gets lost").click()
    await expect(other.get_by_test_id("fault-banner")).to_contain_text("The answer gets lost, until switched off")
    assert [fault.count for fault in sandbox.world.faults.waiting()] == [0]
    await other.bring_to_front()
    await other.get_by_role("button", name="Show Telegram's faults").click()
    await other.get_by_role("radio", name="No faults").click()

    await expect(one.get_by_test_id("fault-banner")).to_be_hidden()
    await expect(other.get_by_role("button", name="Show Telegram's faults")).to_be_focused()


async def test_another_person_is_opened_in_a_window_beside(open_page: OpenPage) -> None:
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("start")).to_be_focused()

    await page.get_by_role("button", name="Дагы").click()
    await page.get_by_role("menuitem", name="Жанына башка адамды ачуу").click()
    await expect(page.get_by_role("radio", name="Бакыт Асанов")).to_be_focused()
    async with page.expect_popup() as waiting:
        await page.get_by_test_id("dialog-agree").click()
    beside = await waiting.value

    await expect(beside.get_by_text("Сиз: Бакыт Асанов")).to_be_visible()
    await expect(page.get_by_text("Сиз: Айзада Маматова")).to_be_visible()
    await page.bring_to_front()
    async with page.expect_popup() as waiting:
        await page.get_by_test_id(f"window-{AIZADA}").click()
    await expect((await waiting.value).get_by_text("Сиз: Айзада Маматова")).to_be_visible()


async def test_everything_begins_anew_after_a_confirmation(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    sandbox.world.start(BAKYT)
    one, other = await open_page(f"/?user={AIZADA}"), await open_page(f"/?user={BAKYT}")
    await expect(other.get_by_test_id("messages")).to_contain_text("/start")

    await one.bring_to_front()
    await one.get_by_role("button", name="Жөндөөлөр").click()
    await one.get_by_role("menuitem", name="Көрсөтүүнү кайра баштоо").click()
    await expect(one.get_by_role("dialog")).to_contain_text("Боттун өз маалыматтары сакталат")
    await one.get_by_test_id("dialog-agree").click()

    for page in (one, other):
        await expect(page.get_by_test_id("start")).to_be_visible()
        await expect(page.get_by_test_id("messages")).not_to_contain_text("/start")
    assert await bot.get_updates() == []
    await other.bring_to_front()
    await other.get_by_test_id("start").click()
    assert (await next_message(bot)).chat.id == BAKYT
    await expect(other.get_by_test_id("composer")).to_be_focused()


async def test_the_limits_of_telegram_are_switched_in_the_panel(sandbox: Sandbox, open_page: OpenPage) -> None:
    page = await open_page(f"/?user={AIZADA}", locale="en-US")
    await page.get_by_role("button", name="Show Telegram's faults").click()
    switch = page.get_by_role("checkbox", name="Telegram's limits – at most 30 messages a second")
    await expect(switch).to_be_enabled()
    await expect(switch).not_to_be_checked()
    await switch.check()
    await sandbox.world.wait_for(lambda: sandbox.world.flood.on)
    await switch.uncheck()
    await sandbox.world.wait_for(lambda: not sandbox.world.flood.on)
