"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import BeginSurvey, OpenSurveyOutcome, OpenSurveyReport, Place, TakeShipped
from handlers.common.keyboards import menu_button, place_button
from handlers.common.questionnaire_words import mode_name
from handlers.survey_desk.callbacks import (
    Asked,
    AskToClose,
    AskToDrop,
    AskToOpen,
    BringQuestionnaire,
    ChooseSetting,
    ChooseTicketGroup,
    CloseSurvey,
    DropSurvey,
    ListLibrary,
    ListTicketGroups,
    ListUnits,
    LookAtRates,
    MakeMissingTickets,
    MakeTickets,
    OpenForAll,
    OpenSurvey,
    PreviewSurvey,
    SetAsked,
    SetMode,
    SetSplit,
    Setting,
    TakeBlankForm,
    ToggleUnit,
)
from handlers.survey_desk.texts import split_word, state_word
from services.languages import Language, Trilingual
from services.questionnaires.draft_dto import Library
from services.questionnaires.dto import SurveyMode
from services.questionnaires.shipped import list_shipped
from services.survey_tickets.rules import MOST_TICKETS, tickets_left, tickets_missing
from services.surveys.desk import UnitChoice
from services.surveys.dto import OpeningPlan, Split, Stratum, Survey, SurveyState

_MOST_SURVEYS = 20
_MOST_QUESTIONNAIRES = 80
_MOST_GROUPS = 90  # Telegram shows a hundred buttons
_WIDEST = 48
_PAGE = 8
_SIGNS = {
    SurveyMode.ANONYMOUS: "🎟",
    SurveyMode.CONFIDENTIAL: "💬",
    SurveyMode.NAMED: "📛",
    SurveyMode.OPEN: "🔗",
}


def desk_keyboard(surveys: Sequence[Survey], language: Language) -> InlineKeyboardMarkup:
    """Offer the surveys, the newest first, and the library."""
    rows = [
        [_button(f"{_SIGNS[one.mode]} {one.id} · {state_word(one.state)} · "
                 f"{_title(one.questionnaire.title, language)}", OpenSurvey(survey_id=one.id))]
        for one in surveys[:_MOST_SURVEYS]
    ]  # fmt: skip
    return _markup([_button(_("➕ New survey"), ListLibrary())], *rows, [_desks(), menu_button()])


def library_keyboard(library: Library, language: Language) -> InlineKeyboardMarkup:
    """Offer the newest edition of every questionnaire, those that come with the bot, and to write or send one."""
    newest = {one.questionnaire.code: one for one in reversed(library.editions)}
    rows = [
        [_button(f"📄 {_title(one.questionnaire.title, language)}", BeginSurvey(questionnaire_id=one.id))]
        for one in reversed(newest.values())
    ]
    shipped = [
        [_button(f"📥 {_title(one.title, language)}", TakeShipped(number=list_shipped().index(one.code)))]
        for one in library.shipped
    ]
    return _markup(
        *rows[:_MOST_QUESTIONNAIRES],
        *shipped,
        [_button(_("📎 Send a questionnaire"), BringQuestionnaire())],
        [place_button(_("🧩 Write or change one"), Place.QUESTIONNAIRES)],
        _end(),
    )


def back_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the desk."""
    return _markup(_end())


def card_keyboard(survey: Survey, language: Language) -> InlineKeyboardMarkup:
    """Offer what can be done with a survey by now."""
    looks = [
        _button(_("👁 Questions"), PreviewSurvey(survey_id=survey.id, page=0, language=language)),
        _button(_("🖨 Blank form"), TakeBlankForm(survey_id=survey.id)),
    ]
    if survey.state is SurveyState.DRAFT:
        return _markup(
            [_setting(survey, Setting.MODE, _("How it asks")), _setting(survey, Setting.AUDIENCE, _("Who is asked"))],
            [
                _setting(survey, Setting.SPLIT, _("Groups of the report")),
                _setting(survey, Setting.LAST_DAY, _("Last day")),
            ],
            [_setting(survey, Setting.PERIOD, _("Period")), *_reader_row(survey)],
            looks,
            [_button(_("▶️ Open the survey …"), AskToOpen(survey_id=survey.id))],
            [_button(_("🗑 Delete"), AskToDrop(survey_id=survey.id))],
            _end(),
        )
    if survey.state is SurveyState.OPEN:
        tickets = [_button(_("🎟 Print tickets …"), ListTicketGroups(survey_id=survey.id))]
        return _markup(
            tickets if survey.mode is SurveyMode.ANONYMOUS else [],
            [_button(_("📈 How many are through"), LookAtRates(survey_id=survey.id))],
            [_setting(survey, Setting.LAST_DAY, _("📅 Later last day"))],
            looks,
            [_button(_("🏁 Close now …"), AskToClose(survey_id=survey.id))],
            _end(),
        )
    if survey.state is SurveyState.CLOSED:
        found = _button(_("📊 What it found"), OpenSurveyReport(survey_id=survey.id))
        changed = _button(_("📣 What changed"), OpenSurveyOutcome(survey_id=survey.id))
        return _markup([found], [changed], looks, _end())
    return _markup(looks, _end())


def setting_keyboard(setting: Setting, survey: Survey) -> InlineKeyboardMarkup:
    """Offer the values of a setting, and the way back."""
    back = [back_to_survey(survey.id)]
    known = {"survey_id": survey.id, "version": survey.version}
    if setting is Setting.MODE:
        modes = [[_button(f"{_SIGNS[mode]} {mode_name(mode)}", SetMode(mode=mode, **known))] for mode in SurveyMode]
        return _markup(*modes, back)
    if setting is Setting.SPLIT:
        return _markup(*([_button(split_word(split), SetSplit(split=split, **known))] for split in Split), back)
    if setting is Setting.AUDIENCE:
        asked = [[_button(asked_word(one), SetAsked(asked=one, **known))] for one in Asked]
        return _markup(*asked, [_button(_("🏛 Units …"), ListUnits(survey_id=survey.id, page=0))], back)
    return _markup(back)


def asked_word(asked: Asked) -> str:
    """Say whom surveys mostly ask."""
    return {
        Asked.STUDENTS: _("🎓 All students"),
        Asked.STAFF: _("👔 All employees"),
        Asked.GRADUATES: _("🎖 Graduates"),
    }[asked]


def units_keyboard(choice: UnitChoice, page: int, language: Language) -> InlineKeyboardMarkup:
    """Offer units, a page of them."""
    survey_id, pages = choice.survey.id, max(1, -(-len(choice.units) // _PAGE))
    page = min(max(page, 0), pages - 1)
    rows = [
        [_button(f"{'✅' if unit.id in choice.chosen else '▫️'} {_title(unit.name, language) or unit.code}",
                 ToggleUnit(survey_id=survey_id, unit_id=unit.id))]
        for unit in choice.units[page * _PAGE : (page + 1) * _PAGE]
    ]  # fmt: skip
    turns = [
        _button(sign, ListUnits(survey_id=survey_id, page=to))
        for sign, to in (("←", page - 1), ("→", page + 1))
        if 0 <= to < pages
    ]
    return _markup(*rows, turns, [back_to_survey(survey_id)])


def page_of(choice: UnitChoice, unit_id: int) -> int:
    """Return the page on which a unit stands."""
    return next((place // _PAGE for place, unit in enumerate(choice.units) if unit.id == unit_id), 0)


def plan_keyboard(plan: OpeningPlan) -> InlineKeyboardMarkup:
    """Offer to open, and the way back."""
    survey = plan.survey
    return _markup(
        [_button(_("▶️ Yes, open it"), OpenForAll(survey_id=survey.id, version=survey.version))],
        [back_to_survey(survey.id)],
    )


def groups_keyboard(survey_id: int, groups: Sequence[Stratum], language: Language) -> InlineKeyboardMarkup:
    """Offer the groups that tickets can be made for."""
    rows = [
        [
            _button(
                f"{_title(group.name, language)} · {group.people}", ChooseTicketGroup(survey_id=survey_id, place=place)
            )
        ]
        for place, group in enumerate(groups[:_MOST_GROUPS])
    ]
    return _markup(*rows, [back_to_survey(survey_id)])


def ticket_count_keyboard(survey_id: int, place: int, group: Stratum) -> InlineKeyboardMarkup:
    """Offer the tickets that are missing, as many as there are people where so many are left, and the way back."""
    missing, whole = tickets_missing(group), min(group.people, MOST_TICKETS)
    rows = []
    if group.tickets and missing:
        label = _("Those that are missing: {number}").format(number=missing)
        rows.append([_button(label, MakeMissingTickets(survey_id=survey_id, place=place, shown=group.tickets))])
    if whole <= tickets_left(group):
        label = _("As many as people: {number}").format(number=whole)
        rows.append([_button(label, MakeTickets(survey_id=survey_id, place=place, shown=group.tickets))])
    return _markup(*rows, [back_to_survey(survey_id)])


def close_keyboard(survey: Survey) -> InlineKeyboardMarkup:
    """Offer to close, and the way back."""
    return _markup(
        [_button(_("🏁 Yes, close it"), CloseSurvey(survey_id=survey.id))],
        [back_to_survey(survey.id)],
    )


def drop_keyboard(survey: Survey) -> InlineKeyboardMarkup:
    """Offer to delete, and the way back."""
    return _markup(
        [_button(_("🗑 Yes, delete"), DropSurvey(survey_id=survey.id))],
        [back_to_survey(survey.id)],
    )


def survey_keyboard(survey_id: int) -> InlineKeyboardMarkup:
    """Offer the way back to the survey."""
    return _markup([back_to_survey(survey_id)], _end())


def back_to_survey(survey_id: int) -> InlineKeyboardButton:
    """Return the way back to the survey."""
    return _button(_("← Back to the survey"), OpenSurvey(survey_id=survey_id))


def _reader_row(survey: Survey) -> list[InlineKeyboardButton]:
    return [_setting(survey, Setting.READER, _("Who reads"))] if survey.mode is SurveyMode.NAMED else []


def _setting(survey: Survey, setting: Setting, label: str) -> InlineKeyboardButton:
    return _button(label, ChooseSetting(survey_id=survey.id, version=survey.version, setting=setting))


def _title(text: Trilingual, language: Language) -> str:
    return " ".join((text.get(language) or text.ky).split())


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    label = text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _desks() -> InlineKeyboardButton:
    return place_button(_("← Desks"), Place.DESKS)


def _end() -> list[InlineKeyboardButton]:
    return [place_button(_("← Surveys"), Place.SURVEY_DESK), menu_button()]


def _markup(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
