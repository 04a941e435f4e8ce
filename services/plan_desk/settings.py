"""A plan's reminders are set, and a plan is closed."""

import re

from services.access import Actor
from services.audit.dto import Act
from services.plan_desk.changing import DeskPen
from services.plan_desk.errors import ItemChanged, LadderUnusable, NoSuchItem, RhythmUnusable
from services.plan_desk.rules import check_day, require_coordinator
from services.plan_desk.setting_dto import PlanSettings
from services.plans.dto import Plan

MOST_STEPS, FARTHEST_STEP, LONGEST_PAUSE = 10, 120, 60
_NUMBER = re.compile(r"\d{1,3}")


class PlanSettingsService:
    """Settings; `version`: of the plan as it was shown."""

    def __init__(self, pen: DeskPen) -> None:
        self._pen = pen

    async def change(self, actor: Actor, plan_id: int, version: int, settings: PlanSettings) -> Plan:
        """Write settings; return the plan as it is then."""
        require_coordinator(actor)
        now = self._pen.clock.now()
        async with self._pen.unit_of_work() as uow:
            plan = await uow.plans.find_plan(plan_id)
            if plan is None:
                raise NoSuchItem
            if plan.version != version:
                raise ItemChanged
            if settings.reminds_from is not None:
                check_day(settings.reminds_from, plan.year)
            if not await uow.plan_settings.change(plan_id, version, settings, now):
                raise ItemChanged
            names = [name for name in PlanSettings.__slots__ if getattr(settings, name) is not None]
            await uow.audit.add(actor, Act.PLAN_SETTINGS_CHANGED, f"plan:{plan_id}", now, settings=names)
            fresh = await uow.plans.find_plan(plan_id)
            await uow.commit()
        return fresh or plan


def read_ladder(text: str) -> tuple[int, ...]:
    """Return typed working days, the farthest first, each once; or refuse them."""
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    if not parts or not all(_NUMBER.fullmatch(part) and part.isascii() for part in parts):
        raise LadderUnusable(MOST_STEPS, FARTHEST_STEP)
    steps = tuple(sorted({int(part) for part in parts}, reverse=True))
    if len(steps) > MOST_STEPS or steps[0] > FARTHEST_STEP:
        raise LadderUnusable(MOST_STEPS, FARTHEST_STEP)
    return steps


def read_rhythm(text: str) -> int:
    """Return after how many working days is reminded again; or refuse it."""
    digits = text.strip()
    if not digits.isascii() or not _NUMBER.fullmatch(digits) or not 1 <= int(digits) <= LONGEST_PAUSE:
        raise RhythmUnusable(LONGEST_PAUSE)
    return int(digits)
