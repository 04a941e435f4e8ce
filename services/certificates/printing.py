"""Printing: rendering and signing what was issued, from the frozen paper only."""

import logging
from datetime import timedelta

from services.certificates.dto import SignedPaper
from services.certificates.ports import CertificatesUnitOfWork, PaperPress, PaperSpoiled
from services.certificates.register import Unprinted
from services.certificates.rules import subject_of
from services.ports import Bell, Clock, Factory
from services.register import rules as chain
from services.register.dto import RegisterEvent, SignedFacts

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
#: A paper that was taken up so often and neither finished nor refused ends every printer that touches it.
CLAIMS = 10

logger = logging.getLogger(__name__)


class PrintingService:
    """The printer: takes the oldest certificate without a file, makes the file and lets its messages go."""

    def __init__(
        self,
        unit_of_work: Factory[CertificatesUnitOfWork],
        clock: Clock,
        press: PaperPress,
        outbox_bell: Bell,
        *,
        worker: int,
        time_stamped: bool = False,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._press = press
        self._outbox_bell = outbox_bell
        self._worker = worker
        self._time_stamped = time_stamped

    async def print_next(self) -> bool:
        """Print one certificate; False if none waits."""
        async with self._unit_of_work() as uow:
            unprinted = await uow.print_queue.claim(self._worker, LEASE, self._press.key.fingerprint)
            await uow.commit()
        if unprinted is None:
            return False
        if unprinted.attempt > CLAIMS:
            logger.error("certificate %d was never finished in %d attempts", unprinted.id, CLAIMS)
            await self._give_up(unprinted)
            return True
        try:
            paper = await self._press.produce(unprinted.paper, code=unprinted.code, signed_at=self._clock.now())
        except PaperSpoiled as error:
            logger.warning("certificate %d cannot be printed (attempt %d): %s", unprinted.id, unprinted.attempt, error)
            if unprinted.attempt >= ATTEMPTS:
                await self._give_up(unprinted)
            return True
        await self._store(unprinted, paper)
        return True

    async def _store(self, unprinted: Unprinted, paper: SignedPaper) -> None:
        async with self._unit_of_work() as uow:
            stored = await uow.print_queue.store(unprinted, self._worker, paper, self._press.key)
            if stored and self._time_stamped:
                await uow.timestamps.want(unprinted.id, self._clock.now())
            if stored:
                await self._enter(uow, unprinted, paper)
                await uow.outbox.release(subject_of(unprinted.id), self._clock.now())
                await uow.commit()
        self._outbox_bell.ring()

    async def _enter(self, uow: CertificatesUnitOfWork, unprinted: Unprinted, paper: SignedPaper) -> None:
        file = SignedFacts(sha256=paper.sha256, key_fingerprint=self._press.key.fingerprint, signed_at=paper.signed_at)
        await uow.register.append(
            RegisterEvent.SIGNED, unprinted.number, unprinted.salt, chain.signed(file), self._clock.now()
        )

    async def _give_up(self, unprinted: Unprinted) -> None:
        async with self._unit_of_work() as uow:
            if await uow.print_queue.give_up(unprinted, self._worker, self._clock.now()):
                await uow.outbox.release(subject_of(unprinted.id), self._clock.now())
            await uow.commit()
        self._outbox_bell.ring()
