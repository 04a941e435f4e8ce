"""Revoking certificates: at once for everybody who checks them, and told to the holder."""

from datetime import datetime

from services.access import Actor
from services.audit.dto import Act
from services.certificates.dto import RevocationReason
from services.certificates.errors import NoSuchCertificate, ReasonNeeded, ReasonTooLong, RevokedAlready
from services.certificates.ports import CertificatesUnitOfWork
from services.certificates.register import OfficialCertificate, RegisterStatus
from services.certificates.rules import LONGEST_REASON, subject_of, written_reason
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.ports import Bell, Clock, Factory
from services.register import rules as chain
from services.register.dto import RegisterEvent


class RevocationService:
    """The Study Office says that a certificate confirms nothing any more. There is no way back: a new one is issued."""

    def __init__(self, unit_of_work: Factory[CertificatesUnitOfWork], clock: Clock, outbox_bell: Bell) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._outbox_bell = outbox_bell

    async def review(
        self, actor: Actor, certificate_id: int, reason: RevocationReason | None = None, text: str = ""
    ) -> OfficialCertificate:
        """Return what is to be revoked; refuse now what `revoke` would refuse."""
        _require_official(actor)
        if reason is not None:
            _read_reason(reason, text)
        async with self._unit_of_work() as uow:
            return _in_force(await uow.certificates.find_official(certificate_id))

    async def revoke(
        self, actor: Actor, certificate_id: int, reason: RevocationReason, text: str = ""
    ) -> OfficialCertificate:
        """Revoke a certificate, printed or still waiting to be, and tell its holder why.

        What waits to be sent is not sent any more, and what its holder reported of it is withdrawn.
        `text`: the official's own words, for `RevocationReason.OTHER`.
        """
        _require_official(actor)
        words = _read_reason(reason, text)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            certificate = _in_force(await uow.certificates.find_official(certificate_id))
            if not await uow.certificates.revoke(certificate_id, words, now, actor.account_id):
                raise RevokedAlready(certificate.number, now)  # by somebody else in the same moment
            await uow.reports.end_open(certificate_id, now, actor.account_id)
            salt = await uow.register.find_salt(certificate.number)
            what = chain.revoked(words, now)
            await uow.register.append(RegisterEvent.REVOKED, certificate.number, salt, what, now)
            await uow.outbox.release(subject_of(certificate_id), now)
            if certificate.account_id is not None:
                await uow.outbox.add(_notice(certificate.account_id, certificate_id, now), now)
            subject = f"person:{certificate.person_id}"
            details = {"certificate": certificate_id, "reason": reason.value}
            await uow.audit.add(actor, Act.CERTIFICATE_REVOKED, subject, now, **details)
            await uow.commit()
        self._outbox_bell.ring()
        return certificate


def _require_official(actor: Actor) -> None:
    actor.require_official()


def _in_force(certificate: OfficialCertificate | None) -> OfficialCertificate:
    if certificate is None:
        raise NoSuchCertificate
    if certificate.status is RegisterStatus.REVOKED:
        raise RevokedAlready(certificate.number, certificate.status_at)
    return certificate


def _read_reason(reason: RevocationReason, text: str) -> str:
    words = " ".join(text.split())
    if reason is RevocationReason.OTHER and not words:
        raise ReasonNeeded
    if len(words) > LONGEST_REASON:
        raise ReasonTooLong(LONGEST_REASON)
    return written_reason(reason, words)


def _notice(account_id: int, certificate_id: int, now: datetime) -> NewNotice:
    return NewNotice(
        kind=NoticeKind.CERTIFICATE_REVOKED,
        account_id=account_id,
        urgency=Urgency.URGENT,
        payload={"certificate_id": certificate_id},
        subject=subject_of(certificate_id),
        occasion=f"certificate-revoked:{certificate_id}",
        due_at=now,
    )
