"""Keyboards under figures and reminders."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.bulletin.callbacks import SendReminder, SheetForm, TakePicture, TakeSheet, TakeTotals
from handlers.bulletin.keyboards import button, keyboard
from handlers.common.callbacks import OpenAnnouncement, OpenStatistics, OpenTotals, RemindReaders
from handlers.common.keyboards import menu_button
from services.bulletin.figures import Statistics, Totals
from services.bulletin.reminders import ReminderView
from services.bulletin.statistics import PERIODS


def statistics_keyboard(figures: Statistics) -> InlineKeyboardMarkup:
    """Offer the figures as a picture and as tables, a reminder, and other announcements."""
    number = figures.announcement.id
    reminding = []
    if figures.announcement.options.asks_reading:
        reminding = [[button(_("🔔 Remind the others"), RemindReaders(announcement_id=number))]]
    return keyboard(
        [button(_("🖼 As a picture"), TakePicture(announcement_id=number))],
        [
            button("XLSX", TakeSheet(announcement_id=number, form=SheetForm.XLSX)),
            button("CSV", TakeSheet(announcement_id=number, form=SheetForm.CSV)),
        ],
        *reminding,
        [button(_("📈 All announcements"), OpenTotals(days=PERIODS[0]))],
        [button(_("← The announcement"), OpenAnnouncement(announcement_id=number)), menu_button()],
    )


def totals_keyboard(totals: Totals) -> InlineKeyboardMarkup:
    """Offer other pasts, the table, and the figures of the newest ones."""
    others = [
        button(_("Last {days} days").format(days=days), OpenTotals(days=days))
        for days in PERIODS
        if days != totals.days
    ]
    tables = [
        button("XLSX", TakeTotals(days=totals.days, form=SheetForm.XLSX)),
        button("CSV", TakeTotals(days=totals.days, form=SheetForm.CSV)),
    ]
    return keyboard(*([tables] if totals.rows else []), others, [menu_button()])


def reminder_keyboard(view: ReminderView) -> InlineKeyboardMarkup:
    """Offer to let the reminder go out, where one may."""
    number = view.announcement.id
    back = [button(_("← Figures"), OpenStatistics(announcement_id=number)), menu_button()]
    if view.not_before is not None or not view.anybody:
        return keyboard(back)
    return keyboard([button(_("🔔 Remind them"), SendReminder(announcement_id=number))], back)


def back_to_figures_keyboard(announcement_id: int) -> InlineKeyboardMarkup:
    """Offer the way back."""
    return keyboard([button(_("← Figures"), OpenStatistics(announcement_id=announcement_id)), menu_button()])
