"""What the two people of a talk are told; the first line, which a lock screen shows, says nothing of it."""

from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates, PaperWords
from handlers.common.reader import Reader
from handlers.common.talk_topics import topic_names
from handlers.trust.texts import time_of, when_and_where
from services.delivery.dto import DueNotice, OutgoingMessage
from services.trust.dto import Talk, TalkState


class TalkNews(Protocol):
    """Talks at the moment of sending."""

    async def find_talk(self, talk_id: int, account_id: int) -> tuple[Talk, bool] | None:
        """Return a talk that has not begun, and whether the account is its officer's; None if it is neither's."""
        ...


class TrustNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: TalkNews, words: PaperWords, dates: LocalDates) -> None:
        self._news = news
        self._words = words
        self._dates = dates

    async def booked(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the officer who comes, and about what."""
        found = await self._find(message, TalkState.BOOKED)
        if found is None or not found[1]:
            return None
        talk, reader = found[0], self._reader(message)
        lines = [
            _("📅 <b>A meeting was booked.</b>"),
            when_and_where(talk.slot, reader),
            "",
            _("Who: {person}").format(person=html.quote(talk.person.full_name)),
            _("Topic: {topic}").format(topic=topic_names()[talk.topic]),
        ]
        return _message("\n".join(lines), officer=True)

    async def cancelled(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the one of the two who has not cancelled."""
        found = await self._find(message, TalkState.LEFT, TalkState.CALLED_OFF)
        if found is None or found[1] is not (found[0].state is TalkState.LEFT):
            return None
        talk, officer = found
        whose = _("You can choose another time: /trust")
        if officer:
            whose = _("{person} has cancelled it. The time can be booked again.").format(
                person=html.quote(talk.person.full_name)
            )
        lines = [_("📅 <b>A meeting was cancelled.</b>"), when_and_where(talk.slot, self._reader(message)), "", whose]
        return _message("\n".join(lines), officer=officer)

    async def reminder(self, message: DueNotice) -> OutgoingMessage | None:
        """Remind one of the two on the day."""
        found = await self._find(message, TalkState.BOOKED)
        if found is None:
            return None
        talk, officer = found
        time = time_of(talk.slot, self._reader(message))
        return _message(_("Reminder: a meeting today. Time: {time}").format(time=time), officer=officer)

    async def _find(self, message: DueNotice, *states: TalkState) -> tuple[Talk, bool] | None:
        found = await self._news.find_talk(int(message.payload["talk_id"]), message.chat_id)
        return found if found is not None and found[0].state in states else None

    def _reader(self, message: DueNotice) -> Reader:
        return Reader(language=message.language, words=self._words, dates=self._dates)


def _message(text: str, *, officer: bool) -> OutgoingMessage:
    place = Place.TRUST_DESK if officer else Place.TRUST
    return OutgoingMessage(text=text, buttons=(place_button(_("Open"), place),))
