"""Reports of wrong facts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from services.db.models import Certificate, FactReport, Person
from services.languages import Language
from services.people.rules import full_name
from services.reports.dto import OPEN_STATES, NewReport, Report, ReportState

_NEW = aliased(Certificate)
#: Those that a desk has still to decide.
UNDECIDED = FactReport.state.in_(sorted(state.value for state in OPEN_STATES))
_REPORTS = (
    select(
        FactReport.id, FactReport.certificate_id, FactReport.person_id, FactReport.account_id, FactReport.desk,
        FactReport.fact, FactReport.value, FactReport.state, FactReport.file_id, FactReport.decided_value,
        FactReport.refusal, FactReport.created_at, Certificate.kind, Certificate.language, Certificate.number,
        Person.last_name, Person.first_name, Person.patronymic, _NEW.number.label("new_number"),
    )
    .join(Certificate, Certificate.id == FactReport.certificate_id)
    .join(Person, Person.id == FactReport.person_id)
    .outerjoin(_NEW, _NEW.id == FactReport.new_certificate_id)
)  # fmt: skip


_PLAIN = (
    "id", "certificate_id", "person_id", "account_id", "desk", "kind", "number", "fact", "value", "file_id",
    "created_at",
)  # fmt: skip


class SqlReportRepository:
    """Reports by desk and by certificate."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, report: NewReport) -> int | None:
        """Write a report; None if this fact of the certificate waits already."""
        statement = insert(FactReport).values(
            certificate_id=report.certificate_id,
            person_id=report.person_id,
            account_id=report.account_id,
            desk=report.desk,
            fact=report.fact,
            value=report.value,
            state=ReportState.OPEN.value,
            created_at=report.created_at,
        )
        written = await self._connection.execute(statement.on_conflict_do_nothing().returning(FactReport.id))
        return written.scalar_one_or_none()

    async def find(self, report_id: int) -> Report | None:
        """Return a report."""
        row = (await self._connection.execute(_REPORTS.where(FactReport.id == report_id))).mappings().one_or_none()
        return None if row is None else _report(row)

    async def take(self, report_id: int) -> Report | None:
        """Return a report that nobody else changes until the end of the transaction."""
        await self._connection.execute(select(FactReport.id).where(FactReport.id == report_id).with_for_update())
        return await self.find(report_id)

    async def count_open(self, desks: Collection[str]) -> int:
        """Return how many reports of these desks are undecided."""
        open_ = select(func.count(FactReport.id)).where(UNDECIDED, FactReport.desk.in_(sorted(desks)))
        return (await self._connection.execute(open_)).scalar_one()

    async def list_open(self, desks: Collection[str], offset: int, limit: int) -> list[Report]:
        """Return a part of the undecided reports of these desks, the oldest first."""
        open_ = _REPORTS.where(UNDECIDED, FactReport.desk.in_(sorted(desks)))
        part = open_.order_by(FactReport.id).offset(offset).limit(limit)
        return [_report(row) for row in (await self._connection.execute(part)).mappings()]

    async def set_state(self, report_id: int, state: ReportState) -> None:
        """Write how far a report is."""
        await self._connection.execute(update(FactReport).where(FactReport.id == report_id).values(state=state.value))

    async def add_document(self, report_id: int, file_id: int) -> None:
        """Put a kept file beside the report, in place of an earlier one."""
        await self._connection.execute(update(FactReport).where(FactReport.id == report_id).values(file_id=file_id))

    async def decide(self, report: Report, now: datetime, by: int | None, new_certificate_id: int | None) -> None:
        """Write the end of a report: its state, `decided_value` and `refusal`."""
        await self._connection.execute(
            update(FactReport)
            .where(FactReport.id == report.id)
            .values(
                state=report.state.value,
                decided_value=report.decided_value or None,
                refusal=report.refusal or None,
                decided_at=now,
                decided_by=by,
                new_certificate_id=new_certificate_id,
            )
        )

    async def move_open(self, certificate_id: int, new_certificate_id: int) -> None:
        """Let the undecided reports be about the certificate that stands in its place."""
        await self._connection.execute(
            update(FactReport)
            .where(FactReport.certificate_id == certificate_id, UNDECIDED)
            .values(certificate_id=new_certificate_id)
        )

    async def end_open(self, certificate_id: int, now: datetime, by: int | None) -> None:
        """Withdraw the undecided reports."""
        await self._connection.execute(
            update(FactReport)
            .where(FactReport.certificate_id == certificate_id, UNDECIDED)
            .values(state=ReportState.WITHDRAWN.value, decided_at=now, decided_by=by)
        )


def _report(row: RowMapping) -> Report:
    known: dict[str, Any] = {name: row[name] for name in _PLAIN}
    return Report(
        **known,
        person_name=full_name(row["last_name"], row["first_name"], row["patronymic"]),
        language=Language(row["language"]),
        state=ReportState(row["state"]),
        decided_value=row["decided_value"] or "",
        refusal=row["refusal"] or "",
        new_number=row["new_number"] or "",
    )
