"""What colleagues are told about duties."""

from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenDuty, Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from handlers.plan.texts import handed_on_text
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.duties.dto import HandedOn


class DutyNews(Protocol):
    """Duties at the moment of sending."""

    async def find_handed_on(self, instance_id: int, unit_id: int, person_id: int, account_id: int) -> HandedOn | None:
        """Return a duty that was handed to a colleague; None where it is theirs no more."""
        ...


class DutyNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: DutyNews, words: PaperWords, dates: LocalDates) -> None:
        self._news = news
        self._words = words
        self._dates = dates

    async def handed_on(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell a colleague that a duty was handed to them."""
        instance_id, unit_id = int(message.payload["instance_id"]), int(message.payload["unit_id"])
        person_id = int(message.payload["person_id"])
        news = await self._news.find_handed_on(instance_id, unit_id, person_id, message.chat_id)
        if news is None:
            return None
        reader = Reader(language=message.language, words=self._words, dates=self._dates)
        data = OpenDuty(instance_id=instance_id, unit_id=unit_id).pack()
        return OutgoingMessage(
            text=handed_on_text(news, reader),
            buttons=(OutgoingButton(text=_("Open it"), data=data), place_button(_("📋 Work plan"), Place.PLAN)),
        )
