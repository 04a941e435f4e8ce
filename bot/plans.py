"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.documents.plan_letter import PlanLetterPrinter
from bot.stationery import card_of
from bot.tools import Ground
from services.plan_reminders.news import PlanNews
from services.plan_reminders.service import PlanReminderService
from services.plan_reminders.sweeps import PlanSweeps
from services.workdays.service import WorkdayService


def create_plans(ground: Ground, workdays: WorkdayService) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    administrators = ground.settings.admin_ids
    return PlanServices(
        plan_reminders=PlanReminderService(
            ground.reading, ground.clock, ground.calendar, workdays, administrators=administrators
        ),
        plan_letters=PlanLetterPrinter(card_of(ground.tools.university), ground.calendar),
    )


def create_plan_sweeps(ground: Ground, workdays: WorkdayService) -> PlanSweeps:
    """Make what leaves every working day's reminders."""
    return PlanSweeps(
        ground.unit_of_work,
        ground.clock,
        ground.calendar,
        workdays,
        ground.bells.outbox,
        administrators=ground.settings.admin_ids,
    )


def create_plan_news(ground: Ground, workdays: WorkdayService) -> PlanNews:
    """Make what reminders ask at the moment of sending."""
    return PlanNews(
        ground.unit_of_work,
        ground.reading,
        ground.clock,
        ground.calendar,
        workdays,
        administrators=ground.settings.admin_ids,
    )
