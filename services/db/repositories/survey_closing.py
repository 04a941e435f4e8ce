"""Closing a survey: from sealed rows to readable ones, without a trace of which came from which."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, String, bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.audit.dto import Act
from services.db.locks import AdvisoryLock
from services.db.models import AuditEntry, SealedReply, Survey, SurveyMark, SurveyQuiet, SurveyStratum, SurveyTicket
from services.db.repositories.broadcasts import discard_empty
from services.db.repositories.surveys import stratum_row
from services.surveys.dto import PlainReply, PlainText, ShuffledTable, Stratum, SurveyState
from services.surveys.notices import subject_of

#: So long whoever finishes a survey may have to wait behind us for a table that somebody else does not give.
LOCK_PATIENCE = "2s"
_LOCK_NOT_AVAILABLE: Final = "55P03"

# Keys are random (version 4) and made here; rows lie in the order in which they are given.
_ADD_REPLIES = text("""
    insert into survey_replies (id, survey_id, stratum, answers)
    select gen_random_uuid(), :survey, given.stratum, given.answers::jsonb
    from unnest(:strata, :answers) with ordinality as given (stratum, answers, place) order by given.place
""").bindparams(bindparam("strata", type_=ARRAY(String)), bindparam("answers", type_=ARRAY(String)))
_ADD_TEXTS = text("""
    insert into survey_texts (id, survey_id, item, stratum, words)
    select gen_random_uuid(), :survey, given.item, given.stratum, given.words
    from unnest(:items, :strata, :words) with ordinality as given (item, stratum, words, place) order by given.place
""").bindparams(
    bindparam("items", type_=ARRAY(String)),
    bindparam("strata", type_=ARRAY(String)),
    bindparam("words", type_=ARRAY(String)),
)
# Unlike random(), what gen_random_uuid() draws is fit for secrets.
_COPY_OUT = text("""
    create temporary table kept_sealed_replies on commit drop as
    select id, survey_id, body from sealed_replies where survey_id <> :survey order by gen_random_uuid()
""")
_COPY_IN = text(
    "insert into sealed_replies (id, survey_id, body) select id, survey_id, body from kept_sealed_replies order by ctid"
)
_FORGET_ASKED = text("""
    delete from survey_people p using surveys s
    where s.id = p.survey_id and s.state = 'closed' and s.mode <> 'named' and s.closed_on < :before
""")


_FORGET_SENDINGS = text("""
    delete from deliveries d using notices n
    where n.id = d.notice_id and n.subject = :subject and n.kind in ('survey_invitation', 'survey_reminder')
    returning d.message_id
""")
# In orders that have nothing to do with who came when, each under one transaction.
_SHUFFLE = {
    ShuffledTable.MARKS: (
        "create temporary table kept on commit drop as select * from survey_marks order by survey_id, person_id",
        "truncate survey_marks",
        "insert into survey_marks (survey_id, person_id) select survey_id, person_id from kept order by ctid",
        "drop table kept",
    ),
    ShuffledTable.SEALED: (
        "create temporary table kept on commit drop as select * from sealed_replies order by id",
        "truncate sealed_replies",
        "insert into sealed_replies (id, survey_id, body) select id, survey_id, body from kept order by ctid",
        "drop table kept",
    ),
}

_PUT_STRATA = insert(SurveyStratum)
_REPLACED = ("parent", "name_ky", "name_ru", "name_en", "people", "leaf", "tickets", "covers")
_FOLLOW = text("""
    update survey_people p set stratum = moved.now
    from unnest(:before, :now) as moved (before, now)
    where p.survey_id = :survey and p.stratum = moved.before and moved.before <> moved.now
""").bindparams(bindparam("before", type_=ARRAY(String)), bindparam("now", type_=ARRAY(String)))


class SqlClosingRepository:
    """Everything that is done in the one transaction of a closing."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take_turn(self) -> bool:
        """Be the one that closes until the end of the transaction; False if another one is at it."""
        return bool(await self._connection.scalar(select(func.pg_try_advisory_xact_lock(AdvisoryLock.CLOSING))))

    async def list_sealed(self, survey_id: int, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
        """Return sealed replies by their random key, behind one of them."""
        statement = select(SealedReply.id, SealedReply.body).where(SealedReply.survey_id == survey_id)
        if after is not None:
            statement = statement.where(SealedReply.id > after)
        rows = await self._connection.execute(statement.order_by(SealedReply.id).limit(limit))
        return [(row.id, row.body) for row in rows]

    async def find_begun(self, survey_id: int) -> datetime | None:
        """Return when somebody began to close a survey; None if it closed by itself."""
        closed = (AuditEntry.subject == subject_of(survey_id)) & (AuditEntry.act == Act.SURVEY_CLOSED.value)
        begun: datetime | None = await self._connection.scalar(select(func.max(AuditEntry.at)).where(closed))
        return begun

    async def count_sealed(self, survey_id: int) -> int:
        """Return how many sealed replies there are."""
        statement = select(func.count()).select_from(SealedReply).where(SealedReply.survey_id == survey_id)
        return (await self._connection.execute(statement)).scalar_one()

    async def add_replies(self, survey_id: int, replies: Sequence[PlainReply]) -> None:
        """Write readable replies in this order."""
        columns = {"strata": [one.stratum for one in replies], "answers": [one.answers for one in replies]}
        await self._connection.execute(_ADD_REPLIES, {"survey": survey_id, **columns})

    async def add_texts(self, survey_id: int, texts: Sequence[PlainText]) -> None:
        """Write free answers in this order."""
        columns = {
            "items": [one.item for one in texts],
            "strata": [one.stratum for one in texts],
            "words": [one.words for one in texts],
        }
        await self._connection.execute(_ADD_TEXTS, {"survey": survey_id, **columns})

    async def lock_sealed(self) -> bool:
        """Keep everybody off the sealed replies of all surveys; False if that is not to be had soon.

        Then nothing more can be done in this transaction. A backup reads the table as long as it runs, and whoever
        finishes a survey would wait behind us.
        """
        return await self._lock("sealed_replies")

    async def shuffle(self, table: ShuffledTable) -> bool:
        """Write a table anew in an order without a meaning; False if it is not to be had soon, as above."""
        if not await self._lock(table):
            return False
        for statement in _SHUFFLE[table]:
            await self._connection.execute(text(statement))
        return True

    async def _lock(self, table: str) -> bool:
        try:
            await self._connection.execute(text(f"set local lock_timeout = '{LOCK_PATIENCE}'"))
            await self._connection.execute(text(f"lock table {table} in access exclusive mode"))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
            return False
        await self._connection.execute(text("set local lock_timeout to default"))
        return True

    async def empty_sealed(self, survey_id: int) -> None:
        """Leave no trace of a survey's sealed replies; those of others come back in random order."""
        await self._connection.execute(_COPY_OUT, {"survey": survey_id})
        await self._connection.execute(text("truncate sealed_replies"))
        await self._connection.execute(_COPY_IN)
        await self._connection.execute(text("drop table kept_sealed_replies"))

    async def forget_traces(self, survey_id: int) -> None:
        """Delete unused tickets, who was through, who wanted no more reminders, and whom was written to."""
        for table in (SurveyTicket, SurveyQuiet, SurveyMark):
            await self._connection.execute(delete(table).where(table.survey_id == survey_id))
        carried = await self._connection.scalars(_FORGET_SENDINGS, {"subject": subject_of(survey_id)})
        await discard_empty(self._connection, [message_id for message_id in carried if message_id is not None])

    async def merge_strata(self, survey_id: int, strata: Sequence[Stratum], leaves: Mapping[str, str]) -> None:
        """Write the groups of a survey in place of those it had; people follow from leaf to leaf."""
        new = {column: _PUT_STRATA.excluded[column] for column in _REPLACED}
        await self._connection.execute(
            _PUT_STRATA.on_conflict_do_update(index_elements=("survey_id", "code"), set_=new),
            [stratum_row(survey_id, stratum) for stratum in strata],
        )
        moved = {"survey": survey_id, "before": list(leaves), "now": list(leaves.values())}
        await self._connection.execute(_FOLLOW, moved)
        gone = SurveyStratum.code.not_in([stratum.code for stratum in strata])
        await self._connection.execute(delete(SurveyStratum).where(SurveyStratum.survey_id == survey_id, gone))

    async def list_closed_keys(self) -> list[tuple[int, bytes]]:
        """Return the ids and public keys of closed surveys."""
        statement = select(Survey.id, Survey.public_key).where(
            Survey.state == SurveyState.CLOSED.value, Survey.public_key.is_not(None)
        )
        return [(row.id, row.public_key) for row in await self._connection.execute(statement.order_by(Survey.id))]

    async def forget_asked(self, before: date) -> int:
        """Delete whom surveys asked that were closed before a day, unless answers are kept with names."""
        return (await self._connection.execute(_FORGET_ASKED, {"before": before})).rowcount
