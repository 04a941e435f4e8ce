"""What survey managers look at in the chat before they change something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.access import Actor
from services.audience.building import holds_value, toggled, written
from services.audience.dto import Audience, KnownUnit, TermKey
from services.audience.errors import AudienceUnknown
from services.audience.rules import read_audience, unit_words
from services.languages import Trilingual
from services.ports import Calendar, Clock, Factory
from services.questionnaires.dto import Questionnaire
from services.questionnaires.filling import with_period
from services.questionnaires.rights import require_manager
from services.surveys.dto import Survey
from services.surveys.errors import SurveyMissing
from services.surveys.ports import SurveysUnitOfWork
from services.surveys.rules import check_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyCard:
    """A survey as its manager sees it. `audience`: None where whoever has the link is asked.

    `unit_names`: of the units that the audience names, by the words that name them. `people`: so many are asked, 0
    before opening and of an open link.
    """

    survey: Survey
    audience: Audience | None
    unit_names: Mapping[str, Trilingual] = field(default_factory=dict)
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """The units that can be asked, and those that are (`chosen`: ids)."""

    survey: Survey
    units: tuple[KnownUnit, ...]
    chosen: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForm:
    """What a blank form is made of: the questions, with the period that is set; `day`: today."""

    questionnaire: Questionnaire
    day: date


class SurveyDeskService:
    """Nothing here writes anything."""

    def __init__(self, unit_of_work: Factory[SurveysUnitOfWork], clock: Clock, calendar: Calendar) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar

    async def look(self, actor: Actor, survey_id: int) -> SurveyCard:
        """Return a survey with the names of the units it asks; SurveyMissing."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            survey = await _get(uow, survey_id)
            audience = read_audience(survey.audience) if survey.audience else None
            names = await uow.audience_offers.name_units(unit_words(audience)) if audience is not None else {}
            strata = await uow.surveys.list_strata(survey_id)
        people = sum(stratum.people for stratum in strata if stratum.leaf)
        return SurveyCard(survey=survey, audience=audience, unit_names=names, people=people)

    async def list_units(self, actor: Actor, survey_id: int) -> UnitChoice:
        """Return what units a draft can ask; SurveyMissing, SurveyNotDraft."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            survey = await _get(uow, survey_id)
            check_draft(survey)
            units = tuple(unit for unit in await uow.audiences.list_units() if not unit.is_post)
        audience = read_audience(survey.audience) if survey.audience else None
        chosen = {unit.id for unit in units if holds_value(audience, TermKey.UNIT, unit.code, excluded=False)}
        return UnitChoice(survey=survey, units=units, chosen=frozenset(chosen))

    async def with_unit(self, actor: Actor, survey_id: int, unit_id: int) -> str:
        """Return the audience of a draft with a unit more, or less if it is in it; the refusals of `list_units`.

        Raises:
            AudienceUnknown: the unit is gone.
        """
        choice = await self.list_units(actor, survey_id)
        unit = next((unit for unit in choice.units if unit.id == unit_id), None)
        if unit is None:
            raise AudienceUnknown([f"unit:{unit_id}"])
        audience = read_audience(choice.survey.audience) if choice.survey.audience else None
        return written(toggled(audience, TermKey.UNIT, unit.code, excluded=False) or Audience())

    async def get_form(self, actor: Actor, survey_id: int) -> BlankForm:
        """Return what its blank form is made of; SurveyMissing."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            survey = await _get(uow, survey_id)
        asked = with_period(survey.questionnaire, survey.period)
        return BlankForm(questionnaire=asked, day=self._calendar.today(self._clock.now()))


async def _get(uow: SurveysUnitOfWork, survey_id: int) -> Survey:
    survey = await uow.surveys.find_survey(survey_id)
    if survey is None:
        raise SurveyMissing
    return survey
