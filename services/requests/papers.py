"""What somebody asked for and was issued, in one list; the file again, and copies on paper."""

from datetime import datetime

from services.access import Actor
from services.certificates.notices import document
from services.certificates.register import RegisterStatus
from services.delivery.dto import Urgency
from services.ports import Bell, Factory
from services.requests.dto import (
    CertificateRequest,
    MyCertificate,
    MyPapers,
    NewRequest,
    PaperCopy,
    RequestState,
)
from services.requests.errors import NoCopyOfThis, NoSuchRequest
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import PAGE
from services.requests.service import shown

_MOST_SHOWN = 200  # certificates and decided requests of one person


class PapersService:
    """Requests and certificates of one person."""

    def __init__(
        self, unit_of_work: Factory[RequestsUnitOfWork], paperwork: Paperwork, print_bell: Bell, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def list_mine(self, actor: Actor, page: int = 0) -> MyPapers:
        """Return a page of what the actor asked for and was issued; a page behind the last is the last one."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            open_ = await uow.requests.list_open(person.id)
            ended = await uow.requests.list_decided(person.id, _MOST_SHOWN)
            certificates = await uow.requests.list_certificates(person.id, _MOST_SHOWN)
            every: list[CertificateRequest | MyCertificate] = [*open_]
            every += sorted([*ended, *certificates], key=_age, reverse=True)
            pages = max(1, -(-len(every) // PAGE))
            page = min(max(page, 0), pages - 1)
            part = every[page * PAGE : (page + 1) * PAGE]
            requests = [await shown(uow, self._paperwork, one) for one in part if isinstance(one, CertificateRequest)]
        return MyPapers(
            requests=tuple(requests),
            certificates=tuple(one for one in part if isinstance(one, MyCertificate)),
            kind_names={kind.id: kind.name for kind in self._paperwork.drafting.kinds.values()},
            page=page,
            pages=pages,
        )

    async def get_my_certificate(self, actor: Actor, certificate_id: int) -> MyCertificate:
        """Return a certificate of the actor's."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            found = await uow.requests.find_certificate(certificate_id, person.id)
        if found is None:
            raise NoSuchRequest
        return found

    async def want_paper_copy(self, actor: Actor, certificate_id: int) -> MyCertificate:
        """Ask the desk for a copy on paper of a certificate; wanting it twice changes nothing."""
        person, now = actor.require_person(), self._paperwork.now()
        async with self._unit_of_work() as uow:
            await uow.requests.lock_person(person.id)
            certificate = in_force(await uow.requests.find_certificate(certificate_id, person.id))
            request = await uow.requests.find_by_certificate(certificate_id)
            if request is None:
                await uow.requests.add(self._copy_of(certificate, actor, person.id, now))
            elif request.paper_copy is PaperCopy.NONE:
                await uow.requests.change(request, paper_copy=PaperCopy.WANTED, paper_copy_at=now)
            wanted = in_force(await uow.requests.find_certificate(certificate_id, person.id))
            await uow.commit()
        return wanted

    async def send_file_again(self, actor: Actor, certificate_id: int, *, screen: str) -> MyCertificate:
        """Send the document once more; what could not be printed is tried anew."""
        person, now = actor.require_person(), self._paperwork.now()
        async with self._unit_of_work() as uow:
            certificate = in_force(await uow.requests.find_certificate(certificate_id, person.id))
            if certificate.failed:
                await uow.certificates.print_again(certificate_id)
            due_at = now if certificate.printed else None
            if actor.account_id is not None:
                occasion = f"again:{screen}"
                notice = document(certificate_id, actor.account_id, occasion, due_at=due_at, urgency=Urgency.ANSWER)
                await uow.outbox.add(notice, now)
            await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return certificate

    def _copy_of(self, certificate: MyCertificate, actor: Actor, person_id: int, now: datetime) -> NewRequest:
        """Return the entry under which a desk finds the wish for a copy of what was issued without a request."""
        kind = self._paperwork.drafting.get_kind(certificate.kind)
        return NewRequest(
            person_id=person_id,
            account_id=actor.account_id or 0,
            kind=kind.id,
            language=certificate.language,
            desk=kind.desk,
            state=RequestState.APPROVED,
            occasion=f"copy:{certificate.id}",
            asked={},
            created_at=now,
            certificate_id=certificate.id,
            paper_copy=PaperCopy.WANTED,
        )


def in_force(certificate: MyCertificate | None) -> MyCertificate:
    """Return a certificate that still confirms something; refuse any other."""
    if certificate is None:
        raise NoSuchRequest
    if certificate.status is not RegisterStatus.ISSUED:
        raise NoCopyOfThis
    return certificate


def _age(one: CertificateRequest | MyCertificate) -> tuple[str, int]:
    day = one.issued_on if isinstance(one, MyCertificate) else one.created_at.date()
    return day.isoformat(), one.id
