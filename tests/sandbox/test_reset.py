"""Everything begins anew, and a bot with a memory is not confused by it."""

import time
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ForceReply, KeyboardButton, ReplyKeyboardMarkup

from bot.sandbox import Sandbox, World
from tests.sandbox.conftest import AIZADA

KEYS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Ооба")]], one_time_keyboard=True)


async def test_a_reset_empties_the_chats_and_the_queue_but_no_number_comes_again(world: World, bot: Bot) -> None:
    old = await bot.send_message(AIZADA, "a", reply_markup=KEYS)
    world.send_text(AIZADA, "b")
    world.faults.slow(60, count=0)
    last_message, (update,) = world.messages(AIZADA)[-1]["message_id"], await bot.get_updates()

    world.reset()

    assert (world.messages(AIZADA), world.reply_keyboard(AIZADA), world.faults.waiting()) == ([], None, [])
    assert await bot.get_updates() == []
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("c", chat_id=AIZADA, message_id=old.message_id)
    assert world.start(AIZADA)["message_id"] > last_message
    assert (await bot.get_updates())[0].update_id > update.update_id


async def test_after_a_reset_the_bot_may_write_and_learns_that_nobody_blocks_it(world: World, bot: Bot) -> None:
    world.block(AIZADA)
    world.reset()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "member"
    await bot.send_message(AIZADA, "a")


async def test_open_pages_show_the_start_button_again(sandbox: Sandbox, bot: Bot) -> None:
    async with aiohttp.ClientSession(sandbox.url) as page, page.ws_connect(f"/api/chat/{AIZADA}") as chat:
        assert (await chat.receive_json(timeout=2))["started"]
        async with page.post("/api/reset") as response:
            assert response.status == 200
        event: dict[str, Any] = {"type": ""}
        while event["type"] != "history":
            event = await chat.receive_json(timeout=2)
        assert (event["started"], event["messages"]) == (False, [])
        await bot.send_message(AIZADA, "a")
        assert await chat.receive_json(timeout=2) == {"type": "state", "blocked": False, "started": True}


def test_a_telegram_started_again_repeats_no_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    last = max(world.start(AIZADA)["message_id"] for _ in range(5))
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    again = World()
    again.add_user(AIZADA, "Айзада")
    assert again.start(AIZADA)["message_id"] > last


async def test_another_page_cannot_reset(sandbox: Sandbox) -> None:
    async with (
        aiohttp.ClientSession(sandbox.url) as page,
        page.post("/api/reset", headers={"Origin": "https://kstu.kg"}) as response,
    ):
        assert response.status == 403
    assert sandbox.world.messages(AIZADA)


async def test_buttons_for_one_use_stay_at_hand(sandbox: Sandbox, bot: Bot) -> None:
    await bot.send_message(AIZADA, "a", reply_markup=KEYS)
    question = await bot.send_message(AIZADA, "b", reply_markup=ForceReply(input_field_placeholder="Кайсы?"))
    async with aiohttp.ClientSession(sandbox.url) as page, page.ws_connect(f"/api/chat/{AIZADA}") as chat:
        history = await chat.receive_json(timeout=2)
        assert history["force_reply"] == {"message_id": question.message_id, "placeholder": "Кайсы?"}
        assert not history["keyboard_used"]
        await chat.send_json({"type": "text", "text": "Ооба", "reply_to": question.message_id})
        sent, ask, keys = [await chat.receive_json(timeout=2) for _ in range(3)]
    assert sent["message"]["reply_to_message"]["message_id"] == question.message_id
    assert ask == {"type": "force_reply", "ask": None}
    assert (keys["used"], keys["markup"]["keyboard"]) == (True, [[{"text": "Ооба"}]])
