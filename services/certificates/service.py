"""Asking for certificates and issuing them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.access import Actor, NotLinked
from services.certificates.dto import CertificateKind, CertificateReview, PaperOrder
from services.certificates.errors import (
    FactsMissing,
    FactsUnprintable,
    KindNotOffered,
    LanguageNotOffered,
    NotAStudent,
    NotStudying,
)
from services.certificates.ports import CertificatesUnitOfWork, Stationery
from services.certificates.register import (
    DeliveredCertificate,
    NewCertificate,
    RegisterStatus,
    RequestedCertificate,
    RevokedCertificate,
    SameDay,
)
from services.certificates.rules import (
    Profile,
    facts_digest,
    facts_of,
    missing_facts,
    new_code,
    printed_number,
    read_reason,
    subject_of,
    valid_until,
)
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.ports import Bell, Calendar, Clock, Factory

# The gapless series lets one through at a time; who waits for it shall not hold the connections that others need.
_ISSUED_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A request that was found right."""

    profile: Profile
    kind: CertificateKind
    language: Language
    facts: Mapping[str, str]
    moment: datetime
    day: date


class CertificateService:
    """Certificates as students ask for them."""

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        stationery: Stationery,
        kinds: Mapping[str, CertificateKind],
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._stationery = stationery
        self._kinds = kinds
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell
        self._issuing = asyncio.Semaphore(_ISSUED_AT_ONCE)

    async def list_kinds(self, actor: Actor) -> tuple[CertificateKind, ...]:
        """Return the kinds that exist, in the order of the university's file; refuse who can have none of them."""
        async with self._unit_of_work() as uow:
            await _get_student(uow, actor)
        return tuple(self._kinds.values())

    def get_kind(self, actor: Actor, kind_id: str) -> CertificateKind:
        """Return one kind."""
        actor.require_person()
        if kind_id not in self._kinds:
            raise KindNotOffered
        return self._kinds[kind_id]

    async def review(self, actor: Actor, kind_id: str, language: Language) -> CertificateReview:
        """Refuse now what `request` would refuse; return what is to be confirmed."""
        async with self._unit_of_work() as uow:
            request = await self._examine(uow, actor, kind_id, language)
        return CertificateReview(kind=request.kind, language=language, name=request.facts.get("name", ""))

    async def request(self, actor: Actor, kind_id: str, language: Language, *, screen: str) -> RequestedCertificate:
        """Issue a certificate, or return the same one that was issued earlier today.

        `screen` names the message whose button was pressed: one screen never sends the same document twice.
        """
        issued = None
        while issued is None:  # once more only if today's was revoked in the very moment in which it stood in the way
            async with self._issuing, self._unit_of_work() as uow:
                request = await self._examine(uow, actor, kind_id, language)
                issued = await self._issue(uow, request, actor, screen)
                if issued is not None:
                    await uow.commit()
                    break
            async with self._unit_of_work() as uow:
                issued = await self._deliver_again(uow, request, actor, screen)
                if issued is not None:
                    await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return issued

    async def get_delivered(self, certificate_id: int) -> DeliveredCertificate:
        """Return what a finished (or spoiled) certificate's student is told; for the outbox, not for people."""
        async with self._unit_of_work() as uow:
            return await uow.certificates.get_delivered(certificate_id)

    async def find_revoked(self, certificate_id: int, account_id: int) -> RevokedCertificate | None:
        """Return what a holder is told of a revocation; None if the account is not theirs. For the outbox."""
        async with self._unit_of_work() as uow:
            found = await uow.certificates.find_official(certificate_id)
        if found is None or found.status is not RegisterStatus.REVOKED or found.account_id != account_id:
            return None
        reason, text = read_reason(found.reason)
        return RevokedCertificate(
            kind=found.kind, number=found.number, issued_on=found.issued_on, reason=reason, text=text
        )

    async def _examine(self, uow: CertificatesUnitOfWork, actor: Actor, kind_id: str, language: Language) -> _Request:
        kind = self.get_kind(actor, kind_id)
        if language not in kind.languages:
            raise LanguageNotOffered
        profile = await _get_student(uow, actor)
        facts = facts_of(profile, kind, language)
        self._refuse_incomplete(profile, kind, language, facts)
        now = self._clock.now()
        return _Request(
            profile=profile, kind=kind, language=language, facts=facts, moment=now, day=self._calendar.today(now)
        )

    def _refuse_incomplete(
        self, profile: Profile, kind: CertificateKind, language: Language, facts: Mapping[str, str]
    ) -> None:
        if missing := missing_facts(profile, kind, facts):
            raise FactsMissing(kind, language, missing)
        unprintable = tuple(name for name, value in facts.items() if not self._stationery.can_print(value))
        if unprintable:
            raise FactsUnprintable(kind, unprintable)

    async def _issue(
        self, uow: CertificatesUnitOfWork, request: _Request, actor: Actor, screen: str
    ) -> RequestedCertificate | None:
        """Write a new certificate and its message; None if today's already exists."""
        if await self._find_same_day(uow, request) is not None:
            return None
        serial = await uow.certificates.take_serial(request.day.year)
        certificate = self._new_certificate(request, serial)
        certificate_id = await uow.certificates.add(certificate)
        if certificate_id is None:  # a parallel request was faster; leaving without commit gives the number back
            return None
        await _leave_message(uow, request, actor, certificate_id, screen, due_at=None)
        return _answer(request, certificate_id, certificate.number, again=False)

    def _new_certificate(self, request: _Request, serial: int) -> NewCertificate:
        order = PaperOrder(
            kind=request.kind.id,
            language=request.language,
            number=printed_number(request.day.year, serial),
            code=new_code(),
            issued_on=request.day,
            valid_until=valid_until(request.kind, request.day),
            facts=request.facts,
        )
        return NewCertificate(
            year=request.day.year,
            serial=serial,
            number=order.number,
            code=order.code,
            kind=order.kind,
            language=order.language,
            person_id=request.profile.person_id,
            issued_on=order.issued_on,
            issued_at=request.moment,
            valid_until=order.valid_until,
            facts=order.facts,
            facts_digest=facts_digest(order.facts),
            paper=self._stationery.compose(order),
        )

    async def _deliver_again(
        self, uow: CertificatesUnitOfWork, request: _Request, actor: Actor, screen: str
    ) -> RequestedCertificate | None:
        """Send today's certificate once more; None if it is not valid any more."""
        same = await self._find_same_day(uow, request)
        if same is None:
            return None
        if same.failed:
            await uow.certificates.print_again(same.id)
        if reprints := same.reprints + same.failed:  # this screen was told of the failure; it may be told of the end
            screen = f"{screen}:{reprints}"
        due_at = request.moment if same.printed else None
        left = await _leave_message(uow, request, actor, same.id, screen, due_at=due_at)
        return _answer(request, same.id, same.number, again=left)

    async def _find_same_day(self, uow: CertificatesUnitOfWork, request: _Request) -> SameDay | None:
        return await uow.certificates.find_same_day(
            request.profile.person_id, request.kind.id, request.language, request.day, facts_digest(request.facts)
        )


async def _get_student(uow: CertificatesUnitOfWork, actor: Actor) -> Profile:
    """Return the actor as somebody who studies now."""
    person = actor.require_person()
    profile = await uow.certificates.find_profile(person.id)
    if profile is None:
        raise NotLinked
    if profile.entry.kind is not PersonKind.STUDENT:
        raise NotAStudent
    if profile.entry.status is not PersonStatus.ACTIVE:
        raise NotStudying(profile.entry.status)
    return profile


async def _leave_message(
    uow: CertificatesUnitOfWork,
    request: _Request,
    actor: Actor,
    certificate_id: int,
    screen: str,
    *,
    due_at: datetime | None,
) -> bool:
    """Leave the document for its student; False if this screen has brought it before."""
    if actor.account_id is None:
        return False
    notice = NewNotice(
        kind=NoticeKind.CERTIFICATE_READY,
        account_id=actor.account_id,
        urgency=Urgency.ANSWER,
        payload={"certificate_id": certificate_id},
        subject=subject_of(certificate_id),
        occasion=f"certificate:{certificate_id}:{screen}",
        due_at=due_at,
    )
    return await uow.outbox.add(notice, request.moment)


def _answer(request: _Request, certificate_id: int, number: str, *, again: bool) -> RequestedCertificate:
    return RequestedCertificate(
        id=certificate_id, number=number, kind=request.kind.id, language=request.language, again=again
    )
