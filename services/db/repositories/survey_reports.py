"""Replies and free answers of closed surveys, and word of what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Person, SurveySending, SurveyText
from services.survey_reports.text_dto import TextCount, TextState, WrittenText

# As text: thousands of replies are parsed away from the event loop.
_REPLIES = text("select stratum, answers::text from survey_replies where survey_id = :survey")
_NAMED = text("""
    select p.stratum, r.answers::text from named_replies r
    join survey_people p on p.survey_id = r.survey_id and p.person_id = r.person_id
    where r.survey_id = :survey
""")
_ASKED = """
    from survey_people p
    join accounts a on a.person_id = p.person_id and a.frozen_at is null
    join people h on h.id = p.person_id and h.absent_since is null
    where p.survey_id = :survey
"""
_FREEZE_ASKED = text(f"""
    with written as (
        insert into deliveries (notice_id, account_id, ended)
        select :notice, a.telegram_id, case when a.blocked_at is not null then 'blocked' end {_ASKED}
        order by a.telegram_id returning 1
    )
    select count(*) from written
""")  # noqa: S608 -- two pieces of ours
_COUNT_ASKED = text(f"select count(*) {_ASKED}")

_UNIT_OF = text("select u.code from people p join units u on u.id = p.unit_id where p.id = :person")


class SqlSurveyReportRepository:
    """A statement for each question; none asks who took part."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_replies(self, survey_id: int) -> Sequence[tuple[str, str]]:
        """Return every reply's stratum and its answers as JSON, by one statement."""
        rows = await self._connection.execute(_REPLIES, {"survey": survey_id})
        return [(stratum, answers) for stratum, answers in rows]

    async def list_named_replies(self, survey_id: int) -> Sequence[tuple[str, str]]:
        """Return the same of answers that are kept with names, without the names."""
        rows = await self._connection.execute(_NAMED, {"survey": survey_id})
        return [(stratum, answers) for stratum, answers in rows]

    async def count_texts(self, survey_id: int) -> list[TextCount]:
        """Return by item and stratum how many free answers there are in each state."""
        counts = [func.count().filter(SurveyText.state == state.value) for state in TextState]
        counted = (
            select(SurveyText.item, SurveyText.stratum, *counts)
            .where(SurveyText.survey_id == survey_id)
            .group_by(SurveyText.item, SurveyText.stratum)
        )
        return [
            TextCount(item=row[0], stratum=row[1], waiting=row[2], confirmed=row[3], withheld=row[4])
            for row in await self._connection.execute(counted)
        ]

    async def find_text(self, text_id: UUID) -> WrittenText | None:
        """Return a free answer."""
        row = (await self._connection.execute(select(SurveyText.__table__).where(SurveyText.id == text_id))).first()
        return None if row is None else _written(row)

    async def find_waiting(self, survey_id: int, item: str, stratum: str) -> WrittenText | None:
        """Return one that nobody has looked at yet, by its random key."""
        group = (SurveyText.survey_id == survey_id, SurveyText.item == item, SurveyText.stratum == stratum)
        waiting = SurveyText.state == TextState.WAITING.value
        statement = select(SurveyText.__table__).where(*group, waiting).order_by(SurveyText.id).limit(1)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _written(row)

    async def list_shown(
        self, survey_id: int, item: str, stratum: str, *, offset: int = 0, limit: int | None = None
    ) -> list[str]:
        """Return what readers may see, by its random key, which is an order without a meaning."""
        group = (SurveyText.survey_id == survey_id, SurveyText.item == item, SurveyText.stratum == stratum)
        confirmed = SurveyText.state == TextState.CONFIRMED.value
        statement = select(SurveyText.shown).where(*group, confirmed).order_by(SurveyText.id)
        return list(await self._connection.scalars(statement.offset(offset).limit(limit)))

    async def list_names(self) -> list[str]:
        """Return the names of everybody who is or was in the roster, which free answers should not show."""
        names = func.concat_ws(" ", Person.last_name, Person.first_name, Person.patronymic)
        return list(await self._connection.scalars(select(names)))

    async def decide(self, text_id: UUID, state: str, shown: str) -> bool:
        """Write a person's decision; False unless the free answer waits for one."""
        written = await self._connection.execute(
            update(SurveyText)
            .where(SurveyText.id == text_id, SurveyText.state == TextState.WAITING.value)
            .values(state=state, shown=shown, words="")  # as it was written nobody needs it any more
        )
        return bool(written.rowcount)

    async def add_sending(self, survey_id: int, kind: str, day: date) -> bool:
        """Note that something went out; False if it did before."""
        if await self.was_sent(survey_id, kind):
            return False
        statement = insert(SurveySending).values(survey_id=survey_id, kind=kind, day=day).on_conflict_do_nothing()
        return bool((await self._connection.execute(statement)).rowcount)

    async def was_sent(self, survey_id: int, kind: str) -> bool:
        """Tell whether something went out."""
        sent = select(SurveySending.id).where(SurveySending.survey_id == survey_id, SurveySending.kind == kind)
        return (await self._connection.scalar(sent.limit(1))) is not None

    async def freeze_asked(self, survey_id: int, notice_id: int) -> int:
        """Write a delivery for every linked account of those who were asked, whoever of them took part; count them."""
        given = {"survey": survey_id, "notice": notice_id}
        return int((await self._connection.execute(_FREEZE_ASKED, given)).scalar_one())

    async def count_asked(self, survey_id: int) -> int:
        """Return how many linked accounts those who were asked have."""
        return int((await self._connection.execute(_COUNT_ASKED, {"survey": survey_id})).scalar_one())

    async def find_unit_of(self, person_id: int) -> str:
        """Return the code of the unit in which the roster has a person; empty if it is unknown."""
        return await self._connection.scalar(_UNIT_OF, {"person": person_id}) or ""


def _written(row: Any) -> WrittenText:  # noqa: ANN401 -- a row of the table
    return WrittenText(
        id=row.id,
        survey_id=row.survey_id,
        item=row.item,
        stratum=row.stratum,
        words=row.words,
        state=TextState(row.state),
    )
