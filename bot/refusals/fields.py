"""What is wrong with a typed fact of a certificate."""

from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.certificates.fields import FieldProblem, FieldRefused
from services.languages import Language


def _field_refused(refusal: FieldRefused, language: Language, words: Words) -> str:
    sentence = _sentence(refusal, language, words)
    if refusal.place:
        return _("Row {row}, value {place}: {problem}").format(row=refusal.row, place=refusal.place, problem=sentence)
    return _("Row {row}: {problem}").format(row=refusal.row, problem=sentence) if refusal.row else sentence


def _sentence(refusal: FieldRefused, language: Language, words: Words) -> str:
    sentences = {
        FieldProblem.EMPTY: _("There is nothing to read. Please write the value."),
        FieldProblem.TOO_LONG: _("This is too long: at most {limit} signs fit."),
        FieldProblem.NOT_A_DATE: _("This is not a date. Write it like this: 21.11.2026"),
        FieldProblem.NOT_A_NUMBER: _("This is not a number. Write it like this: 85.5"),
        FieldProblem.TOO_SMALL: _("This is too little: it must be at least {limit}."),
        FieldProblem.TOO_LARGE: _("This is too much: it may be at most {limit}."),
        FieldProblem.TOO_PRECISE: _("There are too many digits after the point: at most {limit}."),
        FieldProblem.NOT_A_CHOICE: _("This is none of the possible answers. Please choose one of them."),
        FieldProblem.NOT_A_YEAR: _("This is not an academic year. Write it like this: 2025-26"),
        FieldProblem.IN_FUTURE: _("This day has not come yet. Write today or an earlier day."),
        FieldProblem.BEFORE_OTHER: _("This day is too early: the earliest possible one is {limit}."),
        FieldProblem.UNPRINTABLE: _("There is a sign in it that cannot be printed. Please write it without."),
        FieldProblem.WRONG_COLUMNS: _("Each line needs {limit} values with a semicolon between them."),
        FieldProblem.TOO_MANY_ROWS: _("There are too many lines: at most {limit}."),
    }
    limit = refusal.limit
    if refusal.problem is FieldProblem.BEFORE_OTHER:
        limit = words.dates.date(date.fromisoformat(limit), language)
    return sentences[refusal.problem].format(limit=html.quote(limit))


SENTENCES: Sentences = {FieldRefused: _field_refused}
