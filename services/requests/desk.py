"""The work of a desk: its queue, one request after the other, decisions."""

from collections.abc import AsyncIterator, Sequence

from services.access import Actor
from services.audit.dto import Act
from services.certificates.desks import desks_of, require_any_desk, require_desk
from services.certificates.dto import CertificateKind
from services.certificates.fields import typed_rows
from services.delivery.dto import NoticeKind
from services.errors import Refusal
from services.ports import Bell, Factory
from services.requests.deciding import Deciding, held
from services.requests.dto import (
    Approved,
    BulkEntry,
    BulkOutcome,
    CertificateRequest,
    DeskMorning,
    QueuePage,
    QueueView,
    RequestOnDesk,
    RequestState,
)
from services.requests.errors import DeskUnknown, HeldByAnother, NotAtThisStage, NothingFree
from services.requests.paperwork import Paperwork
from services.requests.ports import PaperPreview, RequestsUnitOfWork
from services.requests.rules import MOST_IN_BULK, PAGE, QUEUED_STATES, WORKABLE_STATES


class DeskService:
    """Requests as officials answer them. Who sits where: `services.certificates.desks`."""

    def __init__(
        self,
        unit_of_work: Factory[RequestsUnitOfWork],
        paperwork: Paperwork,
        deciding: Deciding,
        preview: PaperPreview,
        print_bell: Bell,
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._deciding = deciding
        self._preview = preview
        self._print_bell = print_bell
        self._outbox_bell = outbox_bell

    async def list_desks(self, actor: Actor) -> tuple[DeskMorning, ...]:
        """Return the actor's desks and how they stand, in the order of the university's file."""
        require_any_desk(actor)
        today = self._paperwork.today()
        async with self._unit_of_work() as uow:
            return tuple(
                [
                    DeskMorning(desk=desk, counts=await uow.request_queue.count(desk, actor.account_id, today))
                    for desk in desks_of(actor, self._paperwork.drafting.kinds.values())
                ]
            )

    def list_other_desks(self, actor: Actor, desk: str) -> tuple[CertificateKind, ...]:
        """Return a kind of every other desk to which a request can be handed over; it names the desk."""
        require_desk(actor, desk)
        kinds = {kind.desk: kind for kind in reversed([*self._paperwork.drafting.kinds.values()])}
        kinds.pop(desk, None)
        return tuple(reversed(kinds.values()))

    async def list_queue(self, actor: Actor, desk: str, page: int = 0, view: QueueView = QueueView.OPEN) -> QueuePage:
        """Return a part of a desk's queue by promise and then by age; a page behind the last is the last one."""
        require_desk(actor, desk)
        today, mine = self._paperwork.today(), actor.account_id
        async with self._unit_of_work() as uow:
            counts = await uow.request_queue.count(desk, mine, today)
            place = max(page, 0) * PAGE
            entries, total = await uow.request_queue.list_part(desk, view, mine, today, offset=place, limit=PAGE)
            pages = max(1, -(-total // PAGE))
            if page >= pages:
                page, place = pages - 1, (pages - 1) * PAGE
                entries, _ = await uow.request_queue.list_part(desk, view, mine, today, offset=place, limit=PAGE)
        return QueuePage(
            desk=desk, view=view, entries=tuple(entries), page=max(page, 0), pages=pages, counts=counts, today=today
        )

    async def open(self, actor: Actor, request_id: int) -> RequestOnDesk:
        """Return a request with what its kind needs of its person; that this was looked at is noted."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.find(uow, actor, request_id)
            shown = await self._deciding.show(uow, actor, request)
            subject = f"person:{request.person_id}"
            await uow.audit.add(actor, Act.PERSON_LOOKED_AT, subject, self._paperwork.now(), request=request_id)
            await uow.commit()
        return shown

    async def take(self, actor: Actor, request_id: int) -> RequestOnDesk:
        """Take a request that waits; two never have one."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.find(uow, actor, request_id)
            if not await uow.request_queue.take(request_id, actor.account_id, self._paperwork.now()):
                request = await self._deciding.lock(uow, actor, request_id)
                if request.state is not RequestState.TAKEN:
                    raise NotAtThisStage(request.state)
                if request.taken_by != actor.account_id:
                    raise HeldByAnother(request.holder)
            shown = await self._show(uow, actor, request_id)
            await uow.commit()
        return shown

    async def take_next(self, actor: Actor, desk: str) -> RequestOnDesk:
        """Take the first request that waits, by promise and then by age."""
        require_desk(actor, desk)
        async with self._unit_of_work() as uow:
            request_id = await uow.request_queue.take_next(desk, actor.account_id, self._paperwork.now())
            if request_id is None:
                raise NothingFree
            shown = await self._show(uow, actor, request_id)
            await uow.commit()
        return shown

    async def release(self, actor: Actor, request_id: int, version: int | None = None) -> RequestOnDesk:
        """Give a request back to the queue at its old place; a colleague's too, who may be away."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.lock(uow, actor, request_id, version)
            if request.state not in QUEUED_STATES:
                raise NotAtThisStage(request.state)
            state = RequestState.WAITING if request.state is RequestState.TAKEN else request.state
            await uow.requests.change(request, state=state, taken_by=None, taken_at=None)
            shown = await self._show(uow, actor, request_id)
            await uow.commit()
        return shown

    async def enter(self, actor: Actor, request_id: int, fact: str, text: str) -> RequestOnDesk:
        """Enter a fact as it was typed; an empty text takes it away. Only who holds the request may."""
        async with self._unit_of_work() as uow:
            request = held(await self._deciding.lock(uow, actor, request_id), actor)
            await self._deciding.enter(uow, request, {fact: text})
            shown = await self._show(uow, actor, request_id)
            await uow.commit()
        return shown

    async def add_rows(self, actor: Actor, request_id: int, fact: str, text: str) -> RequestOnDesk:
        """Add typed lines to the end of a table, which may be longer than one message."""
        async with self._unit_of_work() as uow:
            request = held(await self._deciding.lock(uow, actor, request_id), actor)
            lines = typed_rows(request.entered.get(fact, ""))
            await self._deciding.enter(uow, request, {fact: "\n".join([*lines, text])})
            shown = await self._show(uow, actor, request_id)
            await uow.commit()
        return shown

    async def preview(self, actor: Actor, request_id: int) -> Sequence[bytes]:
        """Return the pages of the paper as it would be issued now, as PNG pictures under nobody's number."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.find(uow, actor, request_id)
            draft = self._paperwork.draft(await uow.certificates.find_profile(request.person_id), request)
        return await self._preview.preview(self._paperwork.preview_of(draft))

    async def approve(self, actor: Actor, request_id: int, version: int) -> Approved:
        """Issue the certificate, if the request is still as it was shown; its person is sent it."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.lock_to_decide(uow, actor, request_id, version)
            approved = await self._deciding.approve(uow, actor, request)
            await uow.commit()
        self._ring()
        return approved

    async def refuse(self, actor: Actor, request_id: int, reason: str) -> CertificateRequest:
        """Refuse with a reason, which the person is told."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.lock_to_decide(uow, actor, request_id)
            refused = await self._deciding.refuse(uow, actor, request, reason)
            await uow.commit()
        self._ring()
        return refused

    async def return_with_question(self, actor: Actor, request_id: int, question: str) -> CertificateRequest:
        """Ask the person something; the answer brings the request back, and its clock runs on meanwhile."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.lock_to_decide(uow, actor, request_id)
            if request.state not in WORKABLE_STATES:
                raise NotAtThisStage(request.state)
            asked = await self._deciding.ask(uow, actor, request, question)
            await uow.commit()
        self._ring()
        return asked

    async def hand_over(self, actor: Actor, request_id: int, desk: str) -> CertificateRequest:
        """Give a request to the desk that should answer it; its clock runs on, and its person is told."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.lock_to_decide(uow, actor, request_id)
            if desk == request.desk or desk not in {kind.desk for kind in self._paperwork.drafting.kinds.values()}:
                raise DeskUnknown
            state = RequestState.WAITING if request.state is RequestState.TAKEN else request.state
            request = await self._deciding.change(
                uow, actor, Act.CERTIFICATE_HANDED_OVER, request,
                desk=desk, state=state, taken_by=None, taken_at=None, warned_on=None,
            )  # fmt: skip
            await self._deciding.tell(uow, request, NoticeKind.REQUEST_MOVED)
            await uow.commit()
        self._ring()
        return request

    async def list_for_bulk(self, actor: Actor, desk: str, kind_id: str = "") -> tuple[BulkEntry, ...]:
        """Return what can be approved together, in nobody's hand or the actor's, and why some of it cannot.

        `kind_id`: only requests of this kind.
        """
        require_desk(actor, desk)
        found = []
        async with self._unit_of_work() as uow:
            entries, _ = await uow.request_queue.list_part(
                desk, QueueView.OPEN, actor.account_id, self._paperwork.today(), offset=0, limit=MOST_IN_BULK
            )
            for entry in entries:
                request = entry.request
                free = request.taken_by in {None, actor.account_id} and request.state in WORKABLE_STATES
                if free and kind_id in {"", request.kind}:
                    refusal = await self._why_not(uow, request)
                    found.append(
                        BulkEntry(
                            request_id=request.id,
                            version=request.version,
                            kind=request.kind,
                            person_name=entry.person_name,
                            refusal=refusal,
                        )
                    )
        return tuple(found)

    async def approve_many(self, actor: Actor, requests: Sequence[tuple[int, int]]) -> AsyncIterator[BulkOutcome]:
        """Approve requests (id and version as shown), each in a transaction of its own; tell what became of each."""
        require_any_desk(actor)
        for request_id, version in requests:
            try:
                approved = await self.approve(actor, request_id, version)
            except Refusal as refusal:
                yield BulkOutcome(request_id=request_id, refusal=refusal)
            else:
                yield BulkOutcome(request_id=request_id, approved=approved)

    async def _why_not(self, uow: RequestsUnitOfWork, request: CertificateRequest) -> Refusal | None:
        try:
            self._paperwork.draft(await uow.certificates.find_profile(request.person_id), request)
        except Refusal as refusal:
            return refusal
        return None

    async def _show(self, uow: RequestsUnitOfWork, actor: Actor, request_id: int) -> RequestOnDesk:
        return await self._deciding.show(uow, actor, await self._deciding.find(uow, actor, request_id))

    def _ring(self) -> None:
        self._print_bell.ring()
        self._outbox_bell.ring()
