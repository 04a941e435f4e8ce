"""The channel where the register's daily head is posted, in three languages."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.utils.i18n import gettext as _

from bot.i18n import Catalogues
from bot.localtime import LocalTime
from services.languages import Language
from services.register.dto import Head

logger = logging.getLogger(__name__)


class RegisterChannel:
    """Posts heads (`services.register.heads.HeadChannel`)."""

    def __init__(self, bot: Bot, channel: str, i18n: Catalogues, calendar: LocalTime) -> None:
        self._bot = bot
        self._channel: int | str = channel if channel.startswith("@") else int(channel)
        self._i18n = i18n
        self._calendar = calendar

    async def post(self, head: Head) -> bool:
        """Publish a head; False if Telegram did not take it."""
        try:
            await self._bot.send_message(self._channel, self._text(head), disable_notification=True)
        except TelegramAPIError as error:
            logger.warning("the register's head of %s could not be posted: %s", head.day, type(error).__name__)
            return False
        return True

    def _text(self, head: Head) -> str:
        lines = []
        for language in Language:
            with self._i18n.context(), self._i18n.use_locale(language.value):
                sentence = _("Register of certificates at the end of {date}. Entries: {count}. Last hash of the chain:")
                lines.append(sentence.format(date=self._calendar.date(head.day, language), count=head.seq))
        return "\n\n".join(["\n".join(lines), f"<code>{head.hash.hex()}</code>"])
