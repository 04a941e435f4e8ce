"""How plans stand: numbers, pictures, the lists behind them, and what is taken along."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, OpenDashboard, Place
from handlers.common.reader import Reader
from handlers.common.screens import change_keyboard, send_file, send_picture, show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan_reports import calendars, keyboards, language, texts
from handlers.plan_reports.book import compose_book
from handlers.plan_reports.callbacks import OpenEntries, OpenRow, TakeChart, TakePlanFile, TakeState, TurnRows
from handlers.plan_reports.chart import compose_chart
from handlers.plan_reports.ports import PlanPapers
from handlers.plan_reports.rows import shown_rows
from services.access import Actor
from services.plan_reports.service import PlanReportService
from services.university import UniversityCard


async def open_desk(event: CallbackQuery, actor: Actor, plan_figures: PlanReportService, reader: Reader) -> None:
    """Somebody comes to see how plans stand."""
    figures = await plan_figures.get_figures(actor)
    await show(event, texts.dashboard_text(figures, reader), keyboards.dashboard_keyboard(figures, 0))


async def open_dashboard(
    event: CallbackQuery, callback_data: OpenDashboard, actor: Actor, plan_figures: PlanReportService, reader: Reader
) -> None:
    """Somebody looks at one plan, or at all of them."""
    figures = await plan_figures.get_figures(actor, callback_data.plan_id)
    keyboard = keyboards.dashboard_keyboard(figures, callback_data.plan_id)
    await show(event, texts.dashboard_text(figures, reader), keyboard)


async def take_chart(
    event: CallbackQuery,
    callback_data: TakeChart,
    actor: Actor,
    plan_figures: PlanReportService,
    plan_papers: PlanPapers,
    reader: Reader,
    university: UniversityCard,
) -> None:
    """Somebody takes a picture; its rows stand below it."""
    axis, plan_id = callback_data.axis, callback_data.plan_id
    figures = await plan_figures.get_figures(actor, plan_id)
    picture = await plan_papers.draw(compose_chart(figures, axis, reader, university))
    keyboard = keyboards.rows_keyboard(shown_rows(figures, axis), plan_id, axis, 0, reader)
    await send_picture(event, picture, f"plan-{axis.name.lower()}.png", texts.chart_caption(figures, reader), keyboard)


async def turn_rows(
    event: CallbackQuery, callback_data: TurnRows, actor: Actor, plan_figures: PlanReportService, reader: Reader
) -> None:
    """Somebody turns over the rows below a picture."""
    axis, plan_id = callback_data.axis, callback_data.plan_id
    figures = await plan_figures.get_figures(actor, plan_id)
    rows = shown_rows(figures, axis)
    await change_keyboard(event, keyboards.rows_keyboard(rows, plan_id, axis, callback_data.page, reader))


async def open_row(
    event: CallbackQuery, callback_data: OpenRow, actor: Actor, plan_figures: PlanReportService, reader: Reader
) -> None:
    """Somebody looks at one programme, unit or month."""
    plan_id = callback_data.plan_id
    figures, row = await plan_figures.get_row(actor, plan_id, callback_data.axis, callback_data.key)
    await show(event, texts.row_text(figures, row, reader), keyboards.row_keyboard(figures, row, plan_id))


async def open_entries(
    event: CallbackQuery, callback_data: OpenEntries, actor: Actor, plan_figures: PlanReportService, reader: Reader
) -> None:
    """Somebody opens the list behind a number."""
    asked = callback_data
    page = await plan_figures.list_entries(actor, asked.plan_id, asked.axis, asked.key, asked.measure, asked.page)
    await show(event, texts.entries_text(page, reader), keyboards.entries_keyboard(page, asked.plan_id))


async def take_state(
    event: CallbackQuery,
    callback_data: TakeState,
    actor: Actor,
    plan_figures: PlanReportService,
    plan_papers: PlanPapers,
    reader: Reader,
) -> None:
    """Somebody takes all of it along."""
    state = await plan_figures.get_state(actor, callback_data.plan_id)
    content = await plan_papers.write_state(compose_book(state, reader), callback_data.form)
    name = f"plan-{state.figures.day:%Y-%m-%d}.{callback_data.form.value}"
    await send_file(event, content, name, texts.state_caption(), keyboards.back_keyboard(callback_data.plan_id))


async def take_plan_file(
    event: CallbackQuery,
    callback_data: TakePlanFile,
    actor: Actor,
    plan_figures: PlanReportService,
    plan_papers: PlanPapers,
) -> None:
    """Somebody takes the plan's own Word file with a column of statuses."""
    file = await plan_figures.get_plan_file(actor, callback_data.plan_id)
    content = await plan_papers.write_statuses(file)
    keyboard = keyboards.back_keyboard(callback_data.plan_id)
    await send_file(event, content, file.name, texts.plan_file_caption(), keyboard)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="plan reports")
    router.callback_query.register(open_desk, GoTo.filter(F.place == Place.PLAN_FIGURES), flags=ANSWERS_TAP)
    router.callback_query.register(open_dashboard, OpenDashboard.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_chart, TakeChart.filter())
    router.callback_query.register(turn_rows, TurnRows.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_row, OpenRow.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_entries, OpenEntries.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_state, TakeState.filter())
    router.callback_query.register(take_plan_file, TakePlanFile.filter())
    router.include_routers(language.create_router(), calendars.create_router())
    return router
