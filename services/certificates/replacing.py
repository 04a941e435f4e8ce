"""Replacing a certificate by an official's own decision: what the university knows today is issued in its place."""

from services.access import Actor
from services.certificates.desks import require_desk
from services.certificates.drafting import Drafting
from services.certificates.dto import RevocationReason
from services.certificates.errors import NoSuchCertificate
from services.certificates.issuing import Issued
from services.certificates.ports import CertificatesUnitOfWork
from services.certificates.register import OfficialCertificate
from services.certificates.reissue import Reissuer, in_place
from services.ports import Bell, Factory

#: Why an official replaces a certificate; whoever left or misused one has it revoked instead.
REPLACEMENT_REASONS = (RevocationReason.FACTS_WRONG, RevocationReason.ISSUED_IN_ERROR)


class ReplacementService:
    """The desk that answers for the kind, or the Study Office, issues a certificate anew."""

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        drafting: Drafting,
        reissuer: Reissuer,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._drafting = drafting
        self._reissuer = reissuer
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def review(self, actor: Actor, certificate_id: int) -> OfficialCertificate:
        """Return what is to be replaced; refuse what stands no more."""
        async with self._unit_of_work() as uow:
            certificate = await self._find(uow, actor, certificate_id)
            in_place(await uow.certificates.take_for_replacing(certificate_id))
        return certificate

    async def replace(self, actor: Actor, certificate_id: int, reason: RevocationReason) -> Issued:
        """Issue today's facts in its place; refuse what would say the same. The holder gets the new document."""
        async with self._unit_of_work() as uow:
            await self._find(uow, actor, certificate_id)
            issued = await self._reissuer.reissue(uow, actor, certificate_id, reason.value, {})
            await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return issued

    async def _find(self, uow: CertificatesUnitOfWork, actor: Actor, certificate_id: int) -> OfficialCertificate:
        certificate = await uow.certificates.find_official(certificate_id)
        if certificate is None:
            raise NoSuchCertificate
        require_desk(actor, self._drafting.get_kind(certificate.kind).desk)
        return certificate
