"""Refusals about reminders of plans."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from services.languages import Language
from services.plan_reminders.errors import NoSuchPlan, NothingToWrite


def _no_such_plan(_refusal: NoSuchPlan, _language: Language, _words: Words) -> str:
    return _("This plan is closed, or it is not there any more.")


def _nothing_to_write(_refusal: NothingToWrite, _language: Language, _words: Words) -> str:
    return _("There is nothing to write to this unit: it has nothing open in the plan.")


def _to_plans() -> InlineKeyboardMarkup:
    plans = place_button(_("← Plans"), Place.PLAN_DESK)
    return InlineKeyboardMarkup(inline_keyboard=[[plans, menu_button()]])


SENTENCES: Sentences = {NoSuchPlan: _no_such_plan, NothingToWrite: _nothing_to_write}

KEYBOARDS: Keyboards = dict.fromkeys(SENTENCES, _to_plans)
