"""Questionnaires and surveys: what all their features read and write."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, String, bindparam, delete, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import QuestionnaireRow, SurveyPerson, SurveyStratum
from services.db.models import Survey as SurveyTable
from services.languages import Trilingual
from services.questionnaires.dto import KnownQuestionnaire, SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.surveys.dto import Split, Stratum, Survey, SurveyState
from services.surveys.errors import SurveyNotDraft

#: What people were promised when a survey was opened: the database itself changes it of a draft only.
_FIXED_AT_OPENING = frozenset({
    "questionnaire_id", "mode", "audience", "split", "period_ky", "period_ru", "period_en", "reader_unit"
})  # fmt: skip

_SURVEYS = select(SurveyTable.__table__, QuestionnaireRow.body).join(
    QuestionnaireRow, QuestionnaireRow.id == SurveyTable.questionnaire_id
)

_PUT_PEOPLE = text("""
    insert into survey_people (survey_id, person_id, stratum)
    select :survey, asked.* from unnest(:people, :strata) as asked (person_id, stratum) order by asked.person_id
""").bindparams(bindparam("people", type_=ARRAY(BigInteger)), bindparam("strata", type_=ARRAY(String)))


class SqlSurveyRepository:
    """Surveys with what they ask, their groups and people."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_questionnaires(self) -> list[KnownQuestionnaire]:
        """Return all editions: by code, the newest revision first."""
        order = (QuestionnaireRow.code, QuestionnaireRow.revision.desc())
        statement = select(QuestionnaireRow.__table__).where(QuestionnaireRow.draft.is_(False))
        rows = await self._connection.execute(statement.order_by(*order))
        return [_questionnaire(row) for row in rows]

    async def find_questionnaire(self, questionnaire_id: int) -> KnownQuestionnaire | None:
        """Return an edition."""
        statement = select(QuestionnaireRow.__table__).where(
            QuestionnaireRow.id == questionnaire_id, QuestionnaireRow.draft.is_(False)
        )
        row = (await self._connection.execute(statement)).first()
        return _questionnaire(row) if row is not None else None

    async def add_questionnaire(
        self, body: Mapping[str, Any], code: str, revision: int, *, draft: bool, now: datetime, by: int | None
    ) -> int:
        """Write an edition that was read without fault; return its id."""
        values = {"body": dict(body), "code": code, "revision": revision, "draft": draft}
        statement = insert(QuestionnaireRow).values(**values, created_at=now, created_by=by)
        return (await self._connection.execute(statement.returning(QuestionnaireRow.id))).scalar_one()

    async def add_survey(
        self, questionnaire_id: int, mode: SurveyMode, now: datetime, values: Mapping[str, Any]
    ) -> int:
        """Write a draft; return its id."""
        statement = insert(SurveyTable).values(
            questionnaire_id=questionnaire_id, mode=mode.value, created_at=now, **values
        )
        return (await self._connection.execute(statement.returning(SurveyTable.id))).scalar_one()

    async def find_survey(self, survey_id: int) -> Survey | None:
        """Return a survey."""
        row = (await self._connection.execute(_SURVEYS.where(SurveyTable.id == survey_id))).first()
        return _survey(row) if row is not None else None

    async def list_surveys(self, states: Collection[SurveyState] = ()) -> list[Survey]:
        """Return surveys in one of the states, or all: the newest first."""
        statement = _SURVEYS.order_by(SurveyTable.id.desc())
        if states:
            statement = statement.where(SurveyTable.state.in_([state.value for state in states]))
        return [_survey(row) for row in await self._connection.execute(statement)]

    async def list_open_to(self, person_id: int) -> list[Survey]:
        """Return the open surveys whose frozen audience has the person, finished ones included: the oldest first."""
        asked = select(SurveyPerson.survey_id).where(SurveyPerson.person_id == person_id)
        statement = _SURVEYS.where(SurveyTable.state == SurveyState.OPEN.value, SurveyTable.id.in_(asked))
        return [_survey(row) for row in await self._connection.execute(statement.order_by(SurveyTable.id))]

    async def lock_survey(self, survey_id: int) -> None:
        """Let others who change the survey wait until the end of the transaction."""
        await self._connection.execute(select(SurveyTable.id).where(SurveyTable.id == survey_id).with_for_update())

    async def change_survey(self, survey_id: int, values: Mapping[str, Any]) -> None:
        """Write columns of a survey; its version grows.

        Raises:
            SurveyNotDraft: it was opened, and one of the columns is among what people were promised then.
        """
        changed = update(SurveyTable).where(SurveyTable.id == survey_id)
        fixed = not _FIXED_AT_OPENING.isdisjoint(values)
        if fixed:
            changed = changed.where(SurveyTable.state == SurveyState.DRAFT.value)
        done = await self._connection.execute(changed.values({**values, "version": SurveyTable.version + 1}))
        if fixed and not done.rowcount:
            raise SurveyNotDraft

    async def list_strata(self, survey_id: int) -> list[Stratum]:
        """Return the groups of a survey: the whole first, then by parent and code."""
        statement = (
            select(SurveyStratum.__table__)
            .where(SurveyStratum.survey_id == survey_id)
            .order_by(SurveyStratum.parent.asc().nulls_first(), SurveyStratum.code)
        )
        return [_stratum(row) for row in await self._connection.execute(statement)]

    async def put_strata(self, survey_id: int, strata: Sequence[Stratum]) -> None:
        """Write the groups of a survey in place of those it had."""
        await self._connection.execute(delete(SurveyStratum).where(SurveyStratum.survey_id == survey_id))
        if strata:
            await self._connection.execute(
                insert(SurveyStratum), [stratum_row(survey_id, stratum) for stratum in strata]
            )

    async def put_people(self, survey_id: int, strata: Mapping[int, str]) -> None:
        """Freeze who is asked: the group by person's id."""
        asked = {"survey": survey_id, "people": list(strata), "strata": list(strata.values())}
        await self._connection.execute(_PUT_PEOPLE, asked)

    async def list_due(self, today: date) -> list[int]:
        """Return the ids of open surveys whose last day is over, and of those whose closing was begun."""
        over = (SurveyTable.state == SurveyState.OPEN.value) & (SurveyTable.closes_on < today)
        statement = select(SurveyTable.id).where(or_(over, SurveyTable.state == SurveyState.CLOSING.value))
        return list(await self._connection.scalars(statement.order_by(SurveyTable.id)))


def _questionnaire(row: Any) -> KnownQuestionnaire:  # noqa: ANN401 -- a row of the table
    return KnownQuestionnaire(
        id=row.id, questionnaire=read_questionnaire(row.body), draft=row.draft, created_at=row.created_at
    )


def _survey(row: Any) -> Survey:  # noqa: ANN401 -- a row of the two tables
    return Survey(
        id=row.id,
        questionnaire_id=row.questionnaire_id,
        questionnaire=read_questionnaire(row.body),
        mode=SurveyMode(row.mode),
        state=SurveyState(row.state),
        audience=row.audience,
        split=Split(row.split),
        period=Trilingual(ky=row.period_ky, ru=row.period_ru, en=row.period_en),
        closes_on=row.closes_on,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        public_key=row.public_key,
        tap_key=row.tap_key,
        link_token=row.link_token,
        reader_unit=row.reader_unit,
        outcome=Trilingual(ky=row.outcome_ky, ru=row.outcome_ru, en=row.outcome_en),
        version=row.version,
    )


def _stratum(row: Any) -> Stratum:  # noqa: ANN401 -- a row of the table
    return Stratum(
        code=row.code,
        parent=row.parent,
        name=Trilingual(ky=row.name_ky, ru=row.name_ru, en=row.name_en),
        people=row.people,
        leaf=row.leaf,
        tickets=row.tickets,
        covers=tuple(row.covers),
        finished=row.finished,
        counted_on=row.counted_on,
    )


def stratum_row(survey_id: int, stratum: Stratum) -> dict[str, Any]:
    """Return the columns of a group."""
    return {
        "survey_id": survey_id,
        "code": stratum.code,
        "parent": stratum.parent,
        "name_ky": stratum.name.ky,
        "name_ru": stratum.name.ru,
        "name_en": stratum.name.en,
        "people": stratum.people,
        "leaf": stratum.leaf,
        "tickets": stratum.tickets,
        "covers": list(stratum.covers),
    }
