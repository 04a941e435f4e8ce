"""Contacts, answers, forwarded messages and reply keyboards on the chat page."""

from aiogram import Bot
from aiogram.types import ForceReply, KeyboardButton, MessageOriginUser, ReplyKeyboardMarkup, ReplyKeyboardRemove
from playwright.async_api import Page, expect

from bot.sandbox import Sandbox
from tests.support.chat_page import AIZADA, BAKYT, OpenPage, in_a_browser, message, next_message, next_update

pytestmark = in_a_browser


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


async def test_ones_own_and_another_persons_contact_are_attached(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_focused()

    await attach_contact(page)
    await page.get_by_test_id("dialog-agree").click()
    own = await next_message(bot)
    await attach_contact(page)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Бакыт Асанов")).to_be_focused()
    await page.keyboard.press("Enter")
    others = await next_message(bot)

    assert own.contact is not None
    assert others.contact is not None
    assert (own.contact.user_id, others.contact.user_id) == (AIZADA, BAKYT)
    assert (others.contact.phone_number, others.forward_origin) == ("+996700654321", None)


async def test_a_number_without_an_account_is_attached(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")
    await expect(page.get_by_test_id("composer")).to_be_focused()

    await attach_contact(page)
    await page.get_by_role("radio", name="Башка номер").check()
    await page.get_by_test_id("dialog-agree").click()
    await expect(page.get_by_test_id("contact-name")).to_be_focused()
    await page.get_by_test_id("contact-name").fill("Нурлан Осмонов")
    await page.get_by_test_id("contact-phone").fill("+996555000111")
    await page.keyboard.press("Enter")

    heard = (await next_message(bot)).contact
    assert heard is not None
    assert (heard.user_id, heard.first_name, heard.last_name) == (None, "Нурлан", "Осмонов")
    assert heard.phone_number == "+996555000111"


async def test_a_message_is_forwarded_to_the_bot(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    contact = sandbox.world.share_contact(AIZADA)["message_id"]
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")

    await message(page, contact).click(button="right")
    await page.get_by_role("menuitem", name="Ботко кайра жөнөтүү").click()

    heard = await next_message(bot)
    assert heard.contact is not None
    assert isinstance(heard.forward_origin, MessageOriginUser)
    assert heard.forward_origin.sender_user.id == heard.contact.user_id == AIZADA
    await expect(message(page, heard.message_id)).to_contain_text("Кайра жөнөтүлдү: Айзада Маматова")


async def test_an_answer_quotes_and_an_own_message_is_changed(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    question = await bot.send_message(AIZADA, "Кайсы тилде?")
    page = await open_page(f"/?user={AIZADA}")
    composer, quote = page.get_by_test_id("composer"), page.get_by_test_id("quote")

    await message(page, question.message_id).hover()
    await message(page, question.message_id).get_by_role("button", name="Билдирүү менен иштөө").click()
    await page.get_by_role("menuitem", name="Жооп берүү").click()
    await expect(quote).to_contain_text("Кайсы тилде?")
    await page.keyboard.type("Кыргызча")
    await page.keyboard.press("Enter")
    answer = await next_message(bot)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == question.message_id
    await expect(quote).to_be_hidden()
    await expect(message(page, answer.message_id)).to_be_visible()  # the bot may have it before the page shows it

    await page.keyboard.press("ArrowUp")
    await expect(composer).to_have_value("Кыргызча")
    await composer.fill("Орусча")
    await page.keyboard.press("Enter")
    changed = (await next_update(bot)).edited_message
    assert changed is not None
    assert (changed.message_id, changed.text) == (answer.message_id, "Орусча")
    await expect(message(page, answer.message_id)).to_contain_text("оңдолду")
    await expect(composer).to_have_value("")


async def test_reply_buttons_are_sent_used_once_called_back_and_removed(
    sandbox: Sandbox, bot: Bot, open_page: OpenPage
) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    keys = [[KeyboardButton(text="Ооба"), KeyboardButton(text="Жок")]]
    once = ReplyKeyboardMarkup(
        keyboard=keys, resize_keyboard=True, one_time_keyboard=True, input_field_placeholder="Тандаңыз"
    )
    await bot.send_message(AIZADA, "Макулсузбу?", reply_markup=once)
    page = await open_page(f"/?user={AIZADA}")
    composer, keyboard = page.get_by_test_id("composer"), page.get_by_test_id("reply-keyboard")

    await expect(composer).to_have_attribute("placeholder", "Тандаңыз")
    await keyboard.get_by_role("button", name="Ооба").click()
    assert (await next_message(bot)).text == "Ооба"
    await expect(keyboard).to_be_hidden()
    await page.get_by_role("button", name="Баскычтарды көрсөтүү").click()
    await expect(keyboard.get_by_role("button", name="Жок")).to_be_visible()
    await bot.send_message(AIZADA, "b", reply_markup=ReplyKeyboardMarkup(keyboard=keys, is_persistent=True))
    await expect(page.locator("#keyboard-toggle")).to_be_hidden()
    await expect(composer).to_have_attribute("placeholder", "Билдирүү жазыңыз")
    await bot.send_message(AIZADA, "c", reply_markup=ReplyKeyboardRemove())
    await expect(keyboard).to_be_hidden()


async def test_a_question_of_the_bot_opens_an_answer(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    await next_update(bot)
    page = await open_page(f"/?user={AIZADA}")

    asked = await bot.send_message(
        AIZADA, "Себеби?", reply_markup=ForceReply(input_field_placeholder="Себебин жазыңыз")
    )
    await expect(page.get_by_test_id("quote")).to_contain_text("Себеби?")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Себебин жазыңыз")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.keyboard.type("Виза үчүн")
    await page.keyboard.press("Enter")

    answer = await next_message(bot)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == asked.message_id
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Билдирүү жазыңыз")


async def attach_contact(page: Page) -> None:
    await page.get_by_role("button", name="Тиркөө").click()
    await page.get_by_role("menuitem", name="Байланыш маалыматы").click()
