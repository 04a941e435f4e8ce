"""What a replica does before each handful of messages: tidy up, fill the queue, take."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from services.delivery.dto import ClaimedMessage, Reading, Urgency
from services.delivery.ports import LateBroadcasts
from services.delivery.quiet_hours import Hush, QuietHours
from services.delivery.sending import LEASE
from services.delivery.storage_ports import DeliveryUnitOfWork
from services.languages import Language
from services.ports import Calendar, Clock, Factory

EVENING = time(20)  # when the day's digest goes out
OUTAGE = timedelta(seconds=60)  # without any replica, after which something may have become too late
_TIDY_EVERY = timedelta(seconds=1)
_MOST_FED = 60  # due messages that wait at most: what is new waits two seconds behind a broadcast, not twelve minutes


class Rounds:
    """Takes what may go out now."""

    def __init__(
        self,
        unit_of_work: Factory[DeliveryUnitOfWork],
        statements: Factory[DeliveryUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        late: LateBroadcasts,
        *,
        worker: int,
        default_language: Language,
        quiet_hours: QuietHours,
        daily_messages: int,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._statements = statements
        self._clock = clock
        self._calendar = calendar
        self._late = late
        self._worker = worker
        self._default_language = default_language
        self._quiet_hours = quiet_hours
        self._daily_messages = daily_messages
        self._tidied_at: datetime | None = None

    async def take(self, most: int) -> Sequence[ClaimedMessage]:
        """Take the next messages, at most so many; the urgent ones first."""
        await self.tidy()
        reading = self._read(self._clock.now())
        fed = True
        while fed:
            fed = await self._fill(reading)
            if taken := await self._claim(most, reading):
                return taken
        return ()

    async def tidy(self) -> None:
        """Show that somebody looks after what waits, and bring it into order; once a second is enough."""
        now = self._clock.now()
        if self._tidied_at is None or abs(now - self._tidied_at) >= _TIDY_EVERY:
            await self._tidy(now)
            self._tidied_at = now

    async def release(self) -> None:
        """Give back what was taken and not begun."""
        async with self._statements() as uow:
            await uow.queue.release(self._worker)

    async def revive(self) -> None:
        """Free what dead workers had in hand."""
        async with self._statements() as uow:
            await uow.queue.revive(self._worker)

    async def _fill(self, reading: Reading) -> bool:
        """Fill the queue from the broadcast whose turn it is, take out again what waits for later; False: with none."""
        async with self._unit_of_work() as uow:
            fed = await uow.feeding.feed(_MOST_FED, reading)
            await uow.commit()
        async with self._statements() as uow:
            await uow.queue.hold(reading)
            await uow.queue.fold(reading)
        return fed

    async def _claim(self, most: int, reading: Reading) -> Sequence[ClaimedMessage]:
        async with self._statements() as uow:
            taken = await uow.queue.claim_unasked(self._worker, LEASE, Urgency.URGENT, most, reading)
            if len(taken) < most:
                left = most - len(taken)
                taken += await uow.queue.claim_unasked(self._worker, LEASE, Urgency.NORMAL, left, reading)
        return taken

    async def _tidy(self, now: datetime) -> None:
        await self.revive()  # first of all: what the dead had in hand may be late, too
        await self._end_outage(now)
        async with self._unit_of_work() as uow:
            await uow.feeding.tidy(now)
            failing = await uow.feeding.judge()
            await uow.commit()
        for broadcast in failing:
            await self._late.stop(broadcast.notice_id, broadcast.fault, now)

    async def _end_outage(self, now: datetime) -> None:
        """Where nobody looked for a while, drop what came too late, or ask; nothing goes out before that is done.

        The end of the outage is committed last: after a kill before that, the next replica does all of it again.
        """
        async with self._unit_of_work() as uow:
            away_since = await uow.pace.show_life(now)
            if away_since is None or now - away_since <= OUTAGE:
                await uow.commit()
                return
            await uow.feeding.drop_late(away_since, now)
            late = await uow.feeding.list_late(away_since, now)
            for broadcast in late:
                await self._late.ask(broadcast.notice_id, broadcast.opened_at, now)
            await uow.commit()
        for broadcast in late:
            await self._late.tell(broadcast.notice_id)

    def _read(self, now: datetime) -> Reading:
        today, local = self._calendar.today(now), self._calendar.time_of_day(now)
        evening_day = today if local < EVENING else today + timedelta(days=1)
        return Reading(
            now=now,
            today=today,
            hush=Hush(local=local, usual=self._quiet_hours),
            daily_messages=self._daily_messages,
            evening=self._calendar.moment_of(evening_day, EVENING),
            evening_day=evening_day,
            fallback=self._default_language,
        )
