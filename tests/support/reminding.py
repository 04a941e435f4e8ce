"""Reminders of plans for tests: who sits where, days that are run, and what was left for whom."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.db.uow import UnitOfWorkFactory
from services.plan_reminders.dto import Digest, Week
from services.plan_reminders.news import PlanNews
from services.plan_reminders.service import PlanReminderService
from services.plan_reminders.sweeps import PlanSweeps
from services.workdays.dto import PublicYear
from services.workdays.service import WorkdayService
from tests.support.clock import SilentBell, StandingClock
from tests.support.papers import BishkekCalendar

_PERSON = text("""
    insert into people (person_no, number_key, kind, last_name, first_name, patronymic, name_latin, phone, email, unit,
        programme_ky, programme_ru, programme_en, group_name, study_form, funding, degree, admission_order, status,
        citizenship, post_ky, post_ru, post_en, sort_key, group_key, phone_keys, search)
    values ('P-' || :account, 'p' || :account, 'staff', 'Асанов', 'Бакыт', '', '', '', '', '', '', '', '', '', '', '',
        '', '', 'active', '', '', '', '', 'асанов', '', '{}', '{}')
    returning id
""")
_ACCOUNT = text("""
    insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at, blocked_at, frozen_at)
    values (:account, :person, now(), now(), case when :blocked then now() end, case when :frozen then now() end)
""")
_GRANT = text("""
    insert into role_grants (telegram_id, role, unit_id, granted_at, granted_by)
    values (:account, :role, (select id from units where code = :unit), now(), 'test')
""")
_LEFT = text("""
    select d.account_id, n.payload from notices n join deliveries d on d.notice_id = n.id
    where n.kind = :kind order by n.id
""")
_DUTY = text("""
    insert into plan_duties (instance_id, unit_code, state, due, due_version, person_id, done_on, changed_at)
    values (:instance, :unit, :state, :due, :version, :person, :done, now())
    on conflict (instance_id, unit_code) do update set state = excluded.state, due = excluded.due,
        due_version = excluded.due_version, person_id = excluded.person_id, done_on = excluded.done_on
""")


async def seat(
    connection: AsyncConnection,
    account: int,
    unit: str | None,
    role: Role = Role.UNIT_HEAD,
    *,
    linked: bool = True,
    blocked: bool = False,
    frozen: bool = False,
) -> int:
    """Let an account hold a role on a unit; return its person's id (0 where it is not linked)."""
    person: int | None = None
    known = (await connection.execute(text("select person_id from accounts where telegram_id = :account"), {
        "account": account})).first()  # fmt: skip
    if known is None:
        if linked:
            person = (await connection.execute(_PERSON, {"account": str(account)})).scalar_one()
        state = {"account": account, "person": person, "blocked": blocked, "frozen": frozen}
        await connection.execute(_ACCOUNT, state)
    await connection.execute(_GRANT, {"account": account, "role": role.value, "unit": unit})
    return person or 0


async def say(
    connection: AsyncConnection,
    instance_id: int,
    unit: str,
    state: str,
    *,
    due: date | None = None,
    version: int = 0,
    person: int | None = None,
) -> None:
    """Let a unit say a word about an instance."""
    known = {"instance": instance_id, "unit": unit, "state": state, "due": due, "version": version, "person": person}
    await connection.execute(_DUTY, {**known, "done": date(2026, 3, 1) if state == "done" else None})


@dataclass
class Reminding:
    """The services of reminders, on weeks of five days without holidays."""

    unit_of_work: UnitOfWorkFactory
    reading: UnitOfWorkFactory
    clock: StandingClock

    def __post_init__(self) -> None:
        """Put them together as the container does."""
        self.bell = SilentBell()
        calendar = BishkekCalendar()
        self.workdays = WorkdayService(
            self.unit_of_work, self.reading, self.clock, calendar, almanac=lambda _year: PublicYear()
        )
        self.sweeps = PlanSweeps(self.unit_of_work, self.clock, calendar, self.workdays, self.bell, administrators=())
        self.news = PlanNews(self.unit_of_work, self.reading, self.clock, calendar, self.workdays, administrators=())
        self.service = PlanReminderService(self.reading, self.clock, calendar, self.workdays, administrators=())

    def turn_to(self, day: date, at: time = time(9)) -> None:
        """Let it be a moment of a day in Bishkek."""
        self.clock.moment = datetime.combine(day, at, UTC) - timedelta(hours=6)

    async def run(self, day: date) -> int:
        """Let the morning of a day come; return how many messages it left."""
        self.turn_to(day)
        return await self.sweeps.sweep()

    async def run_through(self, first: date, last: date) -> dict[date, int]:
        """Let every morning from the first day to the last come; return the days that left messages."""
        told = {}
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if count := await self.run(day):
                told[day] = count
        return told

    async def digest(self, account: int, day: date, *, listed: bool = False, asked: bool = False) -> Digest | None:
        """Return what an account's digest of a day says now."""
        return await self.news.find_digest(account, day, listed=listed, asked=asked)

    async def week(self, account: int, *posts: str) -> Week | None:
        """Return what the week's message says now."""
        return await self.news.find_week(account, posts)


async def left(connection: AsyncConnection, kind: str = "plan_digest") -> list[tuple[int, dict[str, object]]]:
    """Return the messages that were left: accounts and payloads."""
    return [(row[0], row[1]) for row in await connection.execute(_LEFT, {"kind": kind})]
