"""Refusals about what surveys found."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.languages import Language
from services.survey_reports.errors import (
    NobodyToTell,
    OutcomeIncomplete,
    OutcomeSent,
    OutcomeTooLong,
    SurveyNotClosed,
    TextDecided,
    TextsOfOneUnit,
    TextsWithheld,
    TooFewTexts,
)


def _not_closed(_refusal: SurveyNotClosed, _language: Language, _words: Words) -> str:
    return _("Results appear only after the survey closes.")


def _too_few(_refusal: TooFewTexts, _language: Language, _words: Words) -> str:
    return _("Too few free answers to show.")


def _withheld(_refusal: TextsWithheld, _language: Language, _words: Words) -> str:
    return _("These answers speak of your own unit, so they are not shown to you.")


def _of_one_unit(_refusal: TextsOfOneUnit, _language: Language, _words: Words) -> str:
    return _("Only one unit was asked, so its free answers are shown to nobody.")


def _decided(_refusal: TextDecided, _language: Language, _words: Words) -> str:
    return _("A colleague has decided about this answer meanwhile.")


def _too_long(refusal: OutcomeTooLong, _language: Language, _words: Words) -> str:
    return _("That is too long: at most {most} characters. Write it shorter.").format(most=refusal.most)


def _incomplete(_refusal: OutcomeIncomplete, _language: Language, _words: Words) -> str:
    return _("It is not written in all three languages yet.")


def _sent(_refusal: OutcomeSent, _language: Language, _words: Words) -> str:
    return _("It was told already; it is told once.")


def _nobody(_refusal: NobodyToTell, _language: Language, _words: Words) -> str:
    return _("Nobody who was asked has linked an account, so there is nobody to tell.")


def _to_results() -> InlineKeyboardMarkup:
    results = place_button(_("📊 What surveys found"), Place.SURVEY_REPORTS)
    return InlineKeyboardMarkup(inline_keyboard=[[results], [menu_button()]])


SENTENCES: Sentences = {
    SurveyNotClosed: _not_closed,
    TooFewTexts: _too_few,
    TextsWithheld: _withheld,
    TextsOfOneUnit: _of_one_unit,
    TextDecided: _decided,
    OutcomeTooLong: _too_long,
    OutcomeIncomplete: _incomplete,
    OutcomeSent: _sent,
    NobodyToTell: _nobody,
}

KEYBOARDS: Keyboards = dict.fromkeys(
    (SurveyNotClosed, TooFewTexts, TextsWithheld, TextsOfOneUnit, TextDecided, OutcomeSent), _to_results
)
