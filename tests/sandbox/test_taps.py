"""Pressed buttons and their answers."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InaccessibleMessage

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA
from tests.sandbox.test_messages import inline

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    callback_id = world.press(AIZADA, message.message_id, "yes")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (callback_id, "yes", AIZADA)
    assert world.callback_answer(callback_id) is None
    await bot.answer_callback_query(query.id, text="Кабыл алынды", show_alert=True)
    assert world.callback_answer(callback_id) == {"text": "Кабыл алынды", "show_alert": True}
    await bot.answer_callback_query(query.id, text="Дагы")
    assert world.callback_answer(callback_id) == {"text": "Кабыл алынды", "show_alert": True}


async def test_a_tap_cannot_be_answered_late_or_without_a_number(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    callback_id = world.press(AIZADA, message.message_id, "yes")
    world.callback_timeout = 0.0
    for number in (callback_id, "12345"):
        with pytest.raises(TelegramBadRequest, match=TOO_OLD):
            await bot.answer_callback_query(number)


async def test_an_answer_has_at_most_200_characters(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    callback_id = world.press(AIZADA, message.message_id, "yes")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(callback_id, text="a" * 201)
    await bot.answer_callback_query(callback_id, text="a" * 200)


async def test_a_tap_on_a_deleted_message_comes_without_its_content(world: World, bot: Bot) -> None:
    message = await bot.send_message(AIZADA, "a", reply_markup=inline())
    await bot.delete_message(AIZADA, message.message_id)
    world.press(AIZADA, message.message_id, "yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, InaccessibleMessage)


async def test_the_person_sees_that_the_bot_is_busy(bot: Bot) -> None:
    assert await bot.send_chat_action(AIZADA, "upload_document")
    with pytest.raises(TelegramBadRequest, match="wrong parameter action in request"):
        await bot.send_chat_action(AIZADA, "dancing")
