"""Reissuing: a new certificate stands in the place of another, which confirms nothing any more."""

from collections.abc import Mapping

from services.access import Actor
from services.audit.dto import Act
from services.certificates.drafting import Draft, Drafting
from services.certificates.dto import Replaced, Source
from services.certificates.errors import NoSuchCertificate, NothingToReplace, ReplacedAlready, RevokedAlready
from services.certificates.issuing import Issued, Issuer
from services.certificates.notices import document
from services.certificates.ports import CertificatesUnitOfWork
from services.certificates.register import RegisterStatus, ReplaceableCertificate
from services.certificates.rules import subject_of
from services.register import rules as chain
from services.register.dto import RegisterEvent


class Reissuer:
    """Takes today's facts of the person, and of the other certificate what was asked and entered for it."""

    def __init__(self, drafting: Drafting, issuer: Issuer) -> None:
        self._drafting = drafting
        self._issuer = issuer

    async def reissue(
        self,
        uow: CertificatesUnitOfWork,
        actor: Actor,
        certificate_id: int,
        reason: str,
        changes: Mapping[str, str],
    ) -> Issued:
        """Issue the new one, set the old one aside, and leave the document for its holder; in the caller's transaction.

        What else is said to be wrong, and not decided, is from now on said of the new one.
        `changes`: facts that are not of the roster and are different now. Refuses what would say the same again.
        """
        old = in_place(await uow.certificates.take_for_replacing(certificate_id))
        draft = await self._draft(uow, old, changes)
        issued = await self._issuer.issue(uow, draft)
        if issued is None:  # today's certificate with the new facts exists already
            raise NothingToReplace(old.number)
        now = draft.moment
        await uow.certificates.supersede(old.id, reason, now, actor.account_id)
        await uow.reports.move_open(old.id, issued.id)
        salt, what = await uow.register.find_salt(old.number), chain.superseded(issued.number)
        await uow.register.append(RegisterEvent.SUPERSEDED, old.number, salt, what, now)
        await uow.outbox.release(subject_of(old.id), now)
        if old.account_id is not None:
            await uow.outbox.add(document(issued.id, old.account_id, "reissued", due_at=None), now)
        subject, acts = f"person:{old.person_id}", {"certificate": old.id, "by": issued.id}
        await uow.audit.add(actor, Act.CERTIFICATE_REISSUED, subject, now, **acts)
        return issued

    async def _draft(
        self, uow: CertificatesUnitOfWork, old: ReplaceableCertificate, changes: Mapping[str, str]
    ) -> Draft:
        profile = await uow.certificates.find_profile(old.person_id)
        if profile is None:
            raise NoSuchCertificate
        kind = self._drafting.get_kind(old.kind)
        kept = {
            rule.name: old.facts[rule.name]
            for source in (Source.ASKED, Source.DESK)
            for rule in kind.facts_from(source)
            if rule.name in old.facts
        }
        replaced = Replaced(id=old.id, number=old.number, issued_on=old.issued_on)
        draft = self._drafting.draft(profile, old.kind, old.language, {**kept, **changes}, replaced)
        if dict(draft.facts) == dict(old.facts):
            raise NothingToReplace(old.number)
        return draft


def in_place(certificate: ReplaceableCertificate | None) -> ReplaceableCertificate:
    """Refuse a certificate in whose place none can stand."""
    if certificate is None:
        raise NoSuchCertificate
    if certificate.status is RegisterStatus.REVOKED:
        raise RevokedAlready(certificate.number, certificate.status_at)
    if certificate.status is RegisterStatus.SUPERSEDED:
        raise ReplacedAlready(certificate.number)
    return certificate
