"""A survey beside earlier ones: what compares, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import ceil, sqrt

from services.questionnaires.comparing import comparable
from services.questionnaires.dto import IndexSpec, Questionnaire, SurveyMode
from services.survey_reports.dto import Cell, IndexResult, ItemResult, Results
from services.survey_reports.report_dto import Difference, Round, Wave
from services.survey_reports.scoring import Change, Estimate, change_between
from services.surveys.dto import WHOLE, Stratum, Survey


def before(survey: Survey, surveys: Collection[Survey]) -> list[Survey]:
    """Return earlier surveys of the same questionnaire, the latest first; none where anybody could answer."""
    found = [
        one
        for one in surveys
        if one.questionnaire.code == survey.questionnaire.code
        and SurveyMode.OPEN not in {one.mode, survey.mode}
        and _when(one) < _when(survey)
    ]
    return sorted(found, key=_when, reverse=True)


def same_people(
    now: Survey, strata: Sequence[Stratum], earlier: Survey, earlier_strata: Sequence[Stratum]
) -> frozenset[str]:
    """Return the codes of the groups that both times were the same people, asked in the same way.

    What was put together of small groups keeps its code whatever is in it.
    """
    if (now.audience, now.mode) != (earlier.audience, earlier.mode):
        return frozenset()
    known = {stratum.code: frozenset(stratum.covers) for stratum in earlier_strata}
    return frozenset(
        stratum.code
        for stratum in strata
        if stratum.code in known and (stratum.code == WHOLE or known[stratum.code] == frozenset(stratum.covers))
    )


def _when(survey: Survey) -> tuple[date, int]:
    return survey.opened_on or date.min, survey.id


def wave_of(now: Questionnaire, earlier: Round, results: Results) -> Wave:
    """Return an earlier survey with what of it means the same as now."""
    same = frozenset(comparable(now, earlier.questionnaire))
    before = {spec.code: spec for spec in earlier.questionnaire.indices}
    return Wave(
        round=earlier,
        results=results,
        items=frozenset(key for code in same for key in now.item(code).keys),
        indices=frozenset(spec.code for spec in now.indices if _is_same(spec, before.get(spec.code), same)),
    )


def differences_since(results: Results, wave: Wave) -> dict[str, Mapping[str, Difference]]:
    """Return what became of every index and item that compares, in every stratum that was shown both times."""
    pairs: dict[str, tuple[IndexResult | ItemResult, IndexResult | ItemResult]] = {
        code: (wave.results.indices[code], results.indices[code])
        for code in wave.indices
        if wave.results.indices[code].coherent and results.indices[code].coherent
    }
    shared = wave.items & wave.results.items.keys() & results.items.keys()
    pairs |= {key: (wave.results.items[key], results.items[key]) for key in shared}
    found = {name: _of_strata(before.cells, after.cells) for name, (before, after) in pairs.items()}
    return {name: differences for name, differences in found.items() if differences}


def difference_between(earlier: Estimate, later: Estimate) -> Difference:
    """Return the difference of two means; an interval that leaves out nought is shown to do so."""
    points, change = later.mean - earlier.mean, change_between(earlier, later)
    half = ceil(sqrt(sum(max(one.mean - one.low, one.high - one.mean) ** 2 for one in (earlier, later))) - 1e-9)
    low, high = points - half, points + half
    if change is Change.BETTER:
        low = max(low, 1)
    elif change is Change.WORSE:
        high = min(high, -1)
    return Difference(points=points, low=low, high=high, change=change)


def _of_strata(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> dict[str, Difference]:
    found = {}
    for code, cell in after.items():
        former = before.get(code)
        if cell.estimate is not None and former is not None and former.estimate is not None:
            found[code] = difference_between(former.estimate, cell.estimate)
    return found


def _is_same(spec: IndexSpec, before: IndexSpec | None, same: frozenset[str]) -> bool:
    return before is not None and set(before.items) == set(spec.items) and same.issuperset(spec.items)
