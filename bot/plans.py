"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.tools import Ground
from services.duties.acting import ActingService
from services.duties.news import DutyNews
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from services.plan_desk.deciding import DecisionService
from services.plan_desk.news import PlanDeskNews
from services.plan_desk.rounds import PlanDeskRounds
from services.plan_import.review import PlanReviewService
from services.plan_import.service import PlanImportService
from services.workdays.service import WorkdayService


def create_plans(ground: Ground) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    return PlanServices(
        plan_review=PlanReviewService(*doors, PlanImportService(*doors)),
        duties=DutyService(ground.reading, ground.clock, ground.calendar),
        duty_acts=ActingService(*doors, ground.bells.outbox),
        duty_reports=ReportingService(*doors),
        plan_decisions=DecisionService(*doors, ground.bells.outbox),
    )


def create_duty_news(ground: Ground) -> DutyNews:
    """Make what notices about duties ask."""
    return DutyNews(ground.reading, ground.clock, ground.calendar)


def create_plan_desk_news(ground: Ground) -> PlanDeskNews:
    """Make what notices of the coordinator's desk ask."""
    return PlanDeskNews(ground.reading, ground.clock, ground.calendar)


def create_plan_rounds(ground: Ground, workdays: WorkdayService) -> PlanDeskRounds:
    """Make what tells coordinators in the morning what waits."""
    return PlanDeskRounds(ground.unit_of_work, ground.clock, ground.calendar, workdays, ground.bells.outbox)
