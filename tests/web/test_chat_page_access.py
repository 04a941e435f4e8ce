"""Colours, keyboard and screen readers on the chat page."""

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BufferedInputFile, KeyboardButton, ReplyKeyboardMarkup
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.support.chat_page import (
    AIZADA,
    DESKTOP,
    PDF,
    PHONE,
    OpenPage,
    in_a_browser,
    message,
    next_message,
    next_update,
    one_button,
    picture,
)

pytestmark = in_a_browser
KEYS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Номер", request_contact=True)]])
#: Text and what it stands on; 4.5 : 1 is what WCAG 2.2 AA asks for.
PAIRS = [
    "text/panel", "text/soft", "text/in", "text/chat", "text/accent-soft", "muted/panel", "muted/soft", "muted/in",
    "accent/panel", "accent/key", "accent/in", "accent/accent-soft", "accent/soft", "on-accent/accent", "on-out/out",
    "on-out/out-2", "on-out-muted/out", "on-out-muted/out-2", "danger/panel", "good/key", "on-gold/gold",
    "on-toast/toast", "on-problem/problem", "panel/danger",
]  # fmt: skip
CONTRAST = """(pairs) => {
    const probe = document.body.appendChild(document.createElement("i"));
    const light = (name) => {
        probe.style.color = `var(--${name})`;
        const [red, green, blue] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return Object.fromEntries(pairs.map((pair) => {
        const [one, other] = pair.split("/").map(light);
        return [pair, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)];
    }));
}"""
#: What a person with a keyboard or a screen reader would stumble over.
STUMBLING = """() => {
    const shown = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== "hidden";
    const said = (id) => document.getElementById(id)?.textContent || "";
    const words = (ids) => (ids || "").split(/\\s+/).map(said).join(" ");
    const name = (node) => [node.getAttribute("aria-label"), words(node.getAttribute("aria-labelledby")),
        ...[...(node.labels || [])].map((label) => label.textContent),
        node.matches("input, textarea") ? "" : node.innerText,
        node.querySelector("img")?.alt, node.matches("iframe") ? node.title : ""].some((text) => text?.trim());
    const found = [];
    const note = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 100)}`);
    const ids = new Set();
    for (const node of document.querySelectorAll("[id]")) {
        if (ids.has(node.id)) note("twice", node);
        ids.add(node.id);
    }
    const named = "button, a[href], input, textarea, iframe, dialog, aside, [role=menu], [role=dialog], [role=log], " +
        "[role=radiogroup], [role=listbox], [role=button]";
    for (const node of document.querySelectorAll(named)) if (shown(node) && !name(node)) note("no name", node);
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"]) {
        for (const node of document.querySelectorAll(`[${attribute}]`)) {
            if (node.getAttribute(attribute).split(/\\s+/).some((id) => !ids.has(id))) note(attribute, node);
        }
    }
    for (const node of document.querySelectorAll("img:not([alt])")) note("no alt", node);
    for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) note("tabindex", node);
    for (const node of document.querySelectorAll("button button, a button, button a, a a")) note("nested", node);
    const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown);
    const levels = headings.map((node) => Number(node.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) found.push(`headings: ${levels}`);
    if (levels.some((level, index) => level > (levels[index - 1] ?? 0) + 1)) found.push(`headings: ${levels}`);
    return found;
}"""


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


@pytest.mark.parametrize("dark", [False, True])
async def test_the_colours_can_be_told_apart(open_page: OpenPage, *, dark: bool) -> None:
    page = await open_page(dark=dark)
    contrast = await page.evaluate(CONTRAST, PAIRS)
    assert {pair: round(value, 2) for pair, value in contrast.items() if value < 4.5} == {}


async def test_the_reader_chooses_light_or_dark_and_it_is_kept(open_page: OpenPage) -> None:
    page = await open_page(dark=True, locale="en-US")
    panel = "getComputedStyle(document.getElementById('people-pane')).backgroundColor"
    dark = await page.evaluate(panel)

    await page.get_by_role("button", name="Settings").click()
    await expect(page.get_by_role("menuitemradio", name="Same as the device")).to_have_attribute("aria-checked", "true")
    await page.get_by_role("menuitemradio", name="Light").click()
    assert await page.evaluate(panel) == "rgb(255, 255, 255)"
    await page.reload()
    assert await page.evaluate(panel) == "rgb(255, 255, 255)"
    await page.emulate_media(color_scheme="light")
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_role("menuitemradio", name="Dark").click()
    assert await page.evaluate(panel) == dark
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_role("menuitemradio", name="Same as the device").click()
    assert await page.evaluate(panel) == "rgb(255, 255, 255)"


async def test_nothing_lacks_a_name_wherever_one_looks(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    page = await open_page(f"/?user={AIZADA}")
    assert await page.evaluate(STUMBLING) == []  # before the start
    sandbox.world.start(AIZADA)
    await bot.set_my_commands([BotCommand(command="help", description="Жардам")])
    await bot.send_message(
        AIZADA, "<tg-spoiler>а</tg-spoiler> <pre>б</pre>", parse_mode="HTML", reply_markup=one_button("Ооба", "1")
    )
    await bot.send_photo(AIZADA, BufferedInputFile(picture(), "a.png"))
    sent = await bot.send_document(AIZADA, BufferedInputFile(PDF, "a.pdf"), reply_markup=KEYS)
    sandbox.world.forward(AIZADA, sandbox.world.share_contact(AIZADA)["message_id"])
    sandbox.world.faults.slow(1, method="getMe")
    await expect(page.get_by_test_id("messages")).to_contain_text("Кайра жөнөтүлдү")

    assert await page.evaluate(STUMBLING) == []
    openers = ["#settings-button", "#more-button", "#faults-button", "#attach", "#menu-button"]
    for opener in openers:
        await page.locator(opener).click()
        assert await page.evaluate(STUMBLING) == [], opener
        await page.keyboard.press("Escape")
        await expect(page.locator(opener)).to_be_focused()
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="Байланыш маалыматы").click()
    assert await page.evaluate(STUMBLING) == []
    await page.keyboard.press("Escape")
    await page.set_viewport_size(PHONE)
    assert await page.evaluate(STUMBLING) == []
    await page.set_viewport_size(DESKTOP)
    await message(page, sent.message_id).get_by_test_id("document-open").click()
    assert await page.evaluate(STUMBLING) == []


async def test_a_chat_is_led_by_the_keyboard_alone(bot: Bot, open_page: OpenPage) -> None:
    page = await open_page()
    keys = page.keyboard
    focused = page.locator(":focus")

    await keys.press("Tab")
    await expect(focused).to_have_text("Билдирүү жазууга өтүү")
    await expect(page.get_by_test_id(f"person-{AIZADA}")).to_be_visible()  # the list is there, and is not drawn anew
    await page.locator("#people-search").focus()
    await keys.press("Tab")
    await keys.press("Tab")
    await expect(focused).to_have_attribute("data-testid", f"person-{AIZADA}")
    await keys.press("ArrowDown")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(page.get_by_test_id("start")).to_be_focused()
    await keys.press("Enter")
    assert (await next_message(bot)).text == "/start"
    await expect(page.get_by_test_id("composer")).to_be_focused()
    sent = await bot.send_message(AIZADA, "Өтүнмө", reply_markup=one_button("Жөнөтүү", "send"))
    await expect(message(page, sent.message_id)).to_be_visible()

    await page.get_by_test_id("messages").focus()
    await keys.press("ArrowUp")
    await expect(message(page, sent.message_id)).to_be_focused()
    await keys.press("Tab")
    await expect(focused).to_have_text("Жөнөтүү")
    await keys.press("Enter")
    pressed = (await next_update(bot)).callback_query
    assert pressed is not None
    await bot.answer_callback_query(pressed.id)
    await message(page, sent.message_id).focus()
    await keys.press("Enter")
    await expect(focused).to_have_text("Жооп берүү")
    await keys.press("Escape")
    await message(page, sent.message_id).focus()
    await keys.press("ArrowDown")
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_new_messages_are_read_out_in_their_language(sandbox: Sandbox, bot: Bot, open_page: OpenPage) -> None:
    sandbox.world.start(AIZADA)
    page = await open_page(f"/?user={AIZADA}")
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    texts = {
        "ky": "Маалымкатыңыз даяр.",
        "ru": "Ваша справка готова, её можно получить в Учебном управлении.",
        "en": "Your certificate is ready.",
    }
    for language, text in texts.items():
        sent = await bot.send_message(AIZADA, text)
        await expect(message(page, sent.message_id).locator(".text")).to_have_attribute("lang", language)
        assert await page.evaluate("document.documentElement.lang") == "ky"
