"""Keyboards of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place, ReportWrong
from handlers.common.forms import mark_of
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.reports.callbacks import (
    AcceptReport,
    ChooseRightValue,
    ChooseWrongFact,
    ListReports,
    OpenReport,
    RefuseReport,
    SendReport,
    WantDocument,
    WithdrawReport,
    WriteOtherValue,
)
from handlers.reports.texts import label_of, line_of, value_text
from services.reports.dto import Report, ReportableCertificate, ReportableFact, ReportCard, ReportPage, ReportState

_LONGEST_BUTTON = 60


def facts_keyboard(certificate: ReportableCertificate, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what may be wrong, each with what the paper says."""
    rows = [
        [_button(_named(certificate, fact, reader), ChooseWrongFact(certificate_id=certificate.id, fact=fact.name))]
        for fact in certificate.facts
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def value_keyboard(certificate: ReportableCertificate, fact: ReportableFact, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the words of a closed list, and the way back."""
    words = [
        [_button(value_text(certificate.kind, fact, choice, reader), ChooseRightValue(value=choice))]
        for choice in fact.choices
        if choice != fact.value
    ]
    back = _button(_("← Back"), ReportWrong(certificate_id=certificate.id))
    return InlineKeyboardMarkup(inline_keyboard=[*words, [back, menu_button()]])


def confirm_keyboard(certificate_id: int, fact: str, value: str) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    send = _button(_("✅ Give it to the desk"), SendReport(mark=mark_of(certificate_id, fact, value)))
    back = _button(_("← Back"), ReportWrong(certificate_id=certificate_id))
    return InlineKeyboardMarkup(inline_keyboard=[[send], [back, menu_button()]])


def reported_keyboard(report: Report) -> InlineKeyboardMarkup:
    """Offer to take it back."""
    withdraw = _button(_("Withdraw the report"), WithdrawReport(report_id=report.id))
    return InlineKeyboardMarkup(inline_keyboard=[[withdraw], [menu_button()]])


def list_keyboard(page: ReportPage) -> InlineKeyboardMarkup:
    """Offer what waits, and other pages."""
    rows = [[_button(line_of(report), OpenReport(report_id=report.id))] for report in page.reports]
    turns = []
    if page.page > 0:
        turns.append(_button("‹", ListReports(page=page.page - 1)))
    if page.page + 1 < page.pages:
        turns.append(_button("›", ListReports(page=page.page + 1)))
    desks = place_button(_("🗂 Desks"), Place.DESKS)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *([turns] if turns else []), [desks, menu_button()]])


def card_keyboard(card: ReportCard, value: str = "") -> InlineKeyboardMarkup:
    """Offer what a desk can decide; `value`: its own spelling, if it wrote one."""
    report = card.report
    accept = AcceptReport(report_id=report.id, mark=mark_of(report.id, value or report.value))
    rows = [
        [_button(_("✅ Accept and reissue"), accept)],
        [_button(_("✏️ Write it differently"), WriteOtherValue(report_id=report.id))],
        [_button(_("❌ Refuse"), RefuseReport(report_id=report.id))],
        [_button(_("← All corrections"), ListReports(page=0)), menu_button()],
    ]
    if report.state is not ReportState.DOCUMENT_WANTED:
        rows.insert(2, [_button(_("📎 Ask for a document"), WantDocument(report_id=report.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def back_to_report_keyboard(report_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the card."""
    back = _button(_("← Back"), OpenReport(report_id=report_id))
    return InlineKeyboardMarkup(inline_keyboard=[[back, menu_button()]])


def _named(certificate: ReportableCertificate, fact: ReportableFact, reader: Reader) -> str:
    text = f"{label_of(certificate.kind, fact, reader)}: {value_text(certificate.kind, fact, fact.value, reader)}"
    return text if len(text) <= _LONGEST_BUTTON else text[: _LONGEST_BUTTON - 1] + "…"


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
