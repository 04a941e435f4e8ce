"""The conversation on the chat page, in a browser, with a bot that these tests play themselves."""

import re

from aiogram import Bot
from aiogram.types import BotCommand
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.support.chat_page import AIZADA, OpenPage, in_a_browser, message, next_update, one_button

pytestmark = in_a_browser


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


async def test_a_channel_is_looked_at_and_its_owner_brings_the_bot_there(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    channel = -1_002_000_000_009
    sandbox.world.add_chat(channel, "Жаңылыктар", AIZADA, channel=True)
    page = await open_page()
    await page.get_by_test_id(f"person-{channel}").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id("place").click()

    heard = await next_update(bot)
    assert heard.my_chat_member is not None
    assert (heard.my_chat_member.chat.id, heard.my_chat_member.from_user.id) == (channel, AIZADA)
    sent = await bot.send_message(channel, "<b>Жарыя</b>", parse_mode="HTML")
    await expect(message(page, sent.message_id).locator("strong")).to_have_text("Жарыя")
    await expect(page.get_by_test_id("place")).to_have_text(re.compile("."))
