"""What units and coordinators are told about plans by the desk."""

from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenDuty, Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from handlers.plan_desk.callbacks import ListDecisions
from handlers.plan_desk.notice_texts import decided_text, waiting_morning_text
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.plan_desk.dto import DeskAct, DeskNews, WaitNews


class PlanDeskNews(Protocol):
    """Decisions and changes at the moment of sending."""

    async def find_line(self, line_id: int, unit_id: int, account_id: int) -> DeskNews | None:
        """Return an act for somebody who speaks for the unit; None for what is not so any more."""
        ...

    async def count_waiting(self, account_id: int) -> WaitNews:
        """Return what waits, for a coordinator; nothing for who is none any more."""
        ...


class PlanDeskNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: PlanDeskNews, words: PaperWords, dates: LocalDates) -> None:
        self._news = news
        self._words = words
        self._dates = dates

    async def decided(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell a unit what the coordinator decided or changed."""
        unit_id = int(message.payload["unit_id"])
        news = await self._news.find_line(int(message.payload["line_id"]), unit_id, message.chat_id)
        if news is None:
            return None
        buttons = [place_button(_("📋 Work plan"), Place.PLAN)]
        if news.instance is not None and news.line.act != DeskAct.RELEASED:
            data = OpenDuty(instance_id=news.instance.id, unit_id=unit_id).pack()
            buttons.insert(0, OutgoingButton(text=_("Open it"), data=data))
        more = int(message.payload.get("more", 0))
        return OutgoingMessage(text=decided_text(news, self._reader(message), more), buttons=tuple(buttons))

    async def waits(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell a coordinator in the morning what waits."""
        news = await self._news.count_waiting(message.chat_id)
        if not news.total:
            return None
        button = OutgoingButton(text=_("Decide"), data=ListDecisions().pack())
        return OutgoingMessage(
            text=waiting_morning_text(news, self._reader(message)),
            buttons=(button, place_button(_("← Plans"), Place.PLAN_DESK)),
        )

    def _reader(self, message: DueNotice) -> Reader:
        return Reader(language=message.language, words=self._words, dates=self._dates)
