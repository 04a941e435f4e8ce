"""The bot as Telegram knows it."""

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramUnauthorizedError
from aiogram.types import BotCommandScopeAllPrivateChats
from aiogram.utils.token import TokenValidationError

from bot.cli.checks.finding import Finding, State, bad, good, note
from bot.settings import Settings
from bot.telegram import create_bot

_SECONDS = 5
_NEW_TOKEN = "copy the token from https://t.me/BotFather again"  # noqa: S105 -- advice


async def check_telegram(settings: Settings) -> list[Finding]:
    """Does Telegram know the token, and does the bot's menu stand?"""
    token = settings.bot_token.get_secret_value()
    if not token:
        return [bad("token", "BOT_TOKEN is not set", "get one from https://t.me/BotFather, or try `kabarchy demo`")]
    try:
        bot = create_bot(token, settings.telegram_api_url)
    except TokenValidationError:
        return [bad("token", "BOT_TOKEN does not look like 123456:ABC…", _NEW_TOKEN)]
    async with bot:
        findings = await _ask(bot, settings.telegram_api_url)
        known = all(finding.state is not State.BAD for finding in findings)
        return [*findings, *(await check_channel(bot, settings.register_channel) if known else [])]


async def check_channel(bot: Bot, channel: str) -> list[Finding]:
    """May the bot post the register's head where REGISTER_CHANNEL says?"""
    if not channel:
        return []
    subject, advice = "register channel", "add the bot to the channel as an administrator who may post"
    try:
        chat = await bot.get_chat(channel, request_timeout=_SECONDS)
        own = await bot.get_chat_member(channel, bot.id, request_timeout=_SECONDS)
    except TelegramAPIError as error:
        return [note(subject, f"{channel} cannot be reached: {error.message}", advice)]
    may_post = getattr(own, "can_post_messages", None) or own.status == "creator"
    if own.status in {"left", "kicked"} or (chat.type == "channel" and not may_post):
        return [note(subject, f"the bot may not post in {channel}", advice)]
    return [good(subject, f"the register's head is posted in {channel} every day")]


async def _ask(bot: Bot, server: str) -> list[Finding]:
    try:
        me = await bot.get_me(request_timeout=_SECONDS)
        commands = await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats(), request_timeout=_SECONDS)
    except TelegramUnauthorizedError:
        return [bad("token", "Telegram does not know this BOT_TOKEN", _NEW_TOKEN)]
    except TelegramNetworkError:
        return [bad("token", f"{server} cannot be reached", "check the network and TELEGRAM_API_URL")]
    except TelegramAPIError as error:
        return [bad("token", f"{server} answers: {error.message}", "try again; check TELEGRAM_API_URL")]
    return [good("token", f"@{me.username}"), _commands(len(commands))]


def _commands(count: int) -> Finding:
    if count:
        return good("commands", f"{count} in the bot's menu")
    return note("commands", "none in the bot's menu yet; `kabarchy run` publishes them")
