"""An open survey on a page of its own, and tickets for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.survey_keys import SurveyKeyFiles
from services.db.repositories.survey_tickets import SqlSurveyTicketRepository
from services.questionnaires.dto import SurveyMode
from services.survey_tickets.rules import draw_codes, hash_of
from services.surveys.dto import Reply, Survey
from tests.support.questionnaires import choice, question, source
from tests.support.surveyed import put_survey, read_sealed

GROUP = "mti"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticketed:
    """An open survey with its tickets; `replies` opens what came, as only the closing does."""

    engine: AsyncEngine
    keys: SurveyKeyFiles
    survey: Survey
    codes: Sequence[str]

    async def replies(self) -> list[Reply]:
        """Return the replies to this survey."""
        async with self.engine.connect() as connection:
            return await read_sealed(connection, self.keys, self.survey)

    async def left(self) -> int:
        """Return how many tickets can still be used."""
        async with self.engine.connect() as connection:
            statement = text("select count(*) from survey_tickets where survey_id = :survey")
            return int(await connection.scalar(statement, {"survey": self.survey.id}) or 0)

    async def change(self, **values: object) -> None:
        """Change columns of the survey."""
        columns = ", ".join(f"{name} = :{name}" for name in values)
        async with self.engine.begin() as connection:
            statement = text(f"update surveys set {columns} where id = :survey")  # noqa: S608 -- names of columns
            await connection.execute(statement, {**values, "survey": self.survey.id})


async def put_tickets(connection: AsyncConnection, survey_id: int, count: int, group: str = GROUP) -> list[str]:
    """Write tickets of a group; return their codes."""
    codes = draw_codes(count)
    await SqlSurveyTicketRepository(connection).add_tickets(survey_id, group, [hash_of(code) for code in codes])
    return codes


async def open_ticketed(
    engine: AsyncEngine,
    folder: Path,
    tickets: int = 0,
    *,
    mode: SurveyMode = SurveyMode.ANONYMOUS,
    body: Mapping[str, Any] | None = None,
) -> Ticketed:
    """Write an open survey with tickets."""
    keys = SurveyKeyFiles(folder)
    async with engine.begin() as connection:
        written = await put_survey(connection, keys, mode=mode, body=body)
        codes = await put_tickets(connection, written.survey.id, tickets)
    return Ticketed(engine=engine, keys=keys, survey=written.survey, codes=codes)


def every_item() -> dict[str, Any]:
    """Return a questionnaire as its file has it, with an item of each type."""
    yes_no = {"type": "scale", "scale": "yesno", "good": "high"}
    return source(
        question("teach1", dont_know=True),
        question("lives", type="route", scale="yesno"),
        question("room1", **yes_no, skip={"item": "lives", "unless": [1]}),
        question("study", type="single", choices=[choice("day"), choice("evening")]),
        question(
            "lacks", type="multi", choices=[choice("books"), choice("light"), choice("none", exclusive=True)], max=2
        ),
        question("parts", type="matrix", scale="five", rows=[choice("rows_a"), choice("rows_b")]),
        question("good", type="text", max_chars=500),
        question("bad", type="text", max_chars=20),
        mode_default="anonymous",
    )
