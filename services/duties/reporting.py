"""Reports of units with their evidence, and taking them back."""

from dataclasses import replace
from datetime import datetime

from services.access import Actor
from services.duties.dto import DutyCard, DutyKey, DutyReport, HistoryAct, NewReport, Outcome
from services.duties.errors import EvidenceTooMuch, ReportLookedAt
from services.duties.evidence import MOST_PIECES, check_sizes, examine
from services.duties.evidence_dto import EvidenceKind
from services.duties.looking import look
from services.duties.noting import note_act
from services.duties.ports import DutiesUnitOfWork
from services.duties.rules import LONGEST_WORDS, UNFINISHED, check_open, check_report, read_words
from services.plans.dto import DutyState
from services.ports import Calendar, Clock, Factory


class ReportingService:
    """Reports. One that says done waits for the coordinator; one in part counts at once and leaves the duty open."""

    def __init__(self, unit_of_work: Factory[DutiesUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def begin(self, actor: Actor, key: DutyKey) -> DutyCard:
        """Return a duty that can be reported on."""
        async with self._unit_of_work() as uow:
            card = await look(uow, actor, key, self._calendar.today(self._clock.now()))
        check_open(card, card.stamp, *UNFINISHED)
        return card

    async def report(self, actor: Actor, key: DutyKey, stamp: int, report: NewReport) -> DutyCard:
        """Give a report with all its evidence, or nothing of it."""
        if len(report.evidence) > MOST_PIECES:
            raise EvidenceTooMuch(MOST_PIECES)
        known = [examine(one) for one in report.evidence]
        check_sizes([len(one.content) for one in report.evidence])
        report = replace(report, words=read_words(report.words, LONGEST_WORDS))
        now = self._clock.now()
        today = self._calendar.today(now)
        async with self._unit_of_work() as uow:
            card = await look(uow, actor, key, today, to_change=True)
            check_open(card, stamp, *UNFINISHED)
            check_report(card, report)
            duty_id, _ = await uow.duties.put(card.instance.id, card.unit.code, _changes(card, report, now), now)
            report_id = await uow.duties.add_report(duty_id, report, today, now, actor.account_id)
            for sent, one in zip(report.evidence, known, strict=True):
                is_link = one.kind is EvidenceKind.LINK
                file_id = None if is_link else await uow.files.keep(sent.content, one.mime, now)
                await uow.duties.add_evidence(report_id, one, file_id)
            await note_act(uow, actor, card, HistoryAct.REPORTED, now, outcome=report.outcome.value, report=report_id)
            fresh = await look(uow, actor, key, today)
            await uow.commit()
        return fresh

    async def withdraw(self, actor: Actor, report_id: int) -> DutyCard:
        """Take back a report that nobody has decided about."""
        now = self._clock.now()
        today = self._calendar.today(now)
        async with self._unit_of_work() as uow:
            key = await uow.duties.find_report_key(report_id)
            if key is None:
                raise ReportLookedAt
            card = await look(uow, actor, key, today, to_change=True)
            report = next((one for one in card.reports if one.id == report_id), None)
            if report is None or report.accepted is not None:
                raise ReportLookedAt
            check_open(card, card.stamp, *UNFINISHED, DutyState.REPORTED)
            await uow.duties.delete_report(report_id)
            await uow.duties.put(card.instance.id, card.unit.code, _changes_without(card, report), now)
            await note_act(uow, actor, card, HistoryAct.REPORT_WITHDRAWN, now, outcome=report.outcome.value)
            fresh = await look(uow, actor, key, today)
            await uow.commit()
        return fresh


def _changes(card: DutyCard, report: NewReport, now: datetime) -> dict[str, object]:
    """Return what a report makes of a duty; whoever reports has accepted it."""
    accepted_at = card.duty.accepted_at if card.duty is not None else None
    part = DutyState.RETURNED if card.state is DutyState.RETURNED else DutyState.ACCEPTED
    state = DutyState.REPORTED if report.outcome is Outcome.DONE else part
    return {"state": state.value, "accepted_at": accepted_at or now}


def _changes_without(card: DutyCard, report: DutyReport) -> dict[str, object]:
    """Return what a duty is without a report: where it was before it; open, if only by it the unit had accepted."""
    others = [one for one in card.reports if one.id != report.id]
    accepted_at = card.duty.accepted_at if card.duty is not None else None
    if accepted_at == report.reported_at:
        accepted_at = min((one.reported_at for one in others), default=None)
    done = next((one for one in others if one.outcome is Outcome.DONE), None)
    state = DutyState.ACCEPTED if accepted_at is not None else DutyState.OPEN
    if report.outcome is Outcome.PARTLY and card.state is not DutyState.ACCEPTED:
        state = card.state
    elif done is not None and done.accepted is False:
        state = DutyState.RETURNED
    return {"state": state.value, "accepted_at": accepted_at}
