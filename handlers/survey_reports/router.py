"""Readers look at what surveys found: pictures, and what is taken along."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.common.callbacks import GoTo, OpenSurveyReport, Place
from handlers.common.forms import leave_form
from handlers.common.reader import Reader
from handlers.common.screens import send_file, send_picture, show
from handlers.common.tap import ANSWERS_TAP
from handlers.survey_reports import keyboards, outcome, review, texts
from handlers.survey_reports.callbacks import ListGroups, TakeAllLanguages, TakePicture, TakeReport
from handlers.survey_reports.ports import SurveyPapers
from services.access import Actor
from services.survey_reports.service import SurveyReportService


async def open_list(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_reports: SurveyReportService,
) -> None:
    """Somebody comes to see what surveys found."""
    rounds = await survey_reports.list_closed(actor)
    await leave_form(state, raw_state)
    await show(event, texts.list_text(rounds), keyboards.list_keyboard(rounds, actor.language))


async def open_report(
    event: CallbackQuery,
    callback_data: OpenSurveyReport,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    survey_reports: SurveyReportService,
    reader: Reader,
) -> None:
    """Somebody chooses a survey."""
    report = await survey_reports.get_report(actor, callback_data.survey_id)
    await leave_form(state, raw_state)
    await show(event, texts.report_text(report, reader), keyboards.report_keyboard(report))


async def list_groups(
    event: CallbackQuery, callback_data: ListGroups, actor: Actor, survey_reports: SurveyReportService
) -> None:
    """Somebody looks for a group."""
    report = await survey_reports.get_report(actor, callback_data.survey_id)
    picture = callback_data.picture
    keyboard = keyboards.groups_keyboard(report, picture, callback_data.page, actor.language)
    await show(event, texts.groups_text(picture), keyboard)


async def take_picture(
    event: CallbackQuery,
    callback_data: TakePicture,
    actor: Actor,
    survey_reports: SurveyReportService,
    survey_papers: SurveyPapers,
    reader: Reader,
) -> None:
    """Somebody takes a picture; a group that there is not is the whole."""
    picture = callback_data.picture
    report = await survey_reports.get_report(actor, callback_data.survey_id)
    stratum = report.strata[callback_data.place] if callback_data.place in range(len(report.strata)) else report.whole
    contents = await survey_papers.draw(report, picture, stratum, reader.language)
    for number, content in enumerate(contents, start=1):
        keyboard = keyboards.back_keyboard(report.round.id) if number == len(contents) else None
        caption = texts.caption(report, picture, stratum, reader, (number, len(contents)))
        name = f"survey-{report.round.id}-{picture.name.lower()}-{number}.png"
        await send_picture(event, content, name, caption, keyboard)


async def take_report(
    event: CallbackQuery,
    callback_data: TakeReport,
    actor: Actor,
    survey_reports: SurveyReportService,
    survey_papers: SurveyPapers,
    reader: Reader,
) -> None:
    """Somebody takes all of it along."""
    report = await survey_reports.get_tables(actor, callback_data.survey_id)
    keyboard = keyboards.back_keyboard(report.round.id)
    for paper in await survey_papers.write(report, callback_data.form, reader.language):
        await send_file(event, paper.content, paper.name, texts.report_caption(), keyboard)


async def take_all_languages(
    event: CallbackQuery,
    callback_data: TakeAllLanguages,
    actor: Actor,
    survey_reports: SurveyReportService,
    survey_papers: SurveyPapers,
) -> None:
    """Somebody takes the report along in all languages."""
    report = await survey_reports.get_tables(actor, callback_data.survey_id)
    paper = await survey_papers.write_trilingual(report)
    keyboard = keyboards.back_keyboard(report.round.id)
    await send_file(event, paper.content, paper.name, texts.report_caption(), keyboard)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="survey reports")
    router.callback_query.register(open_list, GoTo.filter(F.place == Place.SURVEY_REPORTS), flags=ANSWERS_TAP)
    router.callback_query.register(open_report, OpenSurveyReport.filter())
    router.callback_query.register(list_groups, ListGroups.filter())
    router.callback_query.register(take_picture, TakePicture.filter())
    router.callback_query.register(take_report, TakeReport.filter())
    router.callback_query.register(take_all_languages, TakeAllLanguages.filter())
    router.include_routers(review.create_router(), outcome.create_router())
    return router
