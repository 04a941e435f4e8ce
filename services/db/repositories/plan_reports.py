"""What units told about plans, and the addresses of their calendars."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import (
    Plan,
    PlanCalendar,
    PlanDuty,
    PlanEvidence,
    PlanInstance,
    PlanItem,
    PlanParty,
    PlanReport,
)
from services.plan_reports.calendar_dto import CalendarEntry
from services.plan_reports.language_dto import Told
from services.plans.dto import DutyState, ItemState
from services.responsibles.dto import Share

_DAY_OF_IT = func.coalesce(PlanReport.held_on, PlanReport.reported_on)


class SqlPlanReportRepository:
    """A statement or two for each question."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_told(self, item_ids: Collection[int], first: date, last: date) -> list[Told]:
        """Return the reports on items whose event, else whose own day, lies between two days, with their evidence."""
        rows = (
            await self._connection.execute(
                select(
                    PlanReport.id, PlanInstance.item_id, PlanDuty.instance_id, PlanDuty.unit_code, PlanReport.words,
                    PlanReport.held_on, PlanReport.reported_on, PlanReport.count, PlanReport.attendance,
                    PlanReport.outcome, PlanReport.decision,
                )
                .join(PlanDuty, PlanDuty.id == PlanReport.duty_id)
                .join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
                .where(PlanInstance.item_id.in_(item_ids), _DAY_OF_IT.between(first, last))
                .order_by(PlanReport.id)
            )
        ).all()  # fmt: skip
        evidence = await self._list_evidence([row.id for row in rows])
        return [
            Told(
                item_id=row.item_id,
                instance_id=row.instance_id,
                unit_code=row.unit_code,
                words=row.words,
                held_on=row.held_on,
                reported_on=row.reported_on,
                count=row._mapping["count"],  # noqa: SLF001 -- a row has a method of that name
                attendance=row.attendance,
                partly=row.outcome == "partly",
                returned=row.decision == "returned",
                evidence=tuple(evidence[row.id]),
            )
            for row in rows
        ]

    async def _list_evidence(self, report_ids: Collection[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = await self._connection.execute(
            select(PlanEvidence.report_id, PlanEvidence.file_name, PlanEvidence.url)
            .where(PlanEvidence.report_id.in_(report_ids))
            .order_by(PlanEvidence.id)
        )
        for row in rows:
            if name := row.url or row.file_name:
                found[row.report_id].append(name)
        return found

    async def list_comments(self, item_ids: Collection[int]) -> dict[int, str]:
        """Return by duty why its last report was not enough."""
        rows = await self._connection.execute(
            select(PlanReport.duty_id, PlanReport.comment)
            .join(PlanDuty, PlanDuty.id == PlanReport.duty_id)
            .join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
            .where(PlanInstance.item_id.in_(item_ids), PlanReport.decision == "returned")
            .order_by(PlanReport.id)
        )
        return {row.duty_id: row.comment for row in rows}

    async def find_calendar(self, digest: bytes) -> str | None:
        """Return the code of the unit whose calendar has this address and was not revoked."""
        found: str | None = await self._connection.scalar(
            select(PlanCalendar.unit_code).where(PlanCalendar.digest == digest, PlanCalendar.revoked_at.is_(None))
        )
        return found

    async def find_made(self, unit_code: str) -> tuple[int, datetime | None]:
        """Return the id of a unit's calendar and since when it is there; 0 and None while there is none."""
        rows = await self._connection.execute(
            select(PlanCalendar.id, PlanCalendar.made_at).where(
                PlanCalendar.unit_code == unit_code, PlanCalendar.revoked_at.is_(None)
            )
        )
        found = rows.first()
        return (0, None) if found is None else (found.id, found.made_at)

    async def add_calendar(self, unit_code: str, digest: bytes, account_id: int, now: datetime) -> int:
        """Give a unit a calendar and return its id; 0 if it has one, also since a moment ago."""
        added: int | None = await self._connection.scalar(
            insert(PlanCalendar)
            .values(unit_code=unit_code, digest=digest, made_at=now, made_by=account_id)
            .on_conflict_do_nothing(index_elements=[PlanCalendar.unit_code], index_where=text("revoked_at is null"))
            .returning(PlanCalendar.id)
        )
        return added or 0

    async def revoke_calendar(self, calendar_id: int, unit_code: str, now: datetime) -> bool:
        """Let a unit's calendar open nothing any more; False if it is not this one."""
        revoked = await self._connection.execute(
            update(PlanCalendar)
            .where(
                PlanCalendar.id == calendar_id,
                PlanCalendar.unit_code == unit_code,
                PlanCalendar.revoked_at.is_(None),
            )
            .values(revoked_at=now)
            .returning(PlanCalendar.id)
        )
        return revoked.first() is not None

    async def list_calendar(self, unit_code: str, codes: Collection[str]) -> list[CalendarEntry]:
        """Return what a unit, meant by any of the codes, has to do by a day, what was cancelled too."""
        due = func.coalesce(PlanDuty.due, PlanInstance.due)
        meant = select(PlanParty.item_id).where(PlanParty.code.in_(codes), PlanParty.share == Share.RESPONSIBLE.value)
        cancelled = or_(
            PlanItem.state != ItemState.ACTIVE.value,
            PlanInstance.cancelled_at.is_not(None),
            func.coalesce(PlanDuty.state == DutyState.RELEASED.value, False),
        )
        rows = await self._connection.execute(
            select(
                PlanInstance.id, Plan.name, PlanItem.number, PlanItem.title, PlanItem.deadline_text, PlanItem.document,
                due.label("due"), and_(PlanInstance.soft, PlanDuty.due.is_(None)).label("soft"),
                (PlanItem.version + PlanInstance.due_version
                 + func.coalesce(PlanDuty.due_version + PlanDuty.version, 0)).label("sequence"),
                cancelled.label("cancelled"),
                func.coalesce(PlanDuty.state == DutyState.DONE.value, False).label("done"),
                func.greatest(PlanItem.changed_at, PlanDuty.changed_at, PlanInstance.cancelled_at).label("changed_at"),
            )
            .join(PlanItem, PlanItem.id == PlanInstance.item_id)
            .join(Plan, Plan.id == PlanItem.plan_id)
            .outerjoin(PlanDuty, and_(PlanDuty.instance_id == PlanInstance.id, PlanDuty.unit_code == unit_code))
            .where(PlanItem.id.in_(meant), Plan.closed_at.is_(None), PlanItem.confirmed, due.is_not(None))
            .order_by(due, PlanInstance.id)
        )  # fmt: skip
        return [
            CalendarEntry(
                instance_id=row.id, plan=row.name, number=row.number, title=row.title,
                deadline_text=row.deadline_text, document=row.document, due=row.due, soft=row.soft,
                sequence=row.sequence, cancelled=row.cancelled, done=row.done, changed_at=row.changed_at,
            )
            for row in rows
        ]  # fmt: skip
