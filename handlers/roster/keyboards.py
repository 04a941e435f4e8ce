"""Keyboards of this feature."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.roster.callbacks import CancelImport, ConfirmImport, ListCorrections, SendRoster, UndoImport
from services.people.imports_dto import RosterOverview, RosterPreview


def desk_keyboard(overview: RosterOverview) -> InlineKeyboardMarkup:
    """Offer what can be done with the roster."""
    rows = [
        [_button(_("📤 Send a roster file"), SendRoster())],
        [_button(_("✏️ Corrections for the source system"), ListCorrections())],
    ]
    if overview.undoable is not None:
        rows.append([_button(_("↩️ Undo the last import"), UndoImport(import_id=overview.undoable.id, sure=False))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [menu_button()]])


def back_to_roster_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the desk."""
    return InlineKeyboardMarkup(inline_keyboard=[[_roster_button(), menu_button()]])


def preview_keyboard(preview: RosterPreview) -> InlineKeyboardMarkup:
    """Offer to confirm, if there is anything to confirm; many removals are named on the button."""
    if preview.draft_id is None:
        again = _button(_("📤 Send a roster file"), SendRoster())
        return InlineKeyboardMarkup(inline_keyboard=[[again], [_roster_button(), menu_button()]])
    removals = preview.difference.removed
    confirm = ConfirmImport(draft_id=preview.draft_id, removals=removals, sure=not preview.difference.too_many)
    label = _("✅ Confirm")
    if preview.difference.too_many:
        label = ngettext(
            "⚠️ Import, {number} person is removed", "⚠️ Import, {number} people are removed", removals
        ).format(number=removals)
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(label, confirm)], [_button(_("✖️ Cancel"), CancelImport(draft_id=preview.draft_id))]]
    )


def removals_keyboard(asked: ConfirmImport) -> InlineKeyboardMarkup:
    """Ask for the last tap of all."""
    label = ngettext("Yes, remove {number} person", "Yes, remove {number} people", asked.removals)
    sure = asked.model_copy(update={"sure": True})
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [_button(label.format(number=asked.removals), sure)],
            [_button(_("✖️ Cancel"), CancelImport(draft_id=asked.draft_id))],
        ]
    )


def undo_keyboard(import_id: int) -> InlineKeyboardMarkup:
    """Ask whether an import is to be taken back."""
    sure = _button(_("↩️ Yes, undo it"), UndoImport(import_id=import_id, sure=True))
    return InlineKeyboardMarkup(inline_keyboard=[[sure], [_roster_button(), menu_button()]])


def _roster_button() -> InlineKeyboardButton:
    return place_button(_("← Roster"), Place.ROSTER)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
