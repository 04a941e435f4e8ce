"""The one row by which all replicas keep one pace."""

from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.delivery.dto import Slots

# Slots lie a little further apart than the ceiling asks, so that one that is used late and one that is used in time do
# not come into one second together with all between them. What a 429 added to the gap goes down by a hundredth a slot.
_RESERVE = text("""
    with moment as (
        select clock_timestamp() as now
    ), before as (
        select p.*, moment.now, date_trunc('second', moment.now) as second from send_pace p, moment
        where id = 1 and halted_at is null and (paused_until is null or paused_until <= moment.now) for update of p
    ), counted as (
        select now, second, next_at, gap,
               :answers + case when counted_at = second then answers else 0 end as answers,
               case when counted_at = second then answers_before
                    when counted_at = second - interval '1 second' then answers else 0 end as answers_before
        from before
    ), answered as (
        select *, greatest(answers, answers_before) as answered from counted
    ), paced as (
        select *, cast(:slack as float8) / least(
            :ceiling, greatest(:floor, :most - case when answered = 0 then 0 else answered + 1 end)) as least_gap
        from answered
    ), stepped as (
        select *, greatest(gap, least_gap) as step from paced
    ), taken as (
        select *, case when next_at > now + make_interval(secs => :farthest) then now + make_interval(secs => :lead)
                       else greatest(next_at, now + make_interval(secs => :lead)) end as first,
               greatest(1, least(:slots, floor(cast(:span as float8) / step)))::int as number
        from stepped
    )
    update send_pace
    set next_at = taken.first + make_interval(secs => taken.step * taken.number),
        gap = greatest(0.001, taken.gap * power(0.99, taken.number)),
        counted_at = taken.second, answers = taken.answers, answers_before = taken.answers_before
    from taken where send_pace.id = 1
    returning extract(epoch from taken.first)::float8, taken.step, taken.number, extract(epoch from taken.now)::float8
""")

_TIME = text("select extract(epoch from clock_timestamp())::float8")

_PAUSE = text("""
    update send_pace
    set paused_until = greatest(paused_until, clock_timestamp() + make_interval(secs => :seconds)),
        gap = least(:widest, 2 * greatest(gap, :usual))
    where id = 1
""")

_ALIVE = text("""
    with before as (select alive_at from send_pace where id = 1 for update)
    update send_pace set alive_at = greatest(send_pace.alive_at, :now) from before where id = 1
    returning before.alive_at
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))

_SLACK = 1.024  # of the gap between slots over that of the ceiling
_FARTHEST = 60.0  # seconds: where the next slot lies further ahead, the clock was put back
_LEAD = 0.05  # seconds from the reservation to the first slot: what comes before a request must fit in
_SPAN = 0.25  # seconds for which a replica reserves at once
_WIDEST = 0.2  # seconds between slots after many 429s
_FLOOR, _MOST = 5, 30  # messages a second: what is left to the unasked at least, and what Telegram allows


class SqlPaceRepository:
    """The pace of sending. Every method is one statement."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def reserve(self, slots: int, ceiling: int, answers: int) -> Slots | None:
        """Take the next slots, at most so many; None while nothing may go out.

        `ceiling`: messages a second; `answers`: what this replica sent to people who asked since it reserved last.
        """
        known = {
            "slots": slots, "ceiling": ceiling, "answers": answers, "slack": _SLACK, "lead": _LEAD, "span": _SPAN,
            "floor": _FLOOR, "most": _MOST, "farthest": _FARTHEST,
        }  # fmt: skip
        row = (await self._connection.execute(_RESERVE, known)).one_or_none()
        return None if row is None else Slots(first=row[0], gap=row[1], count=row[2], now=row[3])

    async def tell_time(self) -> float:
        """Return the seconds of the database's clock."""
        now: float = (await self._connection.execute(_TIME)).scalar_one()
        return now

    async def pause(self, seconds: float, ceiling: int) -> None:
        """Let no replica send for so long, and all go more slowly for a while."""
        usual = _SLACK / ceiling
        await self._connection.execute(_PAUSE, {"seconds": seconds, "widest": max(_WIDEST, 4 * usual), "usual": usual})

    async def show_life(self, now: datetime) -> datetime | None:
        """Note that somebody looks for what is to be sent; returns when somebody did before."""
        before: datetime | None = (await self._connection.execute(_ALIVE, {"now": now})).scalar_one()
        return before
