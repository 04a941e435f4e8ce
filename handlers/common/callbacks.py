"""Buttons that lead from one feature to another; whoever owns the place handles them."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Place(StrEnum):
    """Where the menu leads."""

    MENU = "m"
    CERTIFICATES = "c"
    VERIFICATION = "v"
    LANGUAGE = "l"
    LINKING = "k"
    HELP = "h"
    ROSTER = "r"


class GoTo(CallbackData, prefix="go"):
    """Open a place of the menu."""

    place: Place
