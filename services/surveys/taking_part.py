"""How many are through, while a survey is open: so that neither one look nor two tell of anybody.

Counted once a day, at a fixed hour, for all groups at once, and kept in whole tens: nowhere stands an exact number. A
group is shown from ten on; of fewer than ten who are left nothing is told either: then the rate stands where ten are
left. A figure that has grown since yesterday says that one to ten people of the group, or more, finished; one that has
not may hide nine; sums and differences of groups are no finer. Answers and declines are the same here; of paper tickets
only the used ones are known. Against somebody who knows of all others of a group but one no rate would help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.access import Actor
from services.ports import Factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.rights import require_manager
from services.surveys.dto import Stratum, Survey, SurveyState
from services.surveys.errors import SurveyMissing, SurveyNotOpen
from services.surveys.ports import SurveysUnitOfWork

#: What is counted is rounded down to it; of fewer people nothing is told.
TENS: Final = 10
_STEP: Final = 5
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of a group are through, in per cent in steps of five; None: too few to tell.

    `base`: people asked, or tickets printed. `at_least`: hardly anybody is left, so that it may be more.
    """

    stratum: Stratum
    base: int
    percent: int | None
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """The rates of a survey, the whole first, as of the morning of `counted_on`; None: nothing was counted yet."""

    survey: Survey
    counted_on: date | None
    rates: tuple[Rate, ...]


class TakingPartService:
    """For those who manage surveys. Open links have no rate: nobody knows who was asked."""

    def __init__(self, unit_of_work: Factory[SurveysUnitOfWork]) -> None:
        self._unit_of_work = unit_of_work

    async def look(self, actor: Actor, survey_id: int) -> TakingPart:
        """Return the rates of an open survey; SurveyMissing, SurveyNotOpen."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            survey = await uow.surveys.find_survey(survey_id)
            strata = await uow.surveys.list_strata(survey_id)
        if survey is None:
            raise SurveyMissing
        if survey.state is not SurveyState.OPEN:
            raise SurveyNotOpen
        return TakingPart(
            survey=survey,
            counted_on=strata[0].counted_on if strata else None,
            rates=tuple(rates_of(survey.mode, strata)),
        )


async def count_morning(uow: SurveysUnitOfWork, survey: Survey, day: date) -> None:
    """Count once a day for how many of each group a survey is over."""
    strata = await uow.surveys.list_strata(survey.id)
    if survey.mode is SurveyMode.OPEN or all(stratum.counted_on == day for stratum in strata):
        return
    if survey.mode is SurveyMode.ANONYMOUS:
        left = await uow.survey_rounds.count_tickets_left(survey.id)
        leaves = {one.code: one.tickets - left.get(one.code, 0) for one in strata if one.leaf}
    else:
        leaves = await uow.survey_rounds.count_marks(survey.id)
    await uow.survey_rounds.put_finished(survey.id, in_tens(strata, leaves), day)


def in_tens(strata: Sequence[Stratum], leaves: Mapping[str, int]) -> dict[str, int]:
    """Return for every group how many are through, rounded down to tens; a group has those of all below it."""
    exact = rolled_up(strata, leaves)
    return {code: count // TENS * TENS for code, count in exact.items()}


def rates_of(mode: SurveyMode, strata: Sequence[Stratum]) -> list[Rate]:
    """Return the rates of groups from what was counted in the morning."""
    if mode is SurveyMode.OPEN:
        return []
    tickets = rolled_up(strata, {one.code: one.tickets for one in strata if one.leaf})
    bases = tickets if mode is SurveyMode.ANONYMOUS else {one.code: one.people for one in strata}
    return [_rate(stratum, bases[stratum.code]) for stratum in strata]


def rolled_up(strata: Sequence[Stratum], leaves: Mapping[str, int]) -> dict[str, int]:
    """Return the sums of leaves for all groups above them, too."""
    sums = dict.fromkeys((stratum.code for stratum in strata), 0)
    parents = {stratum.code: stratum.parent for stratum in strata}
    for code, count in leaves.items():
        above: str | None = code
        while above is not None:
            sums[above] += count
            above = parents[above]
    return sums


def _rate(stratum: Stratum, base: int) -> Rate:
    most = base - TENS
    if stratum.finished < TENS or most < TENS:
        return Rate(stratum=stratum, base=base, percent=None)
    shown = min(stratum.finished, most)
    percent = shown * _HUNDRED // base // _STEP * _STEP
    return Rate(stratum=stratum, base=base, percent=percent, at_least=stratum.finished >= most)
