"""What waits for coordinators, what they decide and change, and who is told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, String

from services.access import Role
from services.db.models import PlanExtension, PlanHistory, PlanItem, PlanParty, PlanReport
from services.db.repositories.holders import list_holders
from services.db.rights import holds
from services.people.rules import full_name
from services.plan_desk.dto import Asked, DecisionKey, DecisionKind, DeskLine, WaitingLine
from services.plans.rights import SPEAKERS
from services.responsibles.dto import Party

_WAITING = """
    select w.*, i.item_id, coalesce(nullif(p.title, ''), p.task) as title
    from (
        select 'r' as kind, r.id, 0 as version, d.instance_id, d.unit_code, r.reported_at as since,
               r.reported_by as account_id, null::date as wanted, '' as reason
        from plan_reports r join plan_duties d on d.id = r.duty_id
        where r.decision is null and d.state not in ('done', 'released')
        union all
        select 'e', e.id, 0, d.instance_id, d.unit_code, e.asked_at, e.asked_by, e.wanted, e.reason
        from plan_extensions e join plan_duties d on d.id = e.duty_id
        where e.decision is null and d.state not in ('done', 'released')
        union all
        select 'd', d.id, d.version, d.instance_id, d.unit_code, d.changed_at, null, null, d.reason
        from plan_duties d where d.state = 'disputed'
    ) w
    join plan_instances i on i.id = w.instance_id and i.cancelled_at is null
    join plan_items p on p.id = i.item_id and p.state = 'active'
    join plans on plans.id = p.plan_id and plans.closed_at is null
"""
_LIST = text(f"{_WAITING} order by w.since, w.kind, w.id")
_FIND = text(f"""
    select a.*, n.last_name, n.first_name, n.patronymic
    from ({_WAITING} where w.kind = :kind and w.id = :id) a
    left join accounts on accounts.telegram_id = a.account_id
    left join people n on n.id = accounts.person_id
""")  # noqa: S608 -- constants of ours
_PEOPLE = text(f"""
    select distinct u.code, a.telegram_id from role_grants g
    join accounts a on a.telegram_id = g.telegram_id
    left join people p on p.id = a.person_id and p.absent_since is null
    join units u on u.id = g.unit_id
    where g.role = any(:roles) and u.code = any(:units)
      and a.blocked_at is null and a.frozen_at is null and {holds(":today")}
    order by 1, 2
""").bindparams(  # noqa: S608 -- constants of ours
    bindparam("roles", type_=ARRAY(String)),
    bindparam("units", type_=ARRAY(String)),
    bindparam("today", type_=Date),
)


class SqlPlanDeskRepository:
    """The coordinator's desk."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_waiting(self) -> list[WaitingLine]:
        """Return what waits in open plans, the oldest first."""
        return [
            WaitingLine(
                key=_key(row),
                item_id=row.item_id,
                instance_id=row.instance_id,
                unit_code=row.unit_code,
                title=row.title,
                since=row.since,
            )
            for row in await self._connection.execute(_LIST)
        ]

    async def find_asked(self, kind: DecisionKind, thing_id: int) -> Asked | None:
        """Return what waits, if it does."""
        row = (await self._connection.execute(_FIND, {"kind": kind.value, "id": thing_id})).first()
        if row is None:
            return None
        return Asked(
            key=_key(row),
            instance_id=row.instance_id,
            unit_code=row.unit_code,
            since=row.since,
            who=full_name(row.last_name, row.first_name, row.patronymic) if row.last_name else "",
            wanted=row.wanted,
            reason=row.reason,
        )

    async def decide_report(
        self, report_id: int, decision: str, comment: str, now: datetime, account_id: int | None
    ) -> None:
        """Write what was decided about a report."""
        values = {"decision": decision, "comment": comment, "decided_at": now, "decided_by": account_id}
        await self._connection.execute(update(PlanReport).where(PlanReport.id == report_id).values(values))

    async def accept_earlier(self, duty_id: int, now: datetime, account_id: int | None) -> None:
        """Accept what was reported in part on a duty and not decided yet."""
        await self._connection.execute(
            update(PlanReport)
            .where(PlanReport.duty_id == duty_id, PlanReport.decision.is_(None))
            .values(decision="accepted", decided_at=now, decided_by=account_id)
        )

    async def decide_extension(
        self, extension_id: int, granted: date | None, comment: str, now: datetime, account_id: int | None
    ) -> None:
        """Write what was decided about a wish for another day; None: it was refused."""
        values = {
            "decision": "refused" if granted is None else "granted",
            "granted": granted, "comment": comment, "decided_at": now, "decided_by": account_id,
        }  # fmt: skip
        await self._connection.execute(update(PlanExtension).where(PlanExtension.id == extension_id).values(values))

    async def put_parties(self, item_id: int, parties: Sequence[Party]) -> None:
        """Write who is named in an item."""
        await self._connection.execute(delete(PlanParty).where(PlanParty.item_id == item_id))
        if parties:
            await self._connection.execute(
                insert(PlanParty),
                [
                    {"item_id": item_id, "code": one.code, "share": one.share.value, "position": at, "text": one.text}
                    for at, one in enumerate(parties)
                ],
            )

    async def change_item(self, item_id: int, now: datetime, values: Mapping[str, Any]) -> None:
        """Write columns of an item; its version grows."""
        await self._connection.execute(
            update(PlanItem)
            .where(PlanItem.id == item_id)
            .values({**values, "changed_at": now, "version": PlanItem.version + 1})
        )

    async def note(
        self,
        item_id: int,
        act: str,
        now: datetime,
        *,
        account_id: int | None,
        instance_id: int | None = None,
        unit_code: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> int:
        """Write a line of an item's history; return its id."""
        values = {
            "item_id": item_id, "act": act, "at": now, "account_id": account_id, "instance_id": instance_id,
            "unit_code": unit_code, "details": dict(details or {}),
        }  # fmt: skip
        line_id: int = (
            await self._connection.execute(insert(PlanHistory).values(values).returning(PlanHistory.id))
        ).scalar_one()
        return line_id

    async def find_line(self, line_id: int) -> DeskLine | None:
        """Return a line of an item's history."""
        row = (
            await self._connection.execute(select(PlanHistory.__table__).where(PlanHistory.id == line_id))
        ).one_or_none()
        if row is None:
            return None
        return DeskLine(
            id=row.id,
            item_id=row.item_id,
            instance_id=row.instance_id,
            unit_code=row.unit_code or "",
            act=row.act,
            details=row.details,
        )

    async def list_people(self, codes: Collection[str], today: date) -> list[tuple[str, int]]:
        """Return unit and account of everybody who speaks for one of these units today and can be written to."""
        known = {"roles": [role.value for role in SPEAKERS], "units": list(codes), "today": today}
        return [(code, account_id) for code, account_id in await self._connection.execute(_PEOPLE, known)]

    async def list_coordinators(self, today: date) -> list[int]:
        """Return the accounts of coordinators; of administrators where there is none."""
        coordinators = await list_holders(self._connection, [Role.PLAN_COORDINATOR], None, today)
        return coordinators or await list_holders(self._connection, [Role.ADMIN], None, today)


def _key(row: Any) -> DecisionKey:  # noqa: ANN401 -- a row of what waits
    return DecisionKey(kind=DecisionKind(row.kind), id=row.id, version=row.version)
