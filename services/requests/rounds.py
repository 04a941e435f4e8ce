"""What desks are told by the clock: how they stand in the morning, and which promise ends soon."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, time, timedelta

from services.delivery.dto import NewNotice
from services.ports import Bell, Calendar, Factory
from services.requests.dto import QueueCounts
from services.requests.notices import due_soon, morning
from services.requests.paperwork import Paperwork
from services.requests.ports import RequestsUnitOfWork, Workdays
from services.requests.rules import who_answers, who_is_told

#: When offices open, by the university's clocks.
MORNING = time(8, 30)
_EVENING = time(17, 0)


class DeskRounds:
    """Ticks of the clock: each leaves every notice once, however often and wherever it is called.

    `administrators` are Telegram ids that the operator's settings name.
    """

    def __init__(
        self,
        unit_of_work: Factory[RequestsUnitOfWork],
        paperwork: Paperwork,
        calendar: Calendar,
        workdays: Workdays,
        outbox_bell: Bell,
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._paperwork = paperwork
        self._calendar = calendar
        self._workdays = workdays
        self._outbox_bell = outbox_bell
        self._administrators = frozenset(administrators)

    async def morning_summary(self) -> int:
        """Tell on the morning of a working day how the desks stand where there is something; return how many told."""
        now, today = self._paperwork.now(), self._paperwork.today()
        if not MORNING <= self._calendar.time_of_day(now) < _EVENING or not await self._is_worked(today):
            return 0
        async with self._unit_of_work() as uow:
            officials = await uow.request_queue.list_officials(today, self._administrators)
            busy: dict[int, list[str]] = defaultdict(list)
            for desk in self._desks():
                if _is_busy(await uow.request_queue.count(desk, None, today)):
                    for account_id in who_answers(desk, officials):
                        busy[account_id].append(desk)
            notices = [morning(account_id, desks, today, now) for account_id, desks in busy.items()]
            return await self._leave(uow, notices)

    async def warn_before_late(self) -> int:
        """Tell on the working day before a promise ends, once, whoever holds the request or may take it."""
        now, today = self._paperwork.now(), self._paperwork.today()
        if self._calendar.time_of_day(now) < MORNING or not await self._is_worked(today):
            return 0
        until = await self._workdays.add(today, 1)
        async with self._unit_of_work() as uow:
            due = await uow.request_queue.list_due(until)
            if not due:
                return 0
            officials = await uow.request_queue.list_officials(today, self._administrators)
            whose: dict[int, list[int]] = defaultdict(list)
            for request in due:
                for account_id in who_is_told(request, officials):
                    whose[account_id].append(request.id)
            await uow.request_queue.note_warned([request.id for request in due], today)
            notices = [due_soon(account_id, request_ids, today, now) for account_id, request_ids in whose.items()]
            return await self._leave(uow, notices)

    async def _leave(self, uow: RequestsUnitOfWork, notices: Collection[NewNotice]) -> int:
        told = [await uow.outbox.add(notice, self._paperwork.now()) for notice in notices]
        await uow.commit()
        if any(told):
            self._outbox_bell.ring()
        return sum(told)

    async def _is_worked(self, day: date) -> bool:
        return await self._workdays.add(day - timedelta(days=1), 1) == day

    def _desks(self) -> list[str]:
        return list(dict.fromkeys(kind.desk for kind in self._paperwork.drafting.kinds.values()))


def _is_busy(counts: QueueCounts) -> bool:
    return bool(counts.late or counts.due_today or counts.free or counts.receipts or counts.reports)
