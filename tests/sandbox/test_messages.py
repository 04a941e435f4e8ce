"""Sending, editing, deleting, copying; who may be written to; keyboards."""

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.sandbox import Sandbox, World
from bot.sandbox.validation import Schema
from tests.sandbox.conftest import AIZADA, BAKYT

GROUP = -1_001_000_000_001


def inline(text: str = "Ооба", data: str = "yes") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]])


async def test_a_sent_message_stands_in_the_chat_of_the_person(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "Салам", reply_markup=inline())
    shown = world.bot_messages(AIZADA)[-1]
    assert shown["message_id"] == message.message_id == world.messages(AIZADA)[0]["message_id"] + 1
    assert shown["from"]["is_bot"]
    assert shown["reply_markup"]["inline_keyboard"] == [[{"text": "Ооба", "callback_data": "yes"}]]
    assert [message["text"] for message in world.messages(AIZADA)] == ["/start", "Салам"]


async def test_a_person_who_never_started_cannot_be_written_to(world: World, bot: Bot) -> None:
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(BAKYT, "a")
    with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
        await bot.send_message(5, "a")
    world.start(BAKYT)
    await bot.send_message(BAKYT, "a")


async def test_a_blocked_bot_is_told_so_and_hears_of_it(world: World, bot: Bot) -> None:
    world.block(AIZADA)
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(AIZADA, "a")
    (blocked,) = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    world.start(AIZADA)
    assert [update.event_type for update in await bot.get_updates()] == ["my_chat_member", "my_chat_member", "message"]
    await bot.send_message(AIZADA, "a")


async def test_an_edit_replaces_text_and_keyboard(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    edited = await bot.edit_message_text("<b>b</b>", chat_id=AIZADA, message_id=message.message_id, parse_mode="HTML")
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
    shown = world.bot_messages(AIZADA)[-1]
    assert (shown["text"], "reply_markup" in shown, "edit_date" in shown) == ("b", False, True)
    with pytest.raises(TelegramBadRequest, match="Bad Request: message is not modified: specified new message content"):
        await bot.edit_message_text("<b>b</b>", chat_id=AIZADA, message_id=message.message_id, parse_mode="HTML")
    await bot.edit_message_reply_markup(chat_id=AIZADA, message_id=message.message_id, reply_markup=inline())
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(chat_id=AIZADA, message_id=message.message_id, reply_markup=inline())


async def test_an_update_shows_the_message_as_it_was_when_the_button_was_pressed(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    world.press(AIZADA, message.message_id, "yes")
    await bot.edit_message_text("b", chat_id=AIZADA, message_id=message.message_id)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.model_dump()["text"] == "a"


async def test_some_messages_cannot_be_edited(world: World, bot: Bot) -> None:
    theirs = world.send_text(AIZADA, "a")["message_id"]
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="a")]])
    with_keyboard = (await bot.send_message(AIZADA, "a", reply_markup=keyboard)).message_id
    for message_id in (theirs, with_keyboard):
        with pytest.raises(TelegramBadRequest, match="Bad Request: message can't be edited"):
            await bot.edit_message_text("b", chat_id=AIZADA, message_id=message_id)
    with pytest.raises(TelegramBadRequest, match="Bad Request: message to edit not found"):
        await bot.edit_message_text("b", chat_id=AIZADA, message_id=99)
    text = (await bot.send_message(AIZADA, "a")).message_id
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(chat_id=AIZADA, message_id=text, caption="b")


async def test_deleted_messages_are_gone(world: World, bot: Bot) -> None:
    first, second = [(await bot.send_message(AIZADA, text)).message_id for text in "ab"]
    await bot.delete_message(AIZADA, first)
    with pytest.raises(TelegramBadRequest, match="Bad Request: message to delete not found"):
        await bot.delete_message(AIZADA, first)
    await bot.delete_messages(AIZADA, [first, second, 99])
    assert world.bot_messages(AIZADA) == []


async def test_a_copy_has_no_author_and_a_forward_has_one(world: World, bot: Bot) -> None:
    world.start(BAKYT)
    source = world.send_text(AIZADA, "Салам")["message_id"]
    await bot.copy_message(BAKYT, AIZADA, source)
    await bot.forward_message(BAKYT, AIZADA, source)
    copied, forwarded = world.bot_messages(BAKYT)
    assert (copied["text"], "forward_origin" in copied) == ("Салам", False)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Айзада"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(BAKYT, AIZADA, 99)
    protected = await bot.send_message(AIZADA, "a", protect_content=True)
    with pytest.raises(TelegramBadRequest, match="message can't be forwarded"):
        await bot.forward_message(BAKYT, AIZADA, protected.message_id)


async def test_a_reply_shows_what_it_answers(world: World, bot: Bot) -> None:
    question = world.send_text(AIZADA, "a")["message_id"]
    answer = await bot.send_message(AIZADA, "b", reply_parameters=ReplyParameters(message_id=question))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "a"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(AIZADA, "b", reply_parameters=ReplyParameters(message_id=99))


async def test_link_previews_are_accepted_and_kept(world: World, bot: Bot) -> None:
    await bot.send_message(AIZADA, "a", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert world.bot_messages(AIZADA)[-1]["link_preview_options"] == {"is_disabled": True}


async def test_the_defaults_of_a_client_are_accepted(sandbox: Sandbox) -> None:
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True, protect_content=True)
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.token, session=session, default=defaults) as bot:
        message = await bot.send_message(AIZADA, "<b>a</b>")
        await bot.edit_message_text("<i>b</i>", chat_id=AIZADA, message_id=message.message_id)
    shown = sandbox.world.bot_messages(AIZADA)[-1]
    assert shown["link_preview_options"] == {"is_disabled": True}
    assert shown["has_protected_content"]


async def test_reply_keyboards_appear_are_used_once_and_go(world: World, bot: Bot) -> None:
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Номер", request_contact=True)]],
        resize_keyboard=True,
        is_persistent=False,
        one_time_keyboard=True,
        input_field_placeholder="Номериңиз",
    )
    await bot.send_message(AIZADA, "a", reply_markup=keyboard)
    shown = world.reply_keyboard(AIZADA)
    assert shown is not None
    assert shown["keyboard"] == [[{"text": "Номер", "request_contact": True}]]
    world.share_contact(AIZADA)
    assert world.reply_keyboard(AIZADA) is None
    await bot.send_message(AIZADA, "a", reply_markup=keyboard.model_copy(update={"one_time_keyboard": False}))
    world.send_text(AIZADA, "Номер")
    assert world.reply_keyboard(AIZADA) is not None
    await bot.send_message(AIZADA, "a", reply_markup=ReplyKeyboardRemove())
    assert world.reply_keyboard(AIZADA) is None
    await bot.send_message(AIZADA, "a", reply_markup=ForceReply(input_field_placeholder="…"))


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"callback_data": "ө" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"url": "http://localhost:8080/"}, "inline keyboard button URL 'http://localhost:8080/' is invalid"),
        ({"text": " ", "callback_data": "a"}, "keyboard button text must be non-empty"),
        ({"url": "https://kstu.kg", "callback_data": "a"}, "more than one action: callback_data, url"),
    ],
)
async def test_impossible_buttons_are_refused(bot: Bot, button: dict[str, str], reason: str) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton.model_validate({"text": "a"} | button)]])
    with pytest.raises(TelegramBadRequest) as refusal:
        await bot.send_message(AIZADA, "a", reply_markup=markup)
    assert reason in str(refusal.value)


async def test_all_other_inline_buttons_are_accepted(bot: Bot) -> None:
    row = [
        InlineKeyboardButton(text="a", callback_data="ө" * 32),
        InlineKeyboardButton(text="b", url="http://127.0.0.1:8080/verify"),
        InlineKeyboardButton(text="c", switch_inline_query=""),
        InlineKeyboardButton(text="d", copy_text=CopyTextButton(text="12345")),
    ]
    message = await bot.send_message(AIZADA, "a", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))
    assert message.reply_markup is not None
    assert [button.model_dump() for button in message.reply_markup.inline_keyboard[0]] == [
        button.model_dump() for button in row
    ]


async def test_a_contact_says_whose_it_is(world: World, bot: Bot) -> None:
    own = world.share_contact(AIZADA)["contact"]
    assert (own["user_id"], own["phone_number"]) == (AIZADA, "+996700000001")
    assert world.share_contact(AIZADA, owner_id=BAKYT)["contact"]["user_id"] == BAKYT
    assert "user_id" not in world.share_contact(AIZADA, owner_id=0)["contact"]
    assert "forward_origin" in world.share_contact(AIZADA, forwarded=True)
    assert "via_bot" in world.share_contact(AIZADA, via_bot=True)
    assert len(await bot.get_updates()) == 5


async def test_a_person_edits_an_own_message(world: World, bot: Bot) -> None:
    message_id = world.send_text(AIZADA, "a", forwarded_from=5)["message_id"]
    world.edit_text(AIZADA, message_id, "b")
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert (edited.text, edited.edit_date is not None) == ("b", True)


async def test_in_a_group_the_bot_hears_only_what_concerns_it(world: World, bot: Bot) -> None:
    world.add_group(GROUP, "ИСТ-24", [AIZADA, BAKYT])
    for text in ("Салам", "/help", "/help@kabarchy_demo_bot", "/help@another_bot", "@kabarchy_demo_bot кайда?"):
        world.send_text(AIZADA, text, chat_id=GROUP)
    updates = await bot.get_updates()
    assert updates[0].my_chat_member is not None
    assert [update.message and update.message.text for update in updates[1:]] == [
        "/help",
        "/help@kabarchy_demo_bot",
        "@kabarchy_demo_bot кайда?",
    ]
    await bot.send_message(GROUP, "a")
    assert world.chat_messages(GROUP)[-1]["text"] == "a"
    assert (await bot.get_chat_member(GROUP, BAKYT)).status == "member"
    await bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "a")


async def test_a_chat_can_be_looked_up_once_the_person_has_started(bot: Bot) -> None:
    chat = await bot.get_chat(AIZADA)
    assert (chat.type, chat.first_name, chat.last_name) == ("private", "Айзада", "Маматова")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.get_chat(BAKYT)


def test_every_update_has_the_shape_the_bot_api_describes(world: World) -> None:
    world.add_group(GROUP, "ИСТ-24", [AIZADA])
    message_id = world.send_text(AIZADA, "/start see https://kstu.kg", forwarded_from=BAKYT, via_bot=True)["message_id"]
    world.edit_text(AIZADA, message_id, "b")
    world.share_contact(AIZADA)
    world.send_document(AIZADA, "a.pdf", b"%PDF", mime="application/pdf")
    world.send_photo(AIZADA, b"")
    world.send_sticker(AIZADA)
    world.press(AIZADA, message_id, "a")
    world.press(AIZADA, 99, "a")
    world.block(AIZADA)
    world.unblock(AIZADA)
    schema = Schema.load()
    updates = world.updates.pending()
    assert len(updates) == 11
    for update in updates:
        schema.check(update, "Update", "update")
