"""What people are told unasked about requests."""

from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.callbacks import Place
from handlers.common.notice_buttons import linking_button, menu_button, place_button
from handlers.common.texts import office_line
from services.delivery.dto import DueNotice, OutgoingMessage
from services.link_requests.dto import LinkRequest, RefusalReason, RequestState
from services.university import UniversityCard


class LinkRequestNews(Protocol):
    """Requests at the moment of sending."""

    async def find_request(self, request_id: int) -> LinkRequest | None:
        """Return a request."""
        ...

    async def count_left(self, account_id: int) -> int:
        """Return how many more requests the account is allowed."""
        ...


class RequestNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: LinkRequestNews, university: UniversityCard) -> None:
        self._news = news
        self._university = university

    async def waiting(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an official that somebody asks; who it is stands at the desk only."""
        request = await self._news.find_request(int(message.payload["request_id"]))
        if request is None or request.state is not RequestState.WAITING:
            return None
        text = _("🏫 Somebody without a code asks to be recognised.")
        return OutgoingMessage(text=text, buttons=(place_button(_("Open the requests"), Place.REQUESTS),))

    async def decided(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the asker."""
        request = await self._news.find_request(int(message.payload["request_id"]))
        if request is not None and request.state is RequestState.LINKED and request.person is not None:
            text = _("✅ The Study Office has linked this account to: <b>{person}</b>")
            name = html.quote(request.person.full_name)
            return OutgoingMessage(text=text.format(person=name), buttons=(menu_button(),))
        if request is not None and request.state is RequestState.REFUSED:
            return await self._refused(request, message)
        return None

    async def _refused(self, request: LinkRequest, message: DueNotice) -> OutgoingMessage:
        left = await self._news.count_left(request.account_id)
        office = office_line(self._university, message.language)
        lines = [_("The Study Office could not recognise you. The reason: {reason}").format(reason=_reason(request))]
        if left:
            again = ngettext(
                "You can ask {count} more time, write a one-time code, or come in person: {office}",
                "You can ask {count} more times, write a one-time code, or come in person: {office}",
                left,
            )
            lines.append(again.format(count=left, office=office))
        else:
            lines.append(_("Please come in person with your document: {office}").format(office=office))
        return OutgoingMessage(text="\n\n".join(lines), buttons=(linking_button(),))


def _reason(request: LinkRequest) -> str:
    reasons: dict[str, str] = {
        RefusalReason.NUMBER_DIFFERS: _("the number does not match the university's records."),
        RefusalReason.NAME_DIFFERS: _("the name does not match the university's records."),
        RefusalReason.LINKED_ALREADY: _("an account is linked to this person already."),
        RefusalReason.COME_IN_PERSON: _("please come in person with your document."),
    }
    return reasons.get(request.reason) or html.quote(request.reason)
