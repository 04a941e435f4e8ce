"""What units say about their duties."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, cast, delete, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, String

from services.db.models import (
    Account,
    Person,
    PlanDuty,
    PlanEvidence,
    PlanExtension,
    PlanHistory,
    PlanInstance,
    PlanReport,
    Unit,
)
from services.db.repositories.plan_rows import instance_of
from services.db.rights import holds
from services.duties.dto import Colleague, Concern, DutyKey, DutyReport, Extension, HistoryLine, NewReport, Outcome
from services.duties.evidence_dto import Evidence, EvidenceKind, EvidencePlace, KnownEvidence
from services.people.rules import full_name
from services.plans.dto import Duty, DutyState
from services.plans.rights import SPEAKERS
from services.responsibles.dto import Share

_COLLEAGUES = text(f"""
    select distinct on (p.sort_key, p.id) p.id, a.telegram_id, p.last_name, p.first_name, p.patronymic
    from role_grants g
    join accounts a on a.telegram_id = g.telegram_id
    join people p on p.id = a.person_id and p.absent_since is null
    join units u on u.id = g.unit_id
    where g.role = any(:roles) and u.code = :unit and {holds(":today")}
    order by p.sort_key, p.id
""").bindparams(  # noqa: S608 -- constants of ours
    bindparam("roles", type_=ARRAY(String)), bindparam("unit", type_=String), bindparam("today", type_=Date)
)

# A unit is named in some hundreds of items at most, and looks at its list often: nothing of them is read twice.
_CONCERNS = text("""
    select i.title, i.task, i.deadline_text, i.confirmed, p.code, p.share,
           n.id, n.item_id, n.ordinal, n.starts_on, n.first_due, n.due, n.soft, n.due_version,
           d.id as duty_id, d.unit_code, d.state, d.due as own_due, d.due_version as own_due_version, d.person_id,
           d.reason, d.accepted_at, d.done_on, d.version,
           case when d.id is not null then (
               select r.reported_on from plan_reports r where r.duty_id = d.id and r.outcome = 'done'
               order by r.id desc limit 1) end as reported_on
    from plan_parties p
    join plan_items i on i.id = p.item_id and i.state = 'active'
    join plans l on l.id = i.plan_id and l.closed_at is null
    join plan_instances n on n.item_id = i.id and n.cancelled_at is null
    left join plan_duties d on d.instance_id = n.id and d.unit_code = any(:units)
    where p.code = any(:names)
""").bindparams(bindparam("units", type_=ARRAY(String)), bindparam("names", type_=ARRAY(String)))


class SqlDutyRepository:
    """Duties, reports, extensions, history."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_concerns(self, units: Collection[str], names: Collection[str]) -> list[Concern]:
        """Return each time that an active item of an open plan is due which names one of `names`."""
        rows = await self._connection.execute(_CONCERNS, {"units": list(units), "names": list(names)})
        found: dict[int, Concern] = {}
        shares: dict[int, dict[str, Share]] = defaultdict(dict)
        duties: dict[int, dict[str, Duty]] = defaultdict(dict)
        for row in rows:
            if row.id not in found:
                found[row.id] = Concern(
                    title=row.title or row.task,
                    printed=row.deadline_text,
                    confirmed=row.confirmed,
                    instance=instance_of(row),
                    shares=shares[row.id],
                    duties=duties[row.id],
                )
            shares[row.id][row.code] = Share(row.share)
            if row.unit_code is not None:
                duties[row.id][row.unit_code] = _duty(row)
        return list(found.values())

    async def put(self, instance_id: int, unit_code: str, values: Mapping[str, Any], now: datetime) -> tuple[int, int]:
        """Write columns of a duty, also its first ones; return its id and its version."""
        statement = insert(PlanDuty).values(instance_id=instance_id, unit_code=unit_code, changed_at=now, **values)
        written = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["instance_id", "unit_code"],
                set_={**values, "changed_at": now, "version": PlanDuty.version + 1},
            ).returning(PlanDuty.id, PlanDuty.version)
        )
        duty_id, version = written.one()
        return duty_id, version

    async def list_reports(self, duty_id: int) -> tuple[DutyReport, ...]:
        """Return the reports of a duty with their evidence, the newest first."""
        rows = await self._connection.execute(
            select(PlanReport.__table__).where(PlanReport.duty_id == duty_id).order_by(PlanReport.id.desc())
        )
        pieces = await self._connection.execute(
            select(PlanEvidence.__table__)
            .join(PlanReport, PlanReport.id == PlanEvidence.report_id)
            .where(PlanReport.duty_id == duty_id)
            .order_by(PlanEvidence.id)
        )
        beside: dict[int, list[Evidence]] = defaultdict(list)
        for row in pieces:
            beside[row.report_id].append(_evidence(row))
        return tuple(_report(row, beside[row.id]) for row in rows)

    async def find_report_key(self, report_id: int) -> DutyKey | None:
        """Return to which duty a report belongs."""
        rows = await self._connection.execute(
            select(PlanDuty.instance_id, Unit.id)
            .join(PlanReport, PlanReport.duty_id == PlanDuty.id)
            .join(Unit, Unit.code == PlanDuty.unit_code)
            .where(PlanReport.id == report_id)
        )
        row = rows.first()
        return DutyKey(instance_id=row[0], unit_id=row[1]) if row is not None else None

    async def add_report(self, duty_id: int, report: NewReport, day: date, now: datetime, by: int | None) -> int:
        """Write a report without its evidence; return its id."""
        statement = insert(PlanReport).values(
            duty_id=duty_id,
            outcome=report.outcome.value,
            words=report.words,
            held_on=report.held_on,
            count=report.count,
            attendance=report.attendance,
            reported_on=day,
            reported_at=now,
            reported_by=by or 0,
        )
        return (await self._connection.execute(statement.returning(PlanReport.id))).scalar_one()

    async def add_evidence(self, report_id: int, evidence: KnownEvidence, file_id: int | None) -> None:
        """Write a piece of evidence."""
        await self._connection.execute(
            insert(PlanEvidence).values(
                report_id=report_id,
                kind=evidence.kind.value,
                file_id=file_id,
                file_name=evidence.name,
                url=evidence.url,
            )
        )

    async def delete_report(self, report_id: int) -> None:
        """Delete a report and what was put beside it; the bytes of its files stay, as others may share them."""
        await self._connection.execute(delete(PlanEvidence).where(PlanEvidence.report_id == report_id))
        await self._connection.execute(delete(PlanReport).where(PlanReport.id == report_id))

    async def count_said(self, item_id: int) -> int:
        """Return how much of what an item counts was reported, without what was returned."""
        said = (
            select(func.coalesce(func.sum(PlanReport.count), 0))
            .join(PlanDuty, PlanDuty.id == PlanReport.duty_id)
            .join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
            .where(PlanInstance.item_id == item_id, PlanReport.decision.is_distinct_from("returned"))
        )
        return int((await self._connection.execute(said)).scalar_one() or 0)

    async def find_extension(self, duty_id: int) -> Extension | None:
        """Return the last wish for another day."""
        rows = await self._connection.execute(
            select(PlanExtension.wanted, PlanExtension.granted, PlanExtension.decision, PlanExtension.comment)
            .where(PlanExtension.duty_id == duty_id)
            .order_by(PlanExtension.id.desc())
            .limit(1)
        )
        row = rows.first()
        if row is None:
            return None
        accepted = None if row.decision is None else row.decision == "granted"
        return Extension(wanted=row.wanted, granted=row.granted, accepted=accepted, comment=row.comment)

    async def add_extension(self, duty_id: int, wanted: date, reason: str, now: datetime, by: int | None) -> None:
        """Write a wish for another day."""
        await self._connection.execute(
            insert(PlanExtension).values(duty_id=duty_id, wanted=wanted, reason=reason, asked_at=now, asked_by=by or 0)
        )

    async def list_colleagues(self, unit_code: str, today: date) -> list[Colleague]:
        """Return the people who speak for a unit today and have an account, by name."""
        known = {"roles": [role.value for role in SPEAKERS], "unit": unit_code, "today": today}
        return [
            Colleague(person_id=person_id, account_id=account_id, name=full_name(*name))
            for person_id, account_id, *name in await self._connection.execute(_COLLEAGUES, known)
        ]

    async def list_history(self, item_id: int, *, offset: int, limit: int) -> tuple[list[HistoryLine], int]:
        """Return a part of an item's history, the newest first, and how much there is in all; units by their codes."""
        other = aliased(Person)
        rows = await self._connection.execute(
            select(
                PlanHistory.at, PlanHistory.act, PlanHistory.unit_code, PlanHistory.details,
                Person.last_name, Person.first_name, Person.patronymic,
                other.last_name, other.first_name, other.patronymic, func.count().over(),
            )
            .outerjoin(Account, Account.telegram_id == PlanHistory.account_id)
            .outerjoin(Person, Person.id == Account.person_id)
            .outerjoin(other, other.id == cast(PlanHistory.details["person"].astext, BigInteger))
            .where(PlanHistory.item_id == item_id)
            .order_by(PlanHistory.id.desc())
            .offset(offset)
            .limit(limit)
        )  # fmt: skip
        found = rows.all()
        return [_line(row) for row in found], found[0][-1] if found else 0

    async def find_evidence(self, evidence_id: int) -> EvidencePlace | None:
        """Return where a piece of evidence lies."""
        rows = await self._connection.execute(
            select(
                PlanInstance.item_id,
                PlanDuty.unit_code,
                PlanEvidence.file_id,
                PlanEvidence.file_name,
                PlanEvidence.kind,
            )
            .join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
            .join(PlanReport, PlanReport.duty_id == PlanDuty.id)
            .join(PlanEvidence, PlanEvidence.report_id == PlanReport.id)
            .where(PlanEvidence.id == evidence_id)
        )
        row = rows.first()
        if row is None:
            return None
        return EvidencePlace(
            item_id=row.item_id,
            unit_code=row.unit_code,
            file_id=row.file_id,
            name=row.file_name,
            kind=EvidenceKind(row.kind),
        )


def _report(row: Any, evidence: Sequence[Evidence]) -> DutyReport:  # noqa: ANN401 -- a row of the table
    return DutyReport(
        id=row.id,
        outcome=Outcome(row.outcome),
        words=row.words,
        held_on=row.held_on,
        count=row.count,
        attendance=row.attendance,
        reported_on=row.reported_on,
        reported_at=row.reported_at,
        accepted=None if row.decision is None else row.decision == "accepted",
        comment=row.comment,
        evidence=tuple(evidence),
    )


def _evidence(row: Any) -> Evidence:  # noqa: ANN401 -- a row of the table
    return Evidence(id=row.id, report_id=row.report_id, kind=EvidenceKind(row.kind), label=row.file_name or row.url)


def _line(row: Any) -> HistoryLine:  # noqa: ANN401 -- a row of the history with two names
    at, act, unit, details, *names, _total = row
    who, other = (full_name(*(part or "" for part in names[place : place + 3])) for place in (0, 3))
    return HistoryLine(at=at, act=act, unit=unit or "", who=who, details={**details, "name": other})


def _duty(row: Any) -> Duty:  # noqa: ANN401 -- a row of `_CONCERNS`
    return Duty(
        id=row.duty_id,
        instance_id=row.id,
        unit_code=row.unit_code,
        state=DutyState(row.state),
        due=row.own_due,
        due_version=row.own_due_version,
        person_id=row.person_id,
        reason=row.reason,
        accepted_at=row.accepted_at,
        done_on=row.done_on,
        reported_on=row.reported_on,
        version=row.version,
    )
