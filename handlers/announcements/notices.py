"""Announcements as their readers get them, and what authors are asked."""

from datetime import datetime
from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.announcements.callbacks import CancelHeld, SendHeld
from handlers.announcements.texts import held_text
from handlers.common.announcing import current_message
from handlers.common.ports import LocalDates
from services.announcements.dto import AnnouncementView, Hold, Told
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.languages import Language


class AnnouncementNews(Protocol):
    """Announcements at the moment of sending."""

    async def find_told(self, announcement_id: int, account_id: int, reader: Language) -> Told | None:
        """Return it with the text for an account; None if it is cancelled or no longer meant for this account."""
        ...

    async def find_paused(self, announcement_id: int) -> AnnouncementView | None:
        """Return an announcement that waits for a word of somebody."""
        ...


class AnnouncementNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: AnnouncementNews, dates: LocalDates) -> None:
        self._news = news
        self._dates = dates

    async def announced(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring the announcement."""
        announcement_id = int(message.payload["announcement_id"])
        told = await self._news.find_told(announcement_id, message.chat_id, message.language)
        return current_message(told.announcement, told.text, message.language, self._dates) if told else None

    async def held(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask the author whether it is still to go out; not once somebody has said so."""
        announcement_id = int(message.payload["announcement_id"])
        view = await self._news.find_paused(announcement_id)
        if view is None:
            return None
        hold, due_at = Hold(message.payload["hold"]), datetime.fromisoformat(message.payload["due_at"])
        text = held_text(view, hold, due_at, message.payload["names"], message.language, self._dates)
        cancel = OutgoingButton(text=_("✖️ Cancel it"), data=CancelHeld(announcement_id=announcement_id).pack())
        if hold is Hold.AUDIENCE:
            return OutgoingMessage(text=text, buttons=(cancel,))
        send = OutgoingButton(text=_("📨 Send it now"), data=SendHeld(announcement_id=announcement_id).pack())
        return OutgoingMessage(text=text, buttons=(send, cancel))
