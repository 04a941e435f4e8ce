"""Keyboards of the desk of requests."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.link_requests.callbacks import (
    AcceptRequest,
    CompareRequest,
    NextRequest,
    OpenRequest,
    PrintGroupCodes,
    RefuseFor,
    RefuseRequest,
)
from handlers.link_requests.texts import candidate_label, reason_label
from services.languages import Language
from services.link_requests.dto import Comparison, RefusalReason, RequestOnDesk


def request_keyboard(desk: RequestOnDesk, language: Language) -> InlineKeyboardMarkup:
    """Offer the people who may be meant, or to refuse, or to leave it to somebody else."""
    request_id = desk.request.id
    rows = [
        [
            _button(
                candidate_label(candidate, language),
                CompareRequest(request_id=request_id, person_id=candidate.standing.person.id),
            )
        ]
        for candidate in desk.candidates
    ]
    refuse = _button(_("🚫 Refuse"), RefuseRequest(request_id=request_id))
    skip = _button(_("⏭ Skip"), NextRequest(after=request_id))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [refuse, skip], [menu_button()]])


def comparison_keyboard(comparison: Comparison) -> InlineKeyboardMarkup:
    """Offer to link, to look at another person, or to refuse."""
    request_id, standing = comparison.request.id, comparison.candidate.standing
    link = _button(_("🔗 Link"), AcceptRequest(request_id=request_id, person_id=standing.person.id))
    another = _button(_("👤 Another person"), OpenRequest(request_id=request_id))
    refuse = _button(_("🚫 Refuse"), RefuseRequest(request_id=request_id))
    first = [] if standing.holds_roles else [[link]]
    return InlineKeyboardMarkup(inline_keyboard=[*first, [another, refuse], [menu_button()]])


def reasons_keyboard(request_id: int) -> InlineKeyboardMarkup:
    """Offer the usual reasons."""
    rows = [[_button(reason_label(one), RefuseFor(request_id=request_id, reason=one))] for one in RefusalReason]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("← Back"), OpenRequest(request_id=request_id))]])


def next_keyboard() -> InlineKeyboardMarkup:
    """Lead on to the next request."""
    following = place_button(_("➡️ Next request"), Place.REQUESTS)
    return InlineKeyboardMarkup(inline_keyboard=[[following], [menu_button()]])


def confirm_group_keyboard(mark: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    make = _button(_("🖨 Make the sheet"), PrintGroupCodes(mark=mark))
    return InlineKeyboardMarkup(inline_keyboard=[[make], [menu_button()]])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
