"""Verifying certificates, by code or by file: one verdict for the page, the chat and the command line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from services.certificates.confirmation import is_confirmed
from services.certificates.dto import (
    CertificateKind,
    Check,
    FactRule,
    FileFinding,
    PublicCertificate,
    PublicFact,
    Publicity,
    Verdict,
    VerdictKind,
)
from services.certificates.ports import CertificatesUnitOfWork, PaperInspector
from services.certificates.register import RegisteredCertificate, RegisterStatus
from services.certificates.rules import masked, read_code
from services.gathering import Gathering
from services.languages import Trilingual
from services.ports import Calendar, Clock, Factory

_NO_CHECKS: dict[Check, bool | None] = dict.fromkeys(Check)


class VerificationService:
    """Anybody may ask; whoever holds the code or the file sees the printed facts that the kind marks public.

    `authorities` (PEM) are those of the key that signs now, which the register learns with the first paper it signs.
    """

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        kinds: Mapping[str, CertificateKind],
        inspector: PaperInspector,
        *,
        authorities: Sequence[bytes] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._kinds = kinds
        self._inspector = inspector
        self._authorities = tuple(authorities)
        self._by_code = Gathering(self._find_by_codes)

    async def verify_code(self, text: str) -> Verdict:
        """Return the verdict on a code as somebody typed it."""
        code = read_code(text)
        registered = None if code is None else await self._by_code.find(code)
        return self._judge(registered, {**_NO_CHECKS, Check.REGISTERED: registered is not None})

    async def verify_file(self, content: bytes) -> Verdict:
        """Return the verdict on a file."""
        async with self._unit_of_work() as uow:
            registered_authorities = await uow.certificates.list_authorities()
        authorities = {*registered_authorities, *self._authorities}
        finding = await self._inspector.inspect(content, sorted(authorities))
        if not finding.readable:
            return Verdict(kind=VerdictKind.UNREADABLE, checks=dict(_NO_CHECKS), certificate=None)
        digests = [digest for digest in (finding.sha256, finding.revision_sha256) if digest]
        async with self._unit_of_work() as uow:
            registered = await uow.certificates.find_by_file(digests)
        return self._judge_file(finding, registered)

    async def _find_by_codes(self, codes: Collection[str]) -> Mapping[str, RegisteredCertificate]:
        async with self._unit_of_work() as uow:
            return await uow.certificates.find_by_codes(codes)

    def _judge_file(self, finding: FileFinding, registered: RegisteredCertificate | None) -> Verdict:
        checks: dict[Check, bool | None] = _NO_CHECKS | {
            Check.REGISTERED: registered is not None,
            Check.SIGNED_BY_US: finding.signed_by_us,
            Check.UNCHANGED: finding.unchanged,
            Check.KEY_VALID_THEN: finding.key_valid_then,
        }
        if not finding.signed_by_us:
            return Verdict(kind=VerdictKind.UNKNOWN, checks=checks, certificate=None)
        if not finding.unchanged or finding.key_valid_then is False:
            certificate = self._publish(registered) if registered else None
            if registered is None:  # a changed file cannot be found by its bytes
                checks |= {Check.REGISTERED: None}
            return Verdict(kind=VerdictKind.ALTERED, checks=checks, certificate=certificate)
        return self._judge(registered, checks)

    def _judge(self, registered: RegisteredCertificate | None, checks: Mapping[Check, bool | None]) -> Verdict:
        """Judge by the register; `checks` holds what the file told."""
        if registered is None:
            return Verdict(kind=VerdictKind.UNKNOWN, checks=checks, certificate=None)
        within = _is_within_validity(registered, self._calendar.today(self._clock.now()))
        revoked = _is_revoked(registered)
        if revoked:
            kind = VerdictKind.REVOKED
        elif registered.status is RegisterStatus.SUPERSEDED:
            kind = VerdictKind.SUPERSEDED
        else:
            kind = VerdictKind.VALID if within else VerdictKind.EXPIRED
        asked = within and registered.status is RegisterStatus.ISSUED
        judged = dict(checks) | {
            Check.NOT_REVOKED: not revoked,
            Check.WITHIN_VALIDITY: within,
            Check.STILL_CONFIRMED: is_confirmed(self._kinds.get(registered.kind), registered.holder) if asked else None,
        }
        return Verdict(kind=kind, checks=judged, certificate=self._publish(registered))

    def _publish(self, registered: RegisteredCertificate) -> PublicCertificate:
        kind = self._kinds.get(registered.kind)
        return PublicCertificate(
            kind=registered.kind,
            kind_name=kind.name if kind else Trilingual(ky=registered.kind, ru=registered.kind, en=registered.kind),
            language=registered.language,
            number=registered.number,
            code=registered.code,
            issued_on=registered.issued_on,
            valid_until=registered.valid_until,
            revoked_on=self._calendar.today(registered.status_at) if _is_revoked(registered) else None,
            facts=_public_facts(kind, registered.facts),
        )


def _public_facts(kind: CertificateKind | None, facts: Mapping[str, str]) -> tuple[PublicFact, ...]:
    rules = kind.facts if kind else ()
    return tuple(
        _public_fact(rule, facts[rule.name])
        for rule in rules
        if rule.name in facts and (rule.public is not Publicity.NO or rule.name == "name")
    )


def _public_fact(rule: FactRule, value: str) -> PublicFact:
    """Mask here, so that nobody who shows a fact can forget to."""
    hidden = rule.public is Publicity.MASKED
    return PublicFact(
        name=rule.name, type=rule.type, value=masked(value, rule.type) if hidden else value, masked=hidden
    )


def _is_revoked(registered: RegisteredCertificate) -> bool:
    return registered.status is RegisterStatus.REVOKED


def _is_within_validity(registered: RegisteredCertificate, today: date) -> bool:
    return registered.valid_until is None or today <= registered.valid_until
