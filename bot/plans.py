"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.tools import Ground
from services.duties.acting import ActingService
from services.duties.news import DutyNews
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from services.plan_import.review import PlanReviewService
from services.plan_import.service import PlanImportService


def create_plans(ground: Ground) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    return PlanServices(
        plan_review=PlanReviewService(*doors, PlanImportService(*doors)),
        duties=DutyService(ground.reading, ground.clock, ground.calendar),
        duty_acts=ActingService(*doors, ground.bells.outbox),
        duty_reports=ReportingService(*doors),
    )


def create_duty_news(ground: Ground) -> DutyNews:
    """Make what notices about duties ask."""
    return DutyNews(ground.reading, ground.clock, ground.calendar)
