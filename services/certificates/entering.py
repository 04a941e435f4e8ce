"""Entering a certificate again that the register has lost, from its own file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.access import Actor, Role
from services.audit.dto import Act
from services.certificates.dto import FileFinding, PaperOrder, SignedPaper
from services.certificates.errors import (
    FileAltered,
    FileCarriesNothing,
    FileNotOurs,
    KeyNotTrusted,
    NumberTaken,
    UnknownHolder,
)
from services.certificates.ports import EnteringUnitOfWork, PaperInspector, SigningKeyInfo
from services.certificates.register import Known, NewCertificate
from services.certificates.rules import facts_digest, new_salt, subject_of
from services.ports import Clock, Factory
from services.register import rules as chain
from services.register.dto import IssuedFacts, RegisterEvent, SignedFacts

_NUMBER = re.compile(r"([0-9]{4})-([0-9]{5,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """What a file of ours says: the order it was made from, when it was signed as it claims, and by which key."""

    order: PaperOrder
    signed_at: datetime
    key: SigningKeyInfo


class FileReader(Protocol):
    """Reads files that were found to be ours and unchanged."""

    def read(self, content: bytes, authorities: Sequence[bytes]) -> OwnFile | None:
        """Return what the file says; None where it carries no order."""
        ...


class Entering(StrEnum):
    """What came of it."""

    ENTERED = "entered"
    COMPLETED = "completed"
    THERE_ALREADY = "there_already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A certificate that is in the register now. `name`: as the paper says it."""

    number: str
    result: Entering
    name: str


class EnteringAgain:
    """Puts certificates back into the register, each from the file that somebody has kept.

    `authorities` (PEM) are those of the key that signs now, as for verification.
    """

    def __init__(
        self,
        unit_of_work: Factory[EnteringUnitOfWork],
        clock: Clock,
        inspector: PaperInspector,
        reader: FileReader,
        *,
        authorities: Sequence[bytes] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._inspector = inspector
        self._reader = reader
        self._authorities = tuple(authorities)

    async def enter(self, actor: Actor, content: bytes, person_no: str) -> Entered:
        """Enter a certificate again, or give its file to one that was not printed yet when the backup was made.

        Raises:
            FileNotOurs, FileAltered, KeyNotTrusted, FileCarriesNothing: what the file lacks.
            UnknownHolder: nobody has the number `person_no`.
            NumberTaken: the register knows another certificate, or other bytes, under this number or code.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        finding, file = await self._examine(content)
        paper = SignedPaper(content=content, sha256=finding.sha256, signed_at=file.signed_at)
        async with self._unit_of_work() as uow:
            if await uow.entering.is_key_doubtful(file.key.fingerprint):
                raise KeyNotTrusted
            person_id = await uow.entering.find_person_id(person_no)
            if person_id is None:
                raise UnknownHolder(person_no)
            known = await uow.entering.find_known(file.order.number, file.order.code)
            if known is not None and known.sha256 == paper.sha256:
                return _entered(file, Entering.THERE_ALREADY)
            if known is None:
                known, result = await _add(uow, file, person_id, now), Entering.ENTERED
            else:
                result = Entering.COMPLETED
                _require_same(known, file, person_id)
            await uow.entering.attach(known.id, paper, file.key)
            what = chain.entered_again(_issued(known), _signed(file, paper))
            await uow.register.append(RegisterEvent.ENTERED_AGAIN, known.number, known.salt, what, now)
            await uow.outbox.release(subject_of(known.id), now)
            details = {"number": known.number, "result": result.value}
            await uow.audit.add(actor, Act.CERTIFICATE_ENTERED_AGAIN, f"person:{person_id}", now, **details)
            await uow.commit()
        return _entered(file, result)

    async def _examine(self, content: bytes) -> tuple[FileFinding, OwnFile]:
        async with self._unit_of_work() as uow:
            authorities = sorted({*await uow.certificates.list_authorities(), *self._authorities})
        finding = await self._inspector.inspect(content, authorities)
        if not finding.readable or not finding.signed_by_us:
            raise FileNotOurs
        if not finding.unchanged:
            raise FileAltered
        if not finding.key_valid_then:
            raise KeyNotTrusted
        file = self._reader.read(content, authorities)
        if file is None or not _NUMBER.fullmatch(file.order.number):
            raise FileCarriesNothing
        return finding, file


async def _add(uow: EnteringUnitOfWork, file: OwnFile, person_id: int, now: datetime) -> Known:
    """Write the certificate anew; what it replaced, as far as that is known, is replaced."""
    order = file.order
    replaced = await uow.entering.find_known(order.replaces.number, "") if order.replaces else None
    if replaced is not None and replaced.replaced:
        replaced = None
    certificate = _lost(file, person_id, replaced)
    await uow.fence.reach(certificate.year, certificate.serial)
    certificate_id = await uow.entering.add(certificate, now)
    if replaced is not None and await uow.entering.mark_replaced(replaced.id, now):
        await uow.reports.move_open(replaced.id, certificate_id)
        by = chain.superseded(order.number)
        await uow.register.append(RegisterEvent.SUPERSEDED, replaced.number, replaced.salt, by, now)
    return Known(
        id=certificate_id,
        number=certificate.number,
        code=certificate.code,
        kind=certificate.kind,
        language=certificate.language.value,
        person_id=person_id,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        facts=certificate.facts,
        paper=certificate.paper,
        salt=certificate.salt,
        sha256=None,
        replaces=replaced.number if replaced else None,
        replaced=False,
    )


def _lost(file: OwnFile, person_id: int, replaced: Known | None) -> NewCertificate:
    """Return the certificate as it was, but for its paper: it is not printed any more."""
    order = file.order
    year, serial = map(int, order.number.split("-"))
    return NewCertificate(
        year=year,
        serial=serial,
        number=order.number,
        code=order.code,
        kind=order.kind,
        language=order.language,
        person_id=person_id,
        issued_on=order.issued_on,
        issued_at=file.signed_at,
        valid_until=order.valid_until,
        facts=order.facts,
        facts_digest=facts_digest(order.facts),
        salt=new_salt(),
        replaces_id=replaced.id if replaced else None,
        paper={},
    )


def _require_same(known: Known, file: OwnFile, person_id: int) -> None:
    """Refuse unless the register's certificate is the file's and only waits to be printed."""
    order = file.order
    has = (known.number, known.code, known.kind, known.language, known.issued_on, known.valid_until, known.person_id)
    says = (order.number, order.code, order.kind, order.language, order.issued_on, order.valid_until, person_id)
    if has != says or dict(known.facts) != dict(order.facts) or known.sha256 is not None or known.salt is None:
        raise NumberTaken(order.number)


def _issued(known: Known) -> IssuedFacts:
    return IssuedFacts(
        number=known.number,
        code=known.code,
        kind=known.kind,
        language=known.language,
        issued_on=known.issued_on,
        valid_until=known.valid_until,
        facts=dict(known.facts),
        paper=dict(known.paper),
        replaces=known.replaces,
    )


def _signed(file: OwnFile, paper: SignedPaper) -> SignedFacts:
    return SignedFacts(sha256=paper.sha256, key_fingerprint=file.key.fingerprint, signed_at=paper.signed_at)


def _entered(file: OwnFile, result: Entering) -> Entered:
    return Entered(number=file.order.number, result=result, name=file.order.facts.get("name", ""))
