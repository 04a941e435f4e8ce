"""The command menus of officials: only differences are sent, and a refusal makes no storm."""

from collections.abc import Awaitable, Callable
from typing import cast

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.commands import MenuPublisher
from bot.i18n import Catalogues
from services.languages import Language
from services.roles.dto import AccountMenu
from services.roles.menus import MenuService
from tests.support.clock import StandingClock

Publish = Callable[[], Awaitable[bool]]

METHOD = SetMyCommands(commands=[])
FORBIDDEN = TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user")
PASSING = [TelegramRetryAfter(METHOD, "Too Many Requests", 900), TelegramNetworkError(METHOD, "no route")]


class Menus:
    """Two officials and somebody whose last role has ended."""

    def __init__(self) -> None:
        self.shown: dict[int, str | None] = {1: None, 2: None, 3: "ky:admin:00000000"}

    async def list_menus(self) -> list[AccountMenu]:
        """Return those with a menu of their own, or who should have one."""
        languages = {1: Language.KY, 2: Language.RU, 3: Language.KY}
        return [
            AccountMenu(
                account_id=number,
                language=languages[number],
                official=number < 3,
                writes=number == 2,
                plans=number == 2,
                shown=shown,
            )
            for number, shown in self.shown.items()
        ]

    async def note_published(self, account_id: int, shown: str | None) -> None:
        """Keep it."""
        self.shown[account_id] = shown


class Telegram:
    """Keeps what it is told; refuses what the test wants it to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.refusals: dict[int, TelegramAPIError] = {}
        self.menus: dict[int, list[BotCommand]] = {}

    async def set_my_commands(self, commands: list[BotCommand], *, scope: BotCommandScopeChat) -> None:
        """Keep the menu of a chat."""
        self._take("set", int(scope.chat_id))
        self.menus[int(scope.chat_id)] = commands

    async def delete_my_commands(self, *, scope: BotCommandScopeChat) -> None:
        """Take it away."""
        self._take("delete", int(scope.chat_id))

    def _take(self, call: str, chat_id: int) -> None:
        self.calls.append((call, chat_id))
        if chat_id in self.refusals:
            raise self.refusals[chat_id]


@pytest.fixture
def menus() -> Menus:
    return Menus()


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def publish(menus: Menus, telegram: Telegram, clock: StandingClock) -> Publish:
    publisher = MenuPublisher(cast("Bot", telegram), Catalogues(), cast("MenuService", menus), clock)
    return publisher.publish


async def test_only_differences_are_sent(menus: Menus, telegram: Telegram, publish: Publish) -> None:
    assert not await publish()
    assert telegram.calls == [("set", 1), ("set", 2), ("delete", 3)]
    assert [entry.command for entry in telegram.menus[1]][:3] == ["certificate", "admin", "verify"]
    assert [entry.command for entry in telegram.menus[2]][:4] == ["certificate", "admin", "announce", "plan"]
    assert telegram.menus[1][0].description != telegram.menus[2][0].description
    assert menus.shown[3] is None
    await publish()
    assert len(telegram.calls) == 3
    menus.shown[1] = "ky:admin:of another version"
    await publish()
    assert telegram.calls[3:] == [("set", 1)]


async def test_account_that_telegram_refuses_is_left_alone_for_a_while(
    telegram: Telegram, publish: Publish, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.refusals[1] = FORBIDDEN
    for _ in range(3):
        await publish()
    assert telegram.calls == [("set", 1), ("set", 2), ("delete", 3)]
    assert "the command menu of account 1 was not set" in caplog.text
    clock.advance(minutes=16)
    telegram.refusals.clear()
    await publish()
    assert telegram.calls[3:] == [("set", 1)]


@pytest.mark.parametrize("trouble", PASSING, ids=lambda trouble: type(trouble).__name__)
async def test_everybody_waits_for_the_next_minute_while_telegram_is_away(
    telegram: Telegram, publish: Publish, trouble: TelegramAPIError
) -> None:
    telegram.refusals[1] = trouble
    await publish()
    assert telegram.calls == [("set", 1)]
    telegram.refusals.clear()
    await publish()
    assert telegram.calls[1:] == [("set", 1), ("set", 2), ("delete", 3)]
