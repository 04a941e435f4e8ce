"""The desk's side: look, ask for a document, accept or refuse. An accepted fact is corrected and the paper reissued."""

from dataclasses import replace

from services.access import Actor
from services.attachments import SentFile
from services.audit.dto import Act
from services.certificates.desks import desks_of, require_any_desk, require_desk
from services.certificates.drafting import Drafting
from services.certificates.reissue import Reissuer
from services.certificates.rules import subject_of
from services.corrections.dto import Fact
from services.corrections.errors import FactUnchanged
from services.corrections.writing import take_person, write_correction
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.ports import Bell, Clock, Factory
from services.reports.dto import (
    OPEN_STATES,
    Correctability,
    Report,
    ReportableCertificate,
    ReportCard,
    ReportPage,
    ReportState,
)
from services.reports.errors import (
    NoDocumentWanted,
    NoSuchReport,
    ReportDecided,
    ReportReasonNeeded,
    SourceMustCorrect,
    ValueTooLong,
)
from services.reports.ports import ReportsUnitOfWork
from services.reports.rules import LONGEST_REASON, find_fact
from services.reports.service import ReportReader, load_certificate, show_certificate

_ON_A_PAGE = 8


class ReportDeskService:
    """Reports in the hands of officials; who sits at a desk sees that desk's."""

    def __init__(
        self,
        unit_of_work: Factory[ReportsUnitOfWork],
        clock: Clock,
        drafting: Drafting,
        reader: ReportReader,
        reissuer: Reissuer,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._drafting = drafting
        self._reader = reader
        self._reissuer = reissuer
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def list_open(self, actor: Actor, page: int = 0) -> ReportPage:
        """Return what waits at the desks where the actor sits; a page behind the last is the last one."""
        require_any_desk(actor)
        desks = desks_of(actor, self._drafting.kinds.values())
        async with self._unit_of_work() as uow:
            total = await uow.reports.count_open(desks)
            pages = max(1, -(-total // _ON_A_PAGE))
            page = min(max(page, 0), pages - 1)
            reports = await uow.reports.list_open(desks, page * _ON_A_PAGE, _ON_A_PAGE)
        return ReportPage(reports=tuple(reports), page=page, pages=pages, total=total)

    async def open(self, actor: Actor, report_id: int) -> ReportCard:
        """Return a report beside the fact that the paper has; that this was looked at is noted."""
        async with self._unit_of_work() as uow:
            report = await self._find(uow, actor, report_id)
            certificate = await show_certificate(uow, self._drafting, report.certificate_id)
            subject = f"person:{report.person_id}"
            await uow.audit.add(actor, Act.PERSON_LOOKED_AT, subject, self._clock.now(), report=report_id)
            await uow.commit()
        return ReportCard(report=report, fact=find_fact(certificate, report.fact))

    async def review(self, actor: Actor, report_id: int, text: str) -> tuple[ReportCard, str]:
        """Refuse now what `accept` would refuse of a spelling; return the report and the value as it will be kept."""
        async with self._unit_of_work() as uow:
            report = await self._find(uow, actor, report_id)
            certificate = await load_certificate(uow, self._drafting, report.certificate_id)
        fact = find_fact(certificate, report.fact)
        return ReportCard(report=report, fact=fact), self._reader.read(certificate, fact, text)

    async def get_document(self, actor: Actor, report_id: int) -> SentFile:
        """Return the document that came with a report that the actor has opened, which notes the look."""
        async with self._unit_of_work() as uow:
            report = await self._find(uow, actor, report_id)
            if report.file_id is None:
                raise NoDocumentWanted
            return await uow.files.get(report.file_id)

    async def want_document(self, actor: Actor, report_id: int) -> Report:
        """Ask the holder for a photo of the document that proves the value."""
        async with self._unit_of_work() as uow:
            report = await self._take(uow, actor, report_id)
            await uow.reports.set_state(report_id, ReportState.DOCUMENT_WANTED)
            asked = replace(report, state=ReportState.DOCUMENT_WANTED)
            await self._tell(uow, asked)
            await uow.commit()
        self._outbox_bell.ring()
        return asked

    async def refuse(self, actor: Actor, report_id: int, reason: str) -> Report:
        """Refuse a report, and say why."""
        words = " ".join(reason.split())
        if not words:
            raise ReportReasonNeeded
        if len(words) > LONGEST_REASON:
            raise ValueTooLong(LONGEST_REASON)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            report = await self._take(uow, actor, report_id)
            refused = replace(report, state=ReportState.REFUSED, refusal=words)
            await uow.reports.decide(refused, now, actor.account_id, None)
            await self._tell(uow, refused)
            await uow.audit.add(actor, Act.REPORT_REFUSED, f"person:{report.person_id}", now, report=report_id)
            await uow.commit()
        self._outbox_bell.ring()
        return refused

    async def accept(self, actor: Actor, report_id: int, text: str = "") -> Report:
        """Correct the fact and issue the certificate anew; `text`: the desk's own spelling instead of the holder's.

        All of it or nothing: what could not be printed anew is not accepted. What else is reported of the certificate
        waits on, as said of the new one.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            report, certificate = await self._take_with_certificate(uow, actor, report_id)
            fact = find_fact(certificate, report.fact)
            value = self._reader.read(certificate, fact, text) if text else report.value
            changes: dict[str, str] = {}
            match fact.correctability:
                case Correctability.ROSTER:
                    await self._correct(uow, actor, report, value)
                case Correctability.PAPER:
                    changes[fact.rule] = value
                case Correctability.SOURCE:
                    await self._require_corrected_source(uow, report, fact.rule)
            await uow.reports.set_state(report_id, ReportState.ACCEPTED)  # it does not move to the new certificate
            issued = await self._reissuer.reissue(uow, actor, report.certificate_id, f"report:{report_id}", changes)
            accepted = replace(report, state=ReportState.ACCEPTED, decided_value=value, new_number=issued.number)
            await uow.reports.decide(accepted, now, actor.account_id, issued.id)
            subject = f"person:{report.person_id}"
            await uow.audit.add(actor, Act.REPORT_ACCEPTED, subject, now, report=report_id, certificate=issued.id)
            await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return accepted

    async def _correct(self, uow: ReportsUnitOfWork, actor: Actor, report: Report, value: str) -> None:
        try:
            await write_correction(uow, actor, report.person_id, Fact(report.fact), value, self._clock.now())
        except FactUnchanged:
            return  # put right meanwhile, by an import or an official: the paper alone is old

    async def _require_corrected_source(self, uow: ReportsUnitOfWork, report: Report, rule: str) -> None:
        """Only the roster's source says this fact: it must say something else by now."""
        old = await uow.certificates.take_for_replacing(report.certificate_id)
        profile = await uow.certificates.find_profile(report.person_id)
        if old is None or profile is None:
            raise NoSuchReport
        today = self._drafting.draft(profile, old.kind, old.language, dict(old.facts)).facts
        if today.get(rule, "") == old.facts.get(rule, ""):
            raise SourceMustCorrect

    async def _take_with_certificate(
        self, uow: ReportsUnitOfWork, actor: Actor, report_id: int
    ) -> tuple[Report, ReportableCertificate]:
        """Lock what accepting changes, in the order of all: the person, the certificate, what is said of it."""
        report = await self._find(uow, actor, report_id)
        if report.fact in set(Fact):
            await take_person(uow, report.person_id)
        certificate = await load_certificate(uow, self._drafting, report.certificate_id)
        return await self._take(uow, actor, report_id), certificate

    async def _find(self, uow: ReportsUnitOfWork, actor: Actor, report_id: int) -> Report:
        return _undecided(await uow.reports.find(report_id), actor)

    async def _take(self, uow: ReportsUnitOfWork, actor: Actor, report_id: int) -> Report:
        return _undecided(await uow.reports.take(report_id), actor)

    async def _tell(self, uow: ReportsUnitOfWork, report: Report) -> None:
        """Tell the holder, at the account that is theirs now."""
        now = self._clock.now()
        holder = await uow.certificates.find_official(report.certificate_id)
        if holder is None or holder.account_id is None:
            return
        notice = NewNotice(
            kind=NoticeKind.REPORT_DECIDED,
            account_id=holder.account_id,
            urgency=Urgency.NORMAL,
            payload={"report_id": report.id},
            subject=subject_of(report.certificate_id),
            occasion=f"report:{report.id}:{report.state.value}:{now.isoformat()}",
            due_at=now,
        )
        await uow.outbox.add(notice, now)


def _undecided(report: Report | None, actor: Actor) -> Report:
    if report is None:
        raise NoSuchReport
    require_desk(actor, report.desk)
    if report.state not in OPEN_STATES:
        raise ReportDecided
    return report
