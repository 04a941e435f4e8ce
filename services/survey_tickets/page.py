"""What the web page asks: what a ticket or an open link opens, and to take a reply."""

from typing import Final
from uuid import uuid4

from services.ports import Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.routes import stored, stored_texts
from services.survey_tickets.dto import Entry, Submission
from services.survey_tickets.ports import SurveyTicketsUnitOfWork
from services.survey_tickets.rules import hash_of, read_ticket
from services.surveys.dto import WHOLE, Reply, Survey, SurveyState
from services.surveys.sealing import room_for, seal

#: A survey is read anew after so many seconds.
_FRESH_SECONDS: Final = 5.0
_SIGNS: Final = 200  # of whatever stands in the address in place of a ticket


class SurveyPageService:
    """Opens surveys by ticket or link and seals replies; keeps questionnaires in memory for a few seconds.

    Nothing is told apart of a ticket that was used, one that never was, and one of a survey that has closed.
    """

    def __init__(
        self,
        unit_of_work: Factory[SurveyTicketsUnitOfWork],
        reading: Factory[SurveyTicketsUnitOfWork],
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._known: dict[int, tuple[float, Survey]] = {}

    async def find(self, typed: str) -> Entry | None:
        """Return what a ticket, as it was typed, or an open link opens; None where it opens nothing."""
        typed = typed[:_SIGNS].replace("\0", "")  # which no database takes
        key = hash_of(read_ticket(typed) or typed)  # whatever was typed is looked for, so all take the same time
        async with self._reading() as uow:
            by_ticket = await uow.survey_tickets.find_ticket(key)
            survey_id = by_ticket or await uow.survey_tickets.find_link(typed)
            if survey_id is None:
                return None
            survey = await self._get(uow, survey_id)
        return Entry(survey=survey, key=key if by_ticket else None) if survey is not None else None

    async def submit(self, entry: Entry, submission: Submission) -> bool:
        """Seal and keep a reply; the ticket can never be used again. False: it could not be used any more.

        What was answered on the way to questions that were not to be asked is dropped.
        """
        survey = entry.survey
        async with self._unit_of_work() as uow:
            if entry.key is not None:
                stratum = await uow.survey_tickets.use_ticket(entry.key)
            else:
                stratum = WHOLE if await uow.survey_tickets.hold_open(survey.id) else None
            if stratum is None or survey.public_key is None:
                return False
            body = seal(_reply(survey, stratum, submission), survey.public_key, room_for(survey.questionnaire))
            await uow.survey_tickets.add_sealed(survey.id, uuid4(), body)
            await uow.commit()
        return True

    async def _get(self, uow: SurveyTicketsUnitOfWork, survey_id: int) -> Survey | None:
        """Return a survey that can be answered on a page, as it was a few seconds ago at most."""
        now = self._clock.now().timestamp()
        read_at, survey = self._known.get(survey_id, (0.0, None))
        if survey is None or not 0 <= now - read_at < _FRESH_SECONDS:
            self._known = {id_: known for id_, known in self._known.items() if now - known[0] < _FRESH_SECONDS}
            survey = await uow.surveys.find_survey(survey_id)
            if survey is None or survey.state is not SurveyState.OPEN:
                return None
            self._known[survey_id] = (now, survey)
        return survey if survey.mode in {SurveyMode.ANONYMOUS, SurveyMode.OPEN} else None


def _reply(survey: Survey, stratum: str, submission: Submission) -> Reply:
    asked = survey.questionnaire
    return Reply(
        stratum=stratum,
        answers=stored(asked, submission.answers),
        texts=stored_texts(asked, submission.answers, submission.texts),
    )
