"""Deciding about a request in the caller's transaction: by a tap, for many at once, from a spreadsheet."""

from collections.abc import Mapping

from services.access import Actor
from services.audit.dto import Act
from services.certificates.desks import may_sit, require_any_desk
from services.certificates.drafting import Draft
from services.certificates.dto import CertificateKind, Source
from services.certificates.issuing import Issuer
from services.certificates.notices import document
from services.certificates.rules import Profile, facts_digest
from services.delivery.dto import NoticeKind, Urgency
from services.requests.dto import Approved, CertificateRequest, DeskFact, RequestOnDesk, RequestState
from services.requests.errors import (
    AnotherDesk,
    FactNotAsked,
    HeldByAnother,
    NoSuchRequest,
    NotAtThisStage,
    NotForPerson,
    NotHeld,
    RequestChanged,
    RequestClosed,
    SameIssuedToday,
    WordsUnreadable,
)
from services.requests.notices import about
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import LONGEST_WORDS, OPEN_STATES, QUEUED_STATES, WORKABLE_STATES, readable, tidied

_ENTERED = frozenset({Source.DESK, Source.ASKED})


class Deciding:
    """What officials do with one request. Every method checks the right, the stage and who holds the request."""

    def __init__(self, paperwork: Paperwork, issuer: Issuer) -> None:
        self._paperwork = paperwork
        self._issuer = issuer

    async def find(self, uow: RequestsUnitOfWork, actor: Actor, request_id: int) -> CertificateRequest:
        """Return a request of a desk at which the actor sits."""
        require_any_desk(actor)
        return _at_desk(await uow.requests.find(request_id), actor)

    async def lock(
        self, uow: RequestsUnitOfWork, actor: Actor, request_id: int, version: int | None = None
    ) -> CertificateRequest:
        """Lock an open request of a desk at which the actor sits; with a version, as it was shown."""
        require_any_desk(actor)
        request = _at_desk(await uow.requests.lock(request_id), actor)
        if request.state not in OPEN_STATES:
            raise RequestClosed(request.state)
        if version is not None and request.version != version:
            raise RequestChanged
        return request

    async def lock_to_decide(
        self, uow: RequestsUnitOfWork, actor: Actor, request_id: int, version: int | None = None
    ) -> CertificateRequest:
        """Lock a request that is in the actor's hand or in nobody's, to decide about it."""
        request = await self.lock(uow, actor, request_id, version)
        if request.taken_by not in {None, actor.account_id}:
            raise HeldByAnother(request.holder)
        if request.state not in QUEUED_STATES:
            raise NotAtThisStage(request.state)
        return request

    async def enter(
        self, uow: RequestsUnitOfWork, request: CertificateRequest, typed: Mapping[str, str]
    ) -> CertificateRequest:
        """Read typed facts into a request; an empty text takes a fact away. Facts that lose their place go, too."""
        profile, kind = await self.examine(uow, request)
        known, entered = self._paperwork.known(profile, kind, request.language), dict(request.entered)
        for name, text in typed.items():
            rule = kind.fact(name)
            if rule is None or rule.source not in _ENTERED:
                raise FactNotAsked
            if text.strip():
                facts = {**known, **request.asked, **entered}
                entered[name] = self._paperwork.read(kind, name, text, facts)
            else:
                entered.pop(name, None)
        given = tidied(kind, {**request.asked, **entered}, known)
        kept = {name: value for name, value in entered.items() if name in given}
        return await _change(uow, request, entered=kept)

    async def approve(self, uow: RequestsUnitOfWork, actor: Actor, request: CertificateRequest) -> Approved:
        """Issue the certificate of a request that may be decided, and leave it for its person."""
        if request.state not in WORKABLE_STATES:
            raise NotAtThisStage(request.state)
        draft = self._paperwork.draft(await uow.certificates.find_profile(request.person_id), request)
        issued = await self._issuer.issue(uow, draft)
        if issued is None:
            raise SameIssuedToday(await _number_of_today(uow, draft))
        decided = {"decided_at": draft.moment, "decided_by": actor.account_id, "certificate_id": issued.id}
        await _change(uow, request, state=RequestState.APPROVED, **decided)
        await self._note(uow, actor, Act.CERTIFICATE_APPROVED, request, certificate=issued.id)
        account = await uow.requests.find_account_of(request.person_id)
        if account is not None:
            occasion = f"request:{request.id}"
            notice = document(issued.id, account, occasion, due_at=None, urgency=Urgency.ANSWER)
            await uow.outbox.add(notice, draft.moment)
        return Approved(request_id=request.id, desk=request.desk, certificate_id=issued.id, number=issued.number)

    async def refuse(
        self, uow: RequestsUnitOfWork, actor: Actor, request: CertificateRequest, reason: str
    ) -> CertificateRequest:
        """Refuse with words of one's own, which the person is told."""
        words = readable(reason)
        if words is None:
            raise WordsUnreadable(LONGEST_WORDS)
        now = self._paperwork.now()
        request = await _change(
            uow, request, state=RequestState.REFUSED, refusal=words, decided_at=now, decided_by=actor.account_id
        )
        await self._note(uow, actor, Act.CERTIFICATE_REFUSED, request)
        await self.tell(uow, request, NoticeKind.REQUEST_REFUSED)
        return request

    async def ask(
        self, uow: RequestsUnitOfWork, actor: Actor, request: CertificateRequest, question: str
    ) -> CertificateRequest:
        """Give a request back to its person with a question; its clock runs on."""
        words = readable(question)
        if words is None:
            raise WordsUnreadable(LONGEST_WORDS)
        request = await _change(uow, request, state=RequestState.ASKED, question=words, answer=None)
        await self._note(uow, actor, Act.CERTIFICATE_QUESTION_ASKED, request)
        await self.tell(uow, request, NoticeKind.REQUEST_ASKED)
        return request

    async def tell(self, uow: RequestsUnitOfWork, request: CertificateRequest, kind: NoticeKind) -> None:
        """Tell the person of a request what became of it, if they have an account."""
        account, now = await uow.requests.find_account_of(request.person_id), self._paperwork.now()
        if account is not None:
            await uow.outbox.add(about(request, kind, account, now), now)

    async def change(
        self, uow: RequestsUnitOfWork, actor: Actor, act: Act, request: CertificateRequest, **values: object
    ) -> CertificateRequest:
        """Write columns of a request, and that it was done."""
        request = await _change(uow, request, **values)
        await self._note(uow, actor, act, request)
        return request

    async def examine(self, uow: RequestsUnitOfWork, request: CertificateRequest) -> tuple[Profile, CertificateKind]:
        """Return the person and the kind; refuse where one of them is gone."""
        profile = await uow.certificates.find_profile(request.person_id)
        kind = self._paperwork.find_kind(request.kind)
        if profile is None or kind is None:
            raise NotForPerson(kind)
        return profile, kind

    async def show(self, uow: RequestsUnitOfWork, actor: Actor, request: CertificateRequest) -> RequestOnDesk:
        """Put together what a desk sees of a request: what its kind needs of its person, and no more."""
        profile = await uow.certificates.find_profile(request.person_id)
        kind = self._paperwork.find_kind(request.kind)
        facts: tuple[DeskFact, ...] = ()
        lacking: tuple[str, ...] = ()
        if kind is not None and profile is not None:
            values = self._paperwork.facts_of(profile, kind, request)
            facts = tuple(DeskFact(rule=rule, value=values.get(rule.name, "")) for rule in kind.facts)
            lacking = self._paperwork.lacking(profile, kind, request)
        person = await uow.requests.get_person(request.person_id)
        return RequestOnDesk(
            request=request,
            kind=kind,
            person_name=person.full_name,
            person_no=person.person_no,
            facts=facts,
            lacking=lacking,
            mine=actor.account_id is not None and request.taken_by == actor.account_id,
            today=self._paperwork.today(),
            receipts_alike=await uow.request_queue.count_receipts_alike(request),
        )

    async def _note(
        self, uow: RequestsUnitOfWork, actor: Actor, act: Act, request: CertificateRequest, **details: object
    ) -> None:
        subject = f"person:{request.person_id}"
        await uow.audit.add(actor, act, subject, self._paperwork.now(), request=request.id, **details)


def held(request: CertificateRequest, actor: Actor) -> CertificateRequest:
    """Return a request that the actor works on; refuse any other."""
    if request.taken_by not in {None, actor.account_id}:
        raise HeldByAnother(request.holder)
    if request.state is not RequestState.TAKEN:
        raise NotHeld
    return request


def _at_desk(request: CertificateRequest | None, actor: Actor) -> CertificateRequest:
    if request is None:
        raise NoSuchRequest
    if not may_sit(actor, request.desk):
        raise AnotherDesk
    return request


async def _change(uow: RequestsUnitOfWork, request: CertificateRequest, **values: object) -> CertificateRequest:
    if not await uow.requests.change(request, **values):
        raise RequestChanged
    changed = await uow.requests.find(request.id)
    if changed is None:
        raise NoSuchRequest
    return changed


async def _number_of_today(uow: RequestsUnitOfWork, draft: Draft) -> str:
    wanted = (draft.profile.person_id, draft.kind.id, draft.language, draft.day, facts_digest(draft.facts))
    same = await uow.certificates.find_same_day(*wanted, lock=False)
    return same.number if same else ""
