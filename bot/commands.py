"""The command menu and the descriptions, in three languages: compared first, only differences are set."""

import hashlib
import logging
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from bot.telegram import without_patience
from services.languages import Language
from services.ports import Clock
from services.roles.dto import AccountMenu
from services.roles.menus import MenuService
from services.university import UniversityCard

logger = logging.getLogger(__name__)

_SCOPE = BotCommandScopeAllPrivateChats()
_AGAIN_AFTER = timedelta(minutes=15)  # an account that Telegram refused


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


class MenuPublisher:
    """Shows officials and curators a command menu of their own, and takes it away when the last role ends.

    What Telegram shows is kept with the account (`ky:admin:` and a digest of the menu, so that a new version is shown
    too); only differences are sent. Two replicas that do the same at once do no harm.
    """

    def __init__(self, bot: Bot, i18n: Catalogues, menus: MenuService, clock: Clock) -> None:
        self._bot = bot
        self._i18n = i18n
        self._menus = menus
        self._clock = clock
        self._not_before: dict[int, datetime] = {}

    async def publish(self) -> bool:
        """Publish what differs; an account that Telegram refuses is tried again later. False: wait for the bell."""
        now = self._clock.now()
        for menu in await self._menus.list_menus():
            if self._not_before.get(menu.account_id, now) <= now and menu.shown != self._key(menu):
                try:
                    await self._publish(menu)
                except (TelegramRetryAfter, TelegramNetworkError, TelegramServerError) as error:
                    logger.warning("command menus wait for the next minute: %s", error)
                    return False
                except TelegramAPIError as error:
                    self._not_before[menu.account_id] = now + _AGAIN_AFTER
                    logger.warning("the command menu of account %d was not set: %s", menu.account_id, error)
        return False

    async def _publish(self, menu: AccountMenu) -> None:
        scope = BotCommandScopeChat(chat_id=menu.account_id)
        with without_patience():
            if menu.official or menu.writes:
                await self._bot.set_my_commands(self._commands(menu), scope=scope)
            else:
                await self._bot.delete_my_commands(scope=scope)
        self._not_before.pop(menu.account_id, None)
        await self._menus.note_published(menu.account_id, self._key(menu))

    def _key(self, menu: AccountMenu) -> str | None:
        if not (menu.official or menu.writes):
            return None
        words = "\n".join(f"{entry.command} {entry.description}" for entry in self._commands(menu))
        return f"{menu.language.value}:admin:{hashlib.sha256(words.encode()).hexdigest()[:8]}"

    def _commands(self, menu: AccountMenu) -> list[BotCommand]:
        with self._i18n.context(), self._i18n.use_locale(menu.language.value):
            first, *others = _commands()
            own = [BotCommand(command="admin", description=_("Desks of my roles"))] if menu.official else []
            if menu.writes:
                own.append(BotCommand(command="announce", description=_("Write and approve announcements")))
            if menu.plans:
                own.append(BotCommand(command="plan", description=_("The work plan of my unit")))
            return [first, *own, *others]


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
        BotCommand(command="announcements", description=_("The last announcements")),
        BotCommand(command="trust", description=_("Where to call for help; a personal talk")),
        BotCommand(command="survey", description=_("Surveys that ask me")),
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
