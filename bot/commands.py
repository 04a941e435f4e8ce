"""The command menu and the descriptions, in three languages: compared first, only differences are set."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from services.languages import Language
from services.university import UniversityCard

logger = logging.getLogger(__name__)

_SCOPE = BotCommandScopeAllPrivateChats()


async def publish_descriptions(bot: Bot, i18n: Catalogues, university: UniversityCard) -> None:
    """Make Telegram show commands and descriptions of this version; a failure harms nobody and is logged."""
    default = Language(i18n.default_locale)
    try:
        for language in Language:
            with i18n.context(), i18n.use_locale(language.value):
                await _publish(bot, university, language, language.value)
        with i18n.context(), i18n.use_locale(default.value):  # for everybody whose language we do not speak
            await _publish(bot, university, default, None)
    except TelegramAPIError as error:
        logger.warning("commands and descriptions could not be published: %s", error)


async def _publish(bot: Bot, university: UniversityCard, language: Language, code: str | None) -> None:
    commands = _commands()
    shown = await bot.get_my_commands(scope=_SCOPE, language_code=code)
    if [entry.model_dump() for entry in shown] != [entry.model_dump() for entry in commands]:  # == sees the client too
        await bot.set_my_commands(commands, scope=_SCOPE, language_code=code)
    description = _description(university, language)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    short = _short_description(university, language)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)


def _commands() -> list[BotCommand]:
    return [
        BotCommand(command="certificate", description=_("Order a certificate")),
        BotCommand(command="verify", description=_("Check a certificate")),
        BotCommand(command="settings", description=_("Language, quiet hours, my link")),
        BotCommand(command="mydata", description=_("What is kept about me")),
        BotCommand(command="language", description=_("Change the language")),
        BotCommand(command="help", description=_("What I can do")),
        BotCommand(command="cancel", description=_("Leave what you have begun")),
    ]


def _description(university: UniversityCard, language: Language) -> str:
    return _(
        "The messenger of {university}.\n\n"
        "• Order a certificate: it comes here as a signed PDF\n"
        "• Check whether a certificate is genuine\n\n"
        "In Kyrgyz, Russian and English."
    ).format(university=university.name.get(language))


def _short_description(university: UniversityCard, language: Language) -> str:
    return _("Certificates of {university}: order, receive, check.").format(university=university.name.get(language))
