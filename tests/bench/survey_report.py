"""How long the report on a large survey takes: read and counted, every picture, PDF in three languages, XLSX, CSV."""

import time

from sqlalchemy import URL

from bot.documents.university import load
from bot.stationery import card_of
from bot.survey_papers import SurveyPaperMaker
from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import reading_factory
from services.languages import Language
from services.questionnaires.shipped import load_shipped
from services.survey_reports.report_dto import Picture, ReportForm
from services.survey_reports.service import SurveyReportService
from tests.support.closed_surveys import grown, put_closed, replies_to

_UNITS, _COURSES = 12, 4


async def measure(database: URL, replies: int) -> dict[str, float]:
    """Put a closed survey of 20 questions with so many replies, and return the seconds of each step."""
    engine = create_engine(database)
    people = replies // (_UNITS * _COURSES)
    strata = grown({f"unit{unit}": {str(course): people for course in range(1, _COURSES + 1)}
                    for unit in range(1, _UNITS + 1)})  # fmt: skip
    async with engine.begin() as connection:
        survey = await put_closed(connection, strata, replies_to(load_shipped("climate-students"), strata, 1.0))
    reports, papers = SurveyReportService(reading_factory(engine), ()), SurveyPaperMaker(card_of(load()))
    seconds = {}
    begun = time.perf_counter()
    report = await reports.get_report(OPERATOR, survey.id)
    seconds["read and counted"] = time.perf_counter() - begun
    begun = time.perf_counter()
    for picture in Picture:
        await papers.draw(report, picture, report.whole, Language.KY)
    seconds["three pictures"] = time.perf_counter() - begun
    for form in ReportForm:
        begun = time.perf_counter()
        await papers.write(report, form, Language.KY)
        seconds[form.value.upper()] = time.perf_counter() - begun
    await engine.dispose()
    return seconds
