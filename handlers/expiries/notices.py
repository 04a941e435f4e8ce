"""What people and offices are told unasked about papers that end."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates
from handlers.expiries.keyboards import reminder_buttons
from handlers.expiries.texts import office_text, reminder_text
from services.certificates.dto import CertificateKind
from services.delivery.dto import DueNotice, OutgoingMessage
from services.expiries.dto import Ending, OfficeNews, Paper, PaperGuide


class ExpiryNews(Protocol):
    """Papers at the moment of sending."""

    async def find_ending(self, person_id: int, account_id: int, paper: Paper, expires_on: date) -> Ending | None:
        """Return the end of somebody's paper; None if it moved or was answered."""
        ...

    async def find_office(self, office: str, day: date, account_id: int) -> OfficeNews | None:
        """Return what came to a threshold at an office on a day; None for nothing, or to who does not sit there now."""
        ...

    def find_guide(self, paper: Paper) -> PaperGuide | None:
        """Return what the university says of a paper."""
        ...

    def today(self) -> date:
        """Return the university's day."""
        ...


class ExpiryNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: ExpiryNews, kinds: Mapping[str, CertificateKind], dates: LocalDates) -> None:
        self._news = news
        self._kinds = kinds
        self._dates = dates

    async def ends(self, message: DueNotice) -> OutgoingMessage | None:
        """Remind the person; how many days are left is counted now."""
        paper, expires_on = Paper(message.payload["paper"]), date.fromisoformat(message.payload["expires_on"])
        ending = await self._news.find_ending(int(message.payload["person_id"]), message.chat_id, paper, expires_on)
        guide = self._news.find_guide(paper)
        if ending is None or guide is None:
            return None
        return OutgoingMessage(
            text=reminder_text(ending, guide, self._news.today(), message.language, self._dates),
            buttons=tuple(reminder_buttons(ending, guide, self._kinds, message.language)),
        )

    async def at_office(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an official of the office, as long as they sit there."""
        office, day = message.payload["office"], date.fromisoformat(message.payload["day"])
        news = await self._news.find_office(office, day, message.chat_id)
        if news is None:
            return None
        text = office_text(news, self._news.today(), message.language, self._dates)
        return OutgoingMessage(text=text, buttons=(place_button(_("Open the whole list"), Place.EXPIRING),))
