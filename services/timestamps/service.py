"""Time stamps: asked for when the paper has long been given out, so that nobody ever waits for one."""

import logging
from datetime import datetime

from services.access import Actor, Role
from services.certificates.rules import read_code
from services.ports import Clock, Factory
from services.timestamps.errors import NeverWanted, NoSuchPaper, NotYetStamped
from services.timestamps.ports import NotStamped, TimeStamper, TimestampsUnitOfWork
from services.timestamps.rules import REST, pause_after

logger = logging.getLogger(__name__)


class StampingService:
    """Asks the authority for one time stamp after the other."""

    def __init__(self, unit_of_work: Factory[TimestampsUnitOfWork], clock: Clock, stamper: TimeStamper) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._stamper = stamper
        self._resting_until: datetime | None = None

    async def stamp_next(self) -> bool:
        """Ask for one time stamp; False if none is due, or the authority is given a rest."""
        now = self._clock.now()
        if self._resting_until is not None and now < self._resting_until:
            return False
        async with self._unit_of_work() as uow:
            unstamped = await uow.timestamps.claim(now)
            await uow.commit()
        if unstamped is None:
            return False
        try:
            token = await self._stamper.stamp(unstamped.sha256)
        except NotStamped as error:
            await self._put_off(unstamped.certificate_id, unstamped.attempt, error)
            return False
        async with self._unit_of_work() as uow:
            await uow.timestamps.keep(unstamped.certificate_id, token, self._clock.now())
            await uow.commit()
        return True

    async def _put_off(self, certificate_id: int, attempt: int, error: NotStamped) -> None:
        now, pause = self._clock.now(), pause_after(attempt)
        self._resting_until = now + REST
        logger.warning(
            "no time stamp for certificate %d (attempt %d), asked again in %s: %s",
            certificate_id,
            attempt,
            pause,
            error,
        )
        async with self._unit_of_work() as uow:
            await uow.timestamps.put_off(certificate_id, now + pause)
            await uow.commit()


class TimestampService:
    """Hands out time stamps."""

    def __init__(self, unit_of_work: Factory[TimestampsUnitOfWork]) -> None:
        self._unit_of_work = unit_of_work

    async def get_token(self, actor: Actor, code: str) -> bytes:
        """Return the time stamp of a certificate.

        Raises:
            NoSuchPaper: no certificate has this code.
            NeverWanted: it was signed while no authority was set.
            NotYetStamped: the authority has not answered yet.
        """
        actor.require(Role.ADMIN)
        read = read_code(code)
        async with self._unit_of_work() as uow:
            state = await uow.timestamps.find_by_code(read) if read else None
        if state is None:
            raise NoSuchPaper
        if state.token is not None:
            return state.token
        if not state.wanted:
            raise NeverWanted(state.number)
        raise NotYetStamped(state.number, state.attempts, state.next_at)
