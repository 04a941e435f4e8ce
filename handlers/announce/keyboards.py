"""Buttons of the editors' desk."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenEditorsDesk


def editors_desk_keyboard() -> InlineKeyboardMarkup:
    """Lead to the drafts."""
    desk = InlineKeyboardButton(text=_("📣 Announcements"), callback_data=OpenEditorsDesk().pack())
    return InlineKeyboardMarkup(inline_keyboard=[[desk]])
