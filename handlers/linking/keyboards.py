"""Keyboards of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.linking.callbacks import (
    DeclineConsent,
    DropRequest,
    EditRequest,
    GiveConsent,
    LinkBy,
    RequestField,
    SendRequest,
    Way,
    WithdrawRequest,
)
from services.languages import Language


def ways_keyboard(*, waiting: bool = False) -> InlineKeyboardMarkup:
    """Offer the ways without a code; a request that waits can be taken back."""
    ask = _button(_("🏫 Ask the Study Office"), LinkBy(way=Way.REQUEST))
    if waiting:
        ask = _button(_("↩️ Take the request back"), WithdrawRequest())
    rows = [[_button(_("📱 By my telephone number"), LinkBy(way=Way.CONTACT))], [ask], [menu_button()]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def linking_keyboard() -> InlineKeyboardMarkup:
    """Lead to the screen of all ways."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[place_button(_("🔑 Link my account"), Place.LINKING)], [menu_button()]]
    )


def consent_keyboard(version: str, language: Language) -> InlineKeyboardMarkup:
    """Ask for a yes or a no to the text above."""
    agree = _button(_("✅ I agree"), GiveConsent(version=version, language=language))
    return InlineKeyboardMarkup(inline_keyboard=[[agree], [_button(_("No"), DeclineConsent())]])


def contact_keyboard() -> ReplyKeyboardMarkup:
    """Let Telegram send one's own number; the other button leads back."""
    share = KeyboardButton(text=_("📱 Share my phone number"), request_contact=True)
    return ReplyKeyboardMarkup(
        keyboard=[[share], [KeyboardButton(text=_("← Another way"))]], resize_keyboard=True, one_time_keyboard=True
    )


def field_keyboard(field: RequestField) -> InlineKeyboardMarkup:
    """Offer a step back, and the way out."""
    fields = list(RequestField)
    place = fields.index(field)
    back = place_button(_("← Back"), Place.LINKING)
    if place:
        back = _button(_("← Back"), EditRequest(field=fields[place - 1]))
    return InlineKeyboardMarkup(inline_keyboard=[[back, _drop_button()]])


def summary_keyboard() -> InlineKeyboardMarkup:
    """Send it, change one of the facts, or leave."""
    names = {RequestField.NAME: _("✏️ Name"), RequestField.GROUP: _("✏️ Group"), RequestField.NUMBER: _("✏️ Number")}
    changes = [_button(name, EditRequest(field=field)) for field, name in names.items()]
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("📨 Send"), SendRequest())], changes, [_drop_button()]])


def _drop_button() -> InlineKeyboardButton:
    return _button(_("✖️ Cancel"), DropRequest())


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
