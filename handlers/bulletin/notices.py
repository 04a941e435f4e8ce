"""Announcements that somebody asked for once more, and reminders to confirm one."""

from dataclasses import replace
from typing import Protocol

from handlers.bulletin.keyboards import announcement_message_of, entry_buttons, reminder_buttons
from handlers.bulletin.texts import reminder_text
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from services.bulletin.dto import BulletinEntry
from services.delivery.dto import DueNotice, OutgoingMessage
from services.languages import Language


class BulletinNews(Protocol):
    """Announcements at the moment of sending."""

    async def find_entry(self, announcement_id: int, account_id: int, reader: Language) -> BulletinEntry | None:
        """Return an announcement with its text for an account; None if the account may not see it any more."""
        ...

    async def find_meant(self, announcement_id: int, account_id: int, reader: Language) -> BulletinEntry | None:
        """Do as `find_entry`; None also if it would not be sent to the account today."""
        ...


class BulletinNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: BulletinNews, words: PaperWords, dates: LocalDates) -> None:
        self._news = news
        self._words = words
        self._dates = dates

    async def shown(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring an announcement with its file once more."""
        number = int(message.payload["announcement_id"])
        entry = await self._news.find_entry(number, message.chat_id, message.language)
        if entry is None:
            return None
        reader = Reader(language=message.language, words=self._words, dates=self._dates)
        whole = announcement_message_of(entry, reader)
        return replace(whole, buttons=entry_buttons(entry, whole, reader))

    async def reminder(self, message: DueNotice) -> OutgoingMessage | None:
        """Ask once more to confirm; not whoever has done so meanwhile, or does not hear of such things any more."""
        number = int(message.payload["announcement_id"])
        entry = await self._news.find_meant(number, message.chat_id, message.language)
        if entry is None or entry.out.read_at is not None:
            return None
        return OutgoingMessage(text=reminder_text(entry), buttons=reminder_buttons(entry.announcement))
