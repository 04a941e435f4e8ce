"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.tools import Ground
from services.plan_import.review import PlanReviewService
from services.plan_import.service import PlanImportService


def create_plans(ground: Ground) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    return PlanServices(plan_review=PlanReviewService(*doors, PlanImportService(*doors)))
