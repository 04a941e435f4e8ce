"""Which surveys were addressed to one person: of what they did with one, only that nothing more of it comes."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import NamedReply, SurveyMark, SurveyPerson, SurveyQuiet
from services.db.models import Survey as SurveyTable
from services.mydata.dto import SurveyData
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SurveyState


class PersonalSurveys:
    """The part of `SqlPersonalDataRepository` that is about surveys."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_surveys(self, person_id: int) -> tuple[SurveyData, ...]:
        """Return which surveys were addressed to the person, the oldest first."""
        closed = SurveyTable.state == SurveyState.CLOSED.value
        through = or_(_has(SurveyMark), _has(SurveyQuiet), closed)
        columns = (SurveyTable.opened_on, SurveyTable.closes_on, SurveyTable.mode, through, _has(NamedReply))
        rows = await self._connection.execute(
            select(*columns)
            .join(SurveyPerson, SurveyPerson.survey_id == SurveyTable.id)
            .where(SurveyPerson.person_id == person_id)
            .order_by(SurveyTable.id)
        )
        return tuple(
            SurveyData(
                opened_on=opened_on,
                closes_on=closes_on,
                named=mode == SurveyMode.NAMED.value,
                finished=finished,
                answer_kept=kept,
            )
            for opened_on, closes_on, mode, finished, kept in rows
            if opened_on is not None
        )


def _has(table: type[SurveyMark | SurveyQuiet | NamedReply]) -> ColumnElement[bool]:
    about = (table.survey_id == SurveyPerson.survey_id, table.person_id == SurveyPerson.person_id)
    return exists().where(*about).correlate(SurveyPerson)
