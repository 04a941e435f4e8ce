"""A duty that was handed on, invented, for tests of what colleagues are told."""

from datetime import date, timedelta

from services.deadlines.dto import Deadline, DeadlineKind
from services.duties.dto import HandedOn
from services.languages import Trilingual
from services.plans.dto import ItemState, NamedUnit, Origin, PlanItem, Standing


def handed_on_duty(due: date) -> HandedOn:
    """Return a duty as the colleague is told of it to whom it was handed on; its words look like markup."""
    deadline = Deadline(text="<b>декабрь", kind=DeadlineKind.MONTH, due=due, dates=(due,), sure=True)
    item = PlanItem(
        id=1, plan_id=1, key="", position=1, place=None, section="", number="1", title="<b>Чогулуш & отчет", task="",
        deadline=deadline, confirmed=True, responsible_text="", participants_text="", parties=(), unresolved=(),
        document="", indicator="", budget="", count_target=None, state_language=False, origin=Origin.FILE,
        sitting_id=None, state=ItemState.ACTIVE, reason="", version=1,
    )  # fmt: skip
    name = Trilingual(ky="<i>Бөлүм", ru="<i>Отдел", en="<i>Office")
    unit = NamedUnit(id=1, code="ob", name=name, abbreviation="", is_post=False)
    return HandedOn(
        item=item, instance_id=1, unit=unit, due=due, soft=False, standing=Standing.AHEAD, today=due - timedelta(days=3)
    )
