"""Results of closed surveys to whoever may read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from services.access import Actor, NotAllowed
from services.ports import Factory
from services.survey_reports.counted import CountedSurveys
from services.survey_reports.dto import Results
from services.survey_reports.errors import SurveyNotClosed
from services.survey_reports.ports import SurveyReportsUnitOfWork
from services.survey_reports.readers import Sight, SurveyReader, require_look, scope_of, seen_strata, sight_of
from services.survey_reports.report_dto import Report, Round, Wave
from services.survey_reports.waves import before, differences_since, same_people, wave_of
from services.surveys.dto import Stratum, Survey, SurveyState
from services.surveys.errors import SurveyMissing
from services.surveys.finding import find_closed_named

#: Earlier surveys that stand beside the latest one.
_EARLIER: Final = 5

Valued = TypeVar("Valued")


class SurveyReportService:
    """Lists and results; nothing is written, and nothing is shown of a survey that is not closed."""

    def __init__(
        self,
        reading: Factory[SurveyReportsUnitOfWork],
        readers: Sequence[SurveyReader],
        counted: CountedSurveys | None = None,
    ) -> None:
        self._reading = reading
        self._readers = tuple(readers)
        self._counted = counted or CountedSurveys()

    async def list_closed(self, actor: Actor) -> list[Round]:
        """Return the closed surveys of which the actor sees something: the newest first."""
        async with self._reading() as uow:
            sight = await look(uow, actor, self._readers)
            surveys = await uow.surveys.list_surveys([SurveyState.CLOSED])
            return [round_of(one) for one in surveys if await self._sees(uow, sight, one)]

    async def has_results(self, actor: Actor) -> bool:
        """Tell whether there is a closed survey of which the actor sees something."""
        if not actor.grants or actor.frozen:
            return False
        try:
            return bool(await self.list_closed(actor))
        except NotAllowed:
            return False

    async def get_report(self, actor: Actor, survey_id: int) -> Report:
        """Return the results as far as the actor may see them.

        Raises:
            NotAllowed: that is nothing.
            SurveyMissing: there is no such survey.
            SurveyNotClosed: it is not closed yet.
        """
        async with self._reading() as uow:
            sight = await look(uow, actor, self._readers)
            survey = await find_closed(uow, survey_id)
            strata = await uow.surveys.list_strata(survey_id)
            scope, seen = seen_strata(sight, survey, strata)
            codes = {stratum.code for stratum in seen}
            results = restricted(await self._counted.get(uow, survey, strata), codes)
            earlier, unlike = await self._earlier(uow, survey, seen)
        order = {code: place for place, code in enumerate(results.strata)}
        return Report(
            round=round_of(survey),
            scope=scope,
            strata=tuple(sorted(seen, key=lambda stratum: order[stratum.code])),
            results=results,
            earlier=earlier,
            unlike=unlike,
            differences=differences_since(results, earlier[0]) if earlier else {},
        )

    async def get_named(self, actor: Actor, named: str) -> Report:
        """Return the tables of a survey by its number, or of the newest closed one of a questionnaire by its code."""
        async with self._reading() as uow:
            survey_id = (await find_closed_named(uow.surveys, named)).id
        return await self.get_tables(actor, survey_id)

    async def get_tables(self, actor: Actor, survey_id: int) -> Report:
        """Return the results to be taken along as tables.

        Raises:
            NotAllowed: the actor sees pictures only, or nothing.
        """
        report = await self.get_report(actor, survey_id)
        if not report.scope.has_tables:
            raise NotAllowed
        return report

    async def _sees(self, uow: SurveyReportsUnitOfWork, sight: Sight, survey: Survey) -> bool:
        if scope_of(sight, survey) is not None:
            return True
        try:
            seen_strata(sight, survey, await uow.surveys.list_strata(survey.id))
        except NotAllowed:
            return False
        return True

    async def _earlier(
        self, uow: SurveyReportsUnitOfWork, survey: Survey, seen: Sequence[Stratum]
    ) -> tuple[tuple[Wave, ...], bool]:
        """Return earlier surveys as far as they compare, and whether something of one does not."""
        waves: list[Wave] = []
        unlike = False
        for one in before(survey, await uow.surveys.list_surveys([SurveyState.CLOSED])):
            strata = await uow.surveys.list_strata(one.id)
            codes = same_people(survey, seen, one, strata)
            unlike = unlike or len(codes) < len(seen)
            if codes:
                results = restricted(await self._counted.get(uow, one, strata), codes)
                waves.append(wave_of(survey.questionnaire, round_of(one), results))
            if len(waves) == _EARLIER:
                break
        return tuple(waves), unlike


async def look(uow: SurveyReportsUnitOfWork, actor: Actor, readers: Sequence[SurveyReader]) -> Sight:
    """Return what somebody may see of surveys.

    Raises:
        NotAllowed: nothing of any.
    """
    home = await uow.survey_reports.find_unit_of(actor.person.id) if actor.person is not None else ""
    sight = sight_of(actor, readers, await uow.units.list_entries(), home)
    require_look(actor, sight)
    return sight


async def find_closed(uow: SurveyReportsUnitOfWork, survey_id: int) -> Survey:
    """Return a closed survey.

    Raises:
        SurveyMissing: there is no such survey.
        SurveyNotClosed: it is not closed yet.
    """
    survey = await uow.surveys.find_survey(survey_id)
    if survey is None:
        raise SurveyMissing
    if survey.state is not SurveyState.CLOSED:
        raise SurveyNotClosed
    return survey


def round_of(survey: Survey) -> Round:
    """Return a closed survey as a report names it."""
    if survey.opened_on is None or survey.closed_on is None:
        raise ValueError("only what was opened and closed is reported")
    return Round(
        id=survey.id,
        questionnaire=survey.questionnaire,
        mode=survey.mode,
        period=survey.period,
        opened_on=survey.opened_on,
        closed_on=survey.closed_on,
    )


def restricted(results: Results, codes: Collection[str]) -> Results:
    """Return results without the groups that a reader does not see."""

    def seen(cells: Mapping[str, Valued]) -> dict[str, Valued]:
        return {code: cell for code, cell in cells.items() if code in codes}

    return replace(
        results,
        strata=tuple(code for code in results.strata if code in codes),
        items={key: replace(item, cells=seen(item.cells)) for key, item in results.items.items()},
        indices={code: replace(index, cells=seen(index.cells)) for code, index in results.indices.items()},
        responses=seen(results.responses),
    )
