"""What the university tells its people meanwhile: each notice has a word of its own by which it is known again."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.access import OPERATOR
from services.db.uow import SqlUnitOfWork, unit_of_work_factory
from services.delivery.dto import Urgency
from services.languages import Language
from services.ports import SystemClock
from services.revisions.service import RevisionService
from tests.chaos.replicas import AWAY
from tests.support.announcing import leave_single, open_broadcast
from tests.support.clock import SilentBell
from tests.support.papers import BishkekCalendar
from tests.support.revisions import correct_text

_WORDS = "<b>notice-{id}-end</b>"
_WORD = re.compile(r"notice-(\d+)-end")
_MOST_WAITING = 250
_CORRECTS = 0.1  # of the moments
_CORRECTED = "<b>notice-{id}-end</b> corrected-{number}"

_EVENING = text("update messages set due_at = :now where state = 'pending' and digest_on is not null")
_ANNOUNCEMENT = text("select id from announcements where notice_id = :notice")
_WAITING = text("""
    select (select count(*) from messages where state in ('pending', 'claimed', 'sending'))
         + (select count(*) from deliveries d join broadcasts b on b.notice_id = d.notice_id
             where d.message_id is null and d.ended is null and b.state in ('open', 'paused', 'stopped'))
          + (select count(*) from broadcasts where state in ('open', 'paused', 'stopped'))
          + (select count(*) from announcement_revisions where swept_at is null)
""")


def words_in(message: str) -> list[int]:
    """Return the announcements whose words stand in a message."""
    return [int(number) for number in _WORD.findall(message)]


@dataclass(frozen=True, slots=True)
class Pause:
    """A broadcast that was paused: nothing of it may leave between the two (Unix time)."""

    notice: int
    since: float
    until: float


class University:
    """Tells, corrects, pauses, resumes and cancels.

    Attributes:
        notices: those whose commit was seen.
        counts: how many of which kind.
        cancelled: broadcasts whose cancellation was seen to be committed, with the moment.
    """

    def __init__(self, engine: AsyncEngine, accounts: Sequence[int], chance: random.Random) -> None:
        self._engine = engine
        self._accounts = accounts
        self._chance = chance
        self._open: list[int] = []
        self._paused: dict[int, float] = {}
        self.notices: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.pauses: list[Pause] = []
        self.cancelled: dict[int, float] = {}
        self._urgent: list[int] = []
        self._number = 0
        self._corrects = True
        self._revisions = RevisionService(
            unit_of_work_factory(engine), SystemClock(), BishkekCalendar(), SilentBell(), approval_above=0
        )

    def stop_correcting(self) -> None:
        """Let what was corrected last come to its end, too."""
        self._corrects = False

    async def work(self, over: asyncio.Event) -> None:
        """Do something every moment, as long as not too much waits, until it is over; then let everything go on."""
        while not over.is_set():
            try:
                await self._act()
            except AWAY:
                self.counts["interrupted by the database"] += 1
            await asyncio.sleep(self._chance.uniform(0.05, 0.3))
        while True:
            try:
                return await self._resume_all()
            except AWAY:
                await asyncio.sleep(0.1)

    async def let_evening_come(self) -> None:
        """Let the day's digests be due."""
        async with self._engine.begin() as connection:
            self.counts["digests"] += (await connection.execute(_EVENING, {"now": datetime.now(UTC)})).rowcount

    async def waiting(self) -> int:
        """How much has not come to its end."""
        async with self._engine.connect() as connection:
            return int((await connection.execute(_WAITING)).scalar_one())

    async def _act(self) -> None:
        acts = [self._single] * 6 + [self._pause] * 2 + [self._resume] * 2 + [self._cancel, self.let_evening_come]
        if self._corrects and self._urgent and self._chance.random() < _CORRECTS:
            await self._correct()
        if self._open or self._paused:
            await self._chance.choice(acts)()
        if await self.waiting() < _MOST_WAITING:
            await self._chance.choice([self._broadcast, self._single, self._single])()

    async def _single(self) -> None:
        urgency = self._chance.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT, Urgency.ANSWER))
        account, now = self._chance.choice(self._accounts), datetime.now(UTC)
        async with self._engine.begin() as connection:
            notice = await leave_single(connection, _WORDS, urgency, account, now)
        self.notices.add(notice)
        self.counts[f"single, {urgency.value}"] += 1

    async def _broadcast(self) -> None:
        urgency = self._chance.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT))
        accounts = self._chance.sample(self._accounts, self._chance.randint(10, min(120, len(self._accounts))))
        now = datetime.now(UTC)
        async with self._engine.begin() as connection:
            notice = await open_broadcast(connection, _WORDS, urgency, accounts, now)
        self.notices.add(notice)
        self._open.append(notice)
        if urgency is Urgency.URGENT:
            self._urgent.append(notice)
        self.counts[f"broadcasts, {urgency.value}"] += 1
        self.counts["recipients of broadcasts"] += len(accounts)

    async def _correct(self) -> None:
        """Correct an urgent one, whether it is still going out or not; those never stand in a digest with others."""
        async with self._engine.connect() as connection:
            announcement = await connection.scalar(_ANNOUNCEMENT, {"notice": self._chance.choice(self._urgent)})
        self._number += 1
        words = _CORRECTED.format(id=announcement, number=self._number)
        revision = await correct_text(self._revisions, OPERATOR, announcement, Language.KY, words)
        sent = await self._revisions.send(OPERATOR, revision.id, revision.version)
        self.counts["corrections"] += 1
        self.counts["messages to correct"] += sent.messages

    async def _pause(self) -> None:
        if not self._open:
            return
        notice = self._chance.choice(self._open)
        async with self._engine.begin() as connection:
            paused = await SqlUnitOfWork(connection, None).broadcasts.pause(notice)
        if paused:
            self._open.remove(notice)
            self._paused[notice] = time.time()
            self.counts["pauses"] += 1
        else:
            self._open.remove(notice)  # it is done

    async def _resume(self) -> None:
        if not self._paused:
            return
        notice = self._chance.choice(list(self._paused))
        before = time.time()
        async with self._engine.begin() as connection:
            await SqlUnitOfWork(connection, None).broadcasts.resume(notice, datetime.now(UTC))
        self.pauses.append(Pause(notice, self._paused.pop(notice), before))
        self._open.append(notice)

    async def _resume_all(self) -> None:
        """Also those whose pause was committed although nobody heard of it."""
        async with self._engine.begin() as connection:
            held = text("select notice_id from broadcasts where state in ('paused', 'stopped')")
            for (notice,) in await connection.execute(held):
                await SqlUnitOfWork(connection, None).broadcasts.resume(notice, datetime.now(UTC))

    async def _cancel(self) -> None:
        if not self._open or self._chance.random() < 0.5:
            return
        notice = self._open.pop(self._chance.randrange(len(self._open)))
        async with self._engine.begin() as connection:
            if await SqlUnitOfWork(connection, None).broadcasts.cancel(notice, datetime.now(UTC)):
                self.cancelled[notice] = time.time()
                self.counts["cancellations"] += 1
