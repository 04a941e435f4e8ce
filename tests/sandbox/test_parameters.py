"""Every call is checked against the description of the Bot API."""

import json
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod

from bot.sandbox import Sandbox
from tests.sandbox.conftest import AIZADA, client


class NoSuchMethod(TelegramMethod[bool]):
    """A typing mistake."""

    __returning__ = bool
    __api_method__ = "sendMassage"


async def post(sandbox: Sandbox, method: str, **request: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - as aiohttp's
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/bot{sandbox.token}/{method}", **request) as response,
    ):
        return response.status, await response.json()


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    async with client(sandbox, "43:other") as stranger:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await stranger.get_me()


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramNotFound, match="Not Found"):
        await bot(NoSuchMethod())


async def test_a_known_method_that_is_missing_here_says_so(sandbox: Sandbox, bot: Bot) -> None:
    with pytest.raises(TelegramAPIError, match="Not implemented by the sandbox: sendDice"):
        await bot.send_dice(AIZADA)
    status, body = await post(sandbox, "sendDice", json={"chat_id": AIZADA})
    assert (status, body["error_code"]) == (501, 501)


async def test_parameters_may_come_as_json_form_multipart_or_query(sandbox: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    params = {"chat_id": str(AIZADA), "text": "Салам", "reply_markup": json.dumps(markup)}
    multipart = aiohttp.FormData(params, default_to_multipart=True)
    for request in (
        {"json": {"chat_id": AIZADA, "text": "Салам", "reply_markup": markup}},
        {"data": params},
        {"data": multipart},
        {"params": params},
    ):
        status, body = await post(sandbox, "sendmessage", **request)
        assert status == 200
        assert body["result"]["text"] == "Салам"
        assert body["result"]["reply_markup"] == markup


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"chat_id": AIZADA}, "Bad Request: message text is empty"),
        ("sendMessage", {"text": "a"}, "Bad Request: chat_id is empty"),
        ("editMessageText", {"chat_id": AIZADA, "text": "a"}, "Bad Request: message identifier is not specified"),
        ("sendDocument", {"chat_id": AIZADA}, "Bad Request: there is no document in the request"),
        ("answerCallbackQuery", {}, 'Bad Request: parameter "callback_query_id" is required'),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "txt": "b"},
            'Bad Request: unknown parameter "txt" of the method sendMessage',
        ),
        ("sendMessage", {"chat_id": AIZADA, "text": 5}, 'Bad Request: parameter "text" must be String'),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "disable_notification": "maybe"},
            'Bad Request: parameter "disable_notification" must be Boolean',
        ),
        (
            "deleteMessage",
            {"chat_id": AIZADA, "message_id": "last"},
            'Bad Request: parameter "message_id" must be Integer',
        ),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "reply_markup": "{"},
            'Bad Request: parameter "reply_markup" is not valid JSON',
        ),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "b"}]]}},
            'Bad Request: parameter "reply_markup".inline_keyboard[0][0]: InlineKeyboardButton has no field "data"',
        ),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "reply_markup": {"keyboard": [[{}]]}},
            'Bad Request: parameter "reply_markup".keyboard[0][0]: field "text" of KeyboardButton is required',
        ),
        (
            "sendMessage",
            {"chat_id": AIZADA, "text": "a", "reply_markup": {"keyboard": [[{"text": "a", "request_contact": 1}]]}},
            'Bad Request: parameter "reply_markup".keyboard[0][0].request_contact must be Boolean',
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            'Bad Request: parameter "scope": field "chat_id" of BotCommandScopeChat is required',
        ),
    ],
)
async def test_wrong_parameters_are_refused(
    sandbox: Sandbox, method: str, params: dict[str, Any], description: str
) -> None:
    status, body = await post(sandbox, method, json=params)
    assert (status, body) == (400, {"ok": False, "error_code": 400, "description": description})


async def test_calls_are_recorded_with_what_became_of_them(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.world.calls.clear()
    await bot.send_message(AIZADA, "a", disable_notification=True)
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(5, "a")
    first, second = sandbox.world.calls
    assert (first.method, first.ok, first.params) == (
        "sendMessage",
        True,
        {"chat_id": AIZADA, "text": "a", "disable_notification": True},
    )
    assert not second.ok
    sandbox.world.record = False
    await bot.get_me()
    assert len(sandbox.world.calls) == 2


async def test_only_whole_characters_are_accepted(sandbox: Sandbox) -> None:
    for body in ({"data": b"chat_id=1001&text=%ff"}, {"json": {"chat_id": AIZADA, "text": "\ud83d"}}):
        status, answer = await post(sandbox, "sendMessage", **body)
        assert (status, answer["description"]) == (400, "Bad Request: strings must be encoded in UTF-8")


async def test_signs_of_forms_arrive_as_they_were(sandbox: Sandbox) -> None:
    text = "1 + 1 = 2 & 100% %D0 «ө» 😀\nnext"
    for request in ({"data": {"chat_id": "1001", "text": text}}, {"params": {"chat_id": "1001", "text": text}}):
        _, answer = await post(sandbox, "sendMessage", **request)
        assert answer["result"]["text"] == text


async def test_a_body_that_is_no_json_object_is_refused(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    assert (await post(sandbox, "getMe", data="{", headers=headers))[0] == 400
    assert (await post(sandbox, "getMe", data="[]", headers=headers))[0] == 400
