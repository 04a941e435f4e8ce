"""What units are told about sittings."""

from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenSitting, Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from handlers.sittings.texts import materials_text
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.sittings.dto import MaterialsNews


class SittingNews(Protocol):
    """Sittings at the moment of sending."""

    async def find_materials(self, sitting_id: int, unit_id: int, account_id: int) -> MaterialsNews | None:
        """Return what a unit is asked for; None where nothing is open any more."""
        ...


class SittingNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: SittingNews, words: PaperWords, dates: LocalDates) -> None:
        self._news = news
        self._words = words
        self._dates = dates

    async def materials(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask a unit for its materials."""
        sitting_id, unit_id = int(message.payload["sitting_id"]), int(message.payload["unit_id"])
        news = await self._news.find_materials(sitting_id, unit_id, message.chat_id)
        if news is None:
            return None
        reader = Reader(language=message.language, words=self._words, dates=self._dates)
        button = OutgoingButton(text=_("🏛 The sitting"), data=OpenSitting(sitting_id=sitting_id).pack())
        return OutgoingMessage(
            text=materials_text(news, reader), buttons=(button, place_button(_("📋 Work plan"), Place.PLAN))
        )
