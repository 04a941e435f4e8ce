"""Asking for certificates that a desk decides about, and following what was asked for."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from services.access import Actor, NotLinked
from services.attachments import LARGEST_MEGABYTES, type_of
from services.certificates.dto import CertificateKind, Source
from services.certificates.errors import AnswersMissing, IssuingHalted
from services.certificates.rules import Profile
from services.delivery.dto import NoticeKind
from services.languages import Language
from services.ports import Bell, Factory
from services.requests.dto import (
    CertificateRequest,
    MyRequest,
    NewRequest,
    RequestPlan,
    RequestState,
)
from services.requests.errors import (
    AskedAlready,
    FactNotAsked,
    IssuedAtOnce,
    NoSuchRequest,
    NotAtThisStage,
    ReceiptUnreadable,
    RequestClosed,
    TooManyRequests,
    WordsUnreadable,
)
from services.requests.notices import about
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import (
    LONGEST_WORDS,
    MOST_OPEN,
    is_at_once,
    questions,
    readable,
    tidied,
    unanswered,
    who_sits,
)


class RequestService:
    """Requests as students and employees make them."""

    def __init__(
        self,
        unit_of_work: Factory[RequestsUnitOfWork],
        paperwork: Paperwork,
        outbox_bell: Bell,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._outbox_bell = outbox_bell
        self._administrators = frozenset(administrators)

    async def list_promises(self, actor: Actor, kinds: Iterable[CertificateKind]) -> dict[str, date]:
        """Return until when a desk would answer, by the id of the kind; nothing for what is issued at once or paid."""
        actor.require_person()
        awaited = [kind for kind in kinds if not is_at_once(kind) and not kind.fee]
        return {kind.id: await self._paperwork.promise(kind) for kind in awaited}

    async def begin(
        self, actor: Actor, kind_id: str, language: Language, given: Mapping[str, str] | None = None
    ) -> RequestPlan:
        """Return what is asked, and until when who answers; refuse at once what the roster lacks.

        `given`: answers so far; one may make a further question needed, or needless.
        """
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
            if is_at_once(self._paperwork.drafting.get_kind(kind_id)) and await uow.certificates.is_issuing_halted():
                raise IssuingHalted
        return await self._plan(profile, kind_id, language, given or {})

    async def read_asked(
        self, actor: Actor, kind_id: str, language: Language, *, fact: str, text: str, given: Mapping[str, str]
    ) -> RequestPlan:
        """Read a typed answer beside those before it, or refuse it; return the plan with it."""
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        if fact not in {rule.name for rule in kind.facts_from(Source.ASKED)}:
            raise FactNotAsked
        facts = {**self._paperwork.known(profile, kind, language), **given}
        value = self._paperwork.read(kind, fact, text, facts)
        return await self._plan(profile, kind_id, language, {**given, fact: value})

    async def submit(
        self, actor: Actor, kind_id: str, language: Language, *, given: Mapping[str, str], screen: str
    ) -> MyRequest:
        """Ask for a certificate; a screen asks for the same once while it is open.

        Without a fee its clock begins to run now.
        """
        kind = self._paperwork.drafting.get_kind(kind_id)
        if is_at_once(kind):
            raise IssuedAtOnce(kind)
        promised_on = None if kind.fee else await self._paperwork.promise(kind)
        async with self._unit_of_work() as uow:
            profile = await _get_profile(uow, actor)
            await uow.requests.lock_person(profile.person_id)
            asked = self._examine(profile, kind_id, language, given)
            same, occasion = await _find_same(uow, f"asked:{actor.account_id}:{screen}", kind_id, language, asked)
            if same is not None:
                return await shown(uow, self._paperwork, same)
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
                    occasion=occasion,
                    asked=asked,
                    created_at=now,
                    queued_at=None if kind.fee else now,
                    promised_on=promised_on,
                )
            )
            mine = await shown(
                uow, self._paperwork, _found(await uow.requests.find(request_id or 0), profile.person_id)
            )
            await uow.commit()
        return mine

    async def get_mine(self, actor: Actor, request_id: int) -> MyRequest:
        """Return a request of the actor's."""
        person = actor.require_person()
        async with self._unit_of_work() as uow:
            return await shown(uow, self._paperwork, _found(await uow.requests.find(request_id), person.id))

    async def withdraw(self, actor: Actor, request_id: int) -> MyRequest:
        """Take back a request that is not decided."""
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            await uow.requests.change(
                request, state=RequestState.WITHDRAWN, taken_by=None, decided_at=self._paperwork.now()
            )
            mine = await shown(uow, self._paperwork, await _again(uow, request))
            await uow.commit()
        return mine

    async def answer(self, actor: Actor, request_id: int, text: str) -> MyRequest:
        """Answer the desk's question; the request goes back to its old place, or to who holds it, who is told.

        Whoever held it and does not sit at the desk any more has it no longer.
        """
        words = readable(text)
        if words is None:
            raise WordsUnreadable(LONGEST_WORDS)
        now = self._paperwork.now()
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            if request.state is not RequestState.ASKED:
                raise NotAtThisStage(request.state)
            if request.taken_by is not None and await self._sits(uow, request.taken_by, request.desk):
                await uow.requests.change(request, state=RequestState.TAKEN, answer=words)
            else:
                await uow.requests.change(
                    request, state=RequestState.WAITING, answer=words, taken_by=None, taken_at=None
                )
            request = await _again(uow, request)
            if request.taken_by is not None:
                await uow.outbox.add(about(request, NoticeKind.REQUEST_ANSWERED, request.taken_by, now), now)
            mine = await shown(uow, self._paperwork, request)
            await uow.commit()
        self._outbox_bell.ring()
        return mine

    async def send_receipt(self, actor: Actor, request_id: int, content: bytes) -> MyRequest:
        """Keep the receipt of a fee (JPEG, PNG or PDF), in place of the one before; the desk will look at it."""
        mime = type_of(content)
        if mime is None:
            raise ReceiptUnreadable(LARGEST_MEGABYTES)
        async with self._unit_of_work() as uow:
            request = await _lock_mine(uow, actor, request_id)
            if request.state is not RequestState.UNPAID:
                raise NotAtThisStage(request.state)
            file_id = await uow.files.keep(content, mime, self._paperwork.now())
            await uow.requests.change(request, receipt_file_id=file_id, receipt_refusal=None)
            mine = await shown(uow, self._paperwork, await _again(uow, request))
            await uow.commit()
        return mine

    async def _sits(self, uow: RequestsUnitOfWork, account_id: int, desk: str) -> bool:
        officials = await uow.request_queue.list_officials(self._paperwork.today(), self._administrators)
        return account_id in who_sits(desk, officials)

    async def _plan(self, profile: Profile, kind_id: str, language: Language, given: Mapping[str, str]) -> RequestPlan:
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        self._paperwork.drafting.require_roster_facts(profile, kind, language)
        known, at_once = self._paperwork.known(profile, kind, language), is_at_once(kind)
        kept = tidied(kind, given, known)
        return RequestPlan(
            kind=kind,
            language=language,
            name=known.get("name", ""),
            given=kept,
            questions=questions(kind, {**known, **kept}),
            at_once=at_once,
            promised_on=None if at_once or kind.fee else await self._paperwork.promise(kind),
            fee=kind.fee,
        )

    def _examine(self, profile: Profile, kind_id: str, language: Language, given: Mapping[str, str]) -> dict[str, str]:
        """Return the answers as they are kept; refuse what cannot be asked for, and answers that are missing."""
        kind = self._paperwork.drafting.require_offered(profile, kind_id, language)
        self._paperwork.drafting.require_roster_facts(profile, kind, language)
        known = self._paperwork.known(profile, kind, language)
        asked = tidied(kind, self._paperwork.read_again(kind, given), known)
        if missing := unanswered(kind, {**known, **asked}, Source.ASKED):
            raise AnswersMissing(kind, missing)
        return asked


async def _find_same(
    uow: RequestsUnitOfWork, screen: str, kind_id: str, language: Language, asked: Mapping[str, str]
) -> tuple[CertificateRequest | None, str]:
    """Return what a screen asked for already, if that is the very same and open, and the occasion to ask at.

    One message shows one screen after the other: it may ask for something else, or anew for what was withdrawn.
    """
    occasion = screen
    while (earlier := await uow.requests.find_by_occasion(occasion)) is not None:
        if earlier.decided_at is None and _is_same(earlier, kind_id, language, asked):
            return earlier, occasion
        occasion = f"{screen}:{earlier.id}"
    return None, occasion


def _is_same(request: CertificateRequest, kind_id: str, language: Language, asked: Mapping[str, str]) -> bool:
    return (request.kind, request.language, request.asked) == (kind_id, language, asked)


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


def _refuse_too_many(
    open_: list[CertificateRequest], kind: CertificateKind, language: Language, asked: Mapping[str, str]
) -> None:
    for one in open_:
        if _is_same(one, kind.id, language, asked):
            raise AskedAlready(one.id)
    if len(open_) >= MOST_OPEN:
        raise TooManyRequests(MOST_OPEN)


async def shown(uow: RequestsUnitOfWork, paperwork: Paperwork, request: CertificateRequest) -> MyRequest:
    """Return a request as its person sees it, with its place in the queue while it waits."""
    place = None
    if request.state is RequestState.WAITING:
        place = 1 + await uow.requests.count_before(request)
    return MyRequest(request=request, kind=paperwork.find_kind(request.kind), place=place)
