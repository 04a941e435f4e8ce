"""The services of plans, put together."""

from bot.dispatcher import PlanServices
from bot.documents.plan_letter import PlanLetterPrinter
from bot.plan_papers import PlanPaperMaker
from bot.stationery import card_of
from bot.tools import Ground
from services.duties.acting import ActingService
from services.duties.news import DutyNews
from services.duties.reporting import ReportingService
from services.duties.service import DutyService
from services.plan_desk.adding import AddingService
from services.plan_desk.changing import DeskPen, ItemChangeService
from services.plan_desk.deciding import DecisionService
from services.plan_desk.groups import GroupService
from services.plan_desk.items import PlanDeskService
from services.plan_desk.news import PlanDeskNews
from services.plan_desk.parties import PartyService
from services.plan_desk.rounds import PlanDeskRounds
from services.plan_desk.settings import PlanSettingsService
from services.plan_import.review import PlanReviewService
from services.plan_import.service import PlanImportService
from services.plan_reminders.news import PlanNews
from services.plan_reminders.service import PlanReminderService
from services.plan_reminders.sweeps import PlanSweeps
from services.plan_reports.calendars import CalendarService
from services.plan_reports.service import PlanReportService
from services.sittings.rounds import MaterialRounds
from services.sittings.service import SittingService
from services.workdays.service import WorkdayService


def create_plans(ground: Ground, workdays: WorkdayService) -> PlanServices:
    """Make everything that units, coordinators and the rector ask."""
    doors = (ground.unit_of_work, ground.clock, ground.calendar)
    looking = (ground.reading, ground.clock, ground.calendar)
    university, pen = ground.tools.university, DeskPen(*doors, ground.bells.outbox)
    return PlanServices(
        plan_review=PlanReviewService(*doors, PlanImportService(*doors)),
        duties=DutyService(*looking),
        duty_acts=ActingService(*doors, ground.bells.outbox),
        duty_reports=ReportingService(*doors),
        plan_decisions=DecisionService(*doors, ground.bells.outbox),
        plan_desk=PlanDeskService(*looking),
        item_changes=ItemChangeService(pen),
        item_parties=PartyService(pen),
        item_adding=AddingService(pen),
        plan_settings=PlanSettingsService(pen),
        plan_groups=GroupService(pen),
        sittings=SittingService(ground.unit_of_work, pen),
        plan_figures=PlanReportService(*looking),
        plan_calendars=CalendarService(
            ground.unit_of_work, ground.reading, ground.clock, public_url=ground.settings.public_url
        ),
        plan_papers=PlanPaperMaker(university),
        plan_reminders=PlanReminderService(*looking, workdays, administrators=ground.settings.admin_ids),
        plan_letters=PlanLetterPrinter(card_of(university), ground.calendar),
    )


def create_duty_news(ground: Ground) -> DutyNews:
    """Make what notices about duties ask."""
    return DutyNews(ground.reading, ground.clock, ground.calendar)


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


def create_plan_desk_news(ground: Ground) -> PlanDeskNews:
    """Make what notices of the coordinator's desk ask."""
    return PlanDeskNews(ground.reading, ground.clock, ground.calendar)


def create_plan_rounds(ground: Ground, workdays: WorkdayService) -> PlanDeskRounds:
    """Make what tells coordinators in the morning what waits."""
    return PlanDeskRounds(ground.unit_of_work, ground.clock, ground.calendar, workdays, ground.bells.outbox)


def create_material_rounds(ground: Ground, workdays: WorkdayService) -> MaterialRounds:
    """Make what asks for the materials of sittings."""
    return MaterialRounds(ground.unit_of_work, ground.clock, ground.calendar, workdays, ground.bells.outbox)
