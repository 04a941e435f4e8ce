"""Auditing the register, and erasing people from it."""

from dataclasses import dataclass, field

from services.access import Actor, Role
from services.audit.dto import Act
from services.ports import Clock, Factory
from services.register.dto import AuditReport, Erasure, Fault, FaultKind, RegisterEntry, RegisterEvent, Tail
from services.register.errors import NobodyToErase, NoSuchHead
from services.register.ports import RegisterUnitOfWork
from services.register.rules import EMPTY, erased, faults_of_chain, faults_of_content, faults_of_course

_PIECE = 500
_TOLD = 20
_BEFORE_ALL = -(2**63)


@dataclass(slots=True)
class _Found:
    """Faults: the first ones, and how many there are."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, *faults: Fault) -> None:
        self.count += len(faults)
        self.first += faults[: _TOLD - len(self.first)]


class RegisterService:
    """The register as a whole. An audit wants a unit of work that sees one moment (`repeatable read`)."""

    def __init__(self, unit_of_work: Factory[RegisterUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def audit(self, actor: Actor) -> AuditReport:
        """Hold the chain against itself, the certificates, their files and the heads of the days."""
        actor.require(Role.ADMIN)
        found = _Found()
        async with self._unit_of_work() as uow:
            entries, tail = await _walk_chain(uow, found)
            certificates = await _walk_certificates(uow, found)
            heads = await uow.register.list_heads()
            for head in heads:
                if head.kept != head.hash:
                    found.add(Fault(kind=FaultKind.HEAD, seq=head.seq, day=head.day))
        return AuditReport(
            entries=entries,
            certificates=certificates,
            heads=len(heads),
            tail=tail,
            faults=tuple(found.first),
            fault_count=found.count,
        )

    async def find_head(self, actor: Actor, text: str) -> RegisterEntry | None:
        """Return the entry of the chain that has the hash, as it was published; None if there is none.

        Raises:
            NoSuchHead: the text is no hash.
        """
        actor.require(Role.ADMIN)
        digest = _read_hash(text)
        async with self._unit_of_work() as uow:
            return await uow.register.find_by_hash(digest)

    async def erase(self, actor: Actor, person_no: str) -> Erasure:
        """Delete what certificates, requests and reports say of a person. The chain goes on holding.

        Of certificates facts, salt, paper and file go, and the numbers stay; receipts and documents go too. The roster
        is another matter: it comes from the university's own system.

        Raises:
            NobodyToErase: nobody in the roster has the number.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            found = await uow.register.find_certificates_of(person_no)
            if found is None:
                raise NobodyToErase(person_no)
            person_id, certificate_ids = found
            numbers = await uow.register.erase(certificate_ids, now)
            for number in numbers:
                await uow.register.append(RegisterEvent.ERASED, number, None, erased(number), now)
            wishes = await uow.register.erase_wishes(person_id, now)
            await uow.audit.add(
                actor, Act.CERTIFICATES_ERASED, f"person:{person_id}", now, numbers=list(numbers), wishes=wishes
            )
            await uow.commit()
        return Erasure(numbers=tuple(numbers), wishes=wishes)


async def _walk_chain(uow: RegisterUnitOfWork, found: _Found) -> tuple[int, Tail]:
    count, after, tail = 0, _BEFORE_ALL, EMPTY
    while piece := await uow.register.list_entries(after, _PIECE):
        for entry, certificate in piece:
            found.add(*faults_of_chain(entry, tail), *faults_of_content(entry, certificate))
            after, tail = entry.seq, Tail(seq=entry.seq, hash=entry.hash)
        count += len(piece)
    return count, tail


async def _walk_certificates(uow: RegisterUnitOfWork, found: _Found) -> int:
    count, after = 0, _BEFORE_ALL
    while piece := await uow.register.list_courses(after, _PIECE):
        for course in piece:
            found.add(*faults_of_course(course))
        count, after = count + len(piece), piece[-1].id
    return count


def _read_hash(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text.strip())
    except ValueError:
        digest = b""
    if len(digest) != len(EMPTY.hash):
        raise NoSuchHead(text)
    return digest
