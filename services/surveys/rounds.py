"""Reminders, invitations to draw tickets, the morning's count: asked every minute, done once a day at a fixed hour."""

import logging
from datetime import date, datetime, time
from typing import Final

from services.ports import Bell, Calendar, Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SendingKind, Survey, SurveyState
from services.surveys.notices import invitation, reminder
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
        """Do the day's round; return of how many surveys people are written to."""
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
        written = [await self._do(survey.id, today, now) for survey in surveys]
        self._done = today
        if any(written):
            self._outbox_bell.ring()
        return sum(written)

    async def _do(self, survey_id: int, today: date, now: datetime) -> bool:
        """Count one survey's morning; invite or remind, if that is due."""
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            survey = await uow.surveys.find_survey(survey_id)
            if survey is None or survey.state is not SurveyState.OPEN:
                return False
            await count_morning(uow, survey, today)
            kind = await _due(uow, survey, today)
            due = kind is not None and await uow.survey_rounds.begin_sending(survey_id, kind, today)
            if due:
                invites = kind is SendingKind.INVITATION
                notice_id = await uow.broadcasts.open((invitation if invites else reminder)(survey_id), now)
                await uow.survey_rounds.freeze_asked(survey_id, notice_id)
            await uow.commit()
        if due:
            logger.info("people are written to of survey %d: %s", survey_id, kind)
        return due


async def _due(uow: SurveysUnitOfWork, survey: Survey, today: date) -> SendingKind | None:
    """Return what is to be sent today. Where people need tickets, nothing is before there are any."""
    if survey.mode is SurveyMode.ANONYMOUS and not await uow.survey_rounds.was_sent(survey.id, SendingKind.INVITATION):
        printed = any(stratum.tickets for stratum in await uow.surveys.list_strata(survey.id))
        return SendingKind.INVITATION if printed else None
    return SendingKind.REMINDER if _is_due(survey, today) else None


def _is_due(survey: Survey, today: date) -> bool:
    if survey.mode is SurveyMode.OPEN or survey.opened_on is None or survey.closes_on is None:
        return False
    return today in reminder_days(survey.opened_on, survey.closes_on)
