"""What plans hold about one account and one person, who speak for units."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, and_, cast, false, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import (
    PlanDraft,
    PlanDuty,
    PlanEvidence,
    PlanExtension,
    PlanHistory,
    PlanInstance,
    PlanItem,
    PlanReport,
    Unit,
)
from services.db.repositories.person_rows import UNIT_NAME, joined_unit_name
from services.duties.dto import HistoryAct, Outcome
from services.mydata.plan_dto import (
    ExtensionData,
    HandedOnData,
    PlanActData,
    PlanDraftData,
    PlanReportData,
    PlansData,
)
from services.plans.dto import DutyState

_TITLE = func.coalesce(func.nullif(PlanItem.title, ""), PlanItem.task).label("title")
# What was typed: a note, or the reason of a dispute or of a wish for another day.
_WORDS = func.coalesce(PlanHistory.details["words"].astext, PlanHistory.details["reason"].astext, "").label("words")


class PersonalPlans:
    """The part of `SqlPersonalDataRepository` that is about plans."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_plans(self, telegram_id: int, person_id: int | None, limit: int) -> PlansData:
        """Return what the account said for units, and what was handed on to the person."""
        mine, of_me = PlanHistory.account_id == telegram_id, _handed_to(person_id)
        about = or_(mine, of_me)
        all_of_them = await self._connection.scalar(select(func.count()).select_from(PlanHistory).where(about))
        return PlansData(
            handed=() if person_id is None else await self._handed(person_id),
            reports=await self._reports(telegram_id),
            extensions=await self._extensions(telegram_id),
            newest=await self._newest(about, func.coalesce(mine, False), limit),
            acts=all_of_them or 0,
            drafts=await self._drafts(telegram_id),
        )

    async def _handed(self, person_id: int) -> tuple[HandedOnData, ...]:
        due = func.coalesce(PlanDuty.due, PlanInstance.due)
        rows = await self._connection.execute(
            _of_duties(select(_TITLE, due, PlanDuty.state, PlanDuty.changed_at, *UNIT_NAME).select_from(PlanDuty))
            .where(PlanDuty.person_id == person_id)
            .order_by(PlanDuty.id)
        )
        return tuple(
            HandedOnData(
                title=title, unit=joined_unit_name(unit), due=day, state=DutyState(state), changed_at=changed_at
            )
            for title, day, state, changed_at, *unit in rows
        )

    async def _reports(self, telegram_id: int) -> tuple[PlanReportData, ...]:
        label = func.coalesce(func.nullif(PlanEvidence.file_name, ""), func.nullif(PlanEvidence.url, ""), "–")
        beside = (
            select(func.array_agg(aggregate_order_by(label, PlanEvidence.id), type_=ARRAY(String)))
            .where(PlanEvidence.report_id == PlanReport.id)
            .correlate(PlanReport)
            .scalar_subquery()
        )
        columns = (PlanReport.reported_at, PlanReport.outcome, PlanReport.words, PlanReport.decision)
        rows = await self._connection.execute(
            _of_duties(
                select(_TITLE, *columns, PlanReport.comment, beside, *UNIT_NAME)
                .select_from(PlanReport)
                .join(PlanDuty, PlanDuty.id == PlanReport.duty_id)
            )
            .where(PlanReport.reported_by == telegram_id)
            .order_by(PlanReport.id)
        )
        return tuple(
            PlanReportData(
                title=title,
                unit=joined_unit_name(unit),
                reported_at=reported_at,
                outcome=Outcome(outcome),
                words=words,
                evidence=tuple(evidence or ()),
                accepted=None if decision is None else decision == "accepted",
                comment=comment,
            )
            for title, reported_at, outcome, words, decision, comment, evidence, *unit in rows
        )

    async def _extensions(self, telegram_id: int) -> tuple[ExtensionData, ...]:
        columns = (PlanExtension.asked_at, PlanExtension.wanted, PlanExtension.reason, PlanExtension.decision)
        rows = await self._connection.execute(
            _of_duties(
                select(_TITLE, *columns, PlanExtension.granted, PlanExtension.comment, *UNIT_NAME)
                .select_from(PlanExtension)
                .join(PlanDuty, PlanDuty.id == PlanExtension.duty_id)
            )
            .where(PlanExtension.asked_by == telegram_id)
            .order_by(PlanExtension.id)
        )
        return tuple(
            ExtensionData(
                title=title,
                unit=joined_unit_name(unit),
                asked_at=asked_at,
                wanted=wanted,
                reason=reason,
                refused=decision == "refused",
                granted=granted,
                comment=comment,
            )
            for title, asked_at, wanted, reason, decision, granted, comment, *unit in rows
        )

    async def _newest(
        self, about: ColumnElement[bool], by_me: ColumnElement[bool], limit: int
    ) -> tuple[PlanActData, ...]:
        rows = await self._connection.execute(
            select(_TITLE, PlanHistory.at, PlanHistory.act, _WORDS, by_me)
            .join(PlanItem, PlanItem.id == PlanHistory.item_id)
            .where(about)
            .order_by(PlanHistory.at.desc(), PlanHistory.id.desc())
            .limit(limit)
        )
        return tuple(
            # The words of a line are its writer's: whoever was handed something is not told what others typed.
            PlanActData(title=title, at=at, act=act, words=words if mine else "", by_me=mine)
            for title, at, act, words, mine in rows
        )

    async def _drafts(self, telegram_id: int) -> tuple[PlanDraftData, ...]:
        rows = await self._connection.execute(
            select(PlanDraft.file_name, PlanDraft.sent_at).where(PlanDraft.account_id == telegram_id)
        )
        return tuple(PlanDraftData(file_name=row[0], sent_at=row[1]) for row in rows)


def _of_duties(statement: Any) -> Any:  # noqa: ANN401 -- a select of whatever columns
    """Join the item and the unit to duties; a unit that is gone has no name."""
    return (
        statement.join(PlanInstance, PlanInstance.id == PlanDuty.instance_id)
        .join(PlanItem, PlanItem.id == PlanInstance.item_id)
        .outerjoin(Unit, Unit.code == PlanDuty.unit_code)
    )


def _handed_to(person_id: int | None) -> ColumnElement[bool]:
    if person_id is None:
        return false()
    handed = PlanHistory.act == HistoryAct.HANDED_ON.value
    return and_(handed, cast(PlanHistory.details["person"].astext, BigInteger) == person_id)
