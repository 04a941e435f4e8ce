"""Surveys in the demonstration: two that are over, one open in the chat, one open on paper tickets."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.demonstration.climate import Round, list_strata, past_rounds
from bot.settings import Settings
from bot.survey_keys import SurveyKeyFiles
from services.access import OPERATOR
from services.db.uow import SqlUnitOfWork
from services.languages import Trilingual
from services.ports import Calendar, Clock, Factory, NoBell
from services.questionnaires.dto import SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.questionnaires.shipped import shipped_source
from services.survey_tickets.dto import TicketSheet
from services.survey_tickets.rules import tickets_left
from services.survey_tickets.service import TicketService
from services.surveys.dto import Split, SurveySettings, SurveyState
from services.surveys.opening import OpeningService
from services.surveys.service import SurveyService

_STUDENTS, _STAFF = "climate-students", "climate-staff"
_TICKETS: Final = 3


class SurveyWork:
    """Surveys of the invented university. `settings`: where keys lie and pages are."""

    def __init__(
        self, unit_of_work: Factory[SqlUnitOfWork], clock: Clock, calendar: Calendar, settings: Settings
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._public_url = settings.public_url
        self._paper = _Paper()
        keys = SurveyKeyFiles(settings.survey_keys)
        doors = (unit_of_work, clock, calendar)
        self._surveys = SurveyService(*doors)
        self._opening = OpeningService(*doors, keys, NoBell(), public_url=self._public_url)
        self._tickets = TicketService(unit_of_work, clock, self._paper, public_url=self._public_url)

    async def prepare(self, names: Mapping[str, Trilingual], today: date) -> None:
        """Write the two surveys that are over and open two, unless that was done; `names` of units by their codes."""
        known = await self._surveys.list_surveys(OPERATOR)
        if not any(one.state is SurveyState.CLOSED for one in known):
            await self._write_past(names, today)
        under_way = {one.questionnaire.code for one in known if one.state is SurveyState.OPEN}
        for code, mode in ((_STUDENTS, SurveyMode.CONFIDENTIAL), (_STAFF, SurveyMode.ANONYMOUS)):
            if code not in under_way:
                draft = await self._surveys.import_questionnaire(
                    OPERATOR, shipped_source(code), SurveySettings(mode=mode, split=Split.UNIT)
                )
                await self._opening.open(OPERATOR, draft.survey.id)

    async def print_tickets(self) -> tuple[str, ...]:
        """Return the addresses of new tickets of the open survey on paper, each good for one reply.

        There are none if it is over, or its groups have all of theirs. As of every ticket, only a hash of its code
        is kept, so that each start of the demonstration has its own.
        """
        surveys = await self._surveys.list_surveys(OPERATOR, [SurveyState.OPEN])
        survey = next((one for one in surveys if one.mode is SurveyMode.ANONYMOUS), None)
        if survey is None:
            return ()
        groups = [one for one in await self._surveys.list_strata(OPERATOR, survey.id) if one.leaf]
        group = next((one for one in groups if tickets_left(one) >= _TICKETS), None)
        if group is None:
            return ()
        await self._tickets.make(OPERATOR, survey.id, group.code, _TICKETS)
        return tuple(f"{self._public_url}/s/{code}" for code in self._paper.codes)

    async def _write_past(self, names: Mapping[str, Trilingual], today: date) -> None:
        """Write surveys as they are a year after closing: nobody can tell any more who was asked."""
        body, now = shipped_source(_STUDENTS), self._clock.now()
        asked = read_questionnaire(body)
        async with self._unit_of_work() as uow:
            edition = await uow.surveys.add_questionnaire(
                body, asked.code, asked.revision, draft=False, now=now, by=None
            )
            for one in past_rounds(asked, today):
                survey_id = await uow.surveys.add_survey(edition, SurveyMode.CONFIDENTIAL, now, _columns(one))
                await uow.surveys.put_strata(survey_id, list_strata(names))
                await uow.closing.add_replies(survey_id, one.replies)
                await uow.closing.add_texts(survey_id, one.texts)
            await uow.commit()


def _columns(one: Round) -> dict[str, object]:
    outcome = one.outcome or Trilingual(ky="", ru="", en="")
    return {
        "state": SurveyState.CLOSED.value,
        "audience": "role:student",
        "split": Split.UNIT_COURSE.value,
        "opened_on": one.opened_on,
        "closes_on": one.closed_on,
        "closed_on": one.closed_on,
        "period_ky": one.period.ky,
        "period_ru": one.period.ru,
        "period_en": one.period.en,
        "outcome_ky": outcome.ky,
        "outcome_ru": outcome.ru,
        "outcome_en": outcome.en,
    }


class _Paper:
    """Keeps in mind what would be printed (`services.survey_tickets.ports.TicketPrinter`)."""

    def __init__(self) -> None:
        self.codes: tuple[str, ...] = ()

    async def draw(self, sheet: TicketSheet) -> bytes:
        """Return no PDF: the codes are shown in the terminal."""
        self.codes = tuple(sheet.codes)
        return b""
