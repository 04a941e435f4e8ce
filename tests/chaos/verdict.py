"""What really happened, against what the database says happened."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.sandbox import Answered, Request
from tests.chaos.replicas import Kill, Told
from tests.chaos.troubles import Troubles
from tests.chaos.university import University, words_in

_BREAK_SECONDS = 2.0  # from the break to the record of its outcome, which waits where the database is away, too
_SLACK = 2.0  # seconds: what was on its way when a broadcast was paused may still arrive
_STANDING = text("""
    select d.notice_id, d.account_id, coalesce(b.urgency, m.urgency) as urgency,
           case when d.ended is not null then d.ended
                when d.message_id is null and b.state = 'cancelled' then 'cancelled'
                when d.message_id is null then 'pending'
                else m.state end as stands,
           extract(epoch from m.settled_at) as settled_at
    from deliveries d
    join notices n on n.id = d.notice_id
    left join messages m on m.id = d.message_id
    left join broadcasts b on b.notice_id = d.notice_id
    where n.kind = 'announcement'
""")
_BROADCASTS = text("select notice_id, state from broadcasts")
_NOTICES = text("""
    select cast(split_part(subject, ':', 2) as bigint), id from notices where kind = 'announcement'
""")
_OPEN = ("pending", "claimed", "sending")
_MAY_HAVE_ARRIVED = ("sent", "unknown")
_SHOWN = 5


@dataclass(slots=True)
class Finding:
    """A promise: how often it was broken, and how often it may be; the first few cases."""

    promise: str
    found: int
    bound: int
    cases: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return self.found <= self.bound


@dataclass(frozen=True, slots=True)
class Verdict:
    """All promises, and how the deliveries ended.

    `twice`: answers that came twice. `in_hand`, `ambiguous`: what may be UNKNOWN for the one reason and the other.
    """

    findings: list[Finding]
    ended: Counter[str]
    arrived: int
    twice: int
    in_hand: int
    ambiguous: int
    unknown_arrived: int

    @property
    def kept(self) -> bool:
        """Whether all promises were kept."""
        return all(finding.kept for finding in self.findings)


class Judge:
    """Compares the local Telegram's record with the database's."""

    def __init__(self, university: University, troubles: Troubles, requests: list[Request], kills: list[Kill]) -> None:
        self._university = university
        self._kills = kills
        self._blocked = troubles.blocked
        self._breaks = troubles.breaks
        self._settled: dict[Told, float] = {}
        self._all = requests
        self._requests: list[tuple[Told, Request]] = []
        self._arrived: Counter[Told] = Counter()
        self._stands: dict[Told, tuple[str, str]] = {}
        self._broadcasts: dict[int, str] = {}

    async def judge(self, engine: AsyncEngine) -> Verdict:
        """Read how everything ended and weigh it."""
        async with engine.connect() as connection:
            for notice, account, urgency, stands, settled in await connection.execute(_STANDING):
                self._stands[notice, account] = (urgency, stands)
                self._settled[notice, account] = float(settled or 0)
            self._broadcasts = {row[0]: row[1] for row in await connection.execute(_BROADCASTS)}
            notices = {row[0]: row[1] for row in await connection.execute(_NOTICES)}
        self._requests = [
            ((notices.get(word, -word), request.chat_id), request)
            for request in self._all
            for word in words_in(request.text)
        ]
        self._arrived.update(told for told, request in self._requests if request.accepted)
        return self._weigh()

    def _weigh(self) -> Verdict:
        in_hand = {
            told for kill in self._kills for told in kill.in_hand if told in self._stands and not self._is_answer(told)
        }
        ambiguous = {
            told
            for told, request in self._requests
            if request.answered is not Answered.CLEARLY and not self._is_answer(told)
        }
        on_broken = {told for told in self._in_state("unknown") if self._met_a_break(told)}
        return Verdict(
            findings=[
                *self._once(),
                *self._recorded(),
                *self._unknown(in_hand | ambiguous | on_broken),
                *self._obeyed(),
            ],
            ended=Counter(stands for _, stands in self._stands.values()),
            arrived=sum(self._arrived.values()),
            twice=sum(1 for told, times in self._arrived.items() if times > 1 and self._is_answer(told)),
            in_hand=len(in_hand),
            ambiguous=len(ambiguous | on_broken),
            unknown_arrived=sum(1 for told in self._in_state("unknown") if self._arrived[told]),
        )

    def _once(self) -> Iterable[Finding]:
        twice = [told for told, times in self._arrived.items() if times > 1 and not self._is_answer(told)]
        yield _finding("duplicates: a chat got the same notice twice", twice)
        gone = [(notice, 0) for notice in self._university.notices if notice not in self._notices_kept()]
        yield _finding("lost: a notice whose commit was seen is gone", gone)
        waiting = [told for told, (_, stands) in self._stands.items() if stands in _OPEN]
        yield _finding("lost: a delivery never came to its end", waiting, self._stands)
        never = [told for told in self._in_state("sent") if not self._arrived[told]]
        yield _finding("lost: sent by the record, but it never arrived", never)
        answers = [
            told
            for told, (urgency, stands) in self._stands.items()
            if urgency == "answer" and stands not in ("sent", "blocked") and not self._arrived[told]
        ]
        yield _finding("lost: an answer did not arrive", answers)
        open_ones = [(notice, 0) for notice, state in self._broadcasts.items() if state not in ("done", "cancelled")]
        yield _finding("lost: a broadcast did not come to its end", open_ones)

    def _recorded(self) -> Iterable[Finding]:
        other = [
            told
            for told in self._arrived
            if self._stands.get(told, ("", "nothing"))[1] not in _MAY_HAVE_ARRIVED
            and not (self._is_answer(told) and told[1] in self._blocked)  # it came again and met a closed door
        ]
        yield _finding("arrived, but the record says something else than sent or unknown", other, self._stands)
        yield _finding("failed, though Telegram refused nothing for good", self._in_state("failed"))
        skipped = [told for told in self._in_state("skipped") if self._broadcasts.get(told[0]) != "cancelled"]
        yield _finding("skipped, though everything was still true", skipped)
        cancelled = [told for told in self._in_state("cancelled") if self._broadcasts.get(told[0]) != "cancelled"]
        yield _finding("cancelled, though nobody did", cancelled)
        blocked = [told for told in self._in_state("blocked") if told[1] not in self._blocked]
        yield _finding("blocked, though the person never blocked the bot", blocked)

    def _unknown(self, explained: set[Told]) -> Iterable[Finding]:
        unknown = self._in_state("unknown")
        yield Finding(
            "UNKNOWN, at most what was in hand at a kill or answered ambiguously", len(unknown), len(explained)
        )
        yield _finding("UNKNOWN without such a reason of its own", [told for told in unknown if told not in explained])

    def _obeyed(self) -> Iterable[Finding]:
        at = [(told, request.received) for told, request in self._requests]
        paused = [
            told
            for pause in self._university.pauses
            for told, moment in at
            if told[0] == pause.notice and pause.since + _SLACK < moment < pause.until
        ]
        yield _finding("sent while paused", paused)
        ended = self._university.cancelled
        late = [told for told, moment in at if told[0] in ended and moment > ended[told[0]] + _SLACK]
        yield _finding("sent after it was cancelled", late)

    def _met_a_break(self, told: Told) -> bool:
        """Whether its connection was broken before Telegram read the request, which Telegram cannot have recorded."""
        return any(0 <= self._settled[told] - moment <= _BREAK_SECONDS for moment in self._breaks)

    def _in_state(self, state: str) -> list[Told]:
        return [told for told, (_, stands) in self._stands.items() if stands == state]

    def _is_answer(self, told: Told) -> bool:
        return self._stands.get(told, ("", ""))[0] == "answer"

    def _notices_kept(self) -> set[int]:
        return {notice for notice, _ in self._stands}


def _finding(promise: str, cases: Collection[Told], stands: Mapping[Told, tuple[str, str]] | None = None) -> Finding:
    """Make one whose bound is nought."""
    shown = [
        f"notice {told[0]}, account {told[1]}" + (f": {stands.get(told, ('', 'nothing'))[1]}" if stands else "")
        for told in list(cases)[:_SHOWN]
    ]
    return Finding(promise, len(cases), 0, shown)
