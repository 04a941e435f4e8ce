"""What changed because of the answers: written after closing, and told once to everybody who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.access import Actor
from services.audit.dto import Act
from services.delivery.dto import IfLate, NewBroadcast, NoticeKind, Urgency
from services.languages import Language, Trilingual
from services.ports import Bell, Calendar, Clock, Factory
from services.questionnaires.rights import require_manager
from services.survey_reports.errors import NobodyToTell, OutcomeIncomplete, OutcomeSent, OutcomeTooLong
from services.survey_reports.ports import SurveyReportsUnitOfWork
from services.survey_reports.report_dto import Round
from services.survey_reports.service import find_closed, round_of
from services.surveys.dto import SendingKind, SurveyState
from services.surveys.errors import SurveyChanged

#: Of a language: a message of Telegram holds all three beside each other, as its author looks at them.
LONGEST: Final = 1200
_KIND: Final = SendingKind.OUTCOME.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is written of what changed, and to how many accounts it goes. `version`: of the survey as it was read."""

    round: Round
    text: Trilingual
    recipients: int
    sent: bool
    version: int

    @property
    def missing(self) -> Sequence[Language]:
        """The languages in which nothing is written yet."""
        return [language for language in Language if not self.text.get(language)]


class OutcomeService:
    """For survey managers; whoever was asked gets it, whether they took part or not: nobody knows who did."""

    def __init__(
        self, unit_of_work: Factory[SurveyReportsUnitOfWork], clock: Clock, calendar: Calendar, bell: Bell
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._bell = bell

    async def get(self, actor: Actor, survey_id: int) -> Outcome:
        """Return what is written so far."""
        async with self._unit_of_work() as uow:
            return await _read(uow, actor, survey_id)

    async def write(self, actor: Actor, survey_id: int, language: Language, words: str) -> Outcome:
        """Write what changed in one language.

        Raises:
            OutcomeTooLong: it does not fit a message.
            OutcomeSent: it was told already.
        """
        require_manager(actor)
        words = words.strip()
        if len(words) > LONGEST:
            raise OutcomeTooLong(LONGEST)
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            if (await _read(uow, actor, survey_id)).sent:
                raise OutcomeSent
            await uow.surveys.change_survey(survey_id, {f"outcome_{language.value}": words})
            outcome = await _read(uow, actor, survey_id)
            await uow.commit()
        return outcome

    async def send(self, actor: Actor, survey_id: int, version: int) -> Outcome:
        """Tell everybody who was asked, once.

        Raises:
            SurveyChanged: it has changed since it was shown.
            OutcomeIncomplete: a language is missing.
            OutcomeSent: it was told already.
            NobodyToTell: nobody who was asked has linked an account.
        """
        require_manager(actor)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            outcome = await _read(uow, actor, survey_id)
            if outcome.sent or not await uow.survey_reports.add_sending(survey_id, _KIND, self._calendar.today(now)):
                raise OutcomeSent
            if outcome.version != version:
                raise SurveyChanged
            if outcome.missing:
                raise OutcomeIncomplete
            notice_id = await uow.broadcasts.open(_notice(survey_id), now)
            if not await uow.survey_reports.freeze_asked(survey_id, notice_id):
                raise NobodyToTell
            await uow.audit.add(actor, Act.SURVEY_OUTCOME_SENT, f"survey:{survey_id}", now)
            await uow.commit()
        self._bell.ring()
        return replace(outcome, sent=True)


class OutcomeNews:
    """What changed, at the moment of sending."""

    def __init__(self, reading: Factory[SurveyReportsUnitOfWork]) -> None:
        self._reading = reading

    async def find_outcome(self, survey_id: int) -> tuple[Trilingual, Trilingual] | None:
        """Return the survey's period and what changed; None if there is no such closed survey any more."""
        async with self._reading() as uow:
            survey = await uow.surveys.find_survey(survey_id)
        if survey is None or survey.state is not SurveyState.CLOSED:
            return None
        return survey.period, survey.outcome


async def _read(uow: SurveyReportsUnitOfWork, actor: Actor, survey_id: int) -> Outcome:
    require_manager(actor)
    survey = await find_closed(uow, survey_id)
    return Outcome(
        round=round_of(survey),
        text=survey.outcome,
        recipients=await uow.survey_reports.count_asked(survey_id),
        sent=await uow.survey_reports.was_sent(survey_id, _KIND),
        version=survey.version,
    )


def _notice(survey_id: int) -> NewBroadcast:
    return NewBroadcast(
        kind=NoticeKind.SURVEY_OUTCOME,
        payload={"survey_id": survey_id},
        subject=f"survey:{survey_id}",
        urgency=Urgency.NORMAL,
        if_late=IfLate.DROP,
    )
