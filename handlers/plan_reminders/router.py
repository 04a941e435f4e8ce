"""Coordinators look at whom nobody hears and at the year to come."""

import asyncio

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.common.callbacks import OpenForecast, OpenUnheard
from handlers.common.ports import PlanLetters, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan_reminders import desk_texts as texts
from handlers.plan_reminders.callbacks import TakeForecast, WriteLetter
from handlers.plan_reminders.keyboards import forecast_keyboard, letter_keyboard, sheet_keyboard, unheard_keyboard
from handlers.plan_reminders.sheets import forecast_sheets
from services.access import Actor
from services.plan_reminders.service import PlanReminderService


async def open_unheard(
    event: CallbackQuery,
    callback_data: OpenUnheard,
    actor: Actor,
    plan_reminders: PlanReminderService,
    reader: Reader,
) -> None:
    """A coordinator looks at whom of a plan nobody would hear."""
    unheard, page = await plan_reminders.find_unheard(actor, callback_data.plan_id), callback_data.page
    await show(event, texts.unheard_text(unheard, page, reader), unheard_keyboard(unheard, page, reader))


async def write_letter(
    event: CallbackQuery,
    callback_data: WriteLetter,
    actor: Actor,
    plan_reminders: PlanReminderService,
    plan_letters: PlanLetters,
    reader: Reader,
) -> None:
    """A coordinator prints a letter to a unit."""
    letter = await plan_reminders.write_letter(actor, callback_data.plan_id, callback_data.unit_id)
    content, name = await plan_letters.draw(letter), f"letter-{letter.unit.code}-{letter.today.isoformat()}.pdf"
    await send_file(event, content, name, texts.letter_caption(letter, reader), letter_keyboard(letter.plan.id))


async def open_forecast(
    event: CallbackQuery,
    callback_data: OpenForecast,
    actor: Actor,
    plan_reminders: PlanReminderService,
    reader: Reader,
) -> None:
    """A coordinator looks at what will be sent until the end of a plan."""
    forecast = await plan_reminders.forecast(actor, callback_data.plan_id)
    await show(event, texts.forecast_text(forecast, reader), forecast_keyboard(forecast))


async def take_forecast(
    event: CallbackQuery,
    callback_data: TakeForecast,
    actor: Actor,
    plan_reminders: PlanReminderService,
    sheets: SheetWriter,
    reader: Reader,
) -> None:
    """A coordinator takes the year along as a spreadsheet."""
    forecast = await plan_reminders.forecast(actor, callback_data.plan_id)
    content = await asyncio.to_thread(sheets.write, forecast_sheets(forecast, reader))
    name = f"plan-reminders-{forecast.today.isoformat()}.xlsx"
    await send_file(event, content, name, texts.forecast_caption(), sheet_keyboard(callback_data.plan_id))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="plan_reminders")
    taps = router.callback_query
    taps.register(open_unheard, OpenUnheard.filter(), flags=ANSWERS_TAP)
    taps.register(write_letter, WriteLetter.filter(), flags=ANSWERS_TAP)
    taps.register(open_forecast, OpenForecast.filter(), flags=ANSWERS_TAP)
    taps.register(take_forecast, TakeForecast.filter(), flags=ANSWERS_TAP)
    return router
