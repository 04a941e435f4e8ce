"""Issuing: a number, a code, the frozen facts and the frozen paper, in the caller's transaction.

Whoever issues comes through here: a tap, a desk, a batch, a correction. Printing follows by itself.
"""

from dataclasses import dataclass

from services.certificates.drafting import Draft
from services.certificates.dto import PaperOrder
from services.certificates.errors import IssuingHalted
from services.certificates.ports import CertificatesUnitOfWork, Stationery
from services.certificates.register import NewCertificate
from services.certificates.rules import facts_digest, new_code, new_salt, printed_number, valid_until
from services.register import rules as chain
from services.register.dto import IssuedFacts, RegisterEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A certificate that has its number."""

    id: int
    number: str


class Issuer:
    """Gives numbers. The gapless series lets one through at a time: a transaction that issues should be short."""

    def __init__(self, stationery: Stationery) -> None:
        self._stationery = stationery

    async def issue(self, uow: CertificatesUnitOfWork, draft: Draft) -> Issued | None:
        """Write a new certificate; None if the same one was issued today (leave without commit, then).

        Leaving the unit of work without commit gives the number back. Who also changes another certificate locks its
        row before; who also writes messages does it after: the end of the register is locked from here to the commit.

        Raises:
            IssuingHalted: after a restore no numbers are given for now.
        """
        serial = await uow.certificates.take_serial(draft.day.year)
        if serial is None:
            raise IssuingHalted
        certificate = self._new_certificate(draft, serial)
        certificate_id = await uow.certificates.add(certificate)
        if certificate_id is None:
            return None
        what = chain.issued(_for_register(certificate, draft))
        await uow.register.append(RegisterEvent.ISSUED, certificate.number, certificate.salt, what, draft.moment)
        return Issued(id=certificate_id, number=certificate.number)

    def _new_certificate(self, draft: Draft, serial: int) -> NewCertificate:
        order = PaperOrder(
            kind=draft.kind.id,
            language=draft.language,
            number=printed_number(draft.day.year, serial),
            code=new_code(),
            issued_on=draft.day,
            valid_until=valid_until(draft.kind, draft.day, draft.facts),
            facts=draft.facts,
            replaces=draft.replaces,
        )
        return NewCertificate(
            year=draft.day.year,
            serial=serial,
            number=order.number,
            code=order.code,
            kind=order.kind,
            language=order.language,
            person_id=draft.profile.person_id,
            issued_on=order.issued_on,
            issued_at=draft.moment,
            valid_until=order.valid_until,
            facts=order.facts,
            facts_digest=facts_digest(order.facts),
            salt=new_salt(),
            replaces_id=draft.replaces.id if draft.replaces else None,
            paper=self._stationery.compose(order),
        )


def _for_register(certificate: NewCertificate, draft: Draft) -> IssuedFacts:
    return IssuedFacts(
        number=certificate.number,
        code=certificate.code,
        kind=certificate.kind,
        language=certificate.language.value,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        facts=dict(certificate.facts),
        paper=dict(certificate.paper),
        replaces=draft.replaces.number if draft.replaces else None,
    )
