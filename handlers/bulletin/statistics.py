"""Figures of announcements, and reminders, for those who announce."""

import asyncio

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.bulletin import figures_texts as texts
from handlers.bulletin.callbacks import SendReminder, SheetForm, TakePicture, TakeSheet, TakeTotals
from handlers.bulletin.chart import compose_chart
from handlers.bulletin.figures_keyboards import (
    back_to_figures_keyboard,
    reminder_keyboard,
    statistics_keyboard,
    totals_keyboard,
)
from handlers.bulletin.sheets import file_name, joined, statistics_sheets, totals_sheet
from handlers.common.callbacks import OpenStatistics, OpenTotals, RemindReaders
from handlers.common.ports import Charts, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, send_picture, show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.bulletin.reminders import ReminderService
from services.bulletin.statistics import StatisticsService
from services.tables.dto import SheetText
from services.university import UniversityCard


async def open_statistics(
    event: CallbackQuery, callback_data: OpenStatistics, actor: Actor, statistics: StatisticsService, reader: Reader
) -> None:
    """An editor looks at how an announcement was received."""
    figures = await statistics.get(actor, callback_data.announcement_id)
    await show(event, texts.statistics_text(figures, reader), statistics_keyboard(figures))


async def take_picture(
    event: CallbackQuery,
    callback_data: TakePicture,
    actor: Actor,
    statistics: StatisticsService,
    charts: Charts,
    reader: Reader,
    university: UniversityCard,
) -> None:
    """An editor takes the figures as a picture."""
    figures = await statistics.get(actor, callback_data.announcement_id)
    picture = await charts.draw(compose_chart(figures, reader, university))
    number, caption = figures.announcement.id, texts.picture_caption(figures)
    await send_picture(event, picture, f"announcement-{number}.png", caption, back_to_figures_keyboard(number))


async def take_sheet(
    event: CallbackQuery,
    callback_data: TakeSheet,
    actor: Actor,
    statistics: StatisticsService,
    sheets: SheetWriter,
    reader: Reader,
) -> None:
    """An editor takes the figures as a table."""
    figures = await statistics.get(actor, callback_data.announcement_id)
    tables, form = statistics_sheets(figures, reader), callback_data.form
    name = file_name(f"announcement-{figures.announcement.id}", reader.dates.today(figures.taken_at), form)
    back = back_to_figures_keyboard(figures.announcement.id)
    await send_file(event, await _written(tables, form, sheets), name, texts.table_caption(), back)


async def open_totals(
    event: CallbackQuery, callback_data: OpenTotals, actor: Actor, statistics: StatisticsService, reader: Reader
) -> None:
    """An editor looks at what went out lately."""
    totals = await statistics.list_totals(actor, callback_data.days, most=texts.MOST_ROWS)
    await show(event, texts.totals_text(totals, reader), totals_keyboard(totals))


async def take_totals(
    event: CallbackQuery,
    callback_data: TakeTotals,
    actor: Actor,
    statistics: StatisticsService,
    sheets: SheetWriter,
    reader: Reader,
) -> None:
    """An editor takes the list as a table."""
    totals = await statistics.list_totals(actor, callback_data.days)
    name = file_name("announcements", reader.dates.today(totals.taken_at), callback_data.form)
    content = await _written([totals_sheet(totals, reader)], callback_data.form, sheets)
    await send_file(event, content, name, texts.table_caption(), totals_keyboard(totals))


async def look_at_reminder(
    event: CallbackQuery, callback_data: RemindReaders, actor: Actor, reminders: ReminderService, reader: Reader
) -> None:
    """An editor thinks of reminding those who have not confirmed."""
    view = await reminders.look(actor, callback_data.announcement_id)
    await show(event, texts.reminder_question(view, reader), reminder_keyboard(view))


async def send_reminder(
    event: CallbackQuery, callback_data: SendReminder, actor: Actor, reminders: ReminderService
) -> None:
    """An editor lets the reminder go out."""
    await reminders.remind(actor, callback_data.announcement_id)
    await show(event, texts.reminded_text(), back_to_figures_keyboard(callback_data.announcement_id))


async def _written(tables: list[SheetText], form: SheetForm, sheets: SheetWriter) -> bytes:
    if form is SheetForm.XLSX:
        return await asyncio.to_thread(sheets.write, tables)
    return sheets.write_csv(joined(tables))


def create_router() -> Router:
    """Handlers of figures and reminders."""
    router = Router(name="statistics")
    router.callback_query.register(open_statistics, OpenStatistics.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_picture, TakePicture.filter())
    router.callback_query.register(take_sheet, TakeSheet.filter())
    router.callback_query.register(open_totals, OpenTotals.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_totals, TakeTotals.filter())
    router.callback_query.register(look_at_reminder, RemindReaders.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(send_reminder, SendReminder.filter(), flags=ANSWERS_TAP)
    return router
