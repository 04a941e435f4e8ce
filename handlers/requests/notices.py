"""What people are told unasked about requests for certificates."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.callbacks import OpenQueue, OpenRequest, Place
from handlers.common.notice_buttons import place_button
from handlers.common.ports import LocalDates
from handlers.common.ready_reasons import refusal_text
from handlers.requests.callbacks import BeginAnswer, BeginReceipt, OpenMyRequest
from services.certificates.dto import CertificateKind
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.languages import Language
from services.requests.dto import CertificateRequest, DeskMorning, DueRequest, PaperCopy, QueueCounts, RequestState


class RequestNews(Protocol):
    """Requests at the moment of sending."""

    async def find_mine(self, request_id: int, account_id: int) -> CertificateRequest | None:
        """Return a request if the account is its person's now."""
        ...

    async def find_held(self, request_id: int, account_id: int) -> CertificateRequest | None:
        """Return a request if the account works on it, and sits at its desk still."""
        ...

    async def list_mornings(self, desks: Collection[str], account_id: int, today: date) -> list[DeskMorning]:
        """Return how desks stand."""
        ...

    async def list_due(self, request_ids: Collection[int], account_id: int) -> list[DueRequest]:
        """Return those of the requests that still wait for an answer, which the account may give now."""
        ...

    def find_kind(self, kind_id: str) -> CertificateKind | None:
        """Return a kind."""
        ...

    def kind_of_desk(self, desk: str) -> CertificateKind | None:
        """Return a kind that names this desk."""
        ...


class PaperRequestNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: RequestNews, dates: LocalDates) -> None:
        self._news = news
        self._dates = dates

    async def asked(self, message: DueNotice) -> OutgoingMessage | None:
        """Bring the desk's question to who asked for the certificate."""
        request = await self._mine(message)
        if request is None or request.state is not RequestState.ASKED:
            return None
        text = _("❓ <b>{desk}</b> has a question about your request.\n{kind}\n\n{question}").format(
            desk=self._desk(request.desk, message.language),
            kind=self._kind(request, message.language),
            question=html.quote(request.question),
        )
        button = OutgoingButton(text=_("✍️ Answer"), data=BeginAnswer(request_id=request.id).pack())
        return OutgoingMessage(text=text, buttons=(button, _open(request)))

    async def answered(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the official who asked that there is an answer; it stands at the desk only."""
        request = await self._news.find_held(int(message.payload["request_id"]), message.chat_id)
        if request is None or request.state is not RequestState.TAKEN or not request.answer:
            return None
        text = _("💬 Your question about request No. {number} was answered.\n{kind}").format(
            number=request.id, kind=self._kind(request, message.language)
        )
        button = OutgoingButton(text=_("📥 Open the request"), data=OpenRequest(request_id=request.id).pack())
        return OutgoingMessage(text=text, buttons=(button,))

    async def refused(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the person why there is no certificate."""
        request = await self._mine(message)
        if request is None or request.state is not RequestState.REFUSED:
            return None
        text = _("⛔ Your request was refused: <b>{kind}</b>\nThe answer comes from: {desk}\nReason: {reason}").format(
            kind=self._kind(request, message.language),
            desk=self._desk(request.desk, message.language),
            reason=html.quote(refusal_text(request.refusal)),
        )
        return OutgoingMessage(text=text, buttons=(_order(),))

    async def moved(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the person which desk answers now."""
        request = await self._mine(message)
        if request is None or request.decided_at is not None:
            return None
        lines = [
            _("↪️ Your request is answered by another desk now: <b>{kind}</b>\nDesk: {desk}").format(
                kind=self._kind(request, message.language), desk=self._desk(request.desk, message.language)
            ),
            *self._promise(request, message.language),
        ]
        return OutgoingMessage(text="\n".join(lines), buttons=(_open(request),))

    async def receipt_refused(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the person what is wrong with the receipt."""
        request = await self._mine(message)
        if request is None or request.state is not RequestState.UNPAID or not request.receipt_refusal:
            return None
        text = _("🧾 The receipt was not accepted: <b>{kind}</b>\nReason: {reason}\n\nPlease send another one.").format(
            kind=self._kind(request, message.language), reason=html.quote(refusal_text(request.receipt_refusal))
        )
        button = OutgoingButton(text=_("🧾 Send the receipt"), data=BeginReceipt(request_id=request.id).pack())
        return OutgoingMessage(text=text, buttons=(button, _open(request)))

    async def paid(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the person that the fee is confirmed, and until when there is an answer."""
        request = await self._mine(message)
        if request is None or request.decided_at is not None or request.paid_at is None:
            return None
        lines = [
            _("✅ Your payment was confirmed: <b>{kind}</b>").format(kind=self._kind(request, message.language)),
            *self._promise(request, message.language),
        ]
        return OutgoingMessage(text="\n".join(lines), buttons=(_open(request),))

    async def copy_ready(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the person where the copy on paper waits."""
        request = await self._mine(message)
        if request is None or request.paper_copy is not PaperCopy.READY:
            return None
        text = _(
            "📃 The paper copy of your certificate is ready: <b>{kind}</b>\nFetch it here: {desk}\n\n"
            "Please bring your document."
        ).format(kind=self._kind(request, message.language), desk=self._desk(request.desk, message.language))
        return OutgoingMessage(text=text)

    async def morning(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an official how their desks stand."""
        day = date.fromisoformat(message.payload["day"])
        desks = await self._news.list_mornings(message.payload["desks"], message.chat_id, day)
        busy = [one for one in desks if _is_busy(one.counts)]
        if not busy:
            return None
        lines = [self._morning(one, message.language) for one in busy]
        head = _("🌅 <b>Requests for certificates</b>, {date}").format(date=self._dates.date(day, message.language))
        buttons = tuple(self._queue(one.desk, message.language) for one in busy)
        return OutgoingMessage(text="\n\n".join([head, *lines]), buttons=buttons)

    async def due_soon(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an official that promises end soon."""
        due = await self._news.list_due(message.payload["request_ids"], message.chat_id)
        if not due:
            return None
        text = ngettext(
            "⏰ {count} request is promised by the next working day and is not answered yet.",
            "⏰ {count} requests are promised by the next working day and are not answered yet.",
            len(due),
        )
        desks = dict.fromkeys(request.desk for request in due)
        names = "\n".join(f"• {self._desk(desk, message.language)}" for desk in desks)
        buttons = tuple(self._queue(desk, message.language) for desk in desks)
        return OutgoingMessage(text=f"{text.format(count=len(due))}\n{names}", buttons=buttons)

    async def _mine(self, message: DueNotice) -> CertificateRequest | None:
        return await self._news.find_mine(int(message.payload["request_id"]), message.chat_id)

    def _morning(self, desk: DeskMorning, reader: Language) -> str:
        counts = desk.counts
        lines = [f"<b>{self._desk(desk.desk, reader)}</b>"]
        shown = (
            (counts.late, _("❗ late: {count}")),
            (counts.due_today, _("⏰ to be answered today: {count}")),
            (counts.free, _("🆕 not taken by anybody: {count}")),
            (counts.mine, _("✋ in your hands: {count}")),
            (counts.receipts, _("🧾 receipts to look at: {count}")),
            (counts.reports, _("✏️ reports of a wrong fact: {count}")),
        )
        lines += [text.format(count=count) for count, text in shown if count]
        return "\n".join(lines)

    def _promise(self, request: CertificateRequest, reader: Language) -> list[str]:
        if request.promised_on is None:
            return []
        return [_("The answer comes by: {date} inclusive").format(date=self._dates.date(request.promised_on, reader))]

    def _kind(self, request: CertificateRequest, reader: Language) -> str:
        kind = self._news.find_kind(request.kind)
        return html.quote(kind.name.get(reader) if kind else request.kind)

    def _queue(self, desk: str, reader: Language) -> OutgoingButton:
        """Return the button that leads to a desk's queue; plain text, as every button."""
        kind = self._news.kind_of_desk(desk)
        name = kind.desk_name.get(reader) if kind else desk
        return OutgoingButton(text=_("📥 {desk}").format(desk=name), data=OpenQueue(desk=desk).pack())

    def _desk(self, desk: str, reader: Language) -> str:
        kind = self._news.kind_of_desk(desk)
        return html.quote(kind.desk_name.get(reader) if kind else desk)


def _is_busy(counts: QueueCounts) -> bool:
    return bool(counts.late or counts.due_today or counts.free or counts.mine or counts.receipts or counts.reports)


def _open(request: CertificateRequest) -> OutgoingButton:
    return OutgoingButton(text=_("📋 My request"), data=OpenMyRequest(request_id=request.id).pack())


def _order() -> OutgoingButton:
    return place_button(_("📄 Order a certificate"), Place.CERTIFICATES)
