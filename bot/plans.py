"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.plan_papers import PlanPaperMaker
from bot.tools import Ground
from services.plan_reports.calendars import CalendarService
from services.plan_reports.service import PlanReportService


def create_plans(ground: Ground) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    return PlanServices(
        plan_figures=PlanReportService(ground.reading, ground.clock, ground.calendar),
        plan_calendars=CalendarService(
            ground.unit_of_work, ground.reading, ground.clock, public_url=ground.settings.public_url
        ),
        plan_papers=PlanPaperMaker(ground.tools.university),
    )
