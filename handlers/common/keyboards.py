"""The menu, and the button that leads to it."""

from functools import cache

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import GoTo, ListWaiting, Place
from services.access import Actor, Role
from services.languages import Language

_PLAN_ROLES = frozenset({Role.UNIT_HEAD, Role.UNIT_STAFF, Role.PLAN_COORDINATOR})


def menu_keyboard(actor: Actor) -> InlineKeyboardMarkup:
    """Offer what this person can use."""
    return _menu(
        actor.language,
        linked=actor.person is not None,
        official=bool(actor.grants),
        curator=bool(actor.curated),
        plans=has_plans(actor),
    )


def has_plans(actor: Actor) -> bool:
    """Tell whether plans ask something of this person: they speak for a unit, or coordinate."""
    return not actor.frozen and any(grant.role in _PLAN_ROLES for grant in actor.grants)


@cache
def _menu(_language: Language, *, linked: bool, official: bool, curator: bool, plans: bool) -> InlineKeyboardMarkup:
    """Build the menu once a language; it stands under most screens."""
    first = place_button(_("🔑 Link my account"), Place.LINKING)
    if linked:
        first = place_button(_("📄 Order a certificate"), Place.CERTIFICATES)
    surveys = [place_button(_("🗳 Surveys"), Place.SURVEYS)] if linked else []
    rows = [
        [first],
        *([[place_button(_("📋 My requests"), Place.MY_REQUESTS)]] if linked else []),
        [place_button(_("✅ Check a certificate"), Place.VERIFICATION)],
        [place_button(_("📣 Announcements"), Place.BULLETIN), *surveys],
        [place_button(_("🤝 Trust and help"), Place.TRUST)],
        [place_button(_("⚙️ Settings"), Place.SETTINGS), place_button(_("❔ Help"), Place.HELP)],
    ]
    if curator:
        rows.insert(0, [place_button(_("📝 Write to my group"), Place.EDITORS_DESK)])
    if plans:
        rows.insert(0, [place_button(_("📋 Work plan"), Place.PLAN)])
    if official:
        rows.insert(0, [place_button(_("🗂 Desks"), Place.DESKS)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def back_to_menu_keyboard() -> InlineKeyboardMarkup:
    """Offer nothing but the way back."""
    return InlineKeyboardMarkup(inline_keyboard=[[menu_button()]])


def waiting_keyboard() -> InlineKeyboardMarkup:
    """Lead to what else waits for a decision."""
    waiting = InlineKeyboardButton(text=_("🖊 All that waits for me"), callback_data=ListWaiting().pack())
    return InlineKeyboardMarkup(inline_keyboard=[[waiting], [menu_button()]])


def menu_button() -> InlineKeyboardButton:
    """Return the button that leads to the menu."""
    return place_button(_("☰ Menu"), Place.MENU)


def place_button(text: str, place: Place) -> InlineKeyboardButton:
    """Return a button that leads to a place of the menu."""
    return InlineKeyboardButton(text=text, callback_data=GoTo(place=place).pack())
