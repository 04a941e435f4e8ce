"""Keyboards of this feature."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.desks import desks_of
from handlers.common.keyboards import menu_button, place_button
from services.access import Actor


def desks_keyboard(actor: Actor, *, looks_after_papers: bool) -> InlineKeyboardMarkup:
    """Offer the desks that the actor's roles open, and the papers that end at the actor's office."""
    rows = [[place_button(desk.label(), desk.place)] for desk in desks_of(actor)]
    if looks_after_papers:
        rows.append([place_button(_("🛂 Papers that end"), Place.EXPIRING)])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])
