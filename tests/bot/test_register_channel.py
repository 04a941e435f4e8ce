"""The channel where everybody can keep the register's daily head."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.cli.checks.finding import State
from bot.cli.checks.telegram import check_channel
from bot.localtime import LocalTime
from bot.register_channel import RegisterChannel
from bot.telegram import create_bot
from services.register.dto import Head
from tests.support.telegram import OPERATORS, Telegram

HEAD = Head(day=date(2026, 11, 21), seq=1234, hash=bytes(range(32)))


async def test_head_is_posted_in_three_languages(telegram: Telegram) -> None:
    zone = LocalTime(ZoneInfo("Asia/Bishkek"))
    async with create_bot(telegram.sandbox.token, telegram.sandbox.url) as bot:
        assert await RegisterChannel(bot, str(OPERATORS), telegram.bot.i18n, zone).post(HEAD)
        posted = telegram.world.chat_messages(OPERATORS)[-1]
        assert "at the end of 21 November 2026. Entries: 1234." in posted["text"]
        assert posted["text"].count("1234") == 3
        assert posted["text"].endswith(HEAD.hash.hex())
        assert posted["entities"][-1]["type"] == "code"
        assert not await RegisterChannel(bot, "@nobody_here", telegram.bot.i18n, zone).post(HEAD)


async def test_doctor_looks_whether_the_channel_can_be_posted_to(telegram: Telegram) -> None:
    async with create_bot(telegram.sandbox.token, telegram.sandbox.url) as bot:
        (found,) = await check_channel(bot, str(OPERATORS))
        assert found.state is State.GOOD
        (lost,) = await check_channel(bot, "@nobody_here")
        assert lost.state is State.NOTE
        assert await check_channel(bot, "") == []
