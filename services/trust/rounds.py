"""What becomes of talks by themselves: they are forgotten, and called off where nobody would be there."""

from datetime import time, timedelta

from services.ports import Bell, Calendar, Clock, Factory
from services.trust.desk import call_off
from services.trust.ports import TrustUnitOfWork

#: How long a cancelled talk is kept, so that the other of the two hears of it.
_KEPT = timedelta(days=1)


class TrustRounds:
    """Asked again and again; whatever is to be done is done once."""

    def __init__(
        self, unit_of_work: Factory[TrustUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell

    async def call_off_deserted(self) -> int:
        """Call off the talks ahead whose officer holds the role no more; return how many."""
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            deserted = await uow.trust.list_deserted(now, self._calendar.today(now))
            for talk in deserted:
                await call_off(uow, talk.id, now)
            if deserted:
                await uow.commit()
        if deserted:
            self._outbox_bell.ring()
        return len(deserted)

    async def forget(self) -> int:
        """Forget times of days that have passed, their talks and all that was told of them; return how many talks."""
        now = self._clock.now()
        today = self._calendar.moment_of(self._calendar.today(now), time(0))
        async with self._unit_of_work() as uow:
            forgotten = await uow.trust.forget(today, now - _KEPT)
            await uow.commit()
        return forgotten
