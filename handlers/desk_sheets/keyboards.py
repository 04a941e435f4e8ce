"""Keyboards of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.callbacks import OpenQueue, Place, QueueSheet
from handlers.common.keyboards import menu_button, place_button
from handlers.desk_sheets.callbacks import CancelSheet, ConfirmSheet, ReviewSheet
from services.desk_sheets.dto import SheetPreview, TakenQueue


def taken_keyboard(queue: TakenQueue) -> InlineKeyboardMarkup:
    """Offer the way back, and the spreadsheet that waits for a confirmation."""
    rows = []
    if queue.kept is not None:
        rows.append([_button(_("🔎 The spreadsheet I sent"), ReviewSheet(sheet_id=queue.kept.id))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end(queue.desk)])


def preview_keyboard(preview: SheetPreview) -> InlineKeyboardMarkup:
    """Offer to confirm, if there is anything to confirm; how much it is stands on the button."""
    desk, number = preview.difference.desk, len(preview.difference.acts)
    if preview.sheet_id is None:
        again = [[_button(_("⬇️ Spreadsheet"), QueueSheet(desk=desk))]] if desk else []
        return InlineKeyboardMarkup(inline_keyboard=[*again, _end(desk)])
    label = ngettext("✅ Confirm: {number} row", "✅ Confirm: {number} rows", number).format(number=number)
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [_button(label, ConfirmSheet(sheet_id=preview.sheet_id))],
            [_button(_("✖️ Cancel"), CancelSheet(sheet_id=preview.sheet_id))],
        ]
    )


def done_keyboard(desk: str) -> InlineKeyboardMarkup:
    """Offer the queue as it is now, as a spreadsheet or as a screen."""
    return InlineKeyboardMarkup(inline_keyboard=[[_button(_("⬇️ Spreadsheet"), QueueSheet(desk=desk))], _end(desk)])


def desks_keyboard() -> InlineKeyboardMarkup:
    """Lead to the desks."""
    return InlineKeyboardMarkup(inline_keyboard=[_end("")])


def _end(desk: str) -> list[InlineKeyboardButton]:
    back = _button(_("← Queue"), OpenQueue(desk=desk)) if desk else place_button(_("🗂 Desks"), Place.DESKS)
    return [back, menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
