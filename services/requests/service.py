"""Asking for certificates that a desk decides about, and following what was asked for."""

from collections.abc import Mapping
from datetime import datetime

from services.access import Actor, NotLinked
from services.certificates.dto import CertificateKind, Source
from services.certificates.register import RegisterStatus
from services.certificates.rules import Profile
from services.delivery.dto import NoticeKind
from services.languages import Language
from services.ports import Bell, Factory
from services.requests.dto import (
    CertificateRequest,
    MyCertificate,
    MyPapers,
    MyRequest,
    NewRequest,
    PaperCopy,
    RequestPlan,
    RequestState,
)
from services.requests.errors import (
    AskedAlready,
    FactNotAsked,
    FactsNotGiven,
    NoCopyOfThis,
    NoSuchRequest,
    NotAtThisStage,
    ReceiptUnreadable,
    RequestClosed,
    TooManyRequests,
    WordsUnreadable,
)
from services.requests.notices import about, document
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import (
    LONGEST_WORDS,
    MOST_OPEN,
    PAGE,
    RECEIPT_MEGABYTES,
    is_at_once,
    questions,
    readable,
    tidied,
    type_of_receipt,
    unanswered,
)

_MOST_SHOWN = 200  # certificates and decided requests of one person


class RequestService:
    """Requests as students and employees make them."""

    def __init__(
        self, unit_of_work: Factory[RequestsUnitOfWork], paperwork: Paperwork, print_bell: Bell, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def begin(
        self, actor: Actor, kind_id: str, language: Language, given: Mapping[str, str] | None = None
    ) -> RequestPlan:
        """Return what is asked, and until when who answers; refuse at once what the roster lacks.

        `given`: answers so far; one may make a further question needed, or needless.
        """
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        self._paperwork.drafting.require_roster_facts(profile, kind, language)
        known, at_once = self._paperwork.known(profile, kind, language), is_at_once(kind)
        return RequestPlan(
            kind=kind,
            language=language,
            name=known.get("name", ""),
            questions=questions(kind, {**known, **(given or {})}),
            at_once=at_once,
            promised_on=None if at_once or kind.fee else await self._paperwork.promise(kind),
            fee=kind.fee,
        )

    async def read_asked(
        self, actor: Actor, kind_id: str, language: Language, *, fact: str, text: str, given: Mapping[str, str]
    ) -> str:
        """Return a typed answer as it is kept, or refuse it. `given`: the answers before it."""
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        facts = {**self._paperwork.known(profile, kind, language), **given}
        if fact not in {rule.name for rule in kind.facts_from(Source.ASKED)}:
            raise FactNotAsked
        return self._paperwork.read(kind, fact, text, facts)

    async def submit(
        self, actor: Actor, kind_id: str, language: Language, *, given: Mapping[str, str], screen: str
    ) -> MyRequest:
        """Ask for a certificate; the same screen asks once. Without a fee its clock begins to run now."""
        kind = self._paperwork.drafting.get_kind(kind_id)
        promised_on = None if kind.fee else await self._paperwork.promise(kind)
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
            await uow.requests.lock_person(profile.person_id)
            same = await uow.requests.find_by_occasion(_occasion(actor, screen))
            if same is not None:
                return await self._shown(uow, same)
            asked = self._examine(profile, kind_id, language, given)
            _refuse_too_many(await uow.requests.list_open(profile.person_id), kind, language, asked)
            now = self._paperwork.now()
            request_id = await uow.requests.add(
                NewRequest(
                    person_id=profile.person_id,
                    account_id=actor.account_id or 0,
                    kind=kind.id,
                    language=language,
                    desk=kind.desk,
                    state=RequestState.UNPAID if kind.fee else RequestState.WAITING,
                    occasion=_occasion(actor, screen),
                    asked=asked,
                    created_at=now,
                    queued_at=None if kind.fee else now,
                    promised_on=promised_on,
                )
            )
            shown = await self._shown(uow, _found(await uow.requests.find(request_id or 0), profile.person_id))
            await uow.commit()
        return shown

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
            shown = every[page * PAGE : (page + 1) * PAGE]
            requests = [await self._shown(uow, one) for one in shown if isinstance(one, CertificateRequest)]
        return MyPapers(
            requests=tuple(requests),
            certificates=tuple(one for one in shown if isinstance(one, MyCertificate)),
            page=page,
            pages=pages,
        )

    async def get_mine(self, actor: Actor, request_id: int) -> MyRequest:
        """Return a request of the actor's."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            return await self._shown(uow, _found(await uow.requests.find(request_id), person.id))

    async def get_my_certificate(self, actor: Actor, certificate_id: int) -> MyCertificate:
        """Return a certificate of the actor's."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            found = await uow.requests.find_certificate(certificate_id, person.id)
        if found is None:
            raise NoSuchRequest
        return found

    async def withdraw(self, actor: Actor, request_id: int) -> MyRequest:
        """Take back a request that is not decided."""
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            await uow.requests.change(
                request, state=RequestState.WITHDRAWN, taken_by=None, decided_at=self._paperwork.now()
            )
            shown = await self._shown(uow, await _again(uow, request))
            await uow.commit()
        return shown

    async def answer(self, actor: Actor, request_id: int, text: str) -> MyRequest:
        """Answer the desk's question; the request goes back to its old place, or to who holds it, who is told."""
        words = readable(text)
        if words is None:
            raise WordsUnreadable(LONGEST_WORDS)
        now = self._paperwork.now()
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            if request.state is not RequestState.ASKED:
                raise NotAtThisStage(request.state)
            state = RequestState.TAKEN if request.taken_by is not None else RequestState.WAITING
            await uow.requests.change(request, state=state, answer=words)
            request = await _again(uow, request)
            if request.taken_by is not None:
                await uow.outbox.add(about(request, NoticeKind.REQUEST_ANSWERED, request.taken_by, now), now)
            shown = await self._shown(uow, request)
            await uow.commit()
        self._outbox_bell.ring()
        return shown

    async def send_receipt(self, actor: Actor, request_id: int, content: bytes) -> MyRequest:
        """Keep the receipt of a fee (JPEG, PNG or PDF), in place of the one before; the desk will look at it."""
        mime = type_of_receipt(content)
        if mime is None:
            raise ReceiptUnreadable(RECEIPT_MEGABYTES)
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            if request.state is not RequestState.UNPAID:
                raise NotAtThisStage(request.state)
            file_id = await uow.files.keep(content, mime, self._paperwork.now())
            await uow.requests.change(request, receipt_file_id=file_id, receipt_refusal=None)
            shown = await self._shown(uow, await _again(uow, request))
            await uow.commit()
        return shown

    async def want_paper_copy(self, actor: Actor, certificate_id: int) -> MyCertificate:
        """Ask the desk for a copy on paper of a certificate; wanting it twice changes nothing."""
        person, now = actor.require_person(), self._paperwork.now()
        async with self._unit_of_work() as uow:
            await uow.requests.lock_person(person.id)
            certificate = _in_force(await uow.requests.find_certificate(certificate_id, person.id))
            request = await uow.requests.find_by_certificate(certificate_id)
            if request is None:
                await uow.requests.add(self._copy_of(certificate, actor, person.id, now))
            elif request.paper_copy is PaperCopy.NONE:
                await uow.requests.change(request, paper_copy=PaperCopy.WANTED, paper_copy_at=now)
            wanted = _in_force(await uow.requests.find_certificate(certificate_id, person.id))
            await uow.commit()
        return wanted

    async def send_file_again(self, actor: Actor, certificate_id: int, *, screen: str) -> MyCertificate:
        """Send the document once more; what could not be printed is tried anew."""
        person, now = actor.require_person(), self._paperwork.now()
        async with self._unit_of_work() as uow:
            certificate = _in_force(await uow.requests.find_certificate(certificate_id, person.id))
            if certificate.failed:
                await uow.certificates.print_again(certificate_id)
            due_at = now if certificate.printed else None
            if actor.account_id is not None:
                await uow.outbox.add(document(certificate_id, actor.account_id, f"again:{screen}", due_at), now)
            await uow.commit()
        self._print_bell.ring()
        self._outbox_bell.ring()
        return certificate

    def _examine(self, profile: Profile, kind_id: str, language: Language, given: Mapping[str, str]) -> dict[str, str]:
        """Return the answers as they are kept; refuse what cannot be asked for, and answers that are missing."""
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        self._paperwork.drafting.require_roster_facts(profile, kind, language)
        known = self._paperwork.known(profile, kind, language)
        asked = tidied(kind, self._paperwork.read_again(kind, given), known)
        if missing := unanswered(kind, {**known, **asked}, Source.ASKED):
            raise FactsNotGiven(kind, missing)
        return asked

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

    async def _shown(self, uow: RequestsUnitOfWork, request: CertificateRequest) -> MyRequest:
        place = None
        if request.state is RequestState.WAITING:
            place = 1 + await uow.requests.count_before(request)
        return MyRequest(request=request, kind=self._paperwork.find_kind(request.kind), place=place)


def _occasion(actor: Actor, screen: str) -> str:
    return f"asked:{actor.account_id}:{screen}"


async def _get_profile(uow: RequestsUnitOfWork, actor: Actor) -> Profile:
    person = actor.require_person()
    profile = await uow.certificates.find_profile(person.id)
    if profile is None:
        raise NotLinked
    return profile


async def _lock_mine(uow: RequestsUnitOfWork, actor: Actor, request_id: int) -> CertificateRequest:
    """Lock a request of the actor's that is not decided."""
    person = actor.require_person()
    request = _found(await uow.requests.lock(request_id), person.id)
    if request.decided_at is not None:
        raise RequestClosed(request.state)
    return request


async def _again(uow: RequestsUnitOfWork, request: CertificateRequest) -> CertificateRequest:
    return _found(await uow.requests.find(request.id), request.person_id)


def _found(request: CertificateRequest | None, person_id: int) -> CertificateRequest:
    if request is None or request.person_id != person_id:
        raise NoSuchRequest
    return request


def _in_force(certificate: MyCertificate | None) -> MyCertificate:
    if certificate is None:
        raise NoSuchRequest
    if certificate.status is not RegisterStatus.ISSUED:
        raise NoCopyOfThis
    return certificate


def _refuse_too_many(
    open_: list[CertificateRequest], kind: CertificateKind, language: Language, asked: Mapping[str, str]
) -> None:
    for one in open_:
        if (one.kind, one.language, one.asked) == (kind.id, language, asked):
            raise AskedAlready(one.id)
    if len(open_) >= MOST_OPEN:
        raise TooManyRequests(MOST_OPEN)


def _age(one: CertificateRequest | MyCertificate) -> tuple[str, int]:
    day = one.issued_on if isinstance(one, MyCertificate) else one.created_at.date()
    return day.isoformat(), one.id
