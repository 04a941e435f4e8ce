"""Opening a survey: from then on its mode, questions, people and groups do not change any more."""

import logging
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.access import Actor, Role
from services.audience.rules import read_audience
from services.audience.service import require_known
from services.audit.dto import Act
from services.ports import Bell, Calendar, Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.rights import require_manager
from services.surveys.dto import Opened, OpeningPlan, SendingKind, Survey, SurveyState
from services.surveys.errors import QuestionnaireMissing, QuestionnaireUnfinished, SurveyAlike, SurveyMissing
from services.surveys.notices import invitation, subject_of
from services.surveys.ports import SurveyKeys, SurveysUnitOfWork
from services.surveys.rules import (
    SEALED,
    USUAL_DAYS,
    check_draft,
    check_last_day,
    check_mode,
    check_people,
    tidy_period,
)
from services.surveys.strata import Division, divide

logger = logging.getLogger(__name__)

_TAP_KEY_BYTES: Final = 32
_TOKEN_BYTES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    survey: Survey
    division: Division
    closes_on: date


class OpeningService:
    """Says what opening means, and opens. `public_url`: empty where there is no web page."""

    def __init__(
        self,
        unit_of_work: Factory[SurveysUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        keys: SurveyKeys,
        outbox_bell: Bell,
        *,
        public_url: str,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._keys = keys
        self._outbox_bell = outbox_bell
        self._public_url = public_url

    async def foresee(self, actor: Actor, survey_id: int) -> OpeningPlan:
        """Return whom opening would ask, in which groups; the refusals are those of `open`."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            ready = await self._ready(uow, survey_id, None)
            linked = await uow.survey_rounds.list_linked(list(ready.division.leaves))
        return OpeningPlan(
            survey=ready.survey,
            strata=ready.division.strata,
            people=ready.division.people,
            linked=len(linked),
            closes_on=ready.closes_on,
            key_place=str(self._keys.folder) if actor.has(Role.ADMIN) and ready.survey.mode in SEALED else "",
        )

    async def open(self, actor: Actor, survey_id: int, version: int | None = None) -> Opened:
        """Open a draft: freeze people and groups, make its key (named answers have none), invite.

        To an anonymous survey `SurveyRounds` invites, in the morning after the first tickets were made.

        Raises:
            AudienceUnknown, AudienceUnreadable: nobody can tell any more who is meant.
            ChatRoomMissing, SaysAnonymous: it cannot be asked in this mode.
            LastDayUnusable: its last day is past.
            PublicAddressMissing: there is no web page, and the chat never takes its place.
            QuestionnaireUnfinished: it is still being written.
            ReaderMissing: named answers are to be read, and nobody said by whom.
            SurveyAlike: another survey with this questionnaire asks some of the same people.
            SurveyChanged, SurveyMissing, SurveyNotDraft: it is not what was shown.
            SurveyKeyUnusable: the key cannot be kept.
            TooFewPeople: nobody would be hidden among them.
        """
        require_manager(actor)
        public_key: bytes | None = None
        try:
            async with self._unit_of_work() as uow:
                await uow.survey_rounds.lock_drafts()
                await uow.surveys.lock_survey(survey_id)
                ready = await self._ready(uow, survey_id, version)
                public_key = self._keys.create(survey_id) if ready.survey.mode in SEALED else None
                invited = await self._write(uow, actor, ready, public_key)
                await uow.commit()
        except BaseException:
            if public_key is not None:
                await self._take_back(survey_id, public_key)
            raise
        self._outbox_bell.ring()
        logger.info("survey %d is open", survey_id)
        return await self._opened(actor, survey_id, public_key, invited)

    async def _ready(self, uow: SurveysUnitOfWork, survey_id: int, version: int | None) -> _Ready:
        survey = await uow.surveys.find_survey(survey_id)
        if survey is None:
            raise SurveyMissing
        check_draft(survey, version)
        edition = await uow.surveys.find_questionnaire(survey.questionnaire_id)
        if edition is None:
            raise QuestionnaireMissing
        if edition.draft:
            raise QuestionnaireUnfinished
        check_mode(survey, has_page=bool(self._public_url))
        if survey.questionnaire.period is not None:
            tidy_period(survey.period)
        today = self._calendar.today(self._clock.now())
        closes_on = survey.closes_on or today + USUAL_DAYS
        check_last_day(closes_on, today)
        division = await self._divide(uow, survey, today)
        check_people(survey.mode, division.people)
        await _check_alike(uow, survey, division)
        return _Ready(survey=survey, division=division, closes_on=closes_on)

    async def _divide(self, uow: SurveysUnitOfWork, survey: Survey, today: date) -> Division:
        if survey.mode is SurveyMode.OPEN:
            return divide((), (), survey.split)
        audience = read_audience(survey.audience)
        await require_known(uow.audiences, audience)
        members = await uow.audiences.list_members(audience, today)
        able = None  # whoever draws a ticket can answer
        if survey.mode is SurveyMode.CONFIDENTIAL:
            able = await uow.survey_rounds.list_linked([member.person_id for member in members])
        return divide(members, await uow.audiences.list_units(), survey.split, able)

    async def _write(self, uow: SurveysUnitOfWork, actor: Actor, ready: _Ready, public_key: bytes | None) -> int:
        survey, division, now = ready.survey, ready.division, self._clock.now()
        today = self._calendar.today(now)
        await uow.surveys.put_strata(survey.id, division.strata)
        if division.leaves:
            await uow.surveys.put_people(survey.id, division.leaves)
        opened = {
            "state": SurveyState.OPEN.value,
            "opened_on": today,
            "closes_on": ready.closes_on,
            "public_key": public_key,
            "tap_key": secrets.token_bytes(_TAP_KEY_BYTES),
            "link_token": secrets.token_hex(_TOKEN_BYTES) if survey.mode is SurveyMode.OPEN else None,
        }
        await uow.surveys.change_survey(survey.id, opened)
        subject, people = subject_of(survey.id), division.people
        await uow.audit.add(actor, Act.SURVEY_OPENED, subject, now, mode=survey.mode.value, people=people)
        return await self._invite(uow, survey, today, now) if division.leaves else 0

    async def _invite(self, uow: SurveysUnitOfWork, survey: Survey, today: date, now: datetime) -> int:
        """Invite those who can answer at once; without a ticket nobody can, so that the morning's round does it."""
        if survey.mode is SurveyMode.ANONYMOUS:
            return 0
        await uow.survey_rounds.begin_sending(survey.id, SendingKind.INVITATION, today)
        notice_id = await uow.broadcasts.open(invitation(survey.id), now)
        return await uow.survey_rounds.freeze_asked(survey.id, notice_id)

    async def _take_back(self, survey_id: int, public_key: bytes) -> None:
        """Delete the key of a survey that was not opened after all; where nobody can tell, it is kept.

        A connection can break, or a shutdown come, while the commit is on its way: the lock waits until it is decided.
        """
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            survey = await uow.surveys.find_survey(survey_id)
        if survey is None or survey.public_key != public_key:
            self._keys.delete(survey_id, public_key)

    async def _opened(self, actor: Actor, survey_id: int, public_key: bytes | None, invited: int) -> Opened:
        async with self._unit_of_work() as uow:
            survey = await uow.surveys.find_survey(survey_id)
            strata = await uow.surveys.list_strata(survey_id)
        if survey is None:
            raise SurveyMissing
        return Opened(
            survey=survey,
            strata=tuple(strata),
            people=sum(stratum.people for stratum in strata if stratum.leaf),
            invited=invited,
            key_place=str(self._keys.path_of(survey_id, public_key)) if public_key and actor.has(Role.ADMIN) else "",
            address=f"{self._public_url}/s/{survey.link_token}" if survey.link_token else "",
        )


async def _check_alike(uow: SurveysUnitOfWork, survey: Survey, division: Division) -> None:
    """Refuse to ask anybody twice at a time; two audiences that differ by one person would tell on that person."""
    for other in await uow.surveys.list_surveys([SurveyState.OPEN, SurveyState.CLOSING]):
        same = other.questionnaire.code == survey.questionnaire.code
        if same and await uow.survey_rounds.asks_any(other.id, list(division.leaves)):
            raise SurveyAlike(other.id)
