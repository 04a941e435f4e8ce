"""Reminders of plans: steps that were taken, days that were planned, and who hears."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, Date, String, bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Role
from services.db.models import PlanInstance, PlanSweep, SendPace
from services.db.repositories.holders import list_holders
from services.db.repositories.plans import SqlPlanRepository
from services.db.rights import holds
from services.plan_reminders.dto import SaidRow, Seat, Step
from services.plan_reminders.notices import day_subject
from services.plans.dto import PlannedItem

_CODES = bindparam("codes", type_=ARRAY(String))

_SAID = text(r"""
    select s.instance_id, s.unit_code, s.due_version,
        min(s.step::int) filter (where s.step ~ '^-?\d+$') as nearest,
        min(s.day) filter (where s.step ~ '^-?\d+$') as first_day,
        max(s.day) filter (where s.step ~ '^-?\d+$') as last_day,
        bool_or(s.step = 'i') as informed,
        min(s.day) filter (where s.step = 'e1') as escalated,
        min(s.day) filter (where s.step = 'e2') as escalated_again
    from plan_steps s
    join plan_instances i on i.id = s.instance_id and i.cancelled_at is null
    where i.item_id = any(:items)
    group by s.instance_id, s.unit_code, s.due_version
""").bindparams(bindparam("items", type_=ARRAY(BigInteger)))

# An item is open as long as a group, or a unit without a settled duty, answers for an instance that is within reach.
_OPEN = text("""
    select distinct t.id from plan_items t
    join plan_instances n on n.item_id = t.id and n.cancelled_at is null
    where t.plan_id = any(:plans) and t.state = 'active' and t.confirmed
      and (n.due <= :last or (:standing and (n.due is null or n.soft))
           or exists (select from plan_duties d where d.instance_id = n.id and d.due <= :last))
      and (not exists (select from plan_parties p where p.item_id = t.id and p.share = 'responsible')
           or exists (
               select from plan_parties p left join units u on u.code = p.code
               where p.item_id = t.id and p.share = 'responsible'
                 and (jsonb_array_length(u.members) > 0 or not exists (
                     select from plan_duties d
                     where d.instance_id = n.id and d.unit_code = p.code
                       and d.state in ('reported', 'done', 'released')))))
""").bindparams(bindparam("plans", type_=ARRAY(BigInteger)), bindparam("last", type_=Date), bindparam("standing"))

_ASKING = text("""
    select d.instance_id, d.unit_code from plan_extensions e join plan_duties d on d.id = e.duty_id
    where e.decision is null
""")

_TAKE = text("""
    insert into plan_steps (instance_id, unit_code, step, due_version, day, heard_by)
    select instance_id, unit_code, step, due_version, :day, heard_by
    from jsonb_to_recordset(:steps)
        as given(instance_id bigint, unit_code text, step text, due_version int, heard_by text)
    on conflict do nothing
    returning instance_id, unit_code, step, due_version
""").bindparams(bindparam("steps", type_=JSONB), bindparam("day", type_=Date))

_STEPS = "select s.instance_id, s.unit_code, s.step, s.due_version, s.heard_by from plan_steps s"

_HEARD = text(f"""
    {_STEPS} left join plan_duties d on d.instance_id = s.instance_id and d.unit_code = s.unit_code
    where s.day = any(:days) and (s.heard_by = any(:codes) or d.person_id = :person)
    order by s.day, s.instance_id, s.unit_code, s.step
""").bindparams(_CODES, bindparam("days", type_=ARRAY(Date)), bindparam("person", type_=BigInteger))

_TAKEN = text(f"{_STEPS} where s.day = :day order by s.instance_id, s.unit_code, s.step").bindparams(
    bindparam("day", type_=Date)
)
_CLIMBED = text(
    f"{_STEPS} where s.step in ('e1', 'e2') and s.heard_by = any(:codes) order by s.instance_id, s.unit_code"
).bindparams(_CODES)

# Whoever holds a role on a unit today, as long as nobody revoked it; `holds` says whether it gives them anything.
_SEATS = text(f"""
    select u.code, g.role, a.telegram_id,
        p.id is not null and (g.person_id is null or g.person_id = p.id) as linked,
        a.blocked_at is not null or not ({holds(":today")}) as blocked
    from role_grants g
    join units u on u.id = g.unit_id
    left join accounts a on a.telegram_id = g.telegram_id
    left join people p on p.id = a.person_id and p.absent_since is null
    where g.role in ('unit_head', 'unit_staff') and g.revoked_at is null
      and coalesce(g.valid_from <= :today, true) and coalesce(g.valid_to >= :today, true)
    order by u.code, g.id
""").bindparams(bindparam("today", type_=Date))  # noqa: S608 -- constants of ours

_HALTED = select(SendPace.id).where(SendPace.halted_at.is_not(None))

_COLLEAGUES = text("""
    select a.person_id, a.telegram_id from accounts a
    join people p on p.id = a.person_id and p.absent_since is null
    where a.blocked_at is null and a.frozen_at is null
      and a.person_id in (select d.person_id from plan_duties d where d.person_id is not null)
""")


# Digests of some days, whether an outage made them too late; found by what they are about.
_DIGESTS = text("""
    select d.account_id, (n.payload->>'day')::date as day,
        m.state = 'skipped' and coalesce(m.error = 'too late', false) as dropped
    from notices n join deliveries d on d.notice_id = n.id join messages m on m.id = d.message_id
    where n.subject = any(:subjects) and n.kind = 'plan_digest'
      and (cast(:account as bigint) is null or d.account_id = :account)
    order by d.account_id, day desc
""").bindparams(bindparam("subjects", type_=ARRAY(String)), bindparam("account", type_=BigInteger))


class SqlPlanReminderRepository:
    """Some statements a day, however many items there are."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_halted(self) -> bool:
        """Tell whether nothing goes out since a restore."""
        return await self._connection.scalar(_HALTED) is not None

    async def begin_sweep(self, day: date, now: datetime) -> bool:
        """Note that a day's reminders are planned; False if somebody did it. Others wait meanwhile."""
        statement = insert(PlanSweep).values(day=day, swept_at=now).on_conflict_do_nothing()
        return (await self._connection.execute(statement.returning(PlanSweep.day))).first() is not None

    async def find_last_sweep(self, before: date) -> date | None:
        """Return the last day before this one whose reminders were planned."""
        return await self._connection.scalar(select(func.max(PlanSweep.day)).where(PlanSweep.day < before))

    async def was_swept(self, day: date) -> bool:
        """Tell whether a day's reminders were planned."""
        return await self._connection.scalar(select(PlanSweep.day).where(PlanSweep.day == day)) is not None

    async def list_open(self, plan_ids: Collection[int], last: date, *, standing: bool) -> list[PlannedItem]:
        """Return the items that somebody may be reminded of and that are due by a day, as far as they are not done.

        `standing`: also those without a day, and with one that is only a convention.
        """
        known = {"plans": list(plan_ids), "last": last, "standing": standing}
        ids = list(await self._connection.scalars(_OPEN, known))
        chosen = select(func.unnest(bindparam("chosen", ids, type_=ARRAY(BigInteger))))
        return await SqlPlanRepository(self._connection).list_chosen(chosen) if ids else []

    async def list_said(self, item_ids: Collection[int]) -> list[SaidRow]:
        """Return what was told of items."""
        rows = await self._connection.execute(_SAID, {"items": list(item_ids)})
        return [SaidRow(**row) for row in rows.mappings()]

    async def list_asking(self) -> set[tuple[int, str]]:
        """Return the instances and units that asked for a later day and wait for the decision."""
        return {(row.instance_id, row.unit_code) for row in await self._connection.execute(_ASKING)}

    async def take(self, steps: Sequence[Step], day: date) -> set[tuple[int, str, str, int]]:
        """Write the steps of a day; return those that were not taken before, by instance, unit, step and version."""
        given = [
            {
                "instance_id": step.instance_id,
                "unit_code": step.unit_code,
                "step": step.step,
                "due_version": step.due_version,
                "heard_by": step.heard_by,
            }
            for step in steps
        ]
        if not given:
            return set()
        rows = await self._connection.execute(_TAKE, {"steps": given, "day": day})
        return {(row[0], row[1], row[2], row[3]) for row in rows}

    async def list_taken(self, day: date) -> list[Step]:
        """Return the steps of a day."""
        rows = await self._connection.execute(_TAKEN, {"day": day})
        return [Step(**row) for row in rows.mappings()]

    async def list_dropped(self, days: Collection[date], account_id: int | None = None) -> dict[int, list[date]]:
        """Return whose last digests of these days an outage dropped (of everybody or of one), and of which days."""
        known = {"subjects": [day_subject(day) for day in days], "account": account_id}
        dropped: dict[int, list[date]] = {}
        heard: set[int] = set()
        for account, day, was_dropped in await self._connection.execute(_DIGESTS, known):
            if account not in heard and was_dropped:
                dropped.setdefault(account, []).append(day)
            elif not was_dropped:
                heard.add(account)
        return dropped

    async def list_heard(self, days: Collection[date], codes: Collection[str], person_id: int | None) -> list[Step]:
        """Return the steps of days that people of these units hear, or this colleague; in the order of days."""
        known = {"days": list(days), "codes": list(codes), "person": person_id}
        return [Step(**row) for row in (await self._connection.execute(_HEARD, known)).mappings()]

    async def list_climbed(self, codes: Collection[str]) -> list[Step]:
        """Return what climbed up to these posts, of any day."""
        rows = await self._connection.execute(_CLIMBED, {"codes": list(codes)})
        return [Step(**row) for row in rows.mappings()]

    async def list_seats(self, today: date) -> list[Seat]:
        """Return who sits where; also whom nobody can write to."""
        rows = await self._connection.execute(_SEATS, {"today": today})
        return [
            Seat(code=code, role=Role(role), account_id=account, linked=linked, blocked=blocked)
            for code, role, account, linked, blocked in rows
        ]

    async def list_accounts(self) -> dict[int, int]:
        """Return the accounts of colleagues to whom duties were handed on, by person."""
        rows = await self._connection.execute(_COLLEAGUES)
        return {row.person_id: row.telegram_id for row in rows}

    async def list_coordinators(self, today: date) -> list[int]:
        """Return the accounts of coordinators of plans; where there are none, of administrators."""
        coordinators = await list_holders(self._connection, [Role.PLAN_COORDINATOR], None, today)
        return coordinators or await list_holders(self._connection, [Role.ADMIN], None, today)

    async def list_items(self, instance_ids: Collection[int]) -> list[PlannedItem]:
        """Return items by their instances."""
        of_instances = select(PlanInstance.item_id).where(PlanInstance.id.in_(instance_ids))
        return await SqlPlanRepository(self._connection).list_chosen(of_instances) if instance_ids else []

    async def forget_before(self, day: date) -> None:
        """Forget sweeps before a day."""
        await self._connection.execute(delete(PlanSweep).where(PlanSweep.day < day))
