"""What the coordinator's desk tells units and coordinators, invented for tests of its words."""

from datetime import date, datetime

from services.plan_desk.dto import DecisionKind, DeskAct, DeskLine, DeskNews, WaitNews
from services.plans.dto import Standing
from services.sittings.dto import MaterialsNews, Sitting, SittingState
from tests.support.handed_on import handed_on_duty


def desk_news(day: date) -> DeskNews:
    """Return a report that was sent back with a comment."""
    duty = handed_on_duty(day)
    details = {"comment": "<b>Кол тамга</b> & мөөр"}
    line = DeskLine(id=1, item_id=1, instance_id=1, unit_code="mti", act=DeskAct.REPORT_RETURNED.value, details=details)
    return DeskNews(
        line=line, item=duty.item, unit=duty.unit, instance=None, duty=None, standing=Standing.AHEAD, today=day
    )


def wait_news(since: datetime) -> WaitNews:
    """Return one decision of each kind."""
    return WaitNews(counts=dict.fromkeys(DecisionKind, 1), since=since)


def materials_news(day: date) -> MaterialsNews:
    """Return a sitting with a long list of items."""
    sitting = Sitting(
        id=1, plan_id=1, title="<b>Отурум", month=day, held_on=day, materials_days=5, state=SittingState.PLANNED,
        agenda_name="", minutes_name="", version=1, items=40,
    )  # fmt: skip
    return MaterialsNews(sitting=sitting, unit=handed_on_duty(day).unit, titles=("<b>Отчёт & план",) * 40)
