"""Who is through with which survey, and what they gave.

What comes twice is written once and without an error: what PostgreSQL says of a broken key would name a person, with
the time, in its log.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import SurveyMark, Unit
from services.languages import Trilingual
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import Respondent, Standing

_STANDING = text("""
    select exists (
        select from survey_marks m where m.survey_id = p.survey_id and m.person_id = p.person_id
    ) as finished, n.answers as named
    from accounts a join survey_people p on p.person_id = a.person_id
    left join named_replies n on n.survey_id = p.survey_id and n.person_id = p.person_id
    where a.telegram_id = :account and a.frozen_at is null and p.survey_id = :survey
""").columns(finished=Boolean, named=JSONB)

# The lock stands against the closing, which locks the survey for update: an answer is counted or refused, never lost.
# Those who answer do not wait for each other.
_KEEP_OPEN = text("""
    select p.person_id, p.stratum from surveys s
    join survey_people p on p.survey_id = s.id join accounts a on a.person_id = p.person_id
    where s.id = :survey and s.state = 'open' and s.mode = :mode
      and a.telegram_id = :account and a.frozen_at is null
    for key share of s
""")

_IS_OPEN = text("select id from surveys where id = :survey and state = 'open' and mode = :mode")

_MARK = text("""
    insert into survey_marks (survey_id, person_id) values (:survey, :person) on conflict do nothing
""")

_MARK_AND_SEAL = text("""
    with mark as (
        insert into survey_marks (survey_id, person_id) values (:survey, :person) on conflict do nothing
        returning survey_id
    )
    insert into sealed_replies (id, survey_id, body) select :id, survey_id, :body from mark
""")

_PUT_NAMED = text("""
    insert into named_replies (survey_id, person_id, answers) values (:survey, :person, :answers)
    on conflict (survey_id, person_id) do update set answers = excluded.answers
""").bindparams(bindparam("answers", type_=JSONB))

_DROP_NAMED = text("delete from named_replies where survey_id = :survey and person_id = :person")

_SILENCE = text("""
    insert into survey_quiet (survey_id, person_id)
    select p.survey_id, p.person_id from surveys s
    join survey_people p on p.survey_id = s.id join accounts a on a.person_id = p.person_id
    where s.id = :survey and s.state = 'open' and s.mode = 'anonymous'
      and a.telegram_id = :account and a.frozen_at is null
    on conflict do nothing
""")


class SqlAnswerRepository:
    """Marks, sealed replies, named ones."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_standing(self, survey_id: int, account_id: int) -> Standing | None:
        """Return how the account's person stands; None if it has none who is asked, or is on hold."""
        asked = {"survey": survey_id, "account": account_id}
        row = (await self._connection.execute(_STANDING, asked)).first()
        return Standing(finished=row.finished, named=row.named) if row is not None else None

    async def list_finished(self, person_id: int) -> set[int]:
        """Return the ids of surveys that are finished for a person."""
        statement = select(SurveyMark.survey_id).where(SurveyMark.person_id == person_id)
        return set(await self._connection.scalars(statement))

    async def get_unit_name(self, code: str) -> Trilingual:
        """Return a unit's name; empty if there is none of this code."""
        statement = select(Unit.name_ky, Unit.name_ru, Unit.name_en).where(Unit.code == code)
        row = (await self._connection.execute(statement)).first()
        return Trilingual(ky=row.name_ky, ru=row.name_ru, en=row.name_en) if row is not None else Trilingual()

    async def keep_open(self, survey_id: int, mode: SurveyMode, account_id: int) -> Respondent | None:
        """Return whom an account belongs to if the survey is open and asks them; until the end it cannot be closed."""
        asked = {"survey": survey_id, "mode": mode.value, "account": account_id}
        row = (await self._connection.execute(_KEEP_OPEN, asked)).first()
        return Respondent(person_id=row.person_id, stratum=row.stratum) if row is not None else None

    async def is_open(self, survey_id: int, mode: SurveyMode) -> bool:
        """Tell whether a survey is open."""
        asked = {"survey": survey_id, "mode": mode.value}
        return (await self._connection.execute(_IS_OPEN, asked)).first() is not None

    async def mark_and_seal(self, survey_id: int, person_id: int, sealed: bytes) -> None:
        """Write the mark and the sealed reply; nothing if there is a mark already."""
        given = {"survey": survey_id, "person": person_id, "id": uuid.uuid4(), "body": sealed}
        await self._connection.execute(_MARK_AND_SEAL, given)

    async def mark(self, survey_id: int, person_id: int) -> None:
        """Write the mark alone; nothing if there is one already."""
        await self._connection.execute(_MARK, {"survey": survey_id, "person": person_id})

    async def put_named(self, survey_id: int, person_id: int, answers: Mapping[str, Any]) -> None:
        """Write what a person answers under their name, in place of what they answered before."""
        given = {"survey": survey_id, "person": person_id, "answers": dict(answers)}
        await self._connection.execute(_PUT_NAMED, given)

    async def drop_named(self, survey_id: int, person_id: int) -> None:
        """Take back what a person answered under their name."""
        await self._connection.execute(_DROP_NAMED, {"survey": survey_id, "person": person_id})

    async def silence(self, survey_id: int, account_id: int) -> None:
        """Note that an account's person wants no more reminders of an open anonymous survey."""
        await self._connection.execute(_SILENCE, {"survey": survey_id, "account": account_id})
