"""The same story by webhook as by long polling, and what the bot tells Telegram about itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import URL

from bot.commands import publish_descriptions
from services.languages import Language
from tests.support import database
from tests.support.journeys import orders, printed, said
from tests.support.people import AIZADA
from tests.support.ports import held_port
from tests.support.telegram import Telegram, telegram_with_bot


async def a_story(telegram: Telegram) -> tuple[list[str], str]:
    """From the first start to the paper: all that is seen, and what is printed."""
    aizada = telegram.stranger("Айзада", "ru")
    await telegram.enrol(aizada, AIZADA)
    seen = []
    await aizada.starts()
    seen.append(aizada.sees)
    await aizada.taps("Русский")
    seen.append(aizada.sees)
    await aizada.says((await telegram.one_time_code(aizada)).code)
    seen.append(aizada.sees)
    await aizada.taps(said(Language.RU, "✅ I agree"))
    seen.append(aizada.sees)
    await orders(aizada, Language.RU, Language.RU)
    seen.append(aizada.tap_answer["text"])
    paper = await aizada.document()
    for _ in range(2):
        await telegram.world.redeliver(telegram.last_update())
    await aizada.says("/help")
    seen.append(aizada.sees)
    assert len(aizada.papers) == 1
    return seen, printed(paper).partition("№")[0]


@pytest.fixture
def port() -> Iterator[int]:
    """Where the bot of a webhook listens."""
    with held_port() as own:
        yield own


async def test_a_webhook_tells_the_same_story_as_polling(
    telegram: Telegram, postgres: URL, template_database: str, tmp_path: Path, port: int
) -> None:
    polled = await a_story(telegram)
    settings: dict[str, Any] = {
        "data_dir": tmp_path,
        "http_port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "webhook_secret": "a-secret-of-the-tests",
    }
    async with database.clone(postgres, template_database) as url, telegram_with_bot(url, settings) as by_webhook:
        assert by_webhook.world.webhook.url.startswith(settings["public_url"])
        assert await a_story(by_webhook) == polled

        update = {"update_id": 1, "message": {"text": "/start"}}
        async with ClientSession() as outsider:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
                async with outsider.post(by_webhook.world.webhook.url, json=update, headers=headers) as answer:
                    assert answer.status == 401
        assert await by_webhook.rows("select 1 from inbox where update_id = 1") == []


@pytest.mark.parametrize("language", list(Language))
async def test_descriptions_are_set_once_and_only_differences_again(telegram: Telegram, language: Language) -> None:
    given, world = telegram.bot, telegram.world
    bot = given.delivery.ground.tools.bot

    async def settings_made() -> list[str]:
        before = len(world.calls)
        await publish_descriptions(bot, given.i18n, given.given.university)
        return [call.method for call in world.calls[before:] if call.method.startswith("setMy")]

    await settings_made()
    assert await settings_made() == []
    world.profile.set_text("description", "что-то старое", language.value)
    assert await settings_made() == ["setMyDescription"]
    assert said(language, "Order a certificate") in {entry["description"] for entry in _commands(telegram, language)}


def _commands(telegram: Telegram, language: Language) -> list[dict[str, str]]:
    return telegram.world.commands_for(telegram.stranger(language_code=language.value).id)
