"""Every day once, all papers are looked through, and who comes to a threshold is told."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from services.delivery.dto import NewNotice
from services.expiries.dto import MarkedEnding, Paper, PaperGuide
from services.expiries.notices import ending_notice, office_notice
from services.expiries.ports import ExpiriesUnitOfWork
from services.ports import Bell, Calendar, Clock, Factory

logger = logging.getLogger(__name__)

#: When the day's reminders go out, by the university's clocks.
MORNING = time(9)
_KEPT = timedelta(days=365)


class ExpirySweeps:
    """Asked every minute, does it once a day from the morning on; of several replicas one does it.

    What an outage of days passed over is not made up for: a paper's nearest threshold is told, and no other.
    """

    def __init__(
        self,
        unit_of_work: Factory[ExpiriesUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        outbox_bell: Bell,
        guides: Mapping[Paper, PaperGuide],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._guides = dict(guides)
        self._done: date | None = None

    async def sweep(self) -> int:
        """Leave the day's reminders; return how many messages that makes."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or not self._guides or self._calendar.time_of_day(now) < MORNING:
            return 0
        async with self._unit_of_work() as uow:
            left = await self._sweep(uow, today, now) if await uow.expiries.begin_sweep(today, now) else 0
            await uow.commit()
        self._done = today
        if left:
            self._outbox_bell.ring()
            logger.info("reminded of papers that end: %d messages", left)
        return left

    async def _sweep(self, uow: ExpiriesUnitOfWork, today: date, now: datetime) -> int:
        marked = await uow.expiries.mark(tuple(self._guides), today)
        notices = [
            ending_notice(one, one.ending.account_id, now) for one in marked if one.ending.account_id is not None
        ]
        notices += await self._to_offices(uow, marked, today, now)
        await uow.expiries.forget_before(today - _KEPT)
        return await uow.outbox.add_all(notices, now) if notices else 0

    async def _to_offices(
        self, uow: ExpiriesUnitOfWork, marked: Sequence[MarkedEnding], today: date, now: datetime
    ) -> list[NewNotice]:
        offices: dict[str, int] = defaultdict(int)
        for one in marked:
            offices[self._guides[one.ending.paper].office] += 1
        return [
            office_notice(office, today, official, now)
            for office in sorted(offices)
            for official in await uow.expiries.list_officials(office, today)
        ]
