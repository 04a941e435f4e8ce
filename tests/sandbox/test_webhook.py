"""Delivery by POST: secret, order, repetition."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA, BAKYT


class Receiver:
    """The bot's web server: remembers what arrives and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.arrived: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.slow_chats: set[int] = set()

    @property
    def texts(self) -> list[str]:
        """What people wrote, as it arrived."""
        return [update["message"]["text"] for update in self.arrived]

    async def receive(self, request: web.Request) -> web.Response:
        """One delivery."""
        update = json.loads(await request.read())
        if update["message"]["chat"]["id"] in self.slow_chats:
            await asyncio.sleep(0.2)
        self.arrived.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_in_order_with_the_secret(world: World, bot: Bot, receiver: Receiver) -> None:
    world.send_text(AIZADA, "before")
    await bot.set_webhook(receiver.url, secret_token="s3cret_-", max_connections=1)
    for text in ("a", "b", "c"):
        world.send_text(AIZADA, text)
    await world.wait_for(lambda: not world.updates.pending())
    assert receiver.texts == ["before", "a", "b", "c"]
    assert set(receiver.secrets) == {"s3cret_-"}


async def test_an_update_is_repeated_until_the_answer_is_2xx(world: World, bot: Bot, receiver: Receiver) -> None:
    receiver.statuses = [500, 403, 204]
    await bot.set_webhook(receiver.url)
    world.webhook.first_pause = 0.01
    world.send_text(AIZADA, "a")
    world.send_text(AIZADA, "b")
    await world.wait_for(lambda: len(receiver.arrived) == 4)
    assert receiver.texts == ["a", "a", "a", "b"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"


async def test_one_slow_chat_does_not_hold_up_another(world: World, bot: Bot, receiver: Receiver) -> None:
    receiver.slow_chats = {AIZADA}
    await bot.set_webhook(receiver.url)
    world.send_text(AIZADA, "a")
    world.send_text(BAKYT, "b")
    await world.wait_for(lambda: len(receiver.arrived) == 2)
    assert receiver.texts == ["b", "a"]


async def test_what_cannot_be_delivered_waits_for_polling(world: World, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    world.send_text(AIZADA, "a")
    await world.wait_for(lambda: "last_error_message" in world.webhook.info())
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


async def test_dropping_pending_updates_forgets_them(world: World, bot: Bot) -> None:
    world.send_text(AIZADA, "a")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


async def test_polling_and_webhook_exclude_each_other(world: World, bot: Bot, receiver: Receiver) -> None:
    poll = asyncio.ensure_future(bot.get_updates(timeout=5))
    await world.wait_for(lambda: world.updates.waits)
    await bot.set_webhook(receiver.url)
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active; use delete"):
        await bot.get_updates()
    await bot.set_webhook("")
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == []


async def test_an_update_can_be_posted_again(world: World, bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    world.send_text(AIZADA, "a")
    await world.wait_for(lambda: not world.updates.pending())
    await world.redeliver(receiver.arrived[0]["update_id"])
    await world.wait_for(lambda: len(receiver.arrived) == 2)
    assert receiver.arrived[0] == receiver.arrived[1]


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("http://kstu.kg/hook", "", "bad webhook: An HTTPS URL must be provided for webhook"),
        ("https://kstu.kg/hook", "ө", "secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, reason: str) -> None:
    with pytest.raises(TelegramBadRequest, match=reason):
        await bot.set_webhook(url, secret_token=secret)
