"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.certificates.callbacks import (
    ChooseAnswer,
    ChooseCertificateLanguage,
    ChooseKind,
    ConfirmCertificate,
    SkipQuestion,
    StepBack,
    SubmitRequest,
)
from handlers.certificates.form import CertificateOrder
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.certificates.dto import CertificateKind, FactRule, FactType, Requirement
from services.languages import Language


def kinds_keyboard(kinds: Sequence[CertificateKind], language: Language) -> InlineKeyboardMarkup:
    """Offer the kinds, one in a row."""
    rows = [[_button(kind.name.get(language), ChooseKind(kind=kind.id))] for kind in kinds]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def languages_keyboard(kind: CertificateKind, reader: Language) -> InlineKeyboardMarkup:
    """Offer the languages of a kind, the reader's own first."""
    ordered = sorted(kind.languages, key=lambda language: language is not reader)
    rows = [
        [_button(language_name(language), ChooseCertificateLanguage(kind=kind.id, language=language))]
        for language in ordered
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [place_button(_("← Back"), Place.CERTIFICATES)]])


def question_keyboard(order: CertificateOrder, rule: FactRule, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the choices of a question, to leave it where it may be left, and the step back."""
    mark, rows = order.mark, []
    if rule.type is FactType.CHOICE:
        rows = [
            [
                _button(
                    reader.words.choice(order.kind, rule.name, key, reader.language), ChooseAnswer(choice=n, mark=mark)
                )
            ]
            for n, key in enumerate(rule.choices)
        ]
    if rule.requirement is not Requirement.REQUIRED:
        rows.append([_button(_("⏭ Leave it out"), SkipQuestion(mark=mark))])
    back: CallbackData = StepBack(mark=mark) if order.path else ChooseKind(kind=order.kind)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("← Back"), back), menu_button()]])


def confirmation_keyboard(order: CertificateOrder, *, at_once: bool) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    button = ConfirmCertificate if at_once else SubmitRequest
    confirm = _button(_("✅ Confirm"), button(kind=order.kind, language=order.language, mark=order.mark))
    back: CallbackData = StepBack(mark=order.mark) if order.path else ChooseKind(kind=order.kind)
    return InlineKeyboardMarkup(inline_keyboard=[[confirm], [_button(_("← Back"), back), menu_button()]])


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
