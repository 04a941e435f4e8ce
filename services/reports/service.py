"""The holder's side: this fact is wrong, and so it is right."""

from dataclasses import replace

from services.access import Actor
from services.attachments import LARGEST_MEGABYTES, type_of
from services.certificates.drafting import Drafting
from services.certificates.errors import NoSuchCertificate
from services.certificates.fields import FieldReader
from services.certificates.ports import Stationery
from services.certificates.reissue import in_place
from services.corrections.dto import Fact
from services.corrections.rules import choices_of, read_value
from services.ports import Calendar, Clock, Factory
from services.reports.dto import (
    OPEN_STATES,
    Correctability,
    NewReport,
    Report,
    ReportableCertificate,
    ReportableFact,
    ReportState,
)
from services.reports.errors import (
    DocumentUnusable,
    NoDocumentWanted,
    NoSuchReport,
    ReportDecided,
    ReportedAlready,
    SameAsPrinted,
    ValueTooLong,
)
from services.reports.ports import ReportsUnitOfWork
from services.reports.rules import (
    LONGEST_VALUE,
    find_fact,
    reportable_facts,
)


class ReportReader:
    """Reads the right value of a fact, from its holder or from a desk."""

    def __init__(self, clock: Clock, calendar: Calendar, stationery: Stationery, drafting: Drafting) -> None:
        self._clock = clock
        self._calendar = calendar
        self._stationery = stationery
        self._drafting = drafting
        self._choices = choices_of(drafting.kinds.values())

    def read(self, certificate: ReportableCertificate, fact: ReportableFact, text: str) -> str:
        """Return the value as it is kept; refuse what cannot be the fact, or is on the paper already."""
        value = self._read(certificate, fact, text)
        if value == fact.value:
            raise SameAsPrinted
        return value

    def _read(self, certificate: ReportableCertificate, fact: ReportableFact, text: str) -> str:
        if fact.correctability is Correctability.ROSTER:
            return read_value(Fact(fact.name), text, self._choices.get(Fact(fact.name), ()))
        rule = self._drafting.get_kind(certificate.kind).fact(fact.rule)
        if rule is not None and fact.correctability is Correctability.PAPER:
            today = self._calendar.today(self._clock.now())
            return FieldReader(today=today, can_print=self._stationery.can_print).read(rule, text, {})
        words = " ".join(text.split())
        if len(words) > LONGEST_VALUE:
            raise ValueTooLong(LONGEST_VALUE)
        return words


async def load_certificate(uow: ReportsUnitOfWork, drafting: Drafting, certificate_id: int) -> ReportableCertificate:
    """Return a certificate that stands, with what of it can be reported."""
    in_place(await uow.certificates.take_for_replacing(certificate_id))
    return await show_certificate(uow, drafting, certificate_id)


async def show_certificate(uow: ReportsUnitOfWork, drafting: Drafting, certificate_id: int) -> ReportableCertificate:
    """Return a certificate, whether it stands or not, with what of it can be reported."""
    found = await uow.certificates.take_for_replacing(certificate_id)
    if found is None:
        raise NoSuchCertificate
    profile = await uow.certificates.find_profile(found.person_id)
    kind = drafting.get_kind(found.kind)
    return ReportableCertificate(
        id=found.id,
        kind=found.kind,
        language=found.language,
        number=found.number,
        facts=reportable_facts(kind, found.language, found.facts, profile),
    )


class ReportService:
    """Reports by the people whose certificates they are."""

    def __init__(
        self, unit_of_work: Factory[ReportsUnitOfWork], clock: Clock, drafting: Drafting, reader: ReportReader
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._drafting = drafting
        self._reader = reader

    async def list_facts(self, actor: Actor, certificate_id: int) -> ReportableCertificate:
        """Return what of one's own certificate can be reported."""
        async with self._unit_of_work() as uow:
            return await self._own(uow, actor, certificate_id)

    async def review(self, actor: Actor, certificate_id: int, fact: str, text: str) -> tuple[ReportableFact, str]:
        """Refuse now what `report` would refuse; return the fact and the right value as it will be kept."""
        async with self._unit_of_work() as uow:
            certificate = await self._own(uow, actor, certificate_id)
        wrong = find_fact(certificate, fact)
        return wrong, self._reader.read(certificate, wrong, text)

    async def report(self, actor: Actor, certificate_id: int, fact: str, text: str) -> Report:
        """Give a report to the desk that answers for the kind."""
        person, now = actor.require_person(), self._clock.now()
        async with self._unit_of_work() as uow:
            certificate = await self._own(uow, actor, certificate_id)
            value = self._reader.read(certificate, find_fact(certificate, fact), text)
            report = NewReport(
                certificate_id=certificate_id,
                person_id=person.id,
                account_id=actor.account_id or 0,
                desk=self._drafting.get_kind(certificate.kind).desk,
                fact=fact,
                value=value,
                created_at=now,
            )
            report_id = await uow.reports.add(report)
            if report_id is None:
                raise ReportedAlready
            written = await _own_report(uow, actor, report_id)
            await uow.commit()
        return written

    async def send_document(self, actor: Actor, report_id: int, content: bytes) -> Report:
        """Give the desk the document it asked for; it looks at the report again."""
        now = self._clock.now()
        mime = type_of(content)
        if mime is None:
            raise DocumentUnusable(LARGEST_MEGABYTES)
        async with self._unit_of_work() as uow:
            report = await _own_report(uow, actor, report_id)
            if report.state is not ReportState.DOCUMENT_WANTED:
                raise NoDocumentWanted
            await uow.reports.add_document(report_id, await uow.files.keep(content, mime, now))
            await uow.reports.set_state(report_id, ReportState.OPEN)
            await uow.commit()
        return replace(report, state=ReportState.OPEN)

    async def withdraw(self, actor: Actor, report_id: int) -> Report:
        """Take a report back while nobody has decided it."""
        async with self._unit_of_work() as uow:
            report = await _own_report(uow, actor, report_id)
            if report.state not in OPEN_STATES:
                raise ReportDecided
            ended = replace(report, state=ReportState.WITHDRAWN)
            await uow.reports.decide(ended, self._clock.now(), actor.account_id, None)
            await uow.commit()
        return ended

    async def find_decided(self, report_id: int, account_id: int) -> Report | None:
        """Return what a holder is told of a report; None if the account is not theirs any more. For the outbox."""
        async with self._unit_of_work() as uow:
            report = await uow.reports.find(report_id)
            profile = await uow.certificates.find_official(report.certificate_id) if report else None
        return report if profile is not None and profile.account_id == account_id else None

    async def _own(self, uow: ReportsUnitOfWork, actor: Actor, certificate_id: int) -> ReportableCertificate:
        person = actor.require_person()
        official = await uow.certificates.find_official(certificate_id)
        if official is None or official.person_id != person.id:
            raise NoSuchCertificate
        return await load_certificate(uow, self._drafting, certificate_id)


async def _own_report(uow: ReportsUnitOfWork, actor: Actor, report_id: int) -> Report:
    person = actor.require_person()
    report = await uow.reports.take(report_id)
    if report is None or report.person_id != person.id:
        raise NoSuchReport
    return report
