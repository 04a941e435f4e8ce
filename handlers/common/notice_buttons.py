"""Buttons under what people are told unasked."""

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import GoTo, Place
from services.delivery.dto import OutgoingButton


def menu_button() -> OutgoingButton:
    """Return the button that leads to the menu."""
    return place_button(_("☰ Menu"), Place.MENU)


def linking_button() -> OutgoingButton:
    """Return the button under which an account is linked again."""
    return place_button(_("🔑 Link my account"), Place.LINKING)


def place_button(text: str, place: Place) -> OutgoingButton:
    """Return a button that leads to a place of the menu."""
    return OutgoingButton(text=text, data=GoTo(place=place).pack())
