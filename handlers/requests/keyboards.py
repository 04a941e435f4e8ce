"""Keyboards of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.requests.callbacks import (
    AskWithdraw,
    BeginAnswer,
    BeginReceipt,
    ListMine,
    OpenMyCertificate,
    OpenMyRequest,
    SendFileAgain,
    WantPaperCopy,
    Withdraw,
)
from handlers.requests.texts import certificate_title, request_title
from services.certificates.register import RegisterStatus
from services.requests.dto import MyCertificate, MyPapers, MyRequest, PaperCopy, RequestState


def list_keyboard(papers: MyPapers, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what stands on the page, and other pages."""
    rows = [
        [_button(request_title(mine, reader), OpenMyRequest(request_id=mine.request.id))] for mine in papers.requests
    ]
    rows += [
        [_button(certificate_title(one, papers, reader), OpenMyCertificate(certificate_id=one.id))]
        for one in papers.certificates
    ]
    turns = []
    if papers.page > 0:
        turns.append(_button("←", ListMine(page=papers.page - 1)))
    if papers.page + 1 < papers.pages:
        turns.append(_button("→", ListMine(page=papers.page + 1)))
    rows += [turns] if turns else []
    return _keyboard(*rows, [place_button(_("📄 Order a certificate"), Place.CERTIFICATES)], [menu_button()])


def request_keyboard(mine: MyRequest) -> InlineKeyboardMarkup:
    """Offer what can be done with a request as it stands now."""
    request, rows = mine.request, []
    if request.state is RequestState.ASKED:
        rows.append([_button(_("✍️ Answer"), BeginAnswer(request_id=request.id))])
    if request.state is RequestState.UNPAID:
        rows.append([_button(_("🧾 Send the receipt"), BeginReceipt(request_id=request.id))])
    if request.decided_at is None:
        rows.append([_button(_("↩️ Take the request back"), AskWithdraw(request_id=request.id))])
    if request.certificate_id is not None:
        rows.append([_button(_("📄 The certificate"), OpenMyCertificate(certificate_id=request.certificate_id))])
    return _keyboard(*rows, _back())


def certificate_keyboard(certificate: MyCertificate) -> InlineKeyboardMarkup:
    """Offer what can be done with a certificate as it stands now."""
    rows = []
    if certificate.status is RegisterStatus.ISSUED:
        rows.append([_button(_("📥 Send me the file again"), SendFileAgain(certificate_id=certificate.id))])
        if certificate.paper_copy is PaperCopy.NONE:
            rows.append([_button(_("📃 I need a paper copy"), WantPaperCopy(certificate_id=certificate.id))])
    return _keyboard(*rows, _back())


def withdraw_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    yes = _button(_("↩️ Yes, take it back"), Withdraw(request_id=request_id))
    return _keyboard([yes], [_button(_("← Back"), OpenMyRequest(request_id=request_id)), menu_button()])


def form_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Offer the way back from an answer or a receipt."""
    return _keyboard([_button(_("← Back"), OpenMyRequest(request_id=request_id)), menu_button()])


def mine_keyboard() -> InlineKeyboardMarkup:
    """Lead to the list."""
    return _keyboard(_back())


def _back() -> list[InlineKeyboardButton]:
    return [place_button(_("📋 My requests"), Place.MY_REQUESTS), menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
