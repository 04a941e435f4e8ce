"""Asking for certificates and issuing them."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from services.access import Actor, NotLinked
from services.certificates.drafting import Draft, Drafting
from services.certificates.dto import CertificateKind
from services.certificates.eligibility import is_for, require_studying
from services.certificates.errors import KindNotOffered, NeedsADesk
from services.certificates.issuing import Issuer
from services.certificates.notices import document
from services.certificates.ports import CertificatesUnitOfWork
from services.certificates.register import (
    DeliveredCertificate,
    RegisterStatus,
    RequestedCertificate,
    RevokedCertificate,
    SameDay,
)
from services.certificates.rules import Profile, facts_digest, read_reason
from services.delivery.dto import Urgency
from services.languages import Language
from services.ports import Bell, Factory

# The gapless series lets one through at a time; who waits for it shall not hold the connections that others need.
_ISSUED_AT_ONCE = 2


class CertificateService:
    """Certificates as students ask for them."""

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        drafting: Drafting,
        issuer: Issuer,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._drafting = drafting
        self._issuer = issuer
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell
        self._issuing = asyncio.Semaphore(_ISSUED_AT_ONCE)

    async def list_kinds(self, actor: Actor) -> tuple[CertificateKind, ...]:
        """Return the kinds that are for the person, in the order of the university's file; refuse who has none."""
        async with self._unit_of_work() as uow:
            entry = (await _get_profile(uow, actor)).entry
        kinds = tuple(kind for kind in self._drafting.kinds.values() if is_for(kind, entry))
        if not kinds:
            require_studying(entry)
            raise KindNotOffered
        return kinds

    def get_kind(self, actor: Actor, kind_id: str) -> CertificateKind:
        """Return one kind."""
        actor.require_person()
        return self._drafting.get_kind(kind_id)

    async def request(
        self,
        actor: Actor,
        kind_id: str,
        language: Language,
        *,
        screen: str,
        given: Mapping[str, str] | None = None,
    ) -> RequestedCertificate:
        """Issue a certificate, or return the same one that was issued earlier today.

        `given`: what the person was asked for, as `services.certificates.fields` read it. `screen` names the message
        whose button was pressed: one screen never sends the same document twice.
        """
        issued = None
        while issued is None:  # once more only if today's was revoked in the very moment in which it stood in the way
            async with self._issuing, self._unit_of_work() as uow:
                draft = await self._examine(uow, actor, kind_id, language, given)
                issued = await self._issue(uow, draft, actor, screen)
                if issued is not None:
                    await uow.commit()
                    break
            async with self._unit_of_work() as uow:
                issued = await self._deliver_again(uow, draft, actor, screen)
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

    async def _examine(
        self,
        uow: CertificatesUnitOfWork,
        actor: Actor,
        kind_id: str,
        language: Language,
        given: Mapping[str, str] | None,
    ) -> Draft:
        profile = await _get_profile(uow, actor)
        kind = self._drafting.require_offered(profile, kind_id, language)
        if kind.approved or kind.fee:
            raise NeedsADesk(kind)
        return self._drafting.draft(profile, kind_id, language, given)

    async def _issue(
        self, uow: CertificatesUnitOfWork, draft: Draft, actor: Actor, screen: str
    ) -> RequestedCertificate | None:
        """Write a new certificate and its message; None if today's already exists."""
        if await _find_same_day(uow, draft) is not None:
            return None
        issued = await self._issuer.issue(uow, draft)
        if issued is None:  # a parallel request was faster
            return None
        await _leave_message(uow, draft, actor, issued.id, screen, due_at=None)
        return _answer(draft, issued.id, issued.number, again=False)

    async def _deliver_again(
        self, uow: CertificatesUnitOfWork, draft: Draft, actor: Actor, screen: str
    ) -> RequestedCertificate | None:
        """Send today's certificate once more; None if it is not valid any more."""
        same = await _find_same_day(uow, draft)
        if same is None:
            return None
        if same.failed:
            await uow.certificates.print_again(same.id)
        if reprints := same.reprints + same.failed:  # this screen was told of the failure; it may be told of the end
            screen = f"{screen}:{reprints}"
        due_at = draft.moment if same.printed else None
        left = await _leave_message(uow, draft, actor, same.id, screen, due_at=due_at)
        return _answer(draft, same.id, same.number, again=left)


async def _find_same_day(uow: CertificatesUnitOfWork, draft: Draft) -> SameDay | None:
    return await uow.certificates.find_same_day(
        draft.profile.person_id, draft.kind.id, draft.language, draft.day, facts_digest(draft.facts)
    )


async def _get_profile(uow: CertificatesUnitOfWork, actor: Actor) -> Profile:
    """Return the actor as the roster has them."""
    person = actor.require_person()
    profile = await uow.certificates.find_profile(person.id)
    if profile is None:
        raise NotLinked
    return profile


async def _leave_message(
    uow: CertificatesUnitOfWork,
    draft: Draft,
    actor: Actor,
    certificate_id: int,
    screen: str,
    *,
    due_at: datetime | None,
) -> bool:
    """Leave the document for its student; False if this screen has brought it before."""
    if actor.account_id is None:
        return False
    notice = document(certificate_id, actor.account_id, screen, due_at=due_at, urgency=Urgency.ANSWER)
    return await uow.outbox.add(notice, draft.moment)


def _answer(draft: Draft, certificate_id: int, number: str, *, again: bool) -> RequestedCertificate:
    return RequestedCertificate(
        id=certificate_id, number=number, kind=draft.kind.id, language=draft.language, again=again
    )
