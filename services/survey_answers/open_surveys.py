"""Open surveys in memory: a tap needs no database as long as its survey was looked at some seconds ago."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.ports import Calendar, Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.packing import Packing
from services.questionnaires.routes import pages
from services.survey_answers.dto import OpenSurvey
from services.survey_answers.ports import AnswersUnitOfWork
from services.surveys.dto import Survey, SurveyState
from services.surveys.sealing import room_for

KNOWN_FOR: Final = timedelta(seconds=5)
#: Surveys that are kept; and, apart from them, numbers that nobody can answer to: made-up ones must not fill the
#: memory, nor push out surveys that people are answering.
_MOST_KNOWN: Final = 64
_MOST_UNKNOWN: Final = 256


@dataclass(frozen=True, slots=True)
class _Known:
    until: datetime
    survey: OpenSurvey | None


class OpenSurveys:
    """Finds open surveys, each asked of the database once in some seconds, however many tap at the same time.

    Numbers that were not open when they were last asked for wait for each other, and nobody else for them.
    """

    def __init__(self, reading: Factory[AnswersUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._known: dict[int, _Known] = {}
        self._unknown: dict[int, _Known] = {}
        self._looking = asyncio.Lock()
        self._doubting = asyncio.Lock()

    async def find(self, survey_id: int) -> OpenSurvey | None:
        """Return an open survey; None for one that is not open (any more), and for a number that there is not."""
        known = self._look_up(survey_id)
        if known is None:
            async with self._looking if survey_id in self._known else self._doubting:
                known = self._look_up(survey_id) or await self._ask(survey_id)
        return known.survey

    def prepare(self, survey: Survey) -> OpenSurvey | None:
        """Return a survey as taps need it; None if nobody can tap in it today."""
        over = survey.closes_on is not None and survey.closes_on < self._calendar.today(self._clock.now())
        if survey.state is not SurveyState.OPEN or over or survey.tap_key is None or survey.mode is SurveyMode.OPEN:
            return None
        asked = survey.questionnaire
        return OpenSurvey(
            survey=survey, tap_key=survey.tap_key, packing=Packing(asked), room=room_for(asked), pages=pages(asked)
        )

    def _look_up(self, survey_id: int) -> _Known | None:
        known = self._known.get(survey_id) or self._unknown.get(survey_id)
        return known if known is not None and known.until > self._clock.now() else None

    async def _ask(self, survey_id: int) -> _Known:
        async with self._reading() as uow:
            found = await uow.surveys.find_survey(survey_id)
            survey = self.prepare(found) if found is not None else None
            if survey is not None and survey.survey.reader_unit:
                name = await uow.survey_answers.get_unit_name(survey.survey.reader_unit)
                survey = replace(survey, reader=name)
        return self._keep(survey_id, _Known(self._clock.now() + KNOWN_FOR, survey))

    def _keep(self, survey_id: int, known: _Known) -> _Known:
        self._known.pop(survey_id, None)
        self._unknown.pop(survey_id, None)
        kept, most = (self._unknown, _MOST_UNKNOWN) if known.survey is None else (self._known, _MOST_KNOWN)
        while len(kept) >= most:
            del kept[next(iter(kept))]
        kept[survey_id] = known
        return known
