"""The counter of a desk: receipts that are looked at, copies on paper that are handed out."""

from services.access import Actor
from services.attachments import SentFile
from services.audit.dto import Act
from services.delivery.dto import NoticeKind
from services.ports import Bell, Factory
from services.requests.deciding import Deciding
from services.requests.dto import CertificateRequest, PaperCopy, RequestOnDesk, RequestState
from services.requests.errors import NoReceipt, NotAtThisStage, NotForPerson, WordsUnreadable
from services.requests.papers import in_force
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork
from services.requests.rules import LONGEST_WORDS, readable


class CounterService:
    """Fees and paper, which people bring and fetch."""

    def __init__(
        self, unit_of_work: Factory[RequestsUnitOfWork], paperwork: Paperwork, deciding: Deciding, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._deciding = deciding
        self._outbox_bell = outbox_bell

    async def get_receipt(self, actor: Actor, request_id: int) -> SentFile:
        """Return the receipt that came with a request; that this was looked at is noted."""
        async with self._unit_of_work() as uow:
            request = await self._deciding.find(uow, actor, request_id)
            if request.receipt_file_id is None:
                raise NoReceipt
            receipt = await uow.files.get(request.receipt_file_id)
            subject = f"person:{request.person_id}"
            await uow.audit.add(actor, Act.PERSON_LOOKED_AT, subject, self._paperwork.now(), request=request_id)
            await uow.commit()
        return receipt

    async def confirm_payment(self, actor: Actor, request_id: int, version: int | None = None) -> RequestOnDesk:
        """Say that the fee was paid; from now on the clock runs, and the person is told until when."""
        async with self._unit_of_work() as uow:
            seen = await self._deciding.find(uow, actor, request_id)
        kind = self._paperwork.find_kind(seen.kind)
        if kind is None:
            raise NotForPerson(None)
        promised_on = await self._paperwork.promise(kind)
        now = self._paperwork.now()
        async with self._unit_of_work() as uow:
            request = await self._lock_receipt(uow, actor, request_id, version)
            request = await self._deciding.change(
                uow, actor, Act.PAYMENT_CONFIRMED, request,
                state=RequestState.WAITING, paid_at=now, paid_by=actor.account_id, queued_at=now,
                promised_on=promised_on,
            )  # fmt: skip
            await self._deciding.tell(uow, request, NoticeKind.PAYMENT_CONFIRMED)
            shown = await self._deciding.show(uow, actor, request)
            await uow.commit()
        self._outbox_bell.ring()
        return shown

    async def refuse_receipt(
        self, actor: Actor, request_id: int, reason: str, version: int | None = None
    ) -> CertificateRequest:
        """Say what is wrong with a receipt; the person is told and can send another."""
        words = readable(reason)
        if words is None:
            raise WordsUnreadable(LONGEST_WORDS)
        async with self._unit_of_work() as uow:
            request = await self._lock_receipt(uow, actor, request_id, version)
            request = await self._deciding.change(
                uow, actor, Act.RECEIPT_REFUSED, request, receipt_file_id=None, receipt_refusal=words
            )
            await self._deciding.tell(uow, request, NoticeKind.RECEIPT_REFUSED)
            await uow.commit()
        self._outbox_bell.ring()
        return request

    async def paper_ready(self, actor: Actor, request_id: int) -> CertificateRequest:
        """Say that a copy on paper of what is not revoked or replaced can be fetched; the person is told."""
        return await self._move_copy(actor, request_id, PaperCopy.WANTED, PaperCopy.READY)

    async def paper_given(self, actor: Actor, request_id: int) -> CertificateRequest:
        """Say that a copy on paper was handed out; none is of what is revoked or replaced meanwhile."""
        return await self._move_copy(actor, request_id, PaperCopy.READY, PaperCopy.GIVEN)

    async def _move_copy(
        self, actor: Actor, request_id: int, expected: PaperCopy, following: PaperCopy
    ) -> CertificateRequest:
        async with self._unit_of_work() as uow:
            request = await self._deciding.find(uow, actor, request_id)
            locked = await uow.requests.lock(request_id)
            if locked is None or locked.paper_copy is not expected:
                raise NotAtThisStage(request.state)
            in_force(await uow.requests.find_certificate(locked.certificate_id or 0, locked.person_id))
            values = {"paper_copy": following, "paper_copy_at": self._paperwork.now()}
            if following is PaperCopy.GIVEN:
                request = await self._deciding.change(uow, actor, Act.PAPER_COPY_GIVEN, locked, **values)
            else:
                request = await self._deciding.change(uow, actor, Act.PAPER_COPY_READY, locked, **values)
                await self._deciding.tell(uow, request, NoticeKind.PAPER_COPY_READY)
            await uow.commit()
        self._outbox_bell.ring()
        return request

    async def _lock_receipt(
        self, uow: RequestsUnitOfWork, actor: Actor, request_id: int, version: int | None
    ) -> CertificateRequest:
        request = await self._deciding.lock(uow, actor, request_id, version)
        if request.state is not RequestState.UNPAID:
            raise NotAtThisStage(request.state)
        if request.receipt_file_id is None:
            raise NoReceipt
        return request
