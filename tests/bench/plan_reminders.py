"""A day's reminders of very large plans: planned, written, left for everybody; and looked at before they come."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import URL, text

from services.access import OPERATOR
from services.db.engine import create_engine
from services.db.uow import reading_factory, unit_of_work_factory
from services.plan_reminders.service import PlanReminderService
from services.plan_reminders.sweeps import PlanSweeps
from services.workdays.service import WorkdayService
from tests.bench.people import link_many
from tests.support.clock import SilentBell, StandingClock
from tests.support.papers import BishkekCalendar

UNITS, ITEMS = 500, 20_000
#: A Monday in the middle of the plan's year, at nine in Bishkek.
_MORNING = datetime(2026, 3, 16, 3, tzinfo=UTC)
_STATEMENTS = (
    """insert into units (code, name_ky, name_ru, name_en, abbreviation, kind, parent_code, aliases, members, sort_key)
       select 'u-' || n, 'Бөлүм ' || n, '', '', '', 'unit', case when n >= 10 then 'u-' || n / 10 else '' end,
              '[]', '[]', lpad(n::text, 6, '0') from generate_series(1, :units) n""",
    """insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by)
       select a.telegram_id, case when a.row % 2 = 0 then 'unit_head' else 'unit_staff' end, u.id, now(), 'bench'
       from (select telegram_id, row_number() over (order by telegram_id) as row from accounts) a
       join units u on u.code = 'u-' || 1 + a.row % :units where a.row <= 2 * :units""",
    """insert into plans (year, name, reminds_from, escalates, imported_at)
       values (2025, 'strategy', '2025-09-01', true, now())""",
    """insert into plan_items (plan_id, key, position, section, number, title, task, deadline_text, deadline_kind,
           due_dates, confirmed, responsible_text, participants_text, document, indicator, budget, origin, changed_at)
       select p.id, 'k' || n, n, 'Бөлүк', n::text, 'Иш-чара ' || n, '', '', 'date', '{}', true, '', '', '', '', '',
              'file', now() from plans p, generate_series(1, :items) n""",
    """insert into plan_parties (item_id, code, share, position, text)
       select distinct i.id, 'u-' || 1 + (i.position * k) % :units, 'responsible', 0, ''
       from plan_items i, generate_series(1, 2) k""",
    """insert into plan_instances (item_id, ordinal, first_due, due, soft)
       select id, 1, d, d, position % 3 = 0
       from (select id, position, date '2025-09-15' + position % 280 as d from plan_items) i""",
    """insert into plan_duties (instance_id, unit_code, state, done_on, changed_at)
       select n.id, p.code, case when n.due < '2026-03-10' then 'done' else 'accepted' end,
              case when n.due < '2026-03-10' then n.due end, now()
       from plan_instances n join plan_parties p on p.item_id = n.item_id
       where n.due < '2026-03-10' or n.id % 4 = 0""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """Seconds: the first day of a plan, an ordinary one after it, a day looked at, the year in a dry run."""

    first: float
    next: float
    messages: int
    foreseen: float
    forecast: float

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the rows of the table."""
        what = f"reminders of {ITEMS:,} items, {UNITS} units"
        return [
            (f"{what}: a plan’s first day ({self.messages} digests)", f"{self.first:.1f} s", "<= 5 s"),
            (f"{what}: the day after", f"{self.next:.1f} s", "<= 5 s"),
            (f"{what}: a day looked at before it comes", f"{self.foreseen:.1f} s", "<= 5 s"),
            (f"{what}: the year in a dry run", f"{self.forecast:.1f} s", ""),
        ]


async def measure(database: URL) -> Planning:
    """Fill plans, and run two mornings."""
    await link_many(database, 2 * UNITS + 10)
    engine, clock, calendar = create_engine(database), StandingClock(_MORNING), BishkekCalendar()
    async with engine.begin() as connection:
        known = {"units": UNITS, "items": ITEMS}
        for statement in _STATEMENTS:
            used = {name: value for name, value in known.items() if f":{name}" in statement}
            await connection.execute(text(statement), used)
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("vacuum analyze"))
    doors = (unit_of_work_factory(engine), reading_factory(engine))
    workdays = WorkdayService(*doors, clock, calendar)
    await workdays.is_working(date(2026, 3, 16))  # the library of holidays is loaded once a process
    sweeps = PlanSweeps(doors[0], clock, calendar, workdays, SilentBell(), administrators=())
    service = PlanReminderService(doors[1], clock, calendar, workdays, administrators=())
    begun = time.perf_counter()
    messages = await sweeps.sweep()
    first = time.perf_counter() - begun
    clock.advance(days=1)
    begun = time.perf_counter()
    await sweeps.sweep()
    following = time.perf_counter() - begun
    begun = time.perf_counter()
    await service.foresee(OPERATOR, (clock.now() + timedelta(days=14)).date())
    foreseen = time.perf_counter() - begun
    begun = time.perf_counter()
    await service.forecast(OPERATOR, 0)
    forecast = time.perf_counter() - begun
    await engine.dispose()
    return Planning(first=first, next=following, messages=messages, foreseen=foreseen, forecast=forecast)
