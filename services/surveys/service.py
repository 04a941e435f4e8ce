"""From a questionnaire to a survey that can be opened."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from services.access import Actor
from services.audience.dto import Audience, TermFault
from services.audience.errors import AudienceUnreadable
from services.audience.rules import read_audience
from services.audience.service import require_known
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory
from services.questionnaires.comparing import conflicts
from services.questionnaires.dto import Questionnaire, SurveyMode
from services.questionnaires.errors import QuestionnaireUnusable
from services.questionnaires.packing import bits_over
from services.questionnaires.reading import read_questionnaire
from services.questionnaires.rights import require_manager
from services.surveys.dto import Imported, Stratum, Survey, SurveySettings, SurveyState
from services.surveys.errors import (
    QuestionnaireMissing,
    QuestionnaireUnfinished,
    ReaderUnknown,
    RevisionTaken,
    SurveyMissing,
    SurveyNotDraft,
    SurveyNotOpen,
)
from services.surveys.finding import find_named
from services.surveys.notices import subject_of
from services.surveys.ports import SurveysUnitOfWork
from services.surveys.rules import check_draft, check_last_day, check_version, tidy_period
from services.surveys.semesters import semester_of

_EVERYBODY = str(Audience())


class SurveyService:
    """Surveys before they are opened; for those who manage surveys."""

    def __init__(self, unit_of_work: Factory[SurveysUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def import_questionnaire(
        self, actor: Actor, body: Mapping[str, Any], settings: SurveySettings | None = None
    ) -> Imported:
        """Take a questionnaire into the library, and bring the draft of a survey for it up to date, or begin one.

        Raises:
            AudienceUnknown, AudienceUnreadable: nobody can tell who is meant.
            LastDayUnusable, PeriodUnusable, ReaderUnknown: a setting cannot be.
            QuestionnaireUnusable: it cannot be read, or a code means another question than it did before.
            RevisionTaken: its revision has other words.
        """
        require_manager(actor)
        questionnaire, now = read_questionnaire(body), self._clock.now()
        async with self._unit_of_work() as uow:
            await uow.survey_rounds.lock_drafts()
            known = await _find_edition(uow, questionnaire)
            edition = known if known is not None else await self._add_edition(uow, actor, body, questionnaire, now)
            survey = await self._draft(uow, actor, edition, questionnaire, settings or SurveySettings())
            await uow.commit()
        return Imported(survey=survey, new=known is None, fits_chat=not bits_over(questionnaire))

    async def begin(self, actor: Actor, questionnaire_id: int) -> Survey:
        """Bring the draft of a survey for a questionnaire of the library up to date, or begin one.

        Raises:
            QuestionnaireMissing, QuestionnaireUnfinished: nobody can be asked with it.
        """
        require_manager(actor)
        async with self._unit_of_work() as uow:
            await uow.survey_rounds.lock_drafts()
            edition = await uow.surveys.find_questionnaire(questionnaire_id)
            if edition is None:
                raise QuestionnaireMissing
            if edition.draft:
                raise QuestionnaireUnfinished
            survey = await self._draft(uow, actor, edition.id, edition.questionnaire, SurveySettings())
            await uow.commit()
        return survey

    async def change(self, actor: Actor, survey_id: int, version: int | None, settings: SurveySettings) -> Survey:
        """Change settings of a draft, or make an open survey last longer.

        Raises:
            SurveyMissing, SurveyChanged: it is not what was shown.
            SurveyNotDraft: of an open survey only the last day changes.
            SurveyNotOpen: it is over.
            Those of `import_questionnaire`.
        """
        require_manager(actor)
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            survey = await _get(uow, survey_id)
            check_version(survey, version)
            changed = await self._change(uow, actor, survey, settings)
            await uow.commit()
        return changed

    async def drop(self, actor: Actor, survey_id: int) -> None:
        """Delete a draft; SurveyNotDraft, SurveyMissing."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            await uow.surveys.lock_survey(survey_id)
            check_draft(await _get(uow, survey_id))
            await uow.survey_rounds.drop_draft(survey_id)
            await uow.audit.add(actor, Act.SURVEY_CHANGED, subject_of(survey_id), self._clock.now(), deleted=True)
            await uow.commit()

    async def list_surveys(self, actor: Actor, states: Collection[SurveyState] = ()) -> list[Survey]:
        """Return surveys in one of the states, or all: the newest first."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await uow.surveys.list_surveys(states)

    async def get(self, actor: Actor, survey_id: int) -> Survey:
        """Return a survey; SurveyMissing."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await _get(uow, survey_id)

    async def list_strata(self, actor: Actor, survey_id: int) -> list[Stratum]:
        """Return the groups of a survey that was opened: the whole first."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await uow.surveys.list_strata(survey_id)

    async def find_draft(self, actor: Actor, text: str) -> Survey:
        """Return a survey that can be opened by its number, or by the code of its questionnaire.

        Raises:
            SurveyMissing, SurveysAlike: nobody can tell which is meant.
        """
        require_manager(actor)
        async with self._unit_of_work() as uow:
            return await find_named(uow.surveys, text, [SurveyState.DRAFT])

    async def _add_edition(
        self, uow: SurveysUnitOfWork, actor: Actor, body: Mapping[str, Any], read: Questionnaire, now: datetime
    ) -> int:
        added = await uow.surveys.add_questionnaire(
            body, read.code, read.revision, draft=False, now=now, by=actor.account_id
        )
        subject = f"questionnaire:{read.code}"
        await uow.audit.add(actor, Act.QUESTIONNAIRE_IMPORTED, subject, now, revision=read.revision)
        return added

    async def _draft(
        self,
        uow: SurveysUnitOfWork,
        actor: Actor,
        edition: int,
        questionnaire: Questionnaire,
        settings: SurveySettings,
    ) -> Survey:
        draft = await _lock_draft(uow, questionnaire.code)
        if draft is None:
            period = semester_of(self._today())
            values = {
                "audience": "" if questionnaire.mode is SurveyMode.OPEN else questionnaire.audience or _EVERYBODY,
                "created_by": actor.account_id,
                **_columns(SurveySettings(period=period)),
            }
            survey_id = await uow.surveys.add_survey(edition, questionnaire.mode, self._clock.now(), values)
        else:
            survey_id = draft.id
            await uow.surveys.change_survey(survey_id, {"questionnaire_id": edition})
        return await self._change(uow, actor, await _get(uow, survey_id), settings)

    async def _change(self, uow: SurveysUnitOfWork, actor: Actor, survey: Survey, settings: SurveySettings) -> Survey:
        checked = await self._checked(uow, survey, settings)
        if not checked:
            return survey
        await uow.surveys.change_survey(survey.id, checked)
        names = sorted(checked)
        await uow.audit.add(actor, Act.SURVEY_CHANGED, subject_of(survey.id), self._clock.now(), changed=names)
        return await _get(uow, survey.id)

    async def _checked(self, uow: SurveysUnitOfWork, survey: Survey, settings: SurveySettings) -> Mapping[str, object]:
        """Return the columns that change, if all can be as they are wanted."""
        if survey.state is not SurveyState.DRAFT:
            _check_longer(survey, settings)
        if settings.closes_on is not None:
            promised = survey.closes_on if survey.state is SurveyState.OPEN else None
            check_last_day(settings.closes_on, self._today(), promised)
        columns = _columns(settings)
        if settings.audience is not None:
            columns["audience"] = await _read_known(uow, settings.audience)
        if settings.reader_unit:
            units = {unit.code for unit in await uow.audiences.list_units() if not unit.is_post}
            if settings.reader_unit not in units:
                raise ReaderUnknown(settings.reader_unit)
        return columns

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


async def _get(uow: SurveysUnitOfWork, survey_id: int) -> Survey:
    survey = await uow.surveys.find_survey(survey_id)
    if survey is None:
        raise SurveyMissing
    return survey


async def _find_edition(uow: SurveysUnitOfWork, questionnaire: Questionnaire) -> int | None:
    """Return the edition that says the same; None: it is new, and can be taken."""
    known = [one for one in await uow.surveys.list_questionnaires() if not one.draft]
    editions = [one for one in known if one.questionnaire.code == questionnaire.code]
    for edition in editions:
        if edition.questionnaire == questionnaire:
            return edition.id
    newest = max((one.questionnaire.revision for one in editions), default=0)
    if questionnaire.revision <= newest:
        raise RevisionTaken(questionnaire.code, newest)
    if faults := conflicts(questionnaire, [one.questionnaire for one in known]):
        raise QuestionnaireUnusable(faults)
    return None


async def _lock_draft(uow: SurveysUnitOfWork, code: str) -> Survey | None:
    """Return the draft of a questionnaire and keep it one; whoever opens it at this moment is waited for."""
    for one in await uow.surveys.list_surveys([SurveyState.DRAFT]):
        if one.questionnaire.code == code:
            await uow.surveys.lock_survey(one.id)
            draft = await uow.surveys.find_survey(one.id)
            if draft is not None and draft.state is SurveyState.DRAFT:
                return draft
    return None


def _check_longer(survey: Survey, settings: SurveySettings) -> None:
    if survey.state is not SurveyState.OPEN:
        raise SurveyNotOpen
    if settings != SurveySettings(closes_on=settings.closes_on):
        raise SurveyNotDraft


async def _read_known(uow: SurveysUnitOfWork, text: str) -> str:
    audience = read_audience(text)
    if audience.names_guests:
        raise AudienceUnreadable(str(audience), TermFault.NOBODY)
    await require_known(uow.audiences, audience)
    return str(audience)


def _columns(settings: SurveySettings) -> dict[str, object]:
    period = tidy_period(settings.period) if settings.period is not None else None
    wanted = {
        "mode": settings.mode,
        "split": settings.split,
        "period_ky": period and period.ky,
        "period_ru": period and period.ru,
        "period_en": period and period.en,
        "closes_on": settings.closes_on,
        "reader_unit": settings.reader_unit,
    }
    return {name: value for name, value in wanted.items() if value is not None}
