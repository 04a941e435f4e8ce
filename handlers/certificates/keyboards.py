"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.certificates.callbacks import (
    AddAnswer,
    ChooseAnswer,
    ChooseCertificateLanguage,
    ConfirmCertificate,
    SkipQuestion,
    StepBack,
    SubmitRequest,
)
from handlers.certificates.form import CertificateOrder
from handlers.common.callbacks import ChooseKind, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.certificates.dto import CertificateKind, FactRule, FactType, Requirement, Source
from services.languages import Language
from services.requests.dto import RequestPlan


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
    if order.extra:
        rows.append([_button(_("⏭ Leave it out"), SkipQuestion(mark=mark))])
    back: CallbackData = StepBack(mark=mark) if order.path or order.extra else ChooseKind(kind=order.kind)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("← Back"), back), menu_button()]])


def confirmation_keyboard(order: CertificateOrder, plan: RequestPlan, reader: Reader) -> InlineKeyboardMarkup:
    """Ask for the last tap; offer to add what may be left out."""
    kind, language = order.kind, order.language
    button = ConfirmCertificate if plan.at_once else SubmitRequest
    confirm = _button(_("✅ Confirm"), button(kind=kind, language=language, mark=order.mark))
    extras = [
        [_button(_extra(rule, order, reader), AddAnswer(kind=kind, language=language, question=number))]
        for number, rule in enumerate(plan.kind.facts_from(Source.ASKED))
        if rule in plan.questions and rule.requirement is not Requirement.REQUIRED
    ]
    back: CallbackData = StepBack(mark=order.mark) if order.path else ChooseKind(kind=kind)
    return InlineKeyboardMarkup(inline_keyboard=[[confirm], *extras, [_button(_("← Back"), back), menu_button()]])


def _extra(rule: FactRule, order: CertificateOrder, reader: Reader) -> str:
    sign = "✏️" if rule.name in order.given else "➕"
    return f"{sign} {reader.words.label(order.kind, rule.name, reader.language)}"


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
