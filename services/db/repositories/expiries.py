"""Papers that end: who has which, what was told, what was answered."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, Date, Integer, TextClause, bindparam, delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import ExpiryAnswer, ExpiryMark, ExpirySweep
from services.db.repositories.person_rows import linked_person
from services.db.rights import holds
from services.expiries.dto import Ending, MarkedEnding, Paper
from services.expiries.rules import ENDED, FARTHEST, THRESHOLDS, TOLD_AFTER_END

_DAY = bindparam("day", type_=Date)
_LIMITS = (bindparam("first", type_=Date), bindparam("last", type_=Date))
_THRESHOLDS = bindparam("thresholds", type_=ARRAY(Integer))

_PERSON = "p.id, p.person_no, p.last_name, p.first_name, p.patronymic, p.group_name"
_APPLIED = """exists (
    select from expiry_answers x
    where x.person_id = e.person_id and x.paper = e.paper and x.expires_on = e.expires_on)"""
_THRESHOLD = (
    f"case when e.expires_on < :day then {ENDED}"  # noqa: S608 -- a constant of ours
    " else (select min(t) from unnest(:thresholds) t where e.expires_on - :day <= t) end"
)
_PEOPLE = "join people p on p.id = e.person_id left join accounts a on a.person_id = p.id and a.frozen_at is null"

# Who sits at an office; where nobody does, the registrars of the whole university look after it.
_OFFICIALS = text(f"""
    with holders as (
        select a.telegram_id, u.code
        from role_grants g
        join accounts a on a.telegram_id = g.telegram_id
        left join people p on p.id = a.person_id and p.absent_since is null
        left join units u on u.id = g.unit_id
        where (u.code = :office and g.role in ('registrar', 'unit_head', 'unit_staff')
               or g.unit_id is null and g.role = 'registrar')
          and {holds(":day")}
    )
    select distinct telegram_id from holders
    where code is not null or not exists (select from holders where code is not null)
    order by telegram_id
""").bindparams(_DAY)  # noqa: S608 -- constants of ours


def _ends(papers: Collection[Paper], condition: str) -> str:
    """Return the ends of papers of who studies, works or is on leave; each paper has an index of its own."""
    return " union all ".join(
        f"select id as person_id, '{paper.value}' as paper, {paper.value}_expires as expires_on from people"  # noqa: S608 -- constants of ours
        f" where absent_since is null and status in ('active', 'leave')"
        f" and {condition.format(day=f'{paper.value}_expires')}"
        for paper in sorted(papers)
    )


_BETWEEN = "{day} between :first and :last"


@cache
def _mark(papers: frozenset[Paper]) -> TextClause:
    return text(f"""
        with marked as (
            insert into expiry_marks (person_id, paper, expires_on, threshold, told_on)
            select e.person_id, e.paper, e.expires_on, {_THRESHOLD}, :day
            from ({_ends(papers, _BETWEEN)}) e
            where not {_APPLIED}
            on conflict do nothing
            returning person_id, paper, expires_on, threshold
        )
        select e.paper, e.expires_on, false, a.telegram_id, e.threshold, {_PERSON}
        from marked e {_PEOPLE}
        order by p.sort_key, p.id, e.expires_on, e.paper
    """).bindparams(_DAY, *_LIMITS, _THRESHOLDS)  # noqa: S608 -- constants of ours


@cache
def _foresee(papers: frozenset[Paper], *, on_the_day: bool) -> TextClause:
    when = f"e.expires_on - :day = any(:thresholds || array[{ENDED}])" if on_the_day else "true"
    return text(f"""
        select * from (
            select e.paper, e.expires_on, false, a.telegram_id, {_THRESHOLD} as threshold, {_PERSON}, p.sort_key
            from ({_ends(papers, _BETWEEN)}) e {_PEOPLE}
            where not {_APPLIED} and {when}
        ) e
        where not exists (
            select from expiry_marks m
            where m.person_id = e.id and m.paper = e.paper and m.expires_on = e.expires_on
              and m.threshold = e.threshold)
        order by sort_key, id, expires_on, paper
    """).bindparams(_DAY, *_LIMITS, _THRESHOLDS)  # noqa: S608 -- constants of ours


@cache
def _marked(papers: frozenset[Paper]) -> TextClause:
    return text(f"""
        select e.paper, e.expires_on, false, a.telegram_id, m.threshold, {_PERSON}
        from expiry_marks m
        join ({_ends(papers, "{day} is not null")}) e
          on e.person_id = m.person_id and e.paper = m.paper and e.expires_on = m.expires_on
        {_PEOPLE}
        where m.told_on = :day and not {_APPLIED}
        order by m.expires_on, p.sort_key, p.id, e.paper
    """).bindparams(_DAY)  # noqa: S608 -- constants of ours


@cache
def _near(papers: frozenset[Paper]) -> TextClause:
    return text(f"""
        select e.paper, e.expires_on, {_APPLIED}, a.telegram_id, count(*) over (), {_PERSON}
        from ({_ends(papers, _BETWEEN)}) e {_PEOPLE}
        order by e.expires_on, p.sort_key, p.id, e.paper
        offset :offset limit :limit
    """).bindparams(*_LIMITS)  # noqa: S608 -- constants of ours


_OF_PERSON = text(f"""
    select e.paper, e.expires_on, {_APPLIED}, a.telegram_id, 0, {_PERSON}
    from ({_ends(tuple(Paper), "id = :person and {day} is not null")}) e {_PEOPLE}
    order by e.expires_on, e.paper
""")  # noqa: S608 -- constants of ours


class SqlExpiryRepository:
    """Statements over all people at once; a day's sweep of some thousands takes tenths of a second."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin_sweep(self, day: date, now: datetime) -> bool:
        """Note that a day's papers are looked through; False if somebody did it. Others wait meanwhile."""
        statement = insert(ExpirySweep).values(day=day, swept_at=now).on_conflict_do_nothing()
        return (await self._connection.execute(statement.returning(ExpirySweep.day))).first() is not None

    async def mark(self, papers: Collection[Paper], day: date) -> list[MarkedEnding]:
        """Mark every end that came to a threshold it is not marked with, but those answered; return these."""
        return await self._list_marked(_mark(frozenset(papers)), day) if papers else []

    async def foresee(self, papers: Collection[Paper], day: date, *, on_the_day: bool) -> list[MarkedEnding]:
        """Return what `mark` would; `on_the_day`: only those that come to a threshold on this very day."""
        return await self._list_marked(_foresee(frozenset(papers), on_the_day=on_the_day), day) if papers else []

    async def list_marked(self, papers: Collection[Paper], day: date) -> list[MarkedEnding]:
        """Return what was marked on a day and is still so: same last day, no answer."""
        if not papers:
            return []
        rows = await self._connection.execute(_marked(frozenset(papers)), {"day": day})
        return [_marked_of(tuple(row)) for row in rows]

    async def list_officials(self, office: str, today: date) -> list[int]:
        """Return the accounts of who sits at an office: its registrars, head and employees, else the Study Office."""
        return list(await self._connection.scalars(_OFFICIALS, {"office": office, "day": today}))

    async def list_of_person(self, person_id: int) -> list[Ending]:
        """Return the papers of a person, by their last days."""
        rows = await self._connection.execute(_OF_PERSON, {"person": person_id})
        return [_ending(tuple(row)) for row in rows]

    async def list_near(
        self, papers: Collection[Paper], first: date, last: date, *, offset: int, limit: int
    ) -> tuple[list[Ending], int]:
        """Return papers with last days between two, the first to end first, and how many there are in all."""
        wanted = {"first": first, "last": last, "offset": offset, "limit": limit}
        rows = [tuple(row) for row in await self._connection.execute(_near(frozenset(papers)), wanted)]
        return [_ending(row) for row in rows], rows[0][4] if rows else 0

    async def note_answer(self, person_id: int, paper: Paper, expires_on: date, now: datetime) -> None:
        """Note that the person has applied."""
        answer = {"person_id": person_id, "paper": paper.value, "expires_on": expires_on, "applied_at": now}
        await self._connection.execute(insert(ExpiryAnswer).values(answer).on_conflict_do_nothing())

    async def forget_answer(self, person_id: int, paper: Paper, expires_on: date) -> None:
        """Forget that the person has applied."""
        await self._connection.execute(
            delete(ExpiryAnswer).where(
                ExpiryAnswer.person_id == person_id,
                ExpiryAnswer.paper == paper.value,
                ExpiryAnswer.expires_on == expires_on,
            )
        )

    async def forget_before(self, day: date) -> int:
        """Forget marks, answers and sweeps of what ended before a day; return how many marks."""
        await self._connection.execute(delete(ExpiryAnswer).where(ExpiryAnswer.expires_on < day))
        await self._connection.execute(delete(ExpirySweep).where(ExpirySweep.day < day))
        marks = await self._connection.execute(delete(ExpiryMark).where(ExpiryMark.expires_on < day))
        return marks.rowcount

    async def _list_marked(self, statement: TextClause, day: date) -> list[MarkedEnding]:
        limits = {"first": day - TOLD_AFTER_END, "last": day + FARTHEST}
        wanted = {"day": day, "thresholds": list(THRESHOLDS), **limits}
        return [_marked_of(tuple(row)) for row in await self._connection.execute(statement, wanted)]


def _marked_of(row: tuple[Any, ...]) -> MarkedEnding:
    return MarkedEnding(ending=_ending(row), threshold=row[4])


def _ending(row: tuple[Any, ...]) -> Ending:
    """Read paper, last day, whether applied, account, something of the statement's own, `_PERSON`."""
    paper, expires_on, applied, account_id, _own, *person = row
    return Ending(
        person=linked_person(person[:5]),
        group_name=person[5],
        paper=Paper(paper),
        expires_on=expires_on,
        applied=applied,
        account_id=account_id,
    )
