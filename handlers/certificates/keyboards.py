"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.certificates.callbacks import ChooseCertificateLanguage, ConfirmCertificate
from handlers.common.callbacks import ChooseKind, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.languages import language_name
from services.certificates.dto import CertificateKind, CertificateReview
from services.languages import Language


def kinds_keyboard(kinds: Sequence[CertificateKind], language: Language) -> InlineKeyboardMarkup:
    """Offer the kinds, one in a row."""
    rows = [[_button(kind.name.get(language), ChooseKind(kind=kind.id).pack())] for kind in kinds]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def languages_keyboard(kind: CertificateKind, reader: Language) -> InlineKeyboardMarkup:
    """Offer the languages of a kind, the reader's own first."""
    ordered = sorted(kind.languages, key=lambda language: language is not reader)
    rows = [
        [_button(language_name(language), ChooseCertificateLanguage(kind=kind.id, language=language).pack())]
        for language in ordered
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [place_button(_("← Back"), Place.CERTIFICATES)]])


def confirmation_keyboard(review: CertificateReview) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    confirm = _button(_("✅ Confirm"), ConfirmCertificate(kind=review.kind.id, language=review.language).pack())
    back = _button(_("← Back"), ChooseKind(kind=review.kind.id).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[confirm], [back, menu_button()]])


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
