"""What people are told unasked about plans."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import Charts, LocalDates, PaperWords
from handlers.common.reader import Reader
from handlers.plan_reminders.chart import compose_chart
from handlers.plan_reminders.keyboards import digest_buttons
from handlers.plan_reminders.texts import digest_text, week_text
from services.delivery.dto import DueNotice, OutgoingMessage
from services.plan_reminders.dto import Digest, Week
from services.university import UniversityCard


class PlanNews(Protocol):
    """Duties at the moment of sending."""

    async def find_digest(self, account_id: int, day: date, *, listed: bool, asked: bool) -> Digest | None:
        """Return what an account hears on a day; None where nothing of it is left."""
        ...

    async def find_week(self, account_id: int, posts: Sequence[str]) -> Week | None:
        """Return the week of somebody who leads; None where they do not any more."""
        ...

    async def keep_picture(self, content: bytes) -> int:
        """Keep a picture; return its id as a file of ours."""
        ...


class PlanReminderNotices:
    """Renderers; None where it is no longer true."""

    def __init__(
        self, news: PlanNews, charts: Charts, university: UniversityCard, words: PaperWords, dates: LocalDates
    ) -> None:
        self._news = news
        self._charts = charts
        self._university = university
        self._words = words
        self._dates = dates

    async def digest(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell everything of a person's day that is still so."""
        day = date.fromisoformat(message.payload["day"])
        listed, asked = bool(message.payload["listed"]), bool(message.payload["asked"])
        digest = await self._news.find_digest(message.chat_id, day, listed=listed, asked=asked)
        if digest is None:
            return None
        text = digest_text(digest, self._reader(message))
        return OutgoingMessage(text=text, buttons=tuple(digest_buttons(digest)))

    async def weekly(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the leadership its week, with a picture."""
        week = await self._news.find_week(message.chat_id, message.payload["posts"])
        if week is None:
            return None
        reader = self._reader(message)
        picture = await self._charts.draw(compose_chart(week, reader, self._university))
        return OutgoingMessage(
            text=week_text(week, reader),
            file_id=await self._news.keep_picture(picture),
            file_name=f"plan-{week.today.isoformat()}.png",
            photo=True,
            buttons=(place_button(_("📋 Open the plan"), Place.PLAN),),
        )

    def _reader(self, message: DueNotice) -> Reader:
        return Reader(language=message.language, words=self._words, dates=self._dates)
