"""Open plans: units whose reminders nobody of their own would hear, items that remind nobody yet."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.checks.finding import Finding, good, note
from bot.localtime import LocalTime
from bot.settings import Settings
from services.db.uow import reading_factory
from services.plan_reminders.foreseeing import silent_units
from services.plan_reminders.loading import book_of, load_hearing
from services.plan_reminders.rules import WorkingDays
from services.plans.dto import ItemState

_SUBJECT = "plans"
_MOST_NAMED = 5


async def check_plans(engine: AsyncEngine, settings: Settings) -> list[Finding]:
    """How many plans are open, and whom do they not reach? Silent where there is none."""
    today = LocalTime(ZoneInfo(settings.timezone)).today(datetime.now(UTC))
    async with reading_factory(engine)() as uow:
        plans = await uow.plans.list_plans()
        if not plans:
            return []
        items = await uow.plans.list_planned([plan.id for plan in plans])
        hearing = await load_hearing(uow, today, settings.admin_ids)
    book = book_of(plans, items, hearing, WorkingDays([]))  # who hears does not depend on the calendar
    unsure = [one for one in items if one.item.state is ItemState.ACTIVE and not one.item.confirmed]
    return find_silent(len(plans), [one.code for one in silent_units(book)], len(unsure))


def find_silent(plans: int, silent: Sequence[str], unsure: int) -> list[Finding]:
    """Note the units that nobody hears for, by their codes, and how many items wait to be confirmed."""
    found = [good(_SUBJECT, f"{plans} open")]
    if silent:
        advice = "`kabarchy role grant PERSON unit_head --unit CODE`; the desk of plans in /admin names them all"
        shown = ", ".join(silent[:_MOST_NAMED]) + (", …" if len(silent) > _MOST_NAMED else "")
        found.append(note(_SUBJECT, f"nobody of their own would hear for {len(silent)} units ({shown})", advice))
    if unsure:
        advice = "a coordinator says in the chat what their days and parties mean; until then nobody is reminded"
        found.append(note(_SUBJECT, f"{unsure} items are not confirmed", advice))
    return found
