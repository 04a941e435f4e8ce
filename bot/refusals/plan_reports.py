"""Refusals about the state of plans."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.languages import Language
from services.plan_reports.errors import CalendarChanged, NoCalendarPages, NoPlanFile, NotCounted, NothingPlanned


def _nothing_planned(_refusal: NothingPlanned, _language: Language, _words: Words) -> str:
    return _("There is no plan of that academic year here yet. The plan’s coordinator brings it as a file.")


def _not_counted(_refusal: NotCounted, _language: Language, _words: Words) -> str:
    return _("The plan has changed, and this is not in it any more. Open the figures anew.")


def _no_plan_file(_refusal: NoPlanFile, _language: Language, _words: Words) -> str:
    return _("The plan’s own Word file is not kept here. Bring the plan as a Word file once more.")


def _no_calendar_pages(_refusal: NoCalendarPages, _language: Language, _words: Words) -> str:
    return _("The bot has no web address yet, so calendars cannot be fetched from it. Ask the administrator.")


def _calendar_changed(_refusal: CalendarChanged, _language: Language, _words: Words) -> str:
    return _("⚠️ The unit’s address has changed since this screen was shown, so nothing was done.")


def _to_figures() -> InlineKeyboardMarkup:
    figures = place_button(_("📊 How plans stand"), Place.PLAN_FIGURES)
    return InlineKeyboardMarkup(inline_keyboard=[[figures], [menu_button()]])


SENTENCES: Sentences = {
    NothingPlanned: _nothing_planned,
    NotCounted: _not_counted,
    NoPlanFile: _no_plan_file,
    NoCalendarPages: _no_calendar_pages,
    CalendarChanged: _calendar_changed,
}

KEYBOARDS: Keyboards = {NotCounted: _to_figures}
