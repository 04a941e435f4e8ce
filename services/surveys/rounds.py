"""Reminders and the morning's count of open surveys: asked every minute, done once a day at a fixed hour."""

import logging
from datetime import date, datetime, time
from typing import Final

from services.ports import Bell, Calendar, Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SendingKind, Survey, SurveyState
from services.surveys.notices import reminder
from services.surveys.ports import SurveysUnitOfWork
from services.surveys.rules import reminder_days
from services.surveys.taking_part import count_morning

logger = logging.getLogger(__name__)

#: When reminders go out and it is counted how many are through, by the university's clocks: for all at the same hour.
HOUR: Final = time(10)
_MIDNIGHT: Final = time(0)


class SurveyRounds:
    """Of several replicas one does a survey's day: `survey_sendings` has a row for it.

    Whom a reminder went to had not finished by then: once it has gone out, who that was is deleted the next morning,
    and so is whom an invitation went to.
    Days that an outage passed over are not made up for.
    """

    def __init__(
        self, unit_of_work: Factory[SurveysUnitOfWork], clock: Clock, calendar: Calendar, outbox_bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._outbox_bell = outbox_bell
        self._done: date | None = None

    async def run(self) -> int:
        """Do the day's round; return how many surveys were reminded of."""
        now = self._clock.now()
        today = self._calendar.today(now)
        if self._done == today or self._calendar.time_of_day(now) < HOUR:
            return 0
        async with self._unit_of_work() as uow:
            await uow.survey_rounds.forget_sendings(self._calendar.moment_of(today, _MIDNIGHT))
            halted = await uow.survey_rounds.is_halted()
            surveys = await uow.surveys.list_surveys([SurveyState.OPEN])
            await uow.commit()
        if halted:
            return 0
        reminded = [await self._do(survey.id, today, now) for survey in surveys]
        self._done = today
        if any(reminded):
            self._outbox_bell.ring()
        return sum(reminded)

    async def _do(self, survey_id: int, today: date, now: datetime) -> bool:
        """Count one survey's morning and remind of it, if that is due."""
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            survey = await uow.surveys.find_survey(survey_id)
            if survey is None or survey.state is not SurveyState.OPEN:
                return False
            await count_morning(uow, survey, today)
            due = _is_due(survey, today) and await uow.survey_rounds.begin_sending(
                survey_id, SendingKind.REMINDER, today
            )
            if due:
                notice_id = await uow.broadcasts.open(reminder(survey_id), now)
                await uow.survey_rounds.freeze_asked(survey_id, notice_id)
            await uow.commit()
        if due:
            logger.info("survey %d was reminded of", survey_id)
        return due


def _is_due(survey: Survey, today: date) -> bool:
    if survey.mode is SurveyMode.OPEN or survey.opened_on is None or survey.closes_on is None:
        return False
    return today in reminder_days(survey.opened_on, survey.closes_on)
