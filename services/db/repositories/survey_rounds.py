"""What is written to the people of open surveys, and how many are through; nobody is ever named."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import ARRAY, BigInteger, Date, Integer, String, bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.db.locks import AdvisoryLock
from services.db.models import Account, SendPace, SurveyPerson, SurveySending
from services.db.models import Survey as SurveyTable
from services.db.repositories.broadcasts import discard_empty
from services.surveys.dto import SendingKind, SurveyState

_HALTED = select(SendPace.id).where(SendPace.halted_at.is_not(None))

# By the account's number, so that the order says nothing of who came when.
_FREEZE = text("""
    insert into deliveries (notice_id, account_id, ended)
    select :notice, a.telegram_id, case when a.blocked_at is not null then 'blocked' end
    from survey_people s join accounts a on a.person_id = s.person_id
    where s.survey_id = :survey and a.frozen_at is null
      and not exists (select from survey_marks m where (m.survey_id, m.person_id) = (s.survey_id, s.person_id))
      and not exists (select from survey_quiet q where (q.survey_id, q.person_id) = (s.survey_id, s.person_id))
    order by a.telegram_id
""")

_COUNT_MARKS = text("""
    select s.stratum, count(*) from survey_marks m
    join survey_people s on (s.survey_id, s.person_id) = (m.survey_id, m.person_id)
    where m.survey_id = :survey group by s.stratum
""")

_COUNT_TICKETS = text("select stratum, count(*) from survey_tickets where survey_id = :survey group by stratum")

_PUT_FINISHED = text("""
    update survey_strata s set finished = given.finished, counted_on = :day
    from unnest(:codes, :counts) as given (code, finished)
    where s.survey_id = :survey and s.code = given.code and (s.counted_on is null or s.counted_on < :day)
""").bindparams(
    bindparam("codes", type_=ARRAY(String)), bindparam("counts", type_=ARRAY(Integer)), bindparam("day", type_=Date)
)

# Whom a reminder went to was not through yet, and whoever is not written to is one who was: nothing of that is kept.
# What still waits stays until it has gone out; but a reminder that waited a whole day goes nowhere any more.
_FORGET = text("""
    delete from deliveries d using notices n, broadcasts b
    where n.kind in ('survey_invitation', 'survey_reminder') and b.notice_id = n.id and d.notice_id = n.id
      and (b.opened_at < :before and b.state in ('done', 'cancelled')
           or n.kind = 'survey_reminder' and b.opened_at < :long_before)
    returning d.message_id
""").bindparams(
    bindparam("before", type_=DateTime(timezone=True)), bindparam("long_before", type_=DateTime(timezone=True))
)
_REMINDERS_WAIT = timedelta(days=1)


class SqlSurveyRoundRepository:
    """Some statements a survey, however many people it asks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock_drafts(self) -> None:
        """Let others who bring questionnaires or change drafts wait until the end of the transaction."""
        await self._connection.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.SURVEYS)))

    async def drop_draft(self, survey_id: int) -> bool:
        """Delete a survey that was never opened; False if it is none."""
        draft = SurveyState.DRAFT.value
        statement = delete(SurveyTable).where(SurveyTable.id == survey_id, SurveyTable.state == draft)
        return (await self._connection.execute(statement)).rowcount == 1

    async def is_halted(self) -> bool:
        """Tell whether nothing goes out since a restore."""
        return await self._connection.scalar(_HALTED) is not None

    async def begin_sending(self, survey_id: int, kind: SendingKind, day: date) -> bool:
        """Note that something goes out on a day; False if it did already. Others wait meanwhile."""
        statement = insert(SurveySending).values(survey_id=survey_id, kind=kind.value, day=day).on_conflict_do_nothing()
        return (await self._connection.execute(statement.returning(SurveySending.id))).first() is not None

    async def was_sent(self, survey_id: int, kind: SendingKind) -> bool:
        """Tell whether something went out on any day."""
        sent = select(SurveySending.id).where(SurveySending.survey_id == survey_id, SurveySending.kind == kind.value)
        return await self._connection.scalar(sent.limit(1)) is not None

    async def freeze_asked(self, survey_id: int, notice_id: int) -> int:
        """Write a delivery for everybody who is asked, linked and not through, nor wants quiet."""
        frozen = await self._connection.execute(_FREEZE, {"survey": survey_id, "notice": notice_id})
        return frozen.rowcount

    async def list_linked(self, person_ids: Collection[int]) -> set[int]:
        """Return those of these people whom the bot can write to."""
        among = Account.person_id == func.any(bindparam("people", list(person_ids), type_=ARRAY(BigInteger)))
        statement = select(Account.person_id).where(among, Account.frozen_at.is_(None), Account.blocked_at.is_(None))
        return {person_id for person_id in await self._connection.scalars(statement) if person_id is not None}

    async def asks_any(self, survey_id: int, person_ids: Collection[int]) -> bool:
        """Tell whether a survey asks one of these people."""
        among = SurveyPerson.person_id == func.any(bindparam("people", list(person_ids), type_=ARRAY(BigInteger)))
        asked = select(SurveyPerson.person_id).where(SurveyPerson.survey_id == survey_id, among).limit(1)
        return await self._connection.scalar(asked) is not None

    async def count_marks(self, survey_id: int) -> dict[str, int]:
        """Count by leaf for how many people the survey is finished."""
        rows = await self._connection.execute(_COUNT_MARKS, {"survey": survey_id})
        return {row[0]: row[1] for row in rows}

    async def count_tickets_left(self, survey_id: int) -> dict[str, int]:
        """Count by leaf the tickets that were not used."""
        rows = await self._connection.execute(_COUNT_TICKETS, {"survey": survey_id})
        return {row[0]: row[1] for row in rows}

    async def put_finished(self, survey_id: int, finished: Mapping[str, int], day: date) -> None:
        """Write by group for how many it is over, in tens, unless that was written for the day already."""
        given = {"survey": survey_id, "codes": list(finished), "counts": list(finished.values()), "day": day}
        await self._connection.execute(_PUT_FINISHED, given)

    async def forget_sendings(self, before: datetime) -> int:
        """Delete whom invitations and reminders went to that were sent before a moment."""
        known = {"before": before, "long_before": before - _REMINDERS_WAIT}
        carried = list(await self._connection.scalars(_FORGET, known))
        await discard_empty(self._connection, [message_id for message_id in carried if message_id is not None])
        return len(carried)
