"""What the web page asks: what a ticket or an open link opens, and to take a reply."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from services.ports import Clock, Factory
from services.questionnaires.routes import stored, stored_texts
from services.survey_tickets.dto import Entry, Submission
from services.survey_tickets.ports import SurveyTicketsUnitOfWork
from services.survey_tickets.rules import hash_of, read_ticket
from services.surveys.dto import WHOLE, Reply, Survey, SurveyState
from services.surveys.rules import ON_PAGE
from services.surveys.sealing import room_for, seal

#: A survey is read anew after so many seconds.
_FRESH_SECONDS: Final = 5.0
_SIGNS: Final = 200  # of whatever stands in the address in place of a ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A survey in memory. `room`: for the longest reply, in bytes; `read_at`: seconds."""

    survey: Survey
    room: int
    read_at: float


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
        self._known: dict[int, _Known] = {}

    async def find(self, typed: str) -> Entry | None:
        """Return what a ticket, as it was typed, or an open link opens; None where it opens nothing."""
        key, typed = _looked_for(typed)
        async with self._reading() as uow:
            by_ticket = await uow.survey_tickets.find_ticket(key)
            survey_id = by_ticket or await uow.survey_tickets.find_link(typed)
            known = await self._get(uow, survey_id) if survey_id is not None else None
        return Entry(survey=known.survey, by_ticket=by_ticket is not None) if known is not None else None

    async def submit(self, typed: str, read: Callable[[Survey], Submission | None]) -> bool:
        """Seal and keep a reply, as `read` makes it for the survey; the ticket can never be used again.

        What was answered on the way to questions that were not to be asked is dropped. False, and nothing is changed:
        `read` has returned None, or was not asked at all, because ticket or link open nothing.
        """
        key, typed = _looked_for(typed)
        async with self._unit_of_work() as uow:
            used = await uow.survey_tickets.use_ticket(key)
            linked = None if used else await uow.survey_tickets.hold_link(typed)
            if not used and linked is None:  # its row may have been written anew at that very moment, by `add_tickets`
                used = await uow.survey_tickets.use_ticket(key)
            survey_id = used[0] if used else linked
            known = await self._get(uow, survey_id) if survey_id is not None else None
            submission = read(known.survey) if known is not None else None
            if known is None or submission is None or known.survey.public_key is None:
                return False
            reply = _reply(known.survey, used[1] if used else WHOLE, submission)
            body = seal(reply, known.survey.public_key, known.room)
            await uow.survey_tickets.add_sealed(known.survey.id, uuid4(), body)
            await uow.commit()
        return True

    async def _get(self, uow: SurveyTicketsUnitOfWork, survey_id: int) -> _Known | None:
        """Return a survey that can be answered on a page, as it was a few seconds ago at most."""
        now = self._clock.now().timestamp()
        known = self._known.get(survey_id)
        if known is None or not 0 <= now - known.read_at < _FRESH_SECONDS:
            survey = await uow.surveys.find_survey(survey_id)
            if survey is None or survey.state is not SurveyState.OPEN:
                return None
            known = _Known(survey=survey, room=room_for(survey.questionnaire), read_at=now)
            fresh = {id_: other for id_, other in self._known.items() if now - other.read_at < _FRESH_SECONDS}
            self._known = {**fresh, survey_id: known}
        return known if known.survey.mode in ON_PAGE else None


def _looked_for(typed: str) -> tuple[bytes, str]:
    """Return a hash and a text, whatever was typed: so that all of it is looked for, and takes the same time."""
    shown = typed[:_SIGNS].replace("\0", "")  # which no database takes
    return hash_of(read_ticket(shown) or shown), shown


def _reply(survey: Survey, stratum: str, submission: Submission) -> Reply:
    asked = survey.questionnaire
    return Reply(
        stratum=stratum,
        answers=stored(asked, submission.answers),
        texts=stored_texts(asked, submission.answers, submission.texts),
    )
