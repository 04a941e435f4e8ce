"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenSurveyOutcome, OpenSurveyReport, Place
from handlers.common.keyboards import menu_button, place_button
from handlers.survey_reports.callbacks import (
    DecideText,
    ListGroups,
    LookThrough,
    OpenTexts,
    PreviewOutcome,
    ReadTexts,
    SendOutcome,
    TakeAllLanguages,
    TakePicture,
    TakeReport,
    TakeTexts,
    ToggleWord,
    TurnWords,
    WriteOutcome,
)
from handlers.survey_reports.marking import is_hidden, words_of
from handlers.survey_reports.texts import group_name, language_word, picture_word, said
from services.languages import Language
from services.survey_reports.outcome import Outcome
from services.survey_reports.readers import Scope
from services.survey_reports.redaction import Span
from services.survey_reports.report_dto import Picture, Report, ReportForm, Round
from services.survey_reports.text_dto import TextGroup, TextPage, TextToRead

_MOST_SURVEYS = 30
_WIDEST = 48
_GROUPS = 8
_WORDS, _WORDS_ON_A_LINE = 24, 3


def list_keyboard(rounds: Sequence[Round], language: Language) -> InlineKeyboardMarkup:
    """Offer closed surveys."""
    rows = [
        [_button(f"📊 {said(one.questionnaire.title, language)} · {one.closed_on:%d.%m.%Y}",
                 OpenSurveyReport(survey_id=one.id))]
        for one in rounds[:_MOST_SURVEYS]
    ]  # fmt: skip
    return _markup(*rows, [menu_button()])


def report_keyboard(report: Report) -> InlineKeyboardMarkup:
    """Offer what the reader may see of a survey."""
    survey_id, several = report.round.id, len(report.strata) > 1
    pictures = [one for one in Picture if several or one is not Picture.UNITS]
    rows = [[_button(f"🖼 {picture_word(one)}", TakePicture(survey_id=survey_id, picture=one))] for one in pictures]
    if several:
        rows.append([_button(_("🏛 Answers of a group …"), ListGroups(survey_id=survey_id, picture=Picture.ANSWERS))])
        rows.append([_button(_("🏛 Indices of a group …"), ListGroups(survey_id=survey_id, picture=Picture.INDICES))])
    if report.scope.has_tables:
        rows.append([_button(form.value.upper(), TakeReport(survey_id=survey_id, form=form)) for form in ReportForm])
        rows.append([_button(_("PDF in three languages"), TakeAllLanguages(survey_id=survey_id))])
    if report.scope is Scope.TEXTS:
        rows.append([_button(_("💬 Free answers"), OpenTexts(survey_id=survey_id))])
    return _markup(*rows, [_all(), menu_button()])


def groups_keyboard(report: Report, picture: Picture, page: int, language: Language) -> InlineKeyboardMarkup:
    """Offer the groups, a page of them."""
    survey_id = report.round.id
    pages = max(1, -(-len(report.strata) // _GROUPS))
    page = min(max(page, 0), pages - 1)
    shown = list(enumerate(report.strata))[page * _GROUPS : (page + 1) * _GROUPS]
    rows = [
        [_button(group_name(stratum, language), TakePicture(survey_id=survey_id, picture=picture, place=place))]
        for place, stratum in shown
    ]
    turns = [
        _button(sign, ListGroups(survey_id=survey_id, picture=picture, page=to))
        for sign, to in (("←", page - 1), ("→", page + 1))
        if 0 <= to < pages
    ]
    return _markup(*rows, turns, [_back(survey_id), menu_button()])


def back_keyboard(survey_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the survey's results."""
    return _markup([_back(survey_id), menu_button()])


def groups_of_texts_keyboard(survey_id: int, groups: Sequence[TextGroup]) -> InlineKeyboardMarkup:
    """Offer to look through each group and to read it."""
    rows, confirmed = [], 0
    for number, group in enumerate(groups, start=1):
        if group.count is None:
            continue
        row = []
        if group.count.waiting:
            look = LookThrough(survey_id=survey_id, place=group.place)
            row.append(_button(_("{number}. Look through").format(number=number), look))
        if group.count.confirmed:
            read = ReadTexts(survey_id=survey_id, spot=f"{group.place}.0")
            row.append(_button(_("{number}. Read").format(number=number), read))
        confirmed += group.count.confirmed
        rows.append(row)
    if confirmed:
        rows.append([_button("XLSX", TakeTexts(survey_id=survey_id))])
    return _markup(*rows, [_back(survey_id), menu_button()])


def review_keyboard(found: TextToRead, spans: Sequence[Span], page: int, mark: int) -> InlineKeyboardMarkup:
    """Offer the words of an answer, a page of them, and the decision."""
    words = list(enumerate(words_of(found.text.words)))
    pages = max(1, -(-len(words) // _WORDS))
    page = min(max(page, 0), pages - 1)
    buttons = [
        _button(f"{'✂️ ' if is_hidden(spans, place) else ''}{found.text.words[slice(*place)]}",
                ToggleWord(word=number, mark=mark))
        for number, place in words[page * _WORDS : (page + 1) * _WORDS]
    ]  # fmt: skip
    rows = [buttons[first : first + _WORDS_ON_A_LINE] for first in range(0, len(buttons), _WORDS_ON_A_LINE)]
    turns = [
        _button(sign, TurnWords(page=to, mark=mark))
        for sign, to in (("←", page - 1), ("→", page + 1))
        if 0 <= to < pages
    ]
    decisions = [
        _button(_("✅ Show it so"), DecideText(shown=True, mark=mark)),
        _button(_("🚫 Withhold"), DecideText(shown=False, mark=mark)),
    ]
    return _markup(*rows, turns, decisions, [texts_button(found.text.survey_id), menu_button()])


def page_of(found: TextToRead, word: int) -> int:
    """Return the page on which a word stands."""
    return min(max(word, 0), max(0, len(words_of(found.text.words)) - 1)) // _WORDS


def seen_keyboard(survey_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the groups of free answers."""
    return _markup([texts_button(survey_id), menu_button()])


def page_keyboard(survey_id: int, page: TextPage) -> InlineKeyboardMarkup:
    """Offer the other pages."""
    turns = [
        _button(sign, ReadTexts(survey_id=survey_id, spot=f"{page.group.place}.{to}"))
        for sign, to in (("←", page.page - 1), ("→", page.page + 1))
        if 0 <= to < page.pages
    ]
    return _markup(turns, [texts_button(survey_id), menu_button()])


def outcome_keyboard(outcome: Outcome) -> InlineKeyboardMarkup:
    """Offer to write in each language, to look at it and to send it."""
    survey_id, rows = outcome.round.id, []
    if not outcome.sent:
        rows.append([
            _button(f"✏️ {language_word(language)}", WriteOutcome(survey_id=survey_id, language=language))
            for language in Language
        ])  # fmt: skip
    if len(outcome.missing) < len(Language):
        rows.append([_button(_("👁 As it will be read"), PreviewOutcome(survey_id=survey_id))])
    return _markup(*rows, [_back(survey_id), menu_button()])


def preview_keyboard(outcome: Outcome) -> InlineKeyboardMarkup:
    """Offer to send it, and the way back."""
    rows = []
    if not outcome.sent and not outcome.missing:
        send = SendOutcome(survey_id=outcome.round.id, version=outcome.version)
        rows.append([_button(_("📣 Tell everybody who was asked"), send)])
    return _markup(*rows, [_button(_("← Back"), OpenSurveyOutcome(survey_id=outcome.round.id)), menu_button()])


def writing_keyboard(survey_id: int) -> InlineKeyboardMarkup:
    """Offer the way back while something is typed."""
    return _markup([_button(_("← Back"), OpenSurveyOutcome(survey_id=survey_id)), menu_button()])


def texts_button(survey_id: int) -> InlineKeyboardButton:
    """Lead to the groups of free answers."""
    return _button(_("← Free answers"), OpenTexts(survey_id=survey_id))


def _all() -> InlineKeyboardButton:
    return place_button(_("← All results"), Place.SURVEY_REPORTS)


def _back(survey_id: int) -> InlineKeyboardButton:
    return _button(_("← Results"), OpenSurveyReport(survey_id=survey_id))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    label = text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _markup(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
