"""Answers that take a while, such as a finished document: they wait for no slot, only for Telegram's silence to end."""

from functools import partial

from services.delivery.dto import ClaimedMessage
from services.delivery.ports import Crew
from services.delivery.sending import LEASE, Prepared, Sending
from services.delivery.storage_ports import DeliveryUnitOfWork
from services.languages import Language
from services.ports import Clock, Factory


class AnswerService:
    """Sends the answers of the outbox, one at a time; a worker runs several of these."""

    def __init__(
        self,
        statements: Factory[DeliveryUnitOfWork],
        clock: Clock,
        sending: Sending,
        crew: Crew,
        *,
        worker: int,
        default_language: Language,
    ) -> None:
        self._statements = statements
        self._clock = clock
        self._sending = sending
        self._crew = crew
        self._worker = worker
        self._default_language = default_language

    async def send_next(self) -> bool:
        """Send one answer; False if none is due or nothing may go out."""
        async with self._statements() as uow:
            message = await uow.queue.claim_answer(self._worker, LEASE, self._clock.now(), self._default_language)
        if message is None:
            return False
        prepared = await self._start(message)
        if prepared is not None:
            receipt = await self._sending.request(prepared)
            await self._crew.insist(partial(self._sending.settle, prepared, receipt))
        return True

    async def _start(self, message: ClaimedMessage) -> Prepared | None:
        """Prepare and start an answer; where that fails, or it must not go out, it waits again at once."""
        prepared = None
        back = partial(self._sending.let_wait, message)
        try:
            prepared = await self._sending.prepare(message)
            if prepared is None:
                return None
            back = partial(self._sending.give_back, prepared)
            if await self._sending.start(prepared):
                return prepared
        except BaseException:
            await self._crew.insist(back)
            raise
        await self._crew.insist(back)
        return None
