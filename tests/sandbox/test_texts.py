"""HTML, entities and limits as Telegram has them."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.sandbox import ApiError, World
from bot.sandbox.entities import parse_html
from tests.sandbox.conftest import AIZADA


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp; &quot;&#1178;&#x49A;", '<b> & "ҚҚ', []),
        ("&nbsp;&copy & &#0;", "&nbsp;&copy & &#0;", []),
        ("😀<b>ө</b>", "😀ө", [("bold", 2, 1)]),
    ],
)
def test_markup_becomes_entities_counted_in_utf16(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_code_keeps_its_language_only_inside_pre() -> None:
    _, together = parse_html('<pre><code class="language-python">x</code></pre>')
    assert together == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    _, alone = parse_html('<code class="language-python">x</code>')
    assert alone == [{"type": "code", "offset": 0, "length": 1}]


def test_links_are_completed_and_wrong_ones_are_dropped() -> None:
    _, entities = parse_html('<a href="https://kstu.kg?a=1&amp;b=2">a</a><a href="no link">b</a><a>kstu.kg/x</a>')
    assert [entity["url"] for entity in entities] == ["https://kstu.kg/?a=1&b=2", "http://kstu.kg/x"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ө<foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ('<span class="big">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<tg-emoji emoji-id="no">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert str(refusal.value) == f"Bad Request: can't parse entities: {reason}"


async def test_a_client_hears_about_wrong_markup(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities: Unsupported start tag"):
        await bot.send_message(AIZADA, "<Асанов>", parse_mode="HTML")


async def test_texts_have_4096_utf16_units_after_parsing(bot: Bot) -> None:
    await bot.send_message(AIZADA, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(AIZADA, "😀" * 2048 + "a")


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_a_text_of_nothing_is_empty(bot: Bot, text: str) -> None:
    with pytest.raises(TelegramBadRequest, match="Bad Request: message text is empty"):
        await bot.send_message(AIZADA, text, parse_mode="HTML")


async def test_white_space_around_a_text_goes_and_entities_follow(bot: Bot) -> None:
    message = await bot.send_message(AIZADA, " \n Салам <b>дүйнө \n</b>\n", parse_mode="HTML")
    assert message.text == "Салам дүйнө"
    assert message.entities is not None
    assert [(entity.offset, entity.length) for entity in message.entities] == [(6, 5)]


async def test_a_mention_by_number_names_the_person(bot: Bot) -> None:
    message = await bot.send_message(
        AIZADA, f'<a href="tg://user?id={AIZADA}">А</a><a href="tg://user?id=5">Б</a>', parse_mode="HTML"
    )
    assert message.entities is not None
    assert [entity.user and entity.user.first_name for entity in message.entities] == ["Айзада"]


def test_commands_of_people_are_marked(world: World) -> None:
    message = world.send_text(AIZADA, "/certificate now, see https://kstu.kg/x.")
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in message["entities"]] == [
        ("bot_command", 0, 12),
        ("url", 22, 17),
    ]


async def test_other_parse_modes_are_honest_about_themselves(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="unsupported parse_mode"):
        await bot.send_message(AIZADA, "a", parse_mode="BBCode")
