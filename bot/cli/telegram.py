"""Asking Telegram, where a command needs it."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import logging

from bot.settings import Settings

logger = logging.getLogger(__name__)

_SECONDS = 5


def bot_id_of(settings: Settings) -> int | None:
    """Return the bot's id, which is the first part of its token."""
    number = settings.bot_token.get_secret_value().partition(":")[0]
    return int(number) if number.isascii() and number.isdecimal() else None


async def ask_username(settings: Settings) -> str | None:
    """Ask Telegram for the bot's name; None without a token or an answer."""
    if bot_id_of(settings) is None:
        return None
    from bot.lazy_models import import_aiogram

    import_aiogram()
    from aiogram.exceptions import TelegramAPIError
    from aiogram.utils.token import TokenValidationError

    from bot.telegram import create_bot

    try:
        async with create_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url) as bot:
            return (await bot.get_me(request_timeout=_SECONDS)).username
    except (TelegramAPIError, TokenValidationError) as error:
        logger.warning("Telegram did not tell the bot's name: %s", type(error).__name__)
        return None
