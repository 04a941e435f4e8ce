"""Verifying certificates, by code or by file: one verdict for the page, the chat and the command line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.certificates.addresses import OwnAddresses, judge_codes
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
from services.certificates.pictures import PictureFinding, PictureRemark, is_picture
from services.certificates.ports import CertificatesUnitOfWork, CodeReader, PaperInspector
from services.certificates.register import RegisteredCertificate, RegisterStatus
from services.certificates.rules import masked, read_code
from services.gathering import Gathering
from services.languages import Trilingual
from services.ports import Calendar, Clock, Factory

_NO_CHECKS: dict[Check, bool | None] = dict.fromkeys(Check)
# Pictures without the one code of ours by which they could be judged.
_STRANGE = {PictureRemark.ELSEWHERE, PictureRemark.NOT_OURS}


class VerificationService:
    """Anybody may ask; whoever holds the code or the file sees the printed facts that the kind marks public.

    `authorities` (PEM) are those of the key that signs now, which the register learns with the first paper it signs.
    `reader` looks for QR codes in pictures; of what they hold only `own` addresses are taken.
    """

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        kinds: Mapping[str, CertificateKind],
        inspector: PaperInspector,
        *,
        reader: CodeReader,
        own: OwnAddresses,
        authorities: Sequence[bytes] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._kinds = kinds
        self._inspector = inspector
        self._reader = reader
        self._own = own
        self._authorities = tuple(authorities)
        self._by_code = Gathering(self._find_by_codes)

    async def verify_code(self, text: str) -> Verdict:
        """Return the verdict on a code as somebody typed it."""
        code = read_code(text)
        registered = None if code is None else await self._by_code.find(code)
        return self._judge(registered, {**_NO_CHECKS, Check.REGISTERED: registered is not None})

    async def verify_file(self, content: bytes) -> Verdict:
        """Return the verdict on a file: a PDF by its signature, a picture by the code in it."""
        if is_picture(content):
            return await self.verify_picture(content)
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

    async def verify_picture(self, content: bytes) -> Verdict:
        """Return the verdict on the code that a photograph or a screenshot shows; the paper itself is not judged."""
        texts = await self._reader.read(content)
        unread = PictureFinding(remark=PictureRemark.NOT_A_PICTURE)
        finding = unread if texts is None else judge_codes(texts, self._own)
        if finding.code is not None:
            return replace(await self.verify_code(finding.code), picture=finding)
        kind = VerdictKind.UNKNOWN if finding.remark in _STRANGE else VerdictKind.UNREADABLE
        return Verdict(kind=kind, checks=dict(_NO_CHECKS), certificate=None, picture=finding)

    def _judge_file(self, finding: FileFinding, registered: RegisteredCertificate | None) -> Verdict:
        """Judge a readable file: not ours is unknown, changed is altered, about the rest the register tells."""
        checks: dict[Check, bool | None] = _NO_CHECKS | {
            Check.REGISTERED: registered is not None,
            Check.SIGNED_BY_US: finding.signed_by_us,
            Check.UNCHANGED: finding.unchanged,
            Check.KEY_VALID_THEN: _key_valid_then(finding, registered),
        }
        if not finding.signed_by_us:
            return Verdict(kind=VerdictKind.UNKNOWN, checks=checks, certificate=None)
        if not finding.unchanged and registered is None:  # a changed file cannot be found by its bytes
            checks |= {Check.REGISTERED: None}
            return Verdict(kind=VerdictKind.ALTERED, checks=checks, certificate=None)
        if registered is not None and not (finding.unchanged and checks[Check.KEY_VALID_THEN] is not False):
            return Verdict(kind=VerdictKind.ALTERED, checks=checks, certificate=self._publish(registered))
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
        superseded = registered.status is RegisterStatus.SUPERSEDED
        changed_on = self._calendar.today(registered.status_at)
        return PublicCertificate(
            kind=registered.kind,
            kind_name=kind.name if kind else Trilingual(ky=registered.kind, ru=registered.kind, en=registered.kind),
            language=registered.language,
            number=registered.number,
            code=registered.code,
            issued_on=registered.issued_on,
            valid_until=registered.valid_until,
            revoked_on=changed_on if _is_revoked(registered) else None,
            replaced_by=registered.replaced_by if superseded else None,
            replaced_on=changed_on if superseded else None,
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


def _key_valid_then(finding: FileFinding, registered: RegisteredCertificate | None) -> bool | None:
    """Judge the key at the registered time of signing; the file's own claim counts only for what is not registered."""
    if registered is None or registered.signed_at is None or finding.key_from is None or finding.key_until is None:
        return finding.key_valid_then
    given_up = registered.key_invalid_since is not None and registered.signed_at >= registered.key_invalid_since
    return not given_up and finding.key_from <= registered.signed_at <= finding.key_until


def _is_revoked(registered: RegisteredCertificate) -> bool:
    return registered.status is RegisterStatus.REVOKED


def _is_within_validity(registered: RegisteredCertificate, today: date) -> bool:
    return registered.valid_until is None or today <= registered.valid_until
