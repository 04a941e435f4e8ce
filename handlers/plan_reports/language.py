"""The report on the state language: quarter, addressee, file."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.common.screens import send_file, show
from handlers.common.tap import ANSWERS_TAP
from handlers.plan_reports import keyboards, texts
from handlers.plan_reports.callbacks import ChooseAddressee, ChooseQuarter, TakeLanguageReport, To
from handlers.plan_reports.ports import PlanPapers
from services.access import Actor
from services.plan_reports.errors import NotCounted
from services.plan_reports.language_dto import Addressee
from services.plan_reports.quarters import Quarter
from services.plan_reports.service import PlanReportService

_ADDRESSEES = {To.COUNCIL: Addressee.COUNCIL, To.MINISTRY: Addressee.MINISTRY}


async def choose_quarter(
    event: CallbackQuery, callback_data: ChooseQuarter, actor: Actor, plan_figures: PlanReportService
) -> None:
    """Somebody wants the report and chooses a quarter."""
    quarters = plan_figures.list_quarters(actor)
    await show(event, texts.quarter_question(), keyboards.quarters_keyboard(quarters, callback_data.unit_id))


async def choose_addressee(
    event: CallbackQuery, callback_data: ChooseAddressee, actor: Actor, plan_figures: PlanReportService
) -> None:
    """Somebody chooses to whom the report is made."""
    plan_figures.list_quarters(actor)
    quarter = _quarter(callback_data.quarter)
    keyboard = keyboards.addressees_keyboard(quarter, callback_data.unit_id)
    await show(event, texts.addressee_question(quarter), keyboard)


async def take_report(
    event: CallbackQuery,
    callback_data: TakeLanguageReport,
    actor: Actor,
    plan_figures: PlanReportService,
    plan_papers: PlanPapers,
) -> None:
    """Somebody takes the report."""
    quarter, to = _quarter(callback_data.quarter), _ADDRESSEES[callback_data.to]
    report = await plan_figures.report_on_language(actor, quarter, to, callback_data.unit_id)
    content = await plan_papers.write_language_report(report, callback_data.form)
    name = f"state-language-{quarter.year}-q{quarter.number}-{to.value}.{callback_data.form.value}"
    await send_file(event, content, name, texts.language_caption(), keyboards.back_keyboard())


def _quarter(number: int) -> Quarter:
    """Read a button's quarter; one that cannot be is none that is counted."""
    quarter = Quarter.parse(number)
    if quarter is None:
        raise NotCounted
    return quarter


def create_router() -> Router:
    """Handlers of the report on the state language."""
    router = Router(name="state language")
    router.callback_query.register(choose_quarter, ChooseQuarter.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(choose_addressee, ChooseAddressee.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(take_report, TakeLanguageReport.filter())
    return router
