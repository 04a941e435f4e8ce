"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.tools import Ground


def create_plans(_ground: Ground) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    return PlanServices()
