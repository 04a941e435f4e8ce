"""Keyboards of this feature."""

from aiogram.types import InlineKeyboardMarkup

from handlers.common.desks import desks_of
from handlers.common.keyboards import menu_button, place_button
from services.access import Actor


def desks_keyboard(actor: Actor) -> InlineKeyboardMarkup:
    """Offer the desks that the actor's roles open."""
    rows = [[place_button(desk.label(), desk.place)] for desk in desks_of(actor)]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])
