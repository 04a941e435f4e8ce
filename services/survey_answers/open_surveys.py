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
#: Numbers of surveys that are kept, open ones and those that are not: a made-up number must not fill the memory.
_MOST_KNOWN: Final = 64


@dataclass(frozen=True, slots=True)
class _Known:
    until: datetime
    survey: OpenSurvey | None


class OpenSurveys:
    """Finds open surveys, each asked of the database once in some seconds, however many tap at the same time."""

    def __init__(self, reading: Factory[AnswersUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._known: dict[int, _Known] = {}
        self._looking = asyncio.Lock()

    async def find(self, survey_id: int) -> OpenSurvey | None:
        """Return an open survey; None for one that is not open (any more), and for a number that there is not."""
        known = self._look_up(survey_id)
        if known is None:
            async with self._looking:
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
        known = self._known.get(survey_id)
        return known if known is not None and known.until > self._clock.now() else None

    async def _ask(self, survey_id: int) -> _Known:
        async with self._reading() as uow:
            found = await uow.surveys.find_survey(survey_id)
            survey = self.prepare(found) if found is not None else None
            if survey is not None and survey.survey.reader_unit:
                name = await uow.survey_answers.get_unit_name(survey.survey.reader_unit)
                survey = replace(survey, reader=name)
        while len(self._known) >= _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        known = _Known(self._clock.now() + KNOWN_FOR, survey)
        self._known.pop(survey_id, None)
        self._known[survey_id] = known
        return known
