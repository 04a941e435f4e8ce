"""Open surveys in memory: what somebody makes up disturbs nobody who answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from services.questionnaires.reading import read_questionnaire
from services.survey_answers.open_surveys import OpenSurveys
from services.surveys.dto import Survey
from tests.support.clock import StandingClock
from tests.support.survey_desk import BISHKEK
from tests.support.surveyed import OPENED, library_body
from tests.support.surveying import prepared

REAL = 12


class Surveys:
    """A database with one open survey; counts what it is asked, and may be slow about everything else."""

    def __init__(self) -> None:
        self.survey = replace(prepared(read_questionnaire(library_body()), number=REAL).survey, reader_unit="")
        self.asked: list[int] = []
        self.quick = asyncio.Event()
        self.quick.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Any]:
        """Return the database."""
        yield self

    @property
    def surveys(self) -> "Surveys":
        """The surveys."""
        return self

    async def find_survey(self, survey_id: int) -> Survey | None:
        """Return the one survey there is."""
        self.asked.append(survey_id)
        if survey_id == REAL:
            return self.survey
        await self.quick.wait()
        return None


async def test_made_up_numbers_neither_push_out_nor_keep_waiting_whoever_answers() -> None:
    database, clock = Surveys(), StandingClock(OPENED)
    known = OpenSurveys(cast("Any", database.open), clock, BISHKEK)
    assert await known.find(REAL) is not None
    for number in range(1_000, 1_400):
        assert await known.find(number) is None
    assert await known.find(1_399) is None
    assert await known.find(REAL) is not None
    assert (database.asked.count(REAL), database.asked.count(1_399)) == (1, 1)
    clock.advance(seconds=6)
    database.quick.clear()
    made_up = [asyncio.ensure_future(known.find(number)) for number in range(2_000, 2_005)]
    await asyncio.sleep(0)
    assert await known.find(REAL) is not None, "and waits for none of them"
    database.quick.set()
    assert await asyncio.gather(*made_up) == [None] * 5
