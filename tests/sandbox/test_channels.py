"""Channels and groups: where the bot may write, what it is told, and what the page shows of them."""

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ChatMemberAdministrator, ChatMemberBanned

from bot.sandbox import Sandbox, World
from tests.sandbox.conftest import AIZADA

CHANNEL, GROUP = -1_002_000_000_007, -700


@pytest.fixture
def channel(world: World) -> int:
    world.add_chat(CHANNEL, "Жаңылыктар", AIZADA, channel=True)
    return CHANNEL


async def test_bot_writes_in_a_channel_only_as_an_administrator_who_may_post(
    world: World, bot: Bot, channel: int
) -> None:
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the channel chat"):
        await bot.send_message(channel, "a")
    world.let_bot_in(channel, may_post=False)
    with pytest.raises(TelegramBadRequest, match="need administrator rights in the channel chat"):
        await bot.send_message(channel, "a")
    world.let_bot_in(channel)
    sent = await bot.send_message(channel, "a")
    assert (sent.chat.type, sent.sender_chat and sent.sender_chat.id) == ("channel", channel)
    await bot.edit_message_text("b", chat_id=channel, message_id=sent.message_id)
    own = await bot.get_chat_member(channel, bot.id)
    assert isinstance(own, ChatMemberAdministrator)
    assert own.can_post_messages
    assert (await bot.get_chat(channel)).title == "Жаңылыктар"
    await bot.delete_message(channel, sent.message_id)
    assert world.chat_messages(channel) == []


async def test_bot_is_told_what_becomes_of_it(world: World, bot: Bot, channel: int) -> None:
    world.let_bot_in(channel)
    world.let_bot_in(channel, may_post=False)
    world.put_bot_out(channel)
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    came, lost, gone = (change.new_chat_member for change in changes)
    assert isinstance(came, ChatMemberAdministrator)
    assert isinstance(lost, ChatMemberAdministrator)
    assert isinstance(gone, ChatMemberBanned)
    assert (came.can_post_messages, lost.can_post_messages) == (True, False)
    assert changes[0].from_user.id == AIZADA


async def test_group_that_became_a_supergroup_says_its_new_number(world: World, bot: Bot) -> None:
    world.add_group(GROUP, "ИСТ-24", [AIZADA])
    world.upgrade_group(GROUP, CHANNEL - 1)
    with pytest.raises(TelegramMigrateToChat) as refused:
        await bot.send_message(GROUP, "a")
    assert refused.value.migrate_to_chat_id == CHANNEL - 1
    told = (await bot.get_updates())[-1].message
    assert told is not None
    assert told.migrate_to_chat_id == CHANNEL - 1
    await bot.send_message(CHANNEL - 1, "a")


async def test_page_shows_a_channel_and_its_owner_brings_the_bot_there(
    sandbox: Sandbox, world: World, bot: Bot, channel: int
) -> None:
    async with aiohttp.ClientSession(sandbox.url) as page:
        async with page.get("/api/people?lang=ky") as response:
            listed = (await response.json())[-1]
        assert (listed["id"], listed["kind"], listed["name"]) == (channel, "channel", "Жаңылыктар")
        async with page.ws_connect(f"/api/chat/{channel}") as socket:
            history = await socket.receive_json(timeout=2)
            assert (history["type"], history["place"], history["messages"]) == ("history", {"bot": False}, [])
            await socket.send_json({"bot": True})
            assert await socket.receive_json(timeout=2) == {"type": "place", "bot": True}
            await bot.send_message(channel, "Жарыя")
            assert (await socket.receive_json(timeout=2))["message"]["text"] == "Жарыя"
            await socket.send_json({"bot": False})
            assert await socket.receive_json(timeout=2) == {"type": "place", "bot": False}
            await socket.send_str("[]")
            assert (await socket.receive_json(timeout=2))["type"] == "error"
        async with page.get("/api/chat/-1") as response:
            assert response.status == 404
    assert not world.conversations[channel].bot_is_member
